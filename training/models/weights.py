"""Weights that the user has, whoever saved them: found, read without running anything, renamed, stretched, counted."""

from __future__ import annotations

import json
import pickle
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from ...generator.base.errors import UserError
from .base import VideoModel
from .described import described

ENOUGH = 0.5
"""Share of a trunk's tensors that a file must fill; below, it is a checkpoint of another model."""

_WRAPPERS = ("state_dict", "model_state", "model_state_dict", "model", "module", "ema", "params")
_PREFIXES = ("module.", "_orig_mod.", "model.", "backbone.")
_NAMES = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin")


@dataclass(frozen=True)
class Loaded:
    """What a file gave: `matched` of the `total` tensors of the trunk; `head`: the classifier's weights came along."""

    path: Path
    matched: int
    total: int
    head: bool
    missing: tuple[str, ...]

    def __str__(self) -> str:
        fresh = f", fresh: {', '.join(self.missing[:3])}{' ...' if len(self.missing) > 3 else ''}" if self.missing else ""
        return f"{self.path}: {self.matched} of {self.total} tensors, head {'kept' if self.head else 'fresh'}{fresh}"


def load_weights(model: VideoModel, path: Path, classes: Sequence[str] | None = None) -> Loaded:
    """Put the tensors of a file or folder into a model of any frames and size, on its device.

    Reads .safetensors, .pth, .pt and .bin files, Hugging Face folders, folders of ours and finished runs. The head is kept
    where its shape fits and, for a folder of ours, where it learned classes that are `classes` (any, if None). UserError for a
    file that cannot be read, that would have to be executed, or that fits less than half of the trunk.
    """
    file = find_file(path)
    tensors = read_tensors(file)
    fitted, strange = _fitted(model, tensors)
    own = {name: like for name, like in model.state_dict().items() if not name.endswith("num_batches_tracked")}
    trunk = [name for name in own if not name.startswith("head.")]
    missing = tuple(name for name in trunk if name not in fitted)
    if len(missing) > (1 - ENOUGH) * len(trunk):
        raise UserError(_misfit(model, path, file, len(trunk) - len(missing), len(trunk), strange))
    bad = next((name for name, value in fitted.items() if not bool(torch.isfinite(value).all())), None)
    if bad:
        raise UserError(f"{path} holds values that are no numbers (in {bad}): take an earlier checkpoint")
    head = all(name in fitted for name in own if name.startswith("head."))
    if not head or _other_classes(file, classes):
        head = False
        fitted = {name: value for name, value in fitted.items() if not name.startswith("head.")}
    model.load_state_dict(fitted, strict=False)
    return Loaded(path, len(trunk) - len(missing), len(trunk), head, missing)


def find_file(path: Path) -> Path:
    """The file of weights that a path means: itself, the one of a model folder, or the one of a run's model."""
    if path.is_file():
        return path
    for folder in (path, path / "model"):
        for name in _NAMES:
            if (folder / name).is_file():
                return folder / name
    if path.is_dir():
        raise UserError(f"{path} holds no weights: wanted {', '.join(_NAMES)} in it or in its folder model/")
    raise UserError(f"no weights at {path}: name a file, a model folder or a finished run")


def read_tensors(file: Path) -> dict[str, Tensor]:
    """Tensors of a file by name, on the CPU; nothing in it is executed."""
    try:
        if file.name.endswith(".index.json"):
            shards = sorted(set(json.loads(file.read_text(encoding="utf-8"))["weight_map"].values()))
            return {name: value for shard in shards for name, value in read_tensors(file.parent / Path(shard).name).items()}
        if file.suffix == ".safetensors":
            found: dict[str, Tensor] = load_file(file)
            return found
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what torch thinks of a file that it then refuses, or reads
            content = torch.load(file, map_location="cpu", weights_only=True)
        return _unwrapped(content, file)
    except pickle.UnpicklingError as error:
        raise UserError(
            f"{file} is no plain file of tensors: loading it would run code or it is damaged, so it is not loaded; "
            "save the state dict alone, best as .safetensors"
        ) from error
    except (SafetensorError, RuntimeError, EOFError, OSError, ValueError, KeyError, AttributeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError(f"{file} cannot be read as weights ({reason}): is the download complete?") from error


def _unwrapped(content: Any, file: Path) -> dict[str, Tensor]:
    """The state dict within what was saved, without the prefixes that wrappers add."""
    while isinstance(content, Mapping):
        inner = next((content[name] for name in _WRAPPERS if isinstance(content.get(name), Mapping)), None)
        if inner is None:
            break
        content = inner
    found = content.items() if isinstance(content, Mapping) else ()
    tensors = {str(name): value for name, value in found if isinstance(value, Tensor)}
    if not tensors:
        raise UserError(f"{file} holds a {type(content).__name__} without tensors, wanted a state dict: save model.state_dict()")
    return tensors


def _fitted(model: VideoModel, tensors: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], int]:
    """Tensors that fit by name and shape, by whichever naming fits most; how many of the file's found no place."""
    best: dict[str, Tensor] = {}
    own = model.state_dict()
    bare = dict(tensors)
    for prefix in _PREFIXES:
        if bare and all(name.startswith(prefix) for name in bare):
            bare = {name.removeprefix(prefix): value for name, value in bare.items()}
    for names in (bare, model.from_library(bare)):
        fits = {}
        for name, value in names.items():
            if name in own:
                value = model.refit(name, value, own[name])
                if value.shape == own[name].shape:
                    fits[name] = value
        best = max(best, fits, key=len)
    return best, len(tensors) - len(best)


def _other_classes(file: Path, classes: Sequence[str] | None) -> bool:
    """Whether the head of a folder of ours learned no classes, or others than these."""
    if not (file.parent / "labels.json").is_file():
        return False  # transformers saved it anew, with our words in its config.json
    own = described(file.parent)
    return own is not None and (not own.classes or (classes is not None and own.classes != tuple(classes)))


def _misfit(model: VideoModel, path: Path, file: Path, matched: int, total: int, strange: int) -> str:
    """One line on a checkpoint of another model, with that model's name where the file's folder says it."""
    config = file.parent / "config.json"
    named = ""
    if file.parent != path.parent and config.is_file():
        with suppress(OSError, ValueError, AttributeError):  # a damaged one says nothing
            table = json.loads(config.read_text(encoding="utf-8"))
            name = table.get("synapt", {}).get("model", {}).get("name") or table.get("model_type")
            named = f" (it says it is a {name})" if name else ""
    return (
        f"{path} is a checkpoint of another model{named}: {matched} of the {total} tensors of {model.spec.name} are in it, "
        f"{strange} others fit nowhere; name the model that it belongs to with model.name"
    )
