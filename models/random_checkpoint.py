"""Checkpoints of every family with random weights, in their real sizes or tiny.

For showing and testing exports where published weights cannot be had: what a graph weighs, takes
and loses when it is quantized does not wait for training. The tokenizers are of the right kind and
size, their vocabularies made up around given sentences.
"""

import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors.torch import save_file
from torch import nn

_BYTES = [chr(point) for point in (*range(33, 127), *range(161, 173), *range(174, 256))]
"""The characters that stand for printable bytes in byte-level BPE; the others follow them."""
_ALL_BYTES = _BYTES + [chr(256 + number) for number in range(256 - len(_BYTES))]
_MEAN, _STD = [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]

Sizes = Mapping[str, Any]
_TINY_TOWER = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
}


def spread_weights(model: nn.Module) -> None:
    """Draw weights with which different inputs get different embeddings.

    transformers draws them with a standard deviation near 0.02, which leaves all pictures within a
    cosine of 0.999: nothing could be measured on them. Here matrices and kernels keep the scale of
    what passes through (Glorot and Bengio, 2010: 1 / sqrt(inputs)), which makes attention look at
    something; token embeddings are wide and positions narrow.
    """
    for name, weight in model.named_parameters():
        if weight.ndim < 2:
            continue
        if "position" in name:
            nn.init.normal_(weight, std=0.1)
        elif "embed" in name and "patch" not in name:
            nn.init.normal_(weight, std=1.0)
        else:
            nn.init.normal_(weight, std=weight[0].numel() ** -0.5)


def _grow(
    words: Iterable[Sequence[str]], vocabulary: list[str], count: int
) -> tuple[list[str], list[tuple[str, str]]]:
    """Add merges until there are so many tokens: first those of the words, then arbitrary ones."""
    known, merges, chance = set(vocabulary), list[tuple[str, str]](), random.Random(0)
    tokens = list(vocabulary)

    def add(left: str, right: str) -> None:
        if len(tokens) < count and left + right not in known:
            known.add(left + right)
            tokens.append(left + right)
            merges.append((left, right))

    for pieces in words:
        whole = pieces[0]
        for piece in pieces[1:]:
            if piece not in known:
                break
            add(whole, piece)
            whole += piece
    short = [token for token in tokens if len(token) < 8 and not token.startswith("<")]
    while len(tokens) < count:
        add(chance.choice(short), chance.choice(short))
    return tokens, merges


def _words(sentences: Sequence[str]) -> list[str]:
    return sorted({word for sentence in sentences for word in sentence.lower().split()})


def clip_tokenizer(sentences: Sequence[str], size: int) -> Any:
    """Return a byte-level BPE of CLIP's kind."""
    vocabulary = [*_ALL_BYTES, *(f"{byte}</w>" for byte in _ALL_BYTES)]
    words = [[*word[:-1], f"{word[-1]}</w>"] for word in _words(sentences) if word.isascii()]
    tokens, merges = _grow(words, vocabulary, size - 2)
    numbered = {t: n for n, t in enumerate([*tokens, "<|startoftext|>", "<|endoftext|>"])}
    return transformers.CLIPTokenizer(vocab=numbered, merges=merges, model_max_length=77)


def gemma_tokenizer(sentences: Sequence[str], size: int) -> Any:
    """Return a BPE of Gemma's kind, lower case, with bytes to fall back on, as SigLIP 2 has it."""
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]
    characters = sorted(set("".join(sentences).lower()) | set(map(chr, range(33, 127))) | {"▁"})
    characters = [character for character in characters if character != " "]
    vocabulary = [*special, *(f"<0x{byte:02X}>" for byte in range(256)), *characters]
    tokens, merges = _grow([["▁", *word] for word in _words(sentences)], vocabulary, size)
    return transformers.Siglip2Tokenizer(
        vocab={token: number for number, token in enumerate(tokens)},
        merges=merges,
        padding_side="right",
        model_max_length=64,
    )


def bert_tokenizer(sentences: Sequence[str], size: int, lowers: bool) -> Any:
    """Return a WordPiece of BERT's kind, with the characters of many scripts."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [chr(p) for p in (*range(33, 127), *range(0x400, 0x460), *range(0x3041, 0x3097))]
    han = [chr(point) for point in range(0x4E00, 0x4E00 + max(0, min(8000, size // 2 - 400)))]
    known = dict.fromkeys(special + letters + [f"##{letter}" for letter in letters] + han)
    known |= dict.fromkeys(word for word in _words(sentences) if word.isalnum())
    tokens, chance = list(known)[:size], random.Random(0)
    while len(tokens) < size:
        made_up = "".join(chance.choices(letters[32:90], k=chance.randrange(3, 7)))
        if made_up not in known:
            known[made_up] = None
            tokens.append(made_up)
    return transformers.BertTokenizer(
        vocab={token: number for number, token in enumerate(tokens)}, do_lower_case=lowers
    )


def _finish(folder: Path, model: Any, tokenizer: Any, seed: int) -> None:
    transformers.logging.disable_progress_bar()
    torch.manual_seed(seed)
    spread_weights(model)
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _tower_sizes(sizes: Sizes | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the settings of text and image tower; of none, the families' own are used."""
    if sizes is None:
        return {}, {}
    return dict(sizes), {**sizes, "image_size": 32, "patch_size": 8}


