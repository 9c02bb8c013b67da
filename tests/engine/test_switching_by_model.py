"""Any order of indexing, choosing, embedding and removing against what should be there."""

import os
import tempfile
from pathlib import Path
from unittest import mock

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from numpy.typing import NDArray
from PIL import Image

from desktop_app.engine import embedding
from desktop_app.engine.cancellation import CancelToken
from desktop_app.engine.errors import ModelError
from desktop_app.engine.files.fingerprint import fingerprint
from desktop_app.engine.indexing import indexer
from desktop_app.engine.library import Library
from desktop_app.engine.paths import DataPaths
from desktop_app.engine.records import (
    REST_SHARE,
    EmbedSummary,
    IndexSummary,
    ModelRole,
    Query,
)
from tests.helpers.fake_encoder import COLOURS
from tests.helpers.inline_decoder import InlineDecoder
from tests.helpers.one_model import OneModel
from tests.helpers.turned_encoder import TurnedEncoder

MODELS = ("first", "second", "third")
FILES = [f"{number}.png" for number in range(3)]
TOLERANCE = 0.03
"""Half precision, and the colours of a thumbnail, which is a JPEG."""

files = st.sampled_from(FILES)
colours = st.sampled_from(["red", "green", "blue", "white"])
names = st.sampled_from(MODELS)
stops = st.none() | st.integers(0, 4)


