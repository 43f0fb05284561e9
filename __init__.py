"""Labelled synthetic video of human actions, and models that learn from it.

synapt.open_dataset("data")[0].frames            # what `synapt render` made, as a sequence; .torch() for PyTorch
synapt.make_clip(synapt.sample("waving"))        # one clip, without a dataset
synapt.load("runs/ours")("video.mp4")            # what a trained model says of a video

All of them raise `synapt.UserError` for what the caller can put right, in one line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .generator.base.arriving import when_imported

if TYPE_CHECKING:
    from .generator.base.errors import UserError
    from .generator.door import actions, make_clip, sample
    from .training.data.opened import open_dataset
    from .training.recogniser import load

__all__ = ["UserError", "actions", "load", "make_clip", "open_dataset", "sample"]

_HOMES = {
    "UserError": "generator.base.errors",
    "actions": "generator.door",
    "load": "training.recogniser",
    "make_clip": "generator.door",
    "open_dataset": "training.data.opened",
    "sample": "generator.door",
}
"""What is offered here -> the module that has it."""


def __getattr__(name: str) -> Any:
    """What is offered here, imported when it is asked for: the command line must start without torch."""
    if name in _HOMES:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module 'synapt' has no attribute '{name}'")


def _tell_transformers(auto: Any) -> None:
    """Let Hugging Face's Auto classes read models of ours."""
    from .training.models.hub import register

    register(auto)


when_imported("transformers.models.auto.modeling_auto", _tell_transformers)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
