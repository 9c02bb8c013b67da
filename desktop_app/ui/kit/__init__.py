"""Colours, icons, and widgets that know nothing of pictures."""
