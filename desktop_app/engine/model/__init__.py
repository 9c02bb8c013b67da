"""From pixels or words to a vector."""
