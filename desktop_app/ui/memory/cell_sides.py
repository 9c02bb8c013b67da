"""How large the pictures of the grid can be: the sides of their cells, in pixels."""

SMALLEST_PX, USUAL_PX, LARGEST_PX = 96, 176, 384
STEP_PX = 16
"""How much larger or smaller one step of the wheel or of the slider makes them."""
