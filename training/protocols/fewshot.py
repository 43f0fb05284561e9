"""Few-shot: the linear probe on a few clips of each class, drawn anew several times."""

from __future__ import annotations

import hashlib

from ...generator.base.errors import UserError
from ..values import ClipList, Fold, Predictions
from .features import Bench, predictions
from .linear import probe
from .settings import EvalConfig
from .subject import Subject


def fewshot(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Draw number `seed`: `resamples` draws belong to one seed of the model, 0 to R - 1 to the first."""
    model_seed = seed // config.probe.resamples
    train, test = bench.training(subject, config, model_seed), bench.features(subject, config, model_seed)
    few = draw(fold.train, config.probe.shots, seed)
    return predictions(fold, seed, probe(train(few), few, test(fold.test), config.probe, seed))


def draw(clips: ClipList, shots: int, seed: int) -> ClipList:
    """`shots` clips of each class; UserError when a class has fewer."""
    keys = [f"{seed}/{item.id}".encode("utf-8", "surrogateescape") for item in clips.items]
    order = sorted(range(len(clips)), key=lambda k: hashlib.sha256(keys[k]).digest())
    picked: list[int] = []
    for label, name in enumerate(clips.classes):
        own = [k for k in order if clips.items[k].label == label][:shots]
        if len(own) < shots:
            raise UserError(
                f"class {name} has {len(own)} training clips, few-shot needs {shots}: set --with probe.shots={len(own)}"
            )
        picked += own
    return clips.pick(sorted(picked))
