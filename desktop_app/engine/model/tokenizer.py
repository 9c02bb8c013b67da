"""From words to the numbers a text tower takes."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from desktop_app.engine.errors import ModelError
from desktop_app.engine.model.json_fields import INSTALL_AGAIN
from desktop_app.engine.model.model_folder import ModelFolder
from desktop_app.engine.model.tower import too_little_memory
from desktop_app.engine.phrases import phrase

if TYPE_CHECKING:
    import tokenizers


class Tokenizer:
    """Turns a sentence into token ids. Any thread may call it."""

    def __init__(self, folder: ModelFolder) -> None:
        """Load the tokenizer of a model.

        Raises:
            PassingModelError: If there is too little memory for it.
            ModelError: If its file cannot be read.
        """
        self._folder = folder
        self._tokenizer, self._pad_id = self._load()

    def encode(self, text: str) -> NDArray[np.int64]:
        """Token ids of a text, at its real length or filled up where the model wants that.

        Returns:
            Shape ``(length,)``, start and end tokens included.

        Raises:
            ModelError: If the tokenizer has no token for it.
        """
        # Arguments in another encoding bring lone surrogates along, which tokenizers refuses.
        well_formed = text.encode("utf-8", "replace").decode("utf-8")
        try:
            ids = self._tokenizer.encode(well_formed).ids
        except Exception as error:  # tokenizers raises plain Exception
            raise self._damaged(phrase("Engine: Models", "cannot be used")) from error
        # At least one, where the tokenizer makes nothing at all of an empty text.
        length = self._folder.max_text_tokens if self._folder.pads_texts else max(1, len(ids))
        filled = np.full(length, self._pad_id, dtype=np.int64)
        start = length - len(ids) if self._folder.pads_left else 0
        filled[start : start + len(ids)] = ids
        return filled

    def _load(self) -> tuple["tokenizers.Tokenizer", int]:
        """The tokenizer, set to the model's length, and the number of the token to fill up with."""
        import tokenizers

        folder = self._folder
        try:
            tokenizer = tokenizers.Tokenizer.from_buffer(folder.tokenizer.read_bytes())
            # The file may ask for other lengths. Truncating keeps the start and end tokens.
            tokenizer.no_padding()
            tokenizer.enable_truncation(folder.max_text_tokens)
            if folder.lowers_texts:
                _lower_texts(tokenizer)
        except MemoryError as error:
            raise too_little_memory(folder.name) from error
        except Exception as error:  # tokenizers raises plain Exception
            raise self._damaged(phrase("Engine: Models", "cannot be loaded")) from error
        pad_id = None if folder.pad_token is None else tokenizer.token_to_id(folder.pad_token)
        return tokenizer, folder.pad_token_id if pad_id is None else pad_id

    def _damaged(self, reason: str) -> ModelError:
        file = self._folder.tokenizer.name
        return ModelError(
            phrase("Engine: Models", "The model {folder} is damaged: {file} {reason}.").format(
                folder=self._folder.name, file=file, reason=reason
            ),
            INSTALL_AGAIN,
        )


def _lower_texts(tokenizer: "tokenizers.Tokenizer") -> None:
    """Put lower-casing before what else the tokenizer does to a text."""
    from tokenizers import normalizers

    steps: list[normalizers.Normalizer] = [normalizers.Lowercase()]
    if tokenizer.normalizer is not None:
        steps.append(tokenizer.normalizer)
    tokenizer.normalizer = normalizers.Sequence(steps)
