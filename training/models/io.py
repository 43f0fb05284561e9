"""Models on disk: one folder as Hugging Face lays them out, written whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from torch import Tensor

from ...generator.base.errors import UserError
from ...generator.base.files import readable_refusal, temporary_beside
from ...generator.base.shown import shown
from ..config import DataConfig
from .base import VideoModel
from .card import card
from .described import FORMAT, described
from .provenance import Provenance
from .tensors import write_tensors
from .weights import check_finite, find_file, read_tensors


def save_model(
    folder: Path,
    model: VideoModel,
    classes: Sequence[str],
    provenance: Provenance | None = None,
    tensors: Mapping[str, Tensor] | None = None,
) -> Path:
    """Write a model as a folder: config.json, model.safetensors, preprocessor_config.json, labels.json and a README card.

    `tensors` are written instead of the model's own state (an average of it, or one gathered from several processes).
    A folder that is there is replaced as a whole if it is a model's. Families of transformers are written so that it reads them.
    A model that never learned classes (masked autoencoding) is written without their names: its head says nothing.
    """
    if len(classes) != model.spec.n_classes:
        raise ValueError(f"{len(classes)} class names for a model of {model.spec.n_classes} classes")
    if folder.exists() and not (folder / "config.json").is_file():
        raise UserError(f"{folder} exists and is not a model's folder: name another")
    if (provenance.config if provenance else {}).get("objective", {}).get("kind") == "masked":
        classes = ()
    state = dict(model.state_dict() if tensors is None else tensors)
    check_finite(
        state,
        "the model holds weights that are not finite numbers, and is not saved",
        "train with a lower optim.lr or with optim.clip_norm=1",
    )
    config = model.library_config()
    if config is not None:
        state = model.to_library(state)
    made = temporary_beside(folder)
    with readable_refusal(folder):
        try:
            made.mkdir(parents=True)
            plain = {name: value.detach().cpu().contiguous() for name, value in state.items()}
            write_tensors(made / "model.safetensors", plain)
            _write(made / "config.json", _config_table(model, classes, config))
            _write(made / "preprocessor_config.json", _preprocessor(model, provenance))
            _write(made / "labels.json", list(classes))
            (made / "README.md").write_text(card(model, classes, provenance or Provenance()), "utf-8", "backslashreplace")
            _swap(made, folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return folder


def load_model(folder: Path) -> VideoModel:
    """The model of a folder that `save_model` wrote, or of a run, ready to be used; `.classes` names its outputs."""
    file = find_file(folder)
    own = described(file.parent)
    if own is None:
        raise UserError(
            f"{folder} was not written by synapt: name its architecture and start from it, e.g. with "
            f"--with model.name=videomae_b --with model.weights={folder}"
        )
    from . import build

    model = build(own.config, own.spec.n_classes, DataConfig(frames=own.spec.frames, size_px=own.spec.size_px))
    tensors = read_tensors(file)
    check_finite(tensors, f"{shown(file)} holds values that are not finite numbers", "take another copy or an earlier checkpoint")
    if model.library_config() is not None:
        tensors = model.from_library(tensors)
    try:
        model.load_state_dict(tensors)
    except RuntimeError as error:
        raise UserError(
            f"{file} is not of the {own.config.name} that its config.json names: take another copy of the model"
        ) from error
    model.classes = own.classes
    model.started_from = str(folder)
    return model.eval()


def _config_table(model: VideoModel, classes: Sequence[str], library: dict[str, Any] | None) -> dict[str, Any]:
    names = {str(k): name for k, name in enumerate(classes or [f"untrained {k}" for k in range(model.spec.n_classes)])}
    return {
        **(library or {"model_type": "synapt", "architectures": [model.spec.name]}),
        "num_frames": model.spec.frames,
        "image_size": model.spec.size_px,
        "id2label": names,
        "label2id": {name: int(k) for k, name in names.items()},
        "synapt": {
            "format": FORMAT,
            "model": msgspec.to_builtins(dataclasses.replace(model.config, weights="")),
            "spec": msgspec.to_builtins(model.spec),
        },
    }


def _preprocessor(model: VideoModel, provenance: Provenance | None) -> dict[str, Any]:
    """As transformers' VideoMAEImageProcessor reads it, and how frames are chosen."""
    size_px = model.spec.size_px
    data = (provenance.config if provenance else {}).get("data", {})
    return {
        "image_processor_type": "VideoMAEImageProcessor",
        "do_resize": True,
        "size": {"shortest_edge": size_px},
        "resample": 2,
        "do_center_crop": True,
        "crop_size": {"height": size_px, "width": size_px},
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": list(model.spec.mean),
        "image_std": list(model.spec.std),
        "num_frames": model.spec.frames,
        "sampling": data.get("sampling", DataConfig.sampling),
        "window_s": data.get("window_s", DataConfig.window_s),
    }


def _swap(made: Path, folder: Path) -> None:
    """Give a finished folder its name; the one that had it goes."""
    old = temporary_beside(folder)
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, table: Any) -> None:
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
