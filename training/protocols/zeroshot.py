"""Zero-shot: the pretraining head, as it is, on the classes that the target shares with the pretraining set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...generator.base.errors import UserError
from ..data.targets.shared import shared_classes
from ..values import ClipList, Fold, Predictions, Target
from .features import Bench, predictions, probabilities
from .settings import EvalConfig
from .subject import Subject


@dataclass(frozen=True)
class Shown:
    """Classes of the target (`theirs`) and the pretraining labels that stand for them (`ours`).

    They are several where a label stands for more than one: whoever answers with it says no more than that it is one of them.
    """

    theirs: tuple[str, ...]
    ours: tuple[str, ...]

    @property
    def name(self) -> str:
        """What they are called as the one class that they are scored as."""
        return " + ".join(self.theirs)


def zeroshot(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Probabilities of the pretraining classes, summed over those that show a class of the target; all others are ruled out.

    `fold` is one of a `shared_target`, `bench` is of the target that this was made of.
    """
    said = probabilities(subject.whole(), fold.test, config, bench.say)
    shows = np.zeros((len(subject.classes), len(fold.test.classes)))
    for column, shown in enumerate(_shown(bench.target, subject.classes, bench.clips.classes)):
        shows[[subject.classes.index(ours) for ours in shown.ours], column] = 1
    summed = np.maximum(said, 1e-12) @ shows
    return predictions(fold, seed, summed / summed.sum(1, keepdims=True))


def shared_target(subject: Subject, target: Target) -> Target:
    """The target with only its clips of shared classes; those that no label of the model tells apart are one class.

    UserError when fewer than two classes are left.
    """
    shown = _shown(target.name, subject.classes, target.classes)
    if len(shown) < 2:
        alike = f" ({shown[0].name}, which it calls alike)" if shown and len(shown[0].theirs) > 1 else ""
        raise UserError(
            f"{target.name} shares {len(shown)} class{'es' * (len(shown) != 1)}{alike} with what {subject.home.name} learned, "
            "zeroshot needs at least two: choose another protocol, e.g. linear"
        )
    folds = (Fold(fold.name, _of_classes(fold.train, shown), _of_classes(fold.test, shown)) for fold in target.folds)
    return replace(target, folds=tuple(fold for fold in folds if len(fold.test)))


def joined(subject: Subject, target: Target) -> tuple[tuple[str, ...], ...]:
    """Classes of the target that `shared_target` makes one of, in order of appearance."""
    shown = _shown(target.name, subject.classes, target.classes)
    return tuple(one.theirs for one in shown if len(one.theirs) > 1)


def told_pairs(subject: Subject, target: Target) -> str:
    """Which class of the target is taken to be which of the pretraining set, for the result's notes."""
    pairs = shared_classes(_official(target.name), subject.classes, target.classes)
    return "shared classes: " + ", ".join(f"{theirs} = {ours}" for theirs, ours in pairs)


def _shown(target: str, ours: Sequence[str], theirs: Sequence[str]) -> list[Shown]:
    """The classes to be scored, in the target's order: any two that share a label of ours, through others or at once, are one."""
    parts: list[Shown] = []
    for name, label in shared_classes(_official(target), ours, theirs):
        touched = [part for part in parts if name in part.theirs or label in part.ours]
        apart = [part for part in parts if part not in touched]
        names, labels = [n for part in touched for n in part.theirs], [n for part in touched for n in part.ours]
        parts = [*apart, Shown(tuple(dict.fromkeys([*names, name])), tuple(dict.fromkeys([*labels, label])))]
    order = list(theirs)
    parts = [replace(part, theirs=tuple(sorted(part.theirs, key=order.index))) for part in parts]
    return sorted(parts, key=lambda part: order.index(part.theirs[0]))


def _official(name: str) -> str:
    return name.split(":")[0]


def _of_classes(clips: ClipList, shown: Sequence[Shown]) -> ClipList:
    label = {name: k for k, one in enumerate(shown) for name in one.theirs}
    items = tuple(
        replace(item, label=label[clips.classes[item.label]]) for item in clips.items if clips.classes[item.label] in label
    )
    return ClipList(clips.name, tuple(one.name for one in shown), items, clips.directional)
