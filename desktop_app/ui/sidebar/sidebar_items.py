"""What the sidebar lists: the rows by their keys, made when they are looked at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.engine.query_language.filters import normal_folder
from desktop_app.engine.query_language.parts import (
    MOST_RECENT,
    MOST_STARS,
    Filter,
    InFolder,
    Is,
    Kind,
    Part,
    Rated,
    Tagged,
)
from desktop_app.engine.records import FolderTreeState, Query, TreeFolder, WatchState
from desktop_app.engine.saved_search import SavedSearch
from desktop_app.ui.folders import folder_signs
from desktop_app.ui.folders.folder_signs import Sign
from desktop_app.ui.words import wording
from desktop_app.ui.words.language import tr

LIBRARY, RECENT = "library", "recent"
FOLDERS, SEARCHES, RATINGS, TAGS = (
    "section:folders",
    "section:searches",
    "section:ratings",
    "section:tags",
)
_FOLDER, _SEARCH, _RATING, _TAG, _HINT = "folder:", "search:", "rating:", "tag:", "hint:"


class RowKind(Enum):
    """What a row is."""

    LIBRARY = auto()
    RECENT = auto()
    SECTION = auto()
    FOLDER = auto()
    SEARCH = auto()
    RATING = auto()
    TAG = auto()
    HINT = auto()
    """Says what will be there; nothing can be done with it."""


@dataclass(frozen=True, slots=True)
class SidebarItem:
    """A row of the sidebar.

    Attributes:
        kind: What it is.
        key: What it is known by, as long as there is such a row.
        name: What it is called.
        count: Pictures behind it; None where nobody knows or there is nothing to count.
        icon: The drawing before the name; empty for none.
        meaning: More in words, for the tooltip and for screen readers.
        signs: What is to be known of it.
        folder: The folder, where it is one.
        search: The saved search, where it is one.
    """

    kind: RowKind
    key: str
    name: str
    count: int | None = None
    icon: str = ""
    meaning: str = ""
    signs: tuple[Sign, ...] = ()
    folder: TreeFolder | None = None
    search: SavedSearch | None = None

    @property
    def is_choice(self) -> bool:
        """Whether a click on it asks for pictures."""
        return self.kind not in (RowKind.SECTION, RowKind.HINT)

    @property
    def said(self) -> str:
        """All of it in words."""
        name = stars_in_words(self.name) if self.kind is RowKind.RATING else self.name
        counted = "" if self.count is None else wording.pictures(self.count)
        more = self.meaning if self.meaning not in (self.name, name) else ""
        parts = (name, counted, *(sign.text for sign in self.signs), more)
        return ", ".join(part.rstrip(".") for part in parts if part)


class SidebarContent:
    """Holds what is known, and makes rows of it. Quick, however many folders there are.

    Attributes:
        tree: The folders.
        watch: How roots are followed, by their ids.
        work: The root in work and why it is paused; see `folder_signs.Work`.
        searches: The saved searches by their ids, in order.
        found: How many pictures they find, as far as that is known, by their ids.
        broken: Why saved searches cannot find what they once did, by their ids.
        ratings: How many pictures have no rating, and one star to five; empty where the library
            knows no ratings.
        tags: The tags and how many pictures have each.
        is_fixed: Whether nothing can be changed.
    """

    def __init__(self) -> None:
        self.tree = FolderTreeState()
        self.is_known = False
        self.watch: Mapping[int, WatchState] = {}
        self.work = folder_signs.Work()
        self.searches: dict[int, SavedSearch] = {}
        self.found: dict[int, int | None] = {}
        self.broken: dict[int, str] = {}
        self.ratings: Sequence[int] = ()
        self.tags: dict[str, int] = {}
        self.is_fixed = False

    def children(self, key: str) -> tuple[str, ...]:
        """The keys of the rows below one, in order; below nothing those at the top."""
        if key.startswith(_FOLDER):
            folder = self.tree.folders.get(key.removeprefix(_FOLDER))
            return tuple(map(folder_key, folder.children)) if folder is not None else ()
        match key:
            case "":
                return self._top()
            case str() if key == FOLDERS:
                return tuple(map(folder_key, self.tree.tops)) or self._hint(FOLDERS)
            case str() if key == SEARCHES:
                return tuple(map(search_key, self.searches)) or self._hint(SEARCHES)
            case str() if key == RATINGS:
                given = (stars for stars in range(MOST_STARS, 0, -1) if self._rated(stars))
                return tuple(map(rating_key, given))
            case str() if key == TAGS:
                return tuple(map(tag_key, self.tags))
        return ()

    def has_children(self, key: str) -> bool:
        """Whether there is a row below one."""
        if key.startswith(_FOLDER):
            folder = self.tree.folders.get(key.removeprefix(_FOLDER))
            return folder is not None and bool(folder.children)
        return not key or key in (FOLDERS, SEARCHES, RATINGS, TAGS)

    def mark(self, key: str) -> object:
        """Something that is another one once a row shows other numbers; quicker than the row."""
        kind, _, value = key.partition(":")
        match kind:
            case "folder":
                return self.tree.folders.get(value)
            case "search":
                return self.searches.get(int(value)), self.found.get(int(value))
            case "rating":
                return self._rated(int(value))
            case "tag":
                return self.tags.get(value)
            case "hint":
                return self.is_fixed
        return self.tree.pictures

    def item(self, key: str) -> SidebarItem:
        """What a row shows; nothing but its key where it has just gone."""
        kind, _, value = key.partition(":")
        match kind:
            case "folder":
                return self._folder(key, value)
            case "search":
                return self._search(key, int(value))
            case "rating":
                return self._rating(key, int(value))
            case "tag":
                return SidebarItem(RowKind.TAG, key, value, self.tags.get(value), "tag", value)
            case "section":
                return SidebarItem(RowKind.SECTION, key, _section_name(key))
            case "hint":
                return self._hint_item(key)
        return self._fixed(key)

    def part(self, key: str) -> Part | None:
        """What a search for a row consists of; None where it is no part of a search line."""
        kind, _, value = key.partition(":")
        if kind == "folder":
            inside = normal_folder(value)
            return InFolder(inside) if inside else None
        if kind == "rating":
            return Rated(int(value), int(value))
        if kind == "tag":
            return Tagged(value)
        return Is(Kind.RECENT) if key == RECENT else None

    def keys_of(self, query: Query) -> frozenset[str]:
        """The rows that are what a search asks for; not the saved searches."""
        if query.is_empty:
            return frozenset([LIBRARY])
        return frozenset(key for part in query.filters for key in self._keys_of(part))

    def _keys_of(self, part: Filter) -> Iterator[str]:
        if isinstance(part, InFolder) and not part.is_excluded:
            for path in (part.folder, part.folder + "/", part.folder.replace("/", "\\")):
                for each in (path, path + "\\"):
                    if each in self.tree.folders:
                        yield folder_key(each)
        elif part == Is(Kind.RECENT):
            yield RECENT
        elif isinstance(part, Rated) and not part.is_excluded:
            yield from map(rating_key, range(max(1, part.least), part.most + 1))
        elif isinstance(part, Tagged) and not part.is_excluded:
            wanted = part.tag.casefold()
            yield from (tag_key(each) for each in self.tags if each.casefold() == wanted)

    def place(self, key: str) -> tuple[str, ...]:
        """The keys of the rows above one, from the top; empty where there is none of that key."""
        kind, _, value = key.partition(":")
        if kind != "folder":
            section = {"search": SEARCHES, "rating": RATINGS, "tag": TAGS}.get(kind)
            return () if section is None else (section,)
        if value not in self.tree.folders:
            return ()
        above = []
        while not self.tree.folders[value].is_top:
            value = self.tree.folders[value].above
            above.append(folder_key(value))
        return (FOLDERS, *reversed(above))

    def _top(self) -> tuple[str, ...]:
        keys = [LIBRARY]
        if self.tree.pictures > MOST_RECENT:  # else they would be all
            keys.append(RECENT)
        keys += [FOLDERS, SEARCHES]
        if any(self.ratings[1:]):
            keys.append(RATINGS)
        if self.tags:
            keys.append(TAGS)
        return tuple(keys)

    def _rated(self, stars: int) -> int:
        return self.ratings[stars] if stars < len(self.ratings) else 0

    def _fixed(self, key: str) -> SidebarItem:
        if key == RECENT:
            count = min(MOST_RECENT, self.tree.pictures)
            meaning = tr("Sidebar", "The pictures that came into the library last")
            name = tr("Sidebar", "Recent")
            return SidebarItem(RowKind.RECENT, key, name, count, "clock", meaning)
        count_known = self.tree.pictures if self.is_known else None
        name = tr("Sidebar", "Library")
        meaning = tr("Sidebar", "All pictures")
        return SidebarItem(RowKind.LIBRARY, key, name, count_known, "images", meaning)

    def _folder(self, key: str, path: str) -> SidebarItem:
        folder = self.tree.folders.get(path)
        if folder is None:
            return SidebarItem(RowKind.FOLDER, key, wording.file_name(path))
        signs = folder_signs.signs(folder, self.watch.get(folder.root_id), self.work)
        return SidebarItem(RowKind.FOLDER, key, folder.name, folder.total, "", path, signs, folder)

    def _search(self, key: str, search_id: int) -> SidebarItem:
        search = self.searches.get(search_id)
        if search is None:
            return SidebarItem(RowKind.SEARCH, key, "")
        broken = self.broken.get(search_id, "")
        signs = (Sign("circle-alert", broken),) if broken else ()
        count = self.found.get(search_id)
        return SidebarItem(
            RowKind.SEARCH, key, search.name, count, "bookmark", search.name, signs, search=search
        )

    def _rating(self, key: str, stars: int) -> SidebarItem:
        name = "★" * stars + "☆" * (MOST_STARS - stars)
        count = self._rated(stars)
        meaning = stars_in_words(name)
        return SidebarItem(RowKind.RATING, key, name, count, meaning=meaning)

    def _hint(self, section: str) -> tuple[str, ...]:
        return (_HINT + section,) if self.is_known or section != FOLDERS else ()

    def _hint_item(self, key: str) -> SidebarItem:
        name, meaning = _hints(is_fixed=self.is_fixed)[key.removeprefix(_HINT)]
        return SidebarItem(RowKind.HINT, key, name, meaning=meaning)


def folder_key(path: str) -> str:
    """The key of a folder's row."""
    return f"{_FOLDER}{path}"


