"""Where and how exactly a training computes."""

import pytest

torch = pytest.importorskip("torch", reason="the models extra is not installed")

from models.precision import Precision, choose_precision  # noqa: E402


def test_what_is_asked_for_is_taken() -> None:
    assert choose_precision("float16").dtype is torch.float16
    assert choose_precision("float32").dtype is torch.float32


def test_a_processor_without_instructions_for_it_does_not_compute_in_bfloat16(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True}, raising=False)
    assert choose_precision() == Precision("cpu", torch.float32)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True})
    assert choose_precision() == Precision("cpu", torch.bfloat16)


def test_a_gpu_is_used_in_the_precision_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    assert choose_precision() == Precision("cuda", torch.float16)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: True)
    assert choose_precision() == Precision("cuda", torch.bfloat16)


@pytest.mark.parametrize("name", ["float32", "bfloat16", "float16"])
def test_products_are_computed_in_the_precision(name: str) -> None:
    dtype = getattr(torch, name)
    precision = Precision("cpu", dtype)
    with precision.autocast():
        assert (torch.ones(2, 2) @ torch.ones(2, 2)).dtype is dtype
    assert precision.scaler().is_enabled() == (dtype is torch.float16)
