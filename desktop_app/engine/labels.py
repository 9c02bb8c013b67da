"""What people say of their pictures: ratings from one to five stars, and tags."""

import unicodedata
from collections.abc import Callable, Sequence

from desktop_app.engine.errors import UserFacingError
from desktop_app.engine.phrases import phrase
from desktop_app.engine.query_language.parts import MOST_STARS
from desktop_app.engine.records import (
    CommonLabels,
    LabelChange,
    LabelCounts,
    PictureIds,
    PictureLabels,
)
from desktop_app.engine.store.catalog import Catalog

LONGEST_TAG = 100
"""Characters: what is longer is a text that was pasted by mistake."""

_UNSEEN = ("Cc", "Cn", "Cs", "Zl", "Zp")
"""Categories that no name has any use for, and of which XML forbids some. Not Cf: a family of three
is an emoji of three persons joined by it."""


class Labels:
    """Reads and changes the labels of a library's pictures. Any thread may call it.

    They belong to the picture in the library: they stay when its file moves or is edited. When it
    leaves because its file is gone, they wait until that is back, or go to an exact copy that has
    none; otherwise exact copies have labels of their own. What changes some takes as many pictures
    as there are in one step: it is done to all of them or, where it fails, to none.

    Args:
        catalog: Where they are.
        is_due: Whether changes are to be written beside the pictures, too.
        check_writable: Raises `UnwritableError` where nothing can be changed.
        note_change: Called after a change.
    """

    def __init__(
        self,
        catalog: Catalog,
        is_due: Callable[[], bool],
        check_writable: Callable[[], object],
        note_change: Callable[[], object],
    ) -> None:
        self._store = catalog.labels
        self._is_due = is_due
        self._check_writable = check_writable
        self._note_change = note_change

    def of(self, ids: PictureIds) -> dict[int, PictureLabels]:
        """The labels of pictures; those that have none, or are gone, have empty ones."""
        return self._store.of(ids)

    def counts(self) -> LabelCounts:
        """What labels there are in the library; a tenth of a second at 1,000,000 pictures."""
        return self._store.counts()

    def common(self, ids: PictureIds) -> CommonLabels:
        """What labels some pictures have, and how many of them."""
        return self._store.common(ids)

    def rate(self, ids: PictureIds, rating: int) -> LabelChange:
        """Give pictures a rating.

        Args:
            ids: The pictures; those that are gone are passed over.
            rating: 1 to 5 stars; 0 takes the rating away.

        Returns:
            What was before, for `restore`.

        Raises:
            ValueError: If it is no rating.
            StoreError: If the library cannot be written.
        """
        if not 0 <= rating <= MOST_STARS:
            raise ValueError(f"{rating} is no rating from 0 to {MOST_STARS}")
        self._check_writable()
        return self._noted(self._store.rate(ids, rating, is_due=self._is_due()))

    def tag(
        self, ids: PictureIds, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> LabelChange:
        """Give pictures some tags, and take others away.

        Args:
            ids: The pictures; those that are gone are passed over.
            add: Tags that they get. One that is there already keeps its spelling.
            remove: Tags that they lose; one that is also in ``add`` is not lost.

        Returns:
            What was before, for `restore`.

        Raises:
            UserFacingError: If a tag cannot be one.
            StoreError: If the library cannot be written.
        """
        given = [tidy_tag(name) for name in add]
        taken = [tidy_tag(name) for name in remove]
        self._check_writable()
        return self._noted(self._store.tag(ids, given, taken, is_due=self._is_due()))

    def rename_tag(self, name: str, new: str) -> LabelChange:
        """Call a tag otherwise; where there is one of the new name, they become one.

        Returns:
            What was before, for `restore`.

        Raises:
            UserFacingError: If a tag cannot be called so.
            StoreError: If the library cannot be written.
        """
        wanted = tidy_tag(new)
        self._check_writable()
        return self._noted(self._store.rename(name, wanted, is_due=self._is_due()))

    def delete_tag(self, name: str) -> LabelChange:
        """Take a tag from all pictures.

        Returns:
            What was before, for `restore`.

        Raises:
            StoreError: If the library cannot be written.
        """
        self._check_writable()
        return self._noted(self._store.delete(name, is_due=self._is_due()))

    def restore(self, change: LabelChange) -> LabelChange:
        """Take a change back, as far as the pictures are still there.

        Returns:
            What takes that back again.

        Raises:
            StoreError: If the library cannot be written.
        """
        self._check_writable()
        return self._noted(self._store.restore(change, is_due=self._is_due()))

    def _noted(self, change: LabelChange) -> LabelChange:
        if not change.is_empty:
            self._note_change()
        return change


def tidy_tag(name: str) -> str:
    """A tag as it is kept: composed letters, single spaces, nothing that cannot be seen.

    Raises:
        UserFacingError: If nothing is left, or too much.
    """
    composed = unicodedata.normalize("NFC", name)
    seen = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in composed)
    tidy = " ".join(seen.split())
    if not tidy:
        raise UserFacingError(phrase("Engine: Library", "A tag needs a name."))
    if len(tidy) > LONGEST_TAG:
        raise UserFacingError(
            phrase("Engine: Library", "The tag “{name}…” is too long.").format(name=tidy[:20]),
            phrase("Engine: Library", "Use at most {n} characters.").format(n=LONGEST_TAG),
        )
    return tidy
