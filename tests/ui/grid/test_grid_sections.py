import pytest

from desktop_app.ui.grid.grid_sections import NO_SECTIONS, Section, Sections


def test_a_row_is_below_its_heading() -> None:
    sections = Sections([Section(2, "Monday"), Section(5, "Tuesday")])
    assert [sections.titles(row) for row in (0, 1, 2, 4, 5, 99)] == [
        (),
        (),
        ("Monday",),
        ("Monday",),
        ("Tuesday",),
        ("Tuesday",),
    ]


def test_a_divider_ends_the_section_above_it() -> None:
    sections = Sections(
        [
            Section(0, "Monday"),
            Section(3, "less certain", is_divider=True),
            Section(5, "Tuesday"),
            Section(7, "Wednesday"),
        ]
    )
    assert sections.titles(2) == ("Monday",)
    assert sections.titles(3) == ("less certain",)
    assert sections.titles(5) == ("less certain", "Tuesday")
    assert sections.titles(8) == ("less certain", "Wednesday")


def test_a_divider_and_a_heading_may_stand_at_the_same_row() -> None:
    sections = Sections([Section(3, "less certain", is_divider=True), Section(3, "Monday")])
    assert sections.titles(2) == ()
    assert sections.titles(3) == ("less certain", "Monday")


@pytest.mark.parametrize("rows", [(-1,), (3, 2), (0, 5, 4)])
def test_sections_out_of_order_are_refused(rows: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="begins with row"):
        Sections(Section(row, "a day") for row in rows)


def test_they_are_compared_by_what_they_say() -> None:
    assert Sections([Section(1, "a")]) == Sections([Section(1, "a")])
    assert Sections([Section(1, "a")]) != Sections([Section(1, "b")])
    assert len(NO_SECTIONS) == 0
    assert list(Sections([Section(1, "a")])) == [Section(1, "a")]


def test_equal_sections_have_equal_places_titles_and_kinds() -> None:
    sections = Sections([Section(0, "a"), Section(4, "b")])
    assert sections == sections
    assert sections != Sections([Section(0, "a"), Section(5, "b")])
    assert sections != Sections([Section(0, "a"), Section(4, "c")])
    assert sections != Sections([Section(0, "a"), Section(4, "b", is_divider=True)])
    assert sections != (Section(0, "a"), Section(4, "b"))


def test_each_section_knows_how_many_it_has() -> None:
    sections = Sections(
        [
            Section(0, "March"),
            Section(310, "April"),
            Section(400, "less certain", is_divider=True),
            Section(400, "March"),
            Section(450, "May"),
        ]
    )
    assert [sections.count(number, 500) for number in range(5)] == [310, 90, 100, 50, 50]
    assert sections.count(4, 440) == 0  # begins beyond the last
    assert sections.count(2, 440) == 40
    assert [sections.heading(row) for row in (0, 309, 310, 400)] == [
        "March", "March", "April", "March",
    ]  # fmt: skip
    assert NO_SECTIONS.heading(3) == ""
