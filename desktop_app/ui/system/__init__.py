"""The system around the program: file manager, other programs, clipboard, messages."""
