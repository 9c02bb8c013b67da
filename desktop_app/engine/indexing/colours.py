"""Completes what an older version of the program did not note: the colours of pictures.

From the thumbnails in the cache; no file of the user's is opened. Those that have no thumbnail
there stay without until they are indexed again.
"""

from collections.abc import Iterator
from dataclasses import replace

from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.files.average_colour import colour_of_thumbnail
from desktop_app.engine.files.thumbnails import ThumbnailCache
from desktop_app.engine.pace import WorkPace
from desktop_app.engine.pipeline import held
from desktop_app.engine.records import IndexProgress
from desktop_app.engine.store.catalog import Catalog

_AT_ONCE = 200
"""Pictures read and written together: a fifth of a second."""
_MOST_A_RUN = 10_000
"""What a watch noticed waits for the run before it."""


class ColourCompleter:
    """Goes through the pictures without a colour once, a part with every run.

    Args:
        catalog: Where they are.
        thumbnails: Where their thumbnails are.
        pace: Says when to wait.
    """

    def __init__(self, catalog: Catalog, thumbnails: ThumbnailCache, pace: WorkPace) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._pace = pace
        self._last_id = 0

    def run(self, cancel: CancelToken) -> Iterator[IndexProgress]:
        """Go on where the last run ended; a moment where all colours are known.

        Args:
            cancel: Stops it; what was found stays.

        Yields:
            That it is at work, without a count: it is nothing that anybody waits for.

        Raises:
            CancelledError: If it was stopped.
            StoreError: If the library cannot be written.
        """
        at_work = IndexProgress(0, 0, 0)
        for _ in range(_MOST_A_RUN // _AT_ONCE):
            rows = self._catalog.without_colour(self._last_id, _AT_ONCE)
            if not rows:
                return
            cancel.raise_if_cancelled()
            for change in held(self._pace, cancel):
                yield replace(at_work, note=change.note)
            found: list[tuple[int, bytes, int]] = []
            for picture_id, fingerprint in rows:
                data = self._thumbnails.peek(fingerprint.hex())
                colour = None if data is None else colour_of_thumbnail(data)
                if colour is not None:
                    found.append((picture_id, fingerprint, colour))
            if found:
                self._catalog.write_colours(found)
            self._last_id = rows[-1][0]
            yield at_work
