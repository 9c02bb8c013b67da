"""Reads a model folder: what kind of model it is, and where its parts lie.

Cheap apart from one pass over the files for their digest: no model is loaded.
"""

from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.errors import ModelError, PassingModelError
from desktop_app.engine.model.families import read_dim, read_family
from desktop_app.engine.model.json_fields import INSTALL_AGAIN, JsonFields
from desktop_app.engine.model.key_cache import KeyCache
from desktop_app.engine.model.layout import (
    CONFIG,
    PREPROCESSOR,
    TOKENIZER_CONFIG,
    Precision,
    Towers,
)
from desktop_app.engine.model.model_files import ModelFiles
from desktop_app.engine.model.preprocess import Preprocessing
from desktop_app.engine.paths import builtin_model_folder
from desktop_app.engine.phrases import phrase

__all__ = ["ModelFolder", "Precision", "check_graphs", "read_model_folder"]

_MAX_TEXT_TOKENS = 4096
_MAX_TOKEN_ID = 10_000_000
# The tokenizers of SigLIP 2. Its training lowered all texts; the tokenizer.json published beside
# its models may lack that step, which transformers adds (its class Siglip2Tokenizer).
_LOWERCASE_TOKENIZERS = ("GemmaTokenizer", "GemmaTokenizerFast", "Siglip2Tokenizer")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model folder that is complete and of a known kind.

    Attributes:
        path: The folder.
        key: SHA-256, in hex, of everything that decides the vectors.
        name: For people.
        dim: Length of the vectors.
        preprocessing: How pictures are prepared.
        vision_model: ONNX file of the image tower.
        text_model: ONNX file of the text tower; the same where one graph holds both.
        tokenizer: The ``tokenizer.json``.
        max_text_tokens: Longest text, start and end tokens included.
        pads_texts: Whether texts must always be filled up to the longest length.
        pads_left: Whether they are filled up at their start.
        lowers_texts: Whether texts must be in lower case, which the tokenizer does not see to.
        pad_token: What they are filled up with; None where only its number is known.
        pad_token_id: Its number, where the tokenizer does not know `pad_token`.
        has_pooled_outputs: Whether an output named ``pooler_output`` is the vector.
        is_builtin: Whether it is the model that comes with the program.
    """

    path: Path
    key: str
    name: str
    dim: int
    preprocessing: Preprocessing
    vision_model: Path
    text_model: Path
    tokenizer: Path
    max_text_tokens: int
    pads_texts: bool
    pads_left: bool
    lowers_texts: bool
    pad_token: str | None
    pad_token_id: int
    has_pooled_outputs: bool
    is_builtin: bool


def read_model_folder(
    path: Path, precision: Precision = "auto", keys: KeyCache | None = None
) -> ModelFolder:
    """Read and check a model folder.

    Args:
        path: The folder.
        precision: Which towers to take; ``auto`` prefers the quantized ones.
        keys: Spares the pass over the files where it knows the folder's key.

    Raises:
        ModelError: If it is missing, incomplete, damaged or of an unknown kind.
    """
    path = path.absolute()
    try:
        if not path.is_dir():
            raise ModelError(
                phrase("Engine: Models", "There is no model folder {path}.").format(path=path),
                phrase("Engine: Models", "Choose another model."),
            )
        return _read(ModelFiles(path), precision, keys)
    except OSError as error:
        raise PassingModelError(
            phrase("Engine: Models", "The model {path} cannot be read ({reason}).").format(
                path=path.name, reason=error.strerror
            ),
            INSTALL_AGAIN,
        ) from error


def check_graphs(folder: ModelFolder) -> None:
    """Refuse a model whose ONNX files are none, before anything loads them.

    Raises:
        ModelError: If one is no ONNX file, or one of absurdly many parts.
    """
    towers = Towers(_name(folder.vision_model), _name(folder.text_model))
    ModelFiles(folder.path).check_graphs(towers)


def _read(files: ModelFiles, precision: Precision, keys: KeyCache | None) -> ModelFolder:
    folder = files.folder
    config = JsonFields.read(files.find(CONFIG), folder.name)
    family = read_family(config, folder.name)
    text_config = config.section("text_config")
    preprocessor = JsonFields.read(files.find(PREPROCESSOR), folder.name)
    vision_model, text_model = files.find_towers(precision)
    tokenizer = files.find_tokenizer()
    words = _TokenizerConfig.read(files.find_optional(TOKENIZER_CONFIG), folder.name)
    return ModelFolder(
        path=folder,
        name=config.text("name") if config.has("name") else folder.name,
        dim=read_dim(config, family),
        preprocessing=Preprocessing.from_config(preprocessor, squeezes=family.is_sigmoid),
        vision_model=vision_model,
        text_model=text_model,
        tokenizer=tokenizer,
        max_text_tokens=text_config.integer(
            "max_position_embeddings", 3, _MAX_TEXT_TOKENS, default=family.max_text_tokens
        ),
        pads_texts=family.is_sigmoid,
        pads_left=words.pads_left,
        lowers_texts=family.is_sigmoid and words.tokenizer_class in _LOWERCASE_TOKENIZERS,
        pad_token=words.pad_token,
        pad_token_id=text_config.integer(
            "pad_token_id", 0, _MAX_TOKEN_ID, default=family.pad_token_id
        ),
        has_pooled_outputs=family.is_sigmoid,
        is_builtin=folder.resolve() == builtin_model_folder().resolve(),
        # Last: it covers what was found above.
        key=_key(files, precision, Towers(_name(vision_model), _name(text_model)), keys),
    )


def _name(tower: Path) -> str:
    return f"onnx/{tower.name}"


def _key(files: ModelFiles, precision: Precision, towers: Towers, keys: KeyCache | None) -> str:
    def compute() -> tuple[str, tuple[Path, ...]]:
        files.find_remaining_weights(towers)
        return files.digest(), files.found

    if keys is None:
        return compute()[0]
    return keys.key_of(f"{precision} {files.folder}", files.found, compute)


@dataclass(frozen=True, slots=True)
class _TokenizerConfig:
    """What is used of ``tokenizer_config.json``, which may be absent.

    Attributes:
        pad_token: What texts are filled up with; None where it is not said.
        pads_left: Whether at their start.
        tokenizer_class: The class of transformers that it belongs to; may be empty.
    """

    pad_token: str | None = None
    pads_left: bool = False
    tokenizer_class: str = ""

    @classmethod
    def read(cls, file: Path | None, model: str) -> "_TokenizerConfig":
        if file is None:
            return cls()
        fields = JsonFields.read(file, model)
        if fields.is_section("pad_token"):
            pad_token: str | None = fields.section("pad_token").text("content")
        else:
            pad_token = fields.text("pad_token") if fields.has("pad_token") else None
        return cls(
            pad_token,
            pads_left=fields.has("padding_side") and fields.text("padding_side") == "left",
            tokenizer_class=(
                fields.text("tokenizer_class") if fields.has("tokenizer_class") else ""
            ),
        )
