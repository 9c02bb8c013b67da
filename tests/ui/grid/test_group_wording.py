import datetime as dt

from desktop_app.engine.records import Group, GroupBy
from desktop_app.ui.grid import group_wording

DAY = dt.date(2023, 2, 12)


def test_days_and_months_are_written_out() -> None:
    assert group_wording.title(Group(0, DAY), GroupBy.DAY) == "12 February 2023"
    assert group_wording.title(Group(0, DAY.replace(day=1)), GroupBy.MONTH) == "February 2023"


def test_a_folder_is_told_from_others_of_its_name() -> None:
    title = group_wording.title(Group(0, "/photos/2023/Holiday"), GroupBy.FOLDER)
    assert title == "Holiday — /photos/2023/Holiday"
    assert group_wording.folder("/") == "/"
