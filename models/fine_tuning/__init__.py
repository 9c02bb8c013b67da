"""Goes on training a finished model on pictures of one's own."""
