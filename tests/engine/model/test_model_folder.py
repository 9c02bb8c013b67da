import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.key_cache import KeyCache
from desktop_app.engine.model.model_files import ModelFiles
from desktop_app.engine.model.model_folder import read_model_folder
from tests.helpers.tiny_model import write_tiny_model


def change_config(folder: Path, **values: object) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


def test_reads_a_model_of_our_own(folder: Path) -> None:
    model = read_model_folder(folder)

    assert model.name == "Tiny test model"
    assert model.dim == 8
    assert model.max_text_tokens == 16
    assert model.pad_token == "<pad>"
    assert model.preprocessing.shape_px == (16, 16)
    assert not model.pads_texts
    assert not model.is_builtin


def test_is_builtin_where_the_program_keeps_its_own(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "desktop_app.engine.model.model_folder.builtin_model_folder", lambda: folder
    )

    assert read_model_folder(folder).is_builtin


def test_prefers_the_quantized_towers(folder: Path) -> None:
    assert read_model_folder(folder).vision_model.name == "vision_model_quantized.onnx"
    assert read_model_folder(folder, "float").text_model.name == "text_model.onnx"

    (folder / "onnx" / "text_model_quantized.onnx").unlink()

    assert read_model_folder(folder).vision_model.name == "vision_model_quantized.onnx"
    assert read_model_folder(folder).text_model.name == "text_model.onnx"


def test_clip_means_what_transformers_leaves_unwritten(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "clip", "text_config": {}}')

    model = read_model_folder(folder)

    assert (model.name, model.dim, model.max_text_tokens) == ("tiny", 512, 77)


def test_siglip_pads_its_texts_and_has_pooled_outputs(folder: Path) -> None:
    (folder / "config.json").write_text(
        '{"model_type": "siglip", "text_config": {"hidden_size": 1152}}'
    )

    model = read_model_folder(folder)

    assert (model.dim, model.max_text_tokens, model.pad_token_id) == (1152, 64, 1)
    assert model.pads_texts
    assert model.has_pooled_outputs


def test_siglip_2_lowers_its_texts_where_the_tokenizer_does_not(folder: Path) -> None:
    change_config(folder, model_type="siglip")
    assert not read_model_folder(folder).lowers_texts

    (folder / "tokenizer_config.json").write_text(
        '{"pad_token": "<pad>", "padding_side": "left", "tokenizer_class": "GemmaTokenizer"}'
    )
    model = read_model_folder(folder)

    assert model.lowers_texts
    assert model.pads_left


def test_siglip_2_with_patches_is_refused_by_name(folder: Path) -> None:
    change_config(folder, model_type="siglip2")

    with pytest.raises(ModelError, match=r"^The model tiny cannot be used: it is a SigLIP 2 of"):
        read_model_folder(folder)


def test_chinese_clip_means_what_transformers_leaves_unwritten(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "chinese_clip", "text_config": {}}')

    model = read_model_folder(folder)

    assert (model.dim, model.max_text_tokens, model.pad_token_id) == (512, 512, 0)
    assert not model.pads_texts
    assert not model.has_pooled_outputs


def test_says_how_to_make_the_tokenizer_file(folder: Path) -> None:
    (folder / "tokenizer.json").rename(folder / "vocab.txt")

    with pytest.raises(ModelError) as caught:
        read_model_folder(folder)

    assert caught.value.text == (
        "The model tiny is not complete: it has vocab.txt but no tokenizer.json."
    )
    assert "save_pretrained" in caught.value.hint


def test_weights_of_any_name_belong_to_the_key(folder: Path) -> None:
    write_tiny_model(folder, weights_beside=True)
    tower = folder / "onnx" / "text_model_quantized.onnx"
    graph = onnx.load(tower, load_external_data=False)
    for entry in graph.graph.initializer[0].external_data:
        if entry.key == "location":
            entry.value = "table.bin"
    tower.write_bytes(graph.SerializeToString())
    with pytest.raises(ModelError, match=r"onnx/table\.bin is missing"):
        read_model_folder(folder)
    tower.with_name("text_model_quantized.onnx_data").rename(tower.with_name("table.bin"))
    before = read_model_folder(folder).key
    with tower.with_name("table.bin").open("ab") as file:
        file.write(b" ")

    assert read_model_folder(folder).key != before


