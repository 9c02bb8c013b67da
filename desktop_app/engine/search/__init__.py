"""From words or a picture to hits."""
