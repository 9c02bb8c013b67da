"""One picture as large as the window: how it is zoomed, turned, played, and told about."""
