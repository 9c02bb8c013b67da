"""The window: shows what the engine says and asks the engine to do things."""
