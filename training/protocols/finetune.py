"""Fine-tuning: a fresh head, and the whole model learns the target's training clips."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from torch import nn

from ...generator.base.errors import UserError
from ..config import ObjectiveConfig
from ..data.loader import Loader
from ..engine.dist import current_team
from ..engine.fit import fit
from ..models.base import VideoModel
from ..objectives import build_objective
from ..values import ClipList, Fold, Predictions
from .choose import inner_parts, log_loss
from .features import Bench, predictions, probabilities
from .settings import EvalConfig
from .subject import Subject

LONG = 20_000
"""Clips shown in one fit beyond which it keeps checkpoints, to go on from after an interruption."""


def finetune(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Every weight learns for optim.epochs; the last weights are measured."""
    options = config.train.model

    def fresh() -> VideoModel:
        return subject.model(len(fold.train.classes), seed, config.train.data, options.dropout, options.drop_path)

    config = with_rate(fresh, fold, config, seed, bench)
    model = fresh()
    learn(model, fold, config, seed, bench)
    return predictions(fold, seed, probabilities(model, fold.test, config, bench.say))


def set_apart(fold: Fold, config: EvalConfig, seed: int) -> tuple[ClipList, ClipList]:
    """The training clips without one of the `inner` parts, and that part. UserError where they are of one group."""
    apart = inner_parts(fold.train, config.probe.inner, seed) == 0
    rest, held = (fold.train.pick([int(k) for k in np.flatnonzero(which)]) for which in (~apart, apart))
    if not len(rest):
        raise UserError(
            f"{fold.name} has training clips of one group only, so probe.rates cannot be chosen by them: set optim.lr"
        )
    return rest, held


def with_rate(fresh: Callable[[], VideoModel], fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> EvalConfig:
    """The settings with the one of probe.rates that does best on training clips set apart (log loss); as they are without any.

    One of the `inner` parts is set apart, of whole groups, so the test has no say in it.
    """
    if not config.probe.rates:
        return config
    rest, held = set_apart(fold, config, seed)
    label = np.array([item.label for item in held.items])
    tried = []
    for rate in config.probe.rates:
        own = replace(config, train=replace(config.train, optim=replace(config.train.optim, lr=rate)))
        model = fresh()
        learn(model, Fold(f"{fold.name}, rate {rate:g}", rest, held), own, seed, bench)
        tried.append((log_loss(probabilities(model, held, own), label), own))
    return min(tried, key=lambda pair: pair[0])[1]


def learn(model: VideoModel, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> None:
    """Teach `model` the fold's training clips; what of it doesn't take gradients stays."""
    train = replace(config.train, seed=seed, objective=ObjectiveConfig())
    team = current_team(train.engine)
    loader = Loader([fold.train], train, model.spec, team.rank, team.world)
    run = bench.work if len(fold.train) * train.optim.epochs > LONG else None
    identity = {"fold": fold.name, "train": fold.train.digest}

    def after_epoch(epoch: int, _: nn.Module) -> Mapping[str, float]:
        bench.say(f"epoch {epoch + 1} of {train.optim.epochs}")
        return {}

    objective = build_objective(model, train, [fold.train.classes])
    try:
        fit(objective, loader, train, run=run, identity=identity, after_epoch=after_epoch)
    finally:
        loader.close()
    team.wait()
    if run is not None and team.main:
        shutil.rmtree(run, ignore_errors=True)  # the predictions are what is kept
