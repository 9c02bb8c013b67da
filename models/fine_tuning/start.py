"""Opens what a fine-tuning starts from."""

from pathlib import Path

from models.checkpoint import CheckpointError
from models.families.checkpoint_files import refuse_finished
from models.fine_tuning.encoder import TowerEncoder, TrainableEncoder
from models.tower_files import is_tower_folder, read_tower_files


def open_start(source: str, trained_on: str) -> TrainableEncoder:
    """Open a folder of towers, or a CLIP checkpoint.

    Args:
        source: a folder, or the name of a model on the Hugging Face hub.
        trained_on: what it is to be trained on, for the record.

    Raises:
        CheckpointError: it is not there, not whole, or of a wrong kind.
    """
    path = Path(source)
    if is_tower_folder(path):
        return TowerEncoder(read_tower_files(path), trained_on)
    if path.is_file():
        raise CheckpointError(
            f"{path} is a file; a training goes on from a folder of towers or of a CLIP checkpoint."
        )
    refuse_finished(path)
    if path.is_dir() and not (path / "config.json").is_file():
        raise CheckpointError(
            f"{path} holds neither towers (settings.json) nor a CLIP checkpoint (config.json)."
        )
    # Importing transformers takes seconds, which our own towers need not wait for.
    from models.fine_tuning.clip_encoder import load_clip

    return load_clip(source)