class SwitchingMachine(RuleBasedStateMachine):
    """Follows one library.

    Attributes:
        colour_of: What each content that ever was on disk shows, by fingerprint.
        made: Pictures that have a vector, by model, as of the last step.
        without: Pictures that could not be embedded when their model came into use.
        in_use: The model that should answer.
        next: The model that should come next; the one in use while it lacks pictures.
        rest_share: How much of the pictures a model may lack to answer at once.
    """

    rest_share = REST_SHARE

    def __init__(self) -> None:
        super().__init__()
        self.patches = [
            mock.patch.object(m, "Decoder", InlineDecoder) for m in (indexer, embedding)
        ]
        for patch in self.patches:
            patch.start()
        self.share_patch = mock.patch("desktop_app.engine.model_switch.REST_SHARE", self.rest_share)
        self.share_patch.start()
        self.folder = tempfile.TemporaryDirectory()
        self.pictures = Path(self.folder.name) / "pictures"
        self.pictures.mkdir()
        self.paths = DataPaths.below(Path(self.folder.name) / "data")
        self.paths.create()
        self.paths.settings.write_text('{"batch_size": 1, "encoder_threads": 1}')
        self.models = OneModel(*map(TurnedEncoder, MODELS))
        self.library = Library.open(self.paths, self.models)
        self.colour_of: dict[bytes, str] = {}
        self.made: dict[str, dict[int, bytes]] = {name: {} for name in MODELS}
        self.without: set[int] = set()
        self.in_use, self.next = "first", ""
        self.clock = 1_000

    def teardown(self) -> None:
        self.library.close()
        self.folder.cleanup()
        self.share_patch.stop()
        for patch in self.patches:
            patch.stop()

    # What happens to files

    @initialize(colour=colours)
    def a_picture_that_stays(self, colour: str) -> None:
        """So that the folder never looks like an unplugged drive."""
        self.put("stays.png", colour)

    @rule(name=files, colour=colours)
    def put(self, name: str, colour: str) -> None:
        self.clock += 1
        path = self.pictures / name
        Image.new("RGB", (24, 24), COLOURS[colour]).save(path)
        os.utime(path, (self.clock, self.clock))  # not even two changes at once look the same
        content = fingerprint(str(path))
        assert content is not None
        self.colour_of[content] = colour

    @rule(name=files)
    def delete(self, name: str) -> None:
        (self.pictures / name).unlink(missing_ok=True)

    @rule(old=files, new=files)
    def move(self, old: str, new: str) -> None:
        if (self.pictures / old).exists():
            (self.pictures / old).replace(self.pictures / new)

    @rule()
    def lose_thumbnails(self) -> None:
        for file in self.paths.thumbnails.rglob("*.jpg"):
            file.unlink()

    # What the user does

    @rule(stop=stops)
    def index(self, stop: int | None) -> None:
        cancel = CancelToken()
        reports = self.library.index([self.pictures], cancel)
        for number, report in enumerate(reports):  # noqa: B007 - the last counts
            if number == stop:
                cancel.cancel()
        assert isinstance(report, IndexSummary)
        self.without &= set(self.library.picture_ids().tolist())
        known = self.known()
        for name in MODELS:
            had = {i: content for i, content in self.made[name].items() if known.get(i) == content}
            if name == self.in_use:
                self.made[name] = {id_: known[id_] for id_ in self.ids_with_vector(name)}
                assert had.items() <= self.made[name].items()
                if not report.cancelled:
                    # Where many are gone at once, they stay as they were until it is confirmed.
                    lacking = known.keys() - self.made[name].keys()
                    assert lacking <= self.without & self.gone()
                    self.without = lacking
                # A cancelled run may leave out what failed before, never anything else.
                assert known.keys() - self.made[name].keys() <= self.without
            else:
                # A copy of a picture that is known has the vectors of that one.
                contents = set(self.made[name].values())
                self.made[name] = {id_: known[id_] for id_ in self.ids_with_vector(name)}
                assert had.items() <= self.made[name].items()
                assert {
                    content for id_, content in self.made[name].items() if id_ not in had
                } <= contents

    @rule(name=names)
    def use(self, name: str) -> None:
        if name not in self.models.encoders:
            try:
                self.library.use_model(name)
            except ModelError:
                return
            raise AssertionError("used a model that is not there")
        lacking = self.known().keys() - self.made[name].keys()
        role = self.library.use_model(name)
        if name == self.in_use or len(lacking) <= self.rest_share * len(self.known()):
            self.in_use, self.next, self.without = name, name if lacking else "", lacking
        else:
            self.next = name
        assert role is (ModelRole.IN_USE if self.in_use == name else ModelRole.NEXT)

    @rule(stop=stops)
    def embed(self, stop: int | None) -> None:
        cancel = CancelToken()
        for number, report in enumerate(self.library.embed_next(cancel)):  # noqa: B007
            if number == stop:
                cancel.cancel()
        assert isinstance(report, EmbedSummary)
        if not self.next:
            assert report == EmbedSummary(title="")
            return
        known = self.known()
        before = len(self.made[self.next])
        self.made[self.next] = {id_: known[id_] for id_ in self.ids_with_vector(self.next)}
        assert report.made == len(self.made[self.next]) - before
        assert report.switched == (self.in_use != self.next and not report.cancelled)
        failed = known.keys() - self.made[self.next].keys()
        if self.in_use == self.next:
            self.without = failed
        if not report.cancelled:
            assert len(report.failed) == len(failed)
            self.in_use, self.next, self.without = self.next, "", failed

    # Two that belong together often, so that they are seen in every order with the rest.

    @rule(name=names, file=files, colour=colours)
    def switch_while_a_file_changes(self, name: str, file: str, colour: str) -> None:
        self.use(name)
        self.put(file, colour)
        self.embed(None)

    @rule(name=files, colour=colours)
    def put_and_index(self, name: str, colour: str) -> None:
        self.put(name, colour)
        self.index(None)

    @rule(name=names)
    def remove(self, name: str) -> None:
        may = name in self.models.encoders and name not in ("first", self.in_use)
        try:
            self.library.remove_model(name)
        except ModelError:
            assert not may
            return
        assert may
        self.made[name] = {}
        if self.next == name:
            self.next = ""

    @rule(name=names)
    def install_again(self, name: str) -> None:
        self.models.encoders.setdefault(name, TurnedEncoder(name))

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library.open(self.paths, self.models)

    # What must hold

    @invariant()
    def roles_are_as_chosen(self) -> None:
        roles = {one.model.name: one.role for one in self.library.models()}
        for name in self.models.encoders:
            if name == self.in_use:
                wanted = ModelRole.IN_USE
            elif name == self.next:
                wanted = ModelRole.NEXT
            else:
                wanted = ModelRole.KEPT if self.made[name] else ModelRole.UNUSED
            assert roles[name] is wanted

    @invariant()
    def every_vector_is_that_of_its_picture_and_model(self) -> None:
        known = self.known()
        for name in MODELS:
            assert self.made[name].keys() == self.ids_with_vector(name)
            for id_, content in self.made[name].items():
                assert known[id_] == content
                vector = self.library._catalog.vector(id_, name)
                assert vector is not None
                wanted = self.expected(name, content)
                assert np.abs(vector - wanted).max() < TOLERANCE

    @invariant()
    def one_complete_model_answers(self) -> None:
        known = self.known()
        hits = self.library.search(Query.of_words("red"))
        assert set(hits.ids.tolist()) == known.keys() - self.without
        assert len(hits.ids) == len(set(hits.ids.tolist()))
        encoder = TurnedEncoder(self.in_use)
        (asked,) = encoder.encode_texts(["red"])
        for id_, score in zip(hits.ids.tolist(), hits.scores.tolist(), strict=True):
            assert abs(float(self.expected(self.in_use, known[id_]) @ asked) - score) < TOLERANCE

    def known(self) -> dict[int, bytes]:
        ids = self.library.picture_ids().tolist()
        found = self.library.pictures(ids)
        return {id_: found[id_].fingerprint for id_ in ids}

    def gone(self) -> set[int]:
        found = self.library.pictures(self.library.picture_ids().tolist())
        return {id_ for id_, picture in found.items() if not Path(picture.path).exists()}

    def ids_with_vector(self, name: str) -> set[int]:
        return set(self.library._catalog.vector_ids(name).tolist())

    def expected(self, name: str, content: bytes) -> NDArray[np.float32]:
        colour = self.colour_of[content]
        pixels = np.full((1, 8, 8, 3), COLOURS[colour], dtype=np.uint8)
        vector: NDArray[np.float32] = TurnedEncoder(name).encode_pictures(pixels)[0]
        return vector


class BoldSwitchingMachine(SwitchingMachine):
    """Lets models answer that lack up to half of the few pictures."""

    rest_share = 0.5


TestSwitchingByModel = SwitchingMachine.TestCase
TestSwitchingByModel.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
TestBoldSwitchingByModel = BoldSwitchingMachine.TestCase
TestBoldSwitchingByModel.settings = TestSwitchingByModel.settings