def write_clip(folder: Path, sentences: Sequence[str], tiny: bool = False, seed: int = 0) -> None:
    """Write a CLIP; in its real size that of ViT-B/32."""
    text, vision = _tower_sizes(_TINY_TOWER if tiny else None)
    size = 700 if tiny else 49_408
    ends = {"bos_token_id": size - 2, "eos_token_id": size - 1, "pad_token_id": size - 1}
    config = transformers.CLIPConfig(
        text_config={**text, "vocab_size": size, **ends},
        vision_config=vision,
        projection_dim=24 if tiny else 512,
    )
    torch.manual_seed(seed)
    model = transformers.CLIPModel(config)
    _finish(folder, model, clip_tokenizer(sentences, size), seed)
    side = 32 if tiny else 224
    transformers.CLIPImageProcessorPil(
        size={"shortest_edge": side}, crop_size={"height": side, "width": side}
    ).save_pretrained(folder)
    _write_card(folder, "mit", ["en"])


def write_siglip2(
    folder: Path, sentences: Sequence[str], tiny: bool = False, seed: int = 0
) -> None:
    """Write a SigLIP 2 of fixed resolution; in its real size that of base-patch16-224."""
    text, vision = _tower_sizes(_TINY_TOWER if tiny else None)
    size = 900 if tiny else 256_000
    ends = {"bos_token_id": 2, "eos_token_id": 1, "pad_token_id": 0}
    config = transformers.SiglipConfig(
        text_config={**text, "vocab_size": size, **ends}, vision_config=vision
    )
    torch.manual_seed(seed)
    _finish(folder, transformers.SiglipModel(config), gemma_tokenizer(sentences, size), seed)
    side = 32 if tiny else 224
    transformers.SiglipImageProcessorPil(
        size={"height": side, "width": side}, resample=2
    ).save_pretrained(folder)
    _write_card(folder, "apache-2.0", ["multilingual"])


def write_chinese_clip(
    folder: Path, sentences: Sequence[str], tiny: bool = False, seed: int = 0
) -> None:
    """Write a Chinese-CLIP; in its real size that of ViT-B/16."""
    text, vision = _tower_sizes(_TINY_TOWER if tiny else None)
    size = 1_500 if tiny else 21_128
    config = transformers.ChineseCLIPConfig(
        text_config={**text, "vocab_size": size},
        vision_config={"patch_size": 16, **vision},
        projection_dim=24 if tiny else 512,
    )
    torch.manual_seed(seed)
    model = transformers.ChineseCLIPModel(config)
    _finish(folder, model, bert_tokenizer(sentences, size, lowers=True), seed)
    side = 32 if tiny else 224
    transformers.ChineseCLIPImageProcessorPil(
        size={"height": side, "width": side}, do_center_crop=False
    ).save_pretrained(folder)
    _write_card(folder, "", ["zh"])


def write_multilingual_text(
    folder: Path, sentences: Sequence[str], tiny: bool = False, seed: int = 0
) -> None:
    """Write a text tower of sentence-transformers; real: that of clip-ViT-B-32-multilingual-v1."""
    width, dim = (32, 24) if tiny else (768, 512)
    size = 1_500 if tiny else 119_547
    layers = {"n_layers": 2, "n_heads": 2, "hidden_dim": 64} if tiny else {}
    config = transformers.DistilBertConfig(vocab_size=size, dim=width, pad_token_id=0, **layers)
    torch.manual_seed(seed)
    inner = folder / "0_Transformer"
    tokenizer = bert_tokenizer(sentences, size, lowers=False)
    _finish(inner, transformers.DistilBertModel(config), tokenizer, seed)
    _write_json(inner / "sentence_bert_config.json", {"max_seq_length": 128})
    pooling = {"word_embedding_dimension": width, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling").mkdir()
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Dense").mkdir()
    dense = {
        "in_features": width,
        "out_features": dim,
        "bias": False,
        "activation_function": "torch.nn.modules.linear.Identity",
    }
    _write_json(folder / "2_Dense" / "config.json", dense)
    weight = torch.randn(dim, width, generator=torch.Generator().manual_seed(seed)) * width**-0.5
    save_file({"linear.weight": weight}, folder / "2_Dense" / "model.safetensors")
    _write_json(
        folder / "modules.json",
        [
            {
                "idx": number,
                "name": str(number),
                "path": f"{number}_{kind}",
                "type": f"sentence_transformers.models.{kind}",
            }
            for number, kind in enumerate(("Transformer", "Pooling", "Dense"))
        ],
    )
    _write_card(folder, "apache-2.0", ["multilingual"])


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _write_card(folder: Path, licence: str, languages: Sequence[str]) -> None:
    lines = ["---", *([f"license: {licence}"] if licence else []), "language:"]
    text = "\n".join([*lines, *(f"- {code}" for code in languages), "---", "# Random weights", ""])
    (folder / "README.md").write_text(text, encoding="utf-8")


WRITERS: Mapping[str, Callable[..., None]] = {
    "clip": write_clip,
    "siglip2": write_siglip2,
    "chinese-clip": write_chinese_clip,
    "multilingual": write_multilingual_text,
}
