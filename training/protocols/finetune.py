"""Fine-tuning: a fresh head, and the whole model learns the target's training clips."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace

from torch import nn

from ..config import ObjectiveConfig
from ..data.loader import Loader
from ..engine.dist import current_team
from ..engine.fit import fit
from ..models.base import VideoModel
from ..objectives import build_objective
from ..values import Fold, Predictions
from .features import Bench, predictions, probabilities
from .settings import EvalConfig
from .subject import Subject

LONG = 20_000
"""Clips shown in one fit beyond which it keeps checkpoints, to go on from after an interruption."""


def finetune(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Every weight learns, lower layers less (optim.layer_decay), for optim.epochs; the last weights are measured."""
    options = config.train.model
    model = subject.model(len(fold.train.classes), seed, config.train.data, options.dropout, options.drop_path)
    learn(model, fold, config, seed, bench)
    return predictions(fold, seed, probabilities(model, fold.test, config, bench.say))


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
