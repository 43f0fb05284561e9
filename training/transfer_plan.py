"""What an evaluation is going to do, in a few lines, before it does it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from ..generator.base.files import folder_to_write
from .protocols.settings import EvalConfig
from .protocols.subject import Subject
from .values import Target


def plan(
    subject: Subject, baselines: Sequence[Subject], target: Target, configs: Sequence[EvalConfig], n_seeds: int, out: Path | None
) -> list[str]:
    """Lines on which models are measured, on what, how often, and where results go; the target as it is listed.

    UserError where they can't be written.
    """
    clips = len({item.id for fold in target.folds for side in (fold.train, fold.test) for item in side.items})
    learned, tested = (int(median(len(side) for side in sides)) for sides in zip(*_sides(target), strict=True))
    folds = f"{len(target.folds)} folds" if len(target.folds) > 1 else "1 fold"
    beside = "".join(f", {other.pretraining}" for other in baselines)
    parts = sum(_parts(config, len(target.folds), n_seeds, len(baselines)) for config in configs)
    protocols = ", ".join(config.protocol for config in configs)
    return [
        f"plan: {subject.pretraining} ({subject.name}){', compared with' + beside[1:] if beside else ''}",
        f"target: {target.name}, {clips:,} clips of {len(target.classes)} classes, {folds} of {learned:,} training and "
        f"{tested:,} test clips",
        f"protocols: {protocols}; {n_seeds} seed{'s' if n_seeds > 1 else ''}; {parts:,} parts, minus those already done",
        f"writes to {folder_to_write((out or subject.home) / 'eval')}",
    ]


def _sides(target: Target) -> list[tuple[Sequence[object], Sequence[object]]]:
    return [(fold.train.items, fold.test.items) for fold in target.folds]


def _parts(config: EvalConfig, n_folds: int, n_seeds: int, n_baselines: int) -> int:
    """How many (model, fold, seed) there are; nothing is drawn in zero-shot, and scratch knows no classes for it."""
    if config.protocol == "zeroshot":
        return n_folds
    draws = config.probe.resamples if config.protocol == "fewshot" else 1
    return n_folds * n_seeds * draws * (1 + n_baselines)
