"""The grid of pictures: where cells lie, how they look, what is selected, what fills it."""
