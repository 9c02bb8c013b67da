"""Pixels: from what the engine decoded to the images that are painted."""
