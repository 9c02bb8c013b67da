"""Draws how a training went."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from models.fine_tuning.learning import Check

_SCORE, _LOSS = "#1b6ca8", "#c8553d"


def draw_curve(history: Sequence[Check], path: Path) -> None:
    """Save the loss and the score on the held-out pictures over the steps, as a PNG file."""
    figure = Figure(figsize=(7.0, 4.0), dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    scores = figure.add_subplot()
    steps = [check.step for check in history]
    scores.plot(steps, [check.score for check in history], "o-", color=_SCORE)
    scores.set_xlabel("step")
    scores.set_ylabel("score on the held-out pictures", color=_SCORE)
    scores.grid(visible=True, alpha=0.3)
    learnt = [check for check in history if check.step]
    losses = scores.twinx()
    losses.plot([c.step for c in learnt], [c.loss for c in learnt], "s--", color=_LOSS, alpha=0.7)
    losses.set_ylabel("loss", color=_LOSS)
    best = max(history, key=lambda check: check.score)
    scores.set_title(f"best: {best.score:.3f} after {best.step} steps")
    encoded = BytesIO()
    figure.savefig(encoded, format="png")
    path.write_bytes(encoded.getvalue())
