"""Every value that flows through training and evaluation, in order of appearance.

    videos --list--> ClipList --decode, sample frames, transform--> Batch --objective--> weights
    Target --fold--> (train, test) --protocol--> Predictions --measure--> Result --report

Shapes: B clips, T frames, H rows, W columns, C classes, V views of one video. A clip is (3, T, H, W), RGB,
uint8 sRGB until `engine.precision.model_input` normalises it as its model's spec says; as decoded, frames are (T, H, W, 3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from torch import Tensor

from ..generator.base.ranges import Natural, Number, Portion, Positive

Array = np.ndarray[Any, np.dtype[Any]]


# ---------------------------------------------------------------- what is learned from: clips and their lists


@dataclass(frozen=True)
class Item:
    """One labelled stretch of one video.

    `id` names it within its list for good (a path relative to the data's root, with `@start-end` for a part of a video).
    `label` indexes the list's classes. `group` is what must not be on both sides of a split: a person, a sequence, an
    identity. `end_s` None is the end of the video. `labels` is the .npz of a clip of ours, or of moving
    shapes. `factors` are the columns of metadata.parquet for a clip of ours, whatever the annotation says of others.
    """

    id: str
    path: Path
    label: int
    group: str = ""
    start_s: float = 0.0
    end_s: float | None = None
    labels: Path | None = None
    factors: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ClipList:
    """Labelled videos with one list of classes. `directional`: left and right tell classes apart, so never mirror.

    `remarks`: a line each on what was left out of it, and why.
    """

    name: str
    classes: tuple[str, ...]
    items: tuple[Item, ...]
    directional: bool = False
    remarks: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        wrong = [item for item in self.items if not 0 <= item.label < len(self.classes)]
        if wrong:
            raise ValueError(f"{wrong[0].id} has label {wrong[0].label}, there are {len(self.classes)} classes")

    def __len__(self) -> int:
        return len(self.items)

    def pick(self, positions: Sequence[int]) -> ClipList:
        """The list of these items only, in this order; classes as before."""
        return replace(self, items=tuple(self.items[k] for k in positions))

    def first_of_each(self, n: int) -> ClipList:
        """At most `n` clips of each class, the first ones, in the order they have; all of them where `n` is 0."""
        seen = [0] * len(self.classes)
        kept = []
        for k, item in enumerate(self.items):
            seen[item.label] += 1
            if not n or seen[item.label] <= n:
                kept.append(k)
        return self.pick(kept)

    @cached_property
    def digest(self) -> str:
        """Eight hex digits that change when a class, an item or a label does."""
        text = "\n".join((*self.classes, *(f"{item.id}\t{item.label}" for item in self.items)))
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]


@dataclass(frozen=True)
class Fold:
    """One way to divide a target: learn on `train`, measure on `test`."""

    name: str
    train: ClipList
    test: ClipList


@dataclass(frozen=True)
class Target:
    """A dataset that transfer is measured on. `division` says in words how it is divided; folds are averaged over.

    `missing_share`: how much of the official data is not there, of a download that was taken although it is incomplete.
    `remarks`: a line each on what was left out, and why.
    """

    name: str
    folds: tuple[Fold, ...]
    division: str
    licence: str = ""
    source: str = ""
    missing_share: float = 0.0
    remarks: tuple[str, ...] = ()

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names, alike in all folds."""
        return self.folds[0].train.classes

    @property
    def digest(self) -> str:
        """Eight hex digits of all folds: two results compare only when it is the same."""
        text = " ".join(part.digest for fold in self.folds for part in (fold.train, fold.test))
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]


@dataclass
class Batch:
    """What one training step sees.

    video (B, 3, T, H, W), uint8 as loaded, float32 normalised as an objective gets it; target (B,) int64, or (B, C) float32
    of probabilities once clips were mixed; source (B,) int64: which of several lists each clip came from (`align` has a head
    for each). `extras` holds what the free labels say of the same crop where it was asked for: joints (B, T, P, 17, 3) of COCO of
    the first P people who act (`data.extras.PEOPLE`), x and y in [0, 1] of the crop and visibility 0 | 1 | 2, 0 for who isn't
    there; person (B, T, H, W) uint8, 1 where somebody is who acts; part, depth, flow (B, T, ...) likewise; of a video without
    labels what `data.extras.unknown` says. `wait_s` is how long the step had to wait for it.
    """

    video: Tensor
    target: Tensor
    source: Tensor
    extras: dict[str, Tensor] = field(default_factory=dict)
    wait_s: float = 0.0


# ---------------------------------------------------------------- what is measured: Predictions and Result

ProtocolName = Literal["finetune", "linear", "attentive", "knn", "fewshot", "zeroshot"]


@dataclass(frozen=True)
class Predictions:
    """What a model said of every test clip, for one seed and one fold: the single source of every figure.

    ids and groups of the N clips, label (N,) int64, probability (N, C) float32 (views averaged).
    """

    fold: str
    seed: int
    ids: tuple[str, ...]
    groups: tuple[str, ...]
    label: Array
    probability: Array


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: Number
    low: Number
    high: Number

    @property
    def cells(self) -> tuple[float, float, float]:
        """(value, low, high), as a table's row has them."""
        return self.value, self.low, self.high


@dataclass(frozen=True)
class Result:
    """One model on one target by one protocol; lies as result.json beside predictions.parquet.

    `pretraining` says what the weights come from: the name of a run, "scratch" or "shapes". `protocol_id` spells all
    that must be equal for two results to be compared: protocol, its settings, frames, size, views, and the split's digest.
    `remarks`: a line each on what was left out of the target, and why.
    `top1` has its interval over clips and seeds; `top1_by_seed` one figure a seed; `per_class` accuracies in class order.
    `joined`: classes of the target that were scored as one, for the model's own labels don't tell them apart (zero-shot).
    """

    target: str
    target_digest: str
    protocol: str
    protocol_id: str
    model: str
    pretraining: str
    run: str
    seeds: tuple[Natural, ...]
    n_clips: Positive
    missing_share: Portion
    classes: tuple[str, ...]
    top1: Interval
    top5: Interval
    mean_class: Interval
    top1_by_seed: tuple[Portion, ...]
    per_class: tuple[float, ...]
    chance: Portion
    settings: dict[str, Any] = field(default_factory=dict)
    software: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    joined: tuple[tuple[str, ...], ...] = ()

    @property
    def told_joined(self) -> str:
        """Which classes were scored as one, in words; "" where none were."""
        parts = [f"{', '.join(names[:-1])} and {names[-1]}" for names in self.joined]
        return f"scored as one class, for the model's labels don't tell them apart: {'; '.join(parts)}" if parts else ""
