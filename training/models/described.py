"""What a folder of a model says of itself, before anything is built or read of its weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...generator.base import bounded
from ...generator.base.errors import UserError
from ...generator.base.ranges import Natural, checked, converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import shown
from ..config import ModelConfig
from .base import ModelSpec

FORMAT = 1
"""Raised when an old reader would misread a new folder."""

ANOTHER = "take another copy of the model"

MOST_BYTES = 16 << 20
"""Of config.json and labels.json, of as many classes as anybody tells apart."""


@dataclass(frozen=True)
class Described:
    """What config.json and labels.json of a folder of ours say: what to build, its spec, and the names of its outputs."""

    config: ModelConfig
    spec: ModelSpec
    classes: tuple[str, ...]


def described(folder: Path) -> Described | None:
    """What a folder that holds model.safetensors says of itself; None for any that `save_model` did not write.

    UserError where it is damaged, or of a newer format.
    """
    path = folder / "config.json"
    if not path.is_file():
        return None
    table = read_json(path)
    own = table.get("synapt") if isinstance(table, dict) else None
    if own is None:
        return None
    form, found = _converted(own, folder)
    if form > FORMAT:
        raise UserError(f"{shown(folder)} has format {form}, this version reads up to {FORMAT}: install a newer synapt-video")
    if len(found.classes) not in (0, found.spec.n_classes):
        raise UserError(
            f"{shown(folder)} names {len(found.classes)} classes for {found.spec.n_classes} outputs: "
            "take another copy of the model"
        )
    return found


def _converted(own: Any, folder: Path) -> tuple[int, Described]:
    """The format, and the rest, of what config.json says under "synapt"."""
    try:
        own = converted(own, dict[str, Any], "synapt")
        form = checked(own.get("format", 0), Natural, "synapt.format")
        config = converted(own.get("model"), ModelConfig, "synapt.model")
        config = replace(config, weights="")  # those beside, not of any path that it names
        spec = converted(own.get("spec"), ModelSpec, "synapt.spec")
        classes = converted(read_json(folder / "labels.json"), tuple[str, ...], "labels.json")
    except UserError as error:
        raise UserError(f"{shown(folder)}: config.json or labels.json is damaged ({reason_of(error)}): {ANOTHER}") from error
    return form, Described(config, spec, classes)


def read_json(path: Path) -> Any:
    """What a JSON file of a model's folder holds. UserError where it is missing or damaged."""
    try:
        return bounded.read_json(path, MOST_BYTES)
    except OSError as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else f"can't be read ({reason_of(error)})"
        raise UserError(f"{shown(path)} {reason}: {ANOTHER}") from error
    except UserError as error:
        raise UserError(f"{shown(path)} is damaged ({reason_of(error)}): {ANOTHER}") from error
