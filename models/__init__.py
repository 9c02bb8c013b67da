"""The workshop that trains, exports, quantizes and measures model folders.

Nothing here is part of the program: it needs the ``models`` extra (torch, onnx and friends) and
runs from a checkout.
"""

import os

# onnxruntime reports its use to its maker unless told not to, before it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
