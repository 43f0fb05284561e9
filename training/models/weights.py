"""Weights that the user has, whoever saved them: found, read without running anything, renamed, stretched, counted."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from torch import Tensor

from ...generator.base import bounded
from ...generator.base.bounded import is_regular
from ...generator.base.errors import UserError
from ...generator.base.ranges import converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import shown
from ..runs import is_unfinished, steps_saved
from .base import VideoModel
from .described import described, read_json
from .tensors import read_file

ENOUGH = 0.5
"""Share of a trunk's tensors that a file must fill; below, it is a checkpoint of another model."""

MOST_BYTES = 1 << 35
"""Of a file of weights, and of a tensor in it: four thousand million numbers in double precision."""

MOST_INDEX_BYTES = 16 << 20

_WRAPPED = 8
"""Dictionaries around a state dict; one may hold itself."""

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
    check_finite(fitted, f"{shown(path)} holds values that are not finite numbers", "take an earlier checkpoint")
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
    if is_unfinished(path):
        raise UserError(
            f"{path} is a run that is not finished ({steps_saved(path):,} steps are saved): run the same `synapt pretrain` "
            "command again, to continue from there"
        )
    if path.is_dir():
        raise UserError(f"{path} holds no weights: wanted {', '.join(_NAMES)} in it or in its folder model/")
    raise UserError(f"no weights at {path}: name a file, a model folder or a finished run")


def read_tensors(file: Path) -> dict[str, Tensor]:
    """Tensors of a file by name, on the CPU; nothing in it is executed."""
    if file.name.endswith(".index.json"):
        return {name: value for shard in _shards(file) for name, value in read_tensors(shard).items()}
    if not is_regular(file):
        raise UserError(f"{shown(file)} is not a regular file: name a file of weights")
    if file.stat().st_size > MOST_BYTES:
        raise UserError(f"{shown(file)} has {file.stat().st_size:,} bytes, weights of at most {MOST_BYTES:,} are read")
    try:
        if file.suffix == ".safetensors":
            return read_file(file)
        with warnings.catch_warnings(), file.open("rb") as opened:
            warnings.simplefilter("ignore")  # what torch thinks of a file that it then refuses, or reads
            content = torch.load(opened, map_location="cpu", weights_only=True)
        return _unwrapped(content, file)
    except pickle.UnpicklingError as error:
        raise UserError(
            f"{file} is not a plain file of tensors: loading it would run code, or it is damaged, so it was not loaded; "
            "save the state dict alone, best as .safetensors"
        ) from error
    except (SafetensorError, RuntimeError, EOFError, OSError, ValueError, KeyError, AttributeError) as error:
        raise UserError(f"{file} cannot be read as weights ({reason_of(error)}): is the download complete?") from error


def _shards(index: Path) -> list[Path]:
    """Files that an index of weights in several names. UserError where it is damaged."""
    try:
        table = bounded.read_json(index, MOST_INDEX_BYTES)
        names = converted(
            table.get("weight_map") if isinstance(table, dict) else None, dict[str, str], f"{shown(index)} weight_map"
        )
    except OSError as error:
        raise UserError(f"{shown(index)} cannot be read ({reason_of(error)}): is the download complete?") from error
    shards = sorted({Path(name).name for name in names.values()})
    if odd := [name for name in shards if Path(name).suffix not in (".safetensors", ".bin")]:
        raise UserError(f"{shown(index)} names '{shown(odd[0])}', wanted .safetensors or .bin: take another copy")
    return [index.parent / name for name in shards]


def check_finite(tensors: Mapping[str, Tensor], what: str, do: str) -> None:
    """UserError, "`what` (in NAME): `do`", for a tensor that holds NaN or infinity."""
    for name, value in tensors.items():
        if value.is_floating_point() and not bool(torch.isfinite(value).all()):
            raise UserError(f"{what} (in {shown(name)}): {do}")


def _unwrapped(content: Any, file: Path) -> dict[str, Tensor]:
    """The state dict within what was saved, without the prefixes that wrappers add."""
    for _ in range(_WRAPPED):
        if not isinstance(content, Mapping):
            break
        inner = next((content[name] for name in _WRAPPERS if isinstance(content.get(name), Mapping)), None)
        if inner is None:
            break
        content = inner
    found = content.items() if isinstance(content, Mapping) else ()
    tensors = {str(name): value for name, value in found if isinstance(value, Tensor)}
    if any(value.numel() * value.element_size() > MOST_BYTES for value in tensors.values()):  # a view of little may be large
        raise UserError(f"{shown(file)} holds a tensor of more than {MOST_BYTES:,} bytes: name another file of weights")
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
        with suppress(UserError, AttributeError):  # a damaged one says nothing
            table = read_json(config)
            name = table.get("synapt", {}).get("model", {}).get("name") or table.get("model_type")
            named = f" (it says it is a {shown(name)[:40]})" if name else ""
    return (
        f"{path} is a checkpoint of another model{named}: {matched} of the {total} tensors of {model.spec.name} are in it, "
        f"{strange} others fit nowhere; name the model that it belongs to with model.name"
    )
