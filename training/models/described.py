"""What a folder of a model says of itself, before anything is built or read of its weights."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from ...generator.base.errors import UserError
from ..config import ModelConfig
from .base import ModelSpec

FORMAT = 1
"""Raised when an old reader would misread a new folder."""


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
    try:
        form = int(own.get("format", 0))
        found = Described(
            replace(msgspec.convert(own["model"], ModelConfig), weights=""),  # those beside, not of any path that it names
            msgspec.convert(own["spec"], ModelSpec),
            msgspec.convert(read_json(folder / "labels.json"), tuple[str, ...]),
        )
    except (msgspec.ValidationError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(f"{path} or its labels.json is damaged ({error}): take another copy of the model") from error
    if form > FORMAT:
        raise UserError(f"{folder} has format {form}, this version reads up to {FORMAT}: install a newer synapt-video")
    if len(found.classes) not in (0, found.spec.n_classes):
        raise UserError(
            f"{folder} names {len(found.classes)} classes for {found.spec.n_classes} outputs: take another copy of the model"
        )
    return found


def read_json(path: Path) -> Any:
    """What a JSON file of a model's folder holds. UserError where it is missing or damaged."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else f"is damaged ({error})"
        raise UserError(f"{path} {reason}: take another copy of the model") from error
