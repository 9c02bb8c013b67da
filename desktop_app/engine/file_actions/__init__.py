"""What a user does with the files of pictures: rename, move, throw away, and take it back."""

from desktop_app.engine.file_actions.actions import FileActions

__all__ = ["FileActions"]