class TestRememberedKey:
    def test_is_the_same_without_reading_the_files(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys = KeyCache(tmp_path / "keys.json")
        key = read_model_folder(folder, keys=keys).key
        monkeypatch.setattr(ModelFiles, "digest", lambda _: pytest.fail("read again"))

        assert read_model_folder(folder, keys=keys).key == key
        assert read_model_folder(folder, keys=KeyCache(tmp_path / "keys.json")).key == key

    @pytest.mark.parametrize("name", ["onnx/text_model_quantized.onnx_data", "tokenizer.json"])
    def test_is_computed_anew_when_a_file_changed(
        self, folder: Path, tmp_path: Path, name: str
    ) -> None:
        write_tiny_model(folder, weights_beside=True)
        keys = KeyCache(tmp_path / "keys.json")
        before = read_model_folder(folder, keys=keys).key
        with (folder / name).open("ab") as file:
            file.write(b" ")

        assert read_model_folder(folder, keys=keys).key != before
        assert read_model_folder(folder, keys=keys).key == read_model_folder(folder).key

    def test_is_computed_anew_when_a_file_came_or_went(self, folder: Path, tmp_path: Path) -> None:
        keys = KeyCache(tmp_path / "keys.json")
        before = read_model_folder(folder, keys=keys).key
        (folder / "tokenizer_config.json").unlink()
        without = read_model_folder(folder, keys=keys).key
        (folder / "tokenizer_config.json").write_text("{}")

        assert before != without != read_model_folder(folder, keys=keys).key

    def test_of_one_precision_is_not_taken_for_another(self, folder: Path, tmp_path: Path) -> None:
        keys = KeyCache(tmp_path / "keys.json")
        quantized = read_model_folder(folder, keys=keys).key

        assert read_model_folder(folder, "float", keys).key != quantized


@pytest.mark.parametrize(
    ("content", "pad_token"),
    [
        ('{"pad_token": "!"}', "!"),
        ('{"pad_token": {"content": "</s>", "lstrip": false}}', "</s>"),
        ('{"model_max_length": 77}', None),
        (None, None),
    ],
)
def test_reads_the_token_to_fill_up_with(
    folder: Path, content: str | None, pad_token: str | None
) -> None:
    (folder / "tokenizer_config.json").unlink()
    if content is not None:
        (folder / "tokenizer_config.json").write_text(content)

    assert read_model_folder(folder).pad_token == pad_token


class TestKey:
    def test_is_the_same_for_a_copy_elsewhere(self, folder: Path, tmp_path: Path) -> None:
        copy = shutil.copytree(folder, tmp_path / "elsewhere")

        assert read_model_folder(copy).key == read_model_folder(folder).key

    @pytest.mark.parametrize(
        "name",
        [
            "config.json",
            "preprocessor_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "onnx/vision_model_quantized.onnx",
            "onnx/text_model_quantized.onnx",
        ],
    )
    def test_changes_with_every_file_that_decides_vectors(self, folder: Path, name: str) -> None:
        before = read_model_folder(folder).key
        with (folder / name).open("ab") as file:
            file.write(b" ")

        assert read_model_folder(folder).key != before

    def test_changes_with_weights_beside_a_tower(self, folder: Path) -> None:
        weights = folder / "onnx" / "text_model_quantized.onnx_data"
        weights.write_bytes(b"1")
        before = read_model_folder(folder).key
        weights.write_bytes(b"2")

        assert read_model_folder(folder).key != before

    def test_stays_with_what_decides_nothing(self, folder: Path) -> None:
        before = read_model_folder(folder).key
        (folder / "MODEL_CARD.md").write_text("A model.")
        (folder / "onnx" / "text_model.onnx").write_bytes(b"not in use")

        assert read_model_folder(folder).key == before

    def test_differs_between_precisions(self, tmp_path: Path) -> None:
        folder = write_tiny_model(tmp_path / "tiny")
        write_tiny_model(tmp_path / "other", text_gain=2.0)
        shutil.copy(tmp_path / "other" / "onnx" / "text_model.onnx", folder / "onnx")

        assert read_model_folder(folder, "float").key != read_model_folder(folder, "quantized").key


def replace(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("damage", "text"),
    [
        (
            replace("config.json", b"{"),
            "The model tiny is damaged: config.json is not valid JSON.",
        ),
        (
            replace("preprocessor_config.json", b"[]"),
            "The model tiny is damaged: preprocessor_config.json is not valid JSON.",
        ),
        (
            replace("tokenizer_config.json", b'{"pad_token": 5}'),
            "The model tiny is damaged: tokenizer_config.json has no usable “pad_token”.",
        ),
        (
            replace("config.json", b"{}"),
            "The model tiny is damaged: config.json has no usable “model_type”.",
        ),
        (
            lambda folder: change_config(folder, model_type="bert"),
            "The model tiny is of a kind this program does not know: bert.",
        ),
        (
            lambda folder: change_config(folder, projection_dim=None),
            "The model tiny is damaged: config.json has no usable “projection_dim”.",
        ),
        (
            lambda folder: change_config(folder, projection_dim=0),
            "The model tiny is damaged: config.json has no usable “projection_dim”.",
        ),
        (
            lambda folder: change_config(folder, text_config={"max_position_embeddings": 1e9}),
            "The model tiny is damaged: config.json has no usable “max_position_embeddings”.",
        ),
        (
            lambda folder: change_config(folder, text_config=[]),
            "The model tiny is damaged: config.json has no usable “text_config”.",
        ),
    ],
)
def test_says_what_is_damaged(folder: Path, damage: Callable[[Path], object], text: str) -> None:
    damage(folder)

    with pytest.raises(ModelError) as caught:
        read_model_folder(folder)

    assert caught.value.text == text
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize(
    "name",
    [
        "config.json",
        "preprocessor_config.json",
        "tokenizer.json",
        "onnx/vision_model.onnx",
        "onnx/text_model.onnx",
    ],
)
def test_says_what_is_missing(folder: Path, name: str) -> None:
    for file in folder.glob(name.replace(".onnx", "*.onnx")):
        file.unlink()

    with pytest.raises(ModelError) as caught:
        read_model_folder(folder)

    assert caught.value.text == f"The model tiny is not complete: {name} is missing."


def test_quantized_is_not_replaced_by_float_when_asked_for(folder: Path) -> None:
    (folder / "onnx" / "vision_model_quantized.onnx").unlink()

    with pytest.raises(ModelError, match=r"onnx/vision_model_quantized\.onnx is missing"):
        read_model_folder(folder, "quantized")


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_says_that_there_is_no_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(ModelError) as caught:
        read_model_folder(tmp_path / name)

    assert caught.value.text == f"There is no model folder {tmp_path / name}."


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
class TestLinks:
    def test_out_of_the_folder_are_refused(self, folder: Path, tmp_path: Path) -> None:
        outside = (folder / "tokenizer.json").rename(tmp_path / "outside.json")
        (folder / "tokenizer.json").symlink_to(outside)

        with pytest.raises(ModelError) as caught:
            read_model_folder(folder)

        assert caught.value.text == (
            "The model tiny cannot be used: tokenizer.json is a link to another place."
        )

    def test_of_weights_out_of_the_folder_are_refused(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "weights").write_bytes(b"1")
        (folder / "onnx" / "text_model_quantized.onnx_data").symlink_to(tmp_path / "weights")

        with pytest.raises(ModelError, match="is a link to another place"):
            read_model_folder(folder)

    def test_of_a_whole_subfolder_out_are_refused(self, folder: Path, tmp_path: Path) -> None:
        (folder / "onnx").rename(tmp_path / "onnx")
        (folder / "onnx").symlink_to(tmp_path / "onnx")

        with pytest.raises(ModelError, match="is a link to another place"):
            read_model_folder(folder)

    def test_within_the_folder_and_to_it_are_fine(self, folder: Path, tmp_path: Path) -> None:
        (folder / "tokenizer.json").rename(folder / "words.json")
        (folder / "tokenizer.json").symlink_to("words.json")
        (tmp_path / "link").symlink_to(folder)

        assert read_model_folder(tmp_path / "link").name == "Tiny test model"

    def test_in_a_circle_count_as_missing(self, folder: Path) -> None:
        (folder / "config.json").unlink()
        (folder / "config.json").symlink_to("config.json")

        with pytest.raises(ModelError, match=r"config\.json is missing"):
            read_model_folder(folder)


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_says_that_a_file_cannot_be_read(folder: Path) -> None:
    (folder / "config.json").chmod(0)

    with pytest.raises(ModelError, match=r"^The model tiny cannot be read \(Permission denied\)"):
        read_model_folder(folder)


def test_says_why_the_system_refuses(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    with pytest.raises(ModelError) as caught:
        read_model_folder(folder)

    assert caught.value.text == "The model tiny cannot be read (Input/output error)."
