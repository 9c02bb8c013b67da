"""``python -m desktop_app`` does what ``image-seeker`` does."""

import sys

from desktop_app.main import main

if __name__ == "__main__":
    sys.exit(main())
