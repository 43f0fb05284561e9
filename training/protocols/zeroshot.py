"""Zero-shot: the pretraining head, as it is, on the classes that the target shares with the pretraining set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ...generator.base.errors import UserError
from ..data.targets.shared import shared_classes
from ..values import ClipList, Fold, Predictions, Target
from .features import Bench, predictions, probabilities
from .settings import EvalConfig
from .subject import Subject


def zeroshot(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Probabilities of the pretraining classes, summed over those that show a class of the target; all others are ruled out."""
    said = probabilities(subject.whole(), fold.test, config, bench.say)
    shows = np.zeros((len(subject.classes), len(fold.test.classes)))
    for theirs, ours in shared_classes(_official(bench.target), subject.classes, fold.test.classes):
        shows[subject.classes.index(ours), fold.test.classes.index(theirs)] = 1
    summed = np.maximum(said, 1e-12) @ shows
    return predictions(fold, seed, summed / summed.sum(1, keepdims=True))


def shared_target(subject: Subject, target: Target) -> Target:
    """The target with only its clips of shared classes. UserError when fewer than two classes are shared."""
    pairs = shared_classes(_official(target.name), subject.classes, target.classes)
    classes = tuple(dict.fromkeys(theirs for theirs, _ in pairs))
    if len(classes) < 2:
        raise UserError(
            f"{target.name} shares {len(classes)} classes with what {subject.home.name} learned, zeroshot wants two at least: "
            "choose another protocol, e.g. linear"
        )
    folds = (Fold(fold.name, _of_classes(fold.train, classes), _of_classes(fold.test, classes)) for fold in target.folds)
    return replace(target, folds=tuple(fold for fold in folds if len(fold.test)))


def told_pairs(subject: Subject, target: Target) -> str:
    """Which class of the target is taken to be which of the pretraining set, for the result's notes."""
    pairs = shared_classes(_official(target.name), subject.classes, target.classes)
    return "shared classes: " + ", ".join(f"{theirs} = {ours}" for theirs, ours in pairs)


def _official(name: str) -> str:
    return name.split(":")[0]


def _of_classes(clips: ClipList, classes: tuple[str, ...]) -> ClipList:
    items = tuple(
        replace(item, label=classes.index(clips.classes[item.label]))
        for item in clips.items
        if clips.classes[item.label] in classes
    )
    return ClipList(clips.name, classes, items, clips.directional)
