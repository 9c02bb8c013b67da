"""The window as a whole: its parts put together, and what one of them says to the others."""
