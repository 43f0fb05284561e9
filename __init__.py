"""Labelled synthetic video of human actions, and models that learn from it: `synapt.load("MODEL")("video.mp4")`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .generator.base.arriving import when_imported

if TYPE_CHECKING:
    from .training.recogniser import load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    """What is offered here, imported when it is asked for: the command line must start without torch."""
    if name == "load":
        from .training.recogniser import load

        return load
    raise AttributeError(f"module 'synapt' has no attribute '{name}'")


def _tell_transformers(auto: Any) -> None:
    """Let Hugging Face's Auto classes read models of ours."""
    from .training.models.hub import register

    register(auto)


when_imported("transformers.models.auto.modeling_auto", _tell_transformers)
