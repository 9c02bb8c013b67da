"""What stands above a group of pictures."""

from desktop_app.engine.records import Group, GroupBy
from desktop_app.ui.words import date_wording, wording

FOLDER_DASH = " — "
"""Between a folder's name and its path."""


def title(group: Group, group_by: GroupBy) -> str:
    """``12 February 2023``, ``February 2023``, or the folder's name and where it lies."""
    key = group.key
    if isinstance(key, str):
        return folder(key)
    return date_wording.date(key.year, key.month, key.day if group_by is GroupBy.DAY else None)


def folder(path: str) -> str:
    """A folder by its name, with the whole path behind it, since names come more than once."""
    name = wording.file_name(path)
    return name if name == path else f"{name}{FOLDER_DASH}{path}"