def search_key(search_id: int) -> str:
    """The key of a saved search's row."""
    return f"{_SEARCH}{search_id}"


def rating_key(stars: int) -> str:
    """The key of a rating's row."""
    return f"{_RATING}{stars}"


def tag_key(name: str) -> str:
    """The key of a tag's row."""
    return f"{_TAG}{name}"


def stars_in_words(stars: str) -> str:
    """``★★★☆☆`` as one says it."""
    number = stars.count("★")
    if number == 1:
        return tr("Sidebar", "1 star")
    return tr("Sidebar", "{number} stars").format(number=number)


def _section_name(key: str) -> str:
    if key == FOLDERS:
        return tr("Sidebar", "Folders")
    if key == SEARCHES:
        return tr("Sidebar", "Searches")
    return tr("Sidebar", "Ratings") if key == RATINGS else tr("Sidebar", "Tags")


def _hints(*, is_fixed: bool) -> dict[str, tuple[str, str]]:
    """What is said of a section without rows: in a few words, and in full."""
    if is_fixed:
        return {
            FOLDERS: (tr("Sidebar", "No folder"), tr("Sidebar", "This library has no folder.")),
            SEARCHES: (
                tr("Sidebar", "Nothing saved"),
                tr("Sidebar", "Nothing was saved in this library."),
            ),
        }
    return {
        FOLDERS: (
            tr("Sidebar", "Drop a folder here"),
            tr("Sidebar", "Drop a folder of pictures here. Its folders are counted in this place."),
        ),
        SEARCHES: (
            tr("Sidebar", "Save one with Ctrl+S"),
            tr("Sidebar", "Search for something, then save it with Ctrl+S. "
               "Its pictures are counted here."),
        ),
    }  # fmt: skip
