"""How well a model transfers: every fold and seed of a target by one protocol, kept as predictions, summed up as a Result."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import tomli_w

from ..generator.base.errors import UserError
from ..generator.base.files import fitting
from ..generator.base.lock import only_one
from ..generator.base.named import look_up
from ..generator.base.shards import Shard
from ..generator.base.shown import readable
from .data.targets.doubts import doubts
from .engine.dist import current_team
from .metrics import calibration_error, per_class, stack, top_k
from .models.provenance import software
from .protocols import PROTOCOLS
from .protocols.features import Bench
from .protocols.settings import EvalConfig, eval_table, protocol_id
from .protocols.subject import Subject
from .protocols.zeroshot import joined, shared_target, told_pairs
from .results import read_predictions, read_result, write_predictions, write_result
from .significance import Paired, mean_class_interval, paired, top_k_interval
from .values import Fold, Predictions, Result, Target

Tell = Callable[[int, int, str], None]
"""Told (finished, in all, what is done now)."""


def evaluate(
    subject: Subject,
    target: Target,
    config: EvalConfig,
    seeds: Sequence[int],
    folder: Path,
    *,
    bench: Bench,
    notes: Sequence[str] = (),
    fresh: bool = False,
    others: Sequence[Path] = (),
    tell: Tell = lambda done, total, what: None,
) -> Result:
    """Measure one subject on all folds with all seeds by one protocol; writes `folder` and returns what is in it.

    Finished (fold, seed) parts lie in folder/parts, and are not computed again unless `fresh`; nor are those in `others`,
    folders of the same evaluation elsewhere. `config` has frames and size spelled out. `notes`: doubts about the target, kept
    with the result; of the part that zero-shot measures on it has its own. Under torchrun all processes call this, and the
    first one writes. UserError as the protocols raise it, and where another command writes into the folder.
    """
    as_one: tuple[tuple[str, ...], ...] = ()
    if config.protocol == "zeroshot":
        as_one, pairs = joined(subject, target), told_pairs(subject, target)
        target, seeds = shared_target(subject, target), seeds[:1]  # nothing is drawn in it
        notes = [pairs, *doubts(target, learns=False)]
    team = current_team(config.train.engine)
    with only_one(folder) if team.main else nullcontext():
        todo = parts_to_do(target, config, seeds)
        parts = _computed(subject, config, todo, folder, bench, [] if fresh else [folder, *others], tell)
        return _summed(subject, target, config, parts, folder, (target.division, *notes), as_one)


Part = tuple[int, int, Fold]
"""A seed, the number of a fold, and the fold."""


def evaluate_share(
    subject: Subject,
    target: Target,
    config: EvalConfig,
    seeds: Sequence[int],
    folder: Path,
    shard: Shard,
    first: int,
    *,
    bench: Bench,
    fresh: bool = False,
    tell: Tell = lambda done, total, what: None,
) -> tuple[int, int]:
    """Compute those parts of an evaluation that are in a shard, beside others who compute theirs, and sum nothing up.

    `first`: how many parts come before in the same work. Returns how many there are, and how many of them are in the shard.
    UserError as `evaluate`.
    """
    if config.protocol == "zeroshot":
        target, seeds = shared_target(subject, target), seeds[:1]
    every = parts_to_do(target, config, seeds)
    own = [part for place, part in enumerate(every, first) if shard.holds_place(place)]
    with only_one(folder, shard):
        _computed(subject, config, own, folder, bench, [] if fresh else [folder], tell)
    return len(every), len(own)


def parts_to_do(target: Target, config: EvalConfig, seeds: Sequence[int]) -> list[Part]:
    """Every fold with every seed, and for few-shot with every draw of it."""
    draws = config.probe.resamples if config.protocol == "fewshot" else 1
    every = [seed * draws + k for seed in seeds for k in range(draws)]
    return [(seed, number, fold) for seed in every for number, fold in enumerate(target.folds)]


def _computed(
    subject: Subject, config: EvalConfig, todo: Sequence[Part], folder: Path, bench: Bench, kept: Sequence[Path], tell: Tell
) -> list[Predictions]:
    """The predictions of parts, each kept in folder/parts when it is finished, or found in one of the folders `kept`."""
    protocol, team = look_up("protocol", config.protocol, PROTOCOLS), current_team(config.train.engine)
    parts = []
    for done, (seed, number, fold) in enumerate(todo):
        what = f"{subject.pretraining} {config.protocol}, seed {seed}, {fold.name}"
        tell(done, len(todo), what)
        name, facts = f"{number:03d}-{seed}.parquet", {"of": part_key(subject, config, fold, seed)}
        part = _kept(kept, name, facts["of"])
        if part is None:
            bench.work = folder / "work" / f"{number:03d}-{seed}"
            bench.say = partial(_said, tell, done, len(todo), what)
            part = protocol(subject, fold, config, seed, bench)
        if team.main:
            write_predictions(folder / "parts" / name, [part], facts)
        parts.append(part)
    tell(len(todo), len(todo), "")
    return parts


def _said(tell: Tell, done: int, total: int, what: str, more: str) -> None:
    tell(done, total, f"{what}: {more}")


def result_name(target: Target, config: EvalConfig) -> str:
    """The folder's name in eval/: target, protocol and a digest of all that must be equal for a comparison."""
    digest = hashlib.sha256(protocol_id(config, target.digest).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    name = re.sub(r"[^\w.-]+", "-", target.name)
    return fitting(name, f"-{config.protocol}-{digest}")


def part_key(subject: Subject, config: EvalConfig, fold: Fold, seed: int) -> str:
    """What one (fold, seed) was computed from: weights, settings, clips."""
    words = [subject.weights_digest, protocol_id(config, f"{fold.train.digest}+{fold.test.digest}"), fold.name, str(seed)]
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def compare(a: Path, b: Path) -> Paired:
    """Top-1 of the result in folder a minus that in b. UserError, in one line, where the two protocols aren't the same."""
    first, second = read_result(a), read_result(b)
    if first.protocol_id != second.protocol_id:
        raise UserError(f"these results can't be compared: {a} is '{first.protocol_id}', {b} is '{second.protocol_id}'")
    return paired(*(stack(read_predictions(folder / "predictions.parquet")[0]) for folder in (a, b)))


def _kept(folders: Sequence[Path], name: str, key: str) -> Predictions | None:
    """The finished part of that key in the first folder that has it."""
    for folder in folders:
        path = folder / "parts" / name
        if path.is_file():
            found, facts = read_predictions(path)
            if facts.get("of") == key:
                return found[0]
    return None


def _summed(
    subject: Subject, target: Target, config: EvalConfig, parts: list[Predictions], folder: Path, notes: tuple[str, ...],
    as_one: tuple[tuple[str, ...], ...],
) -> Result:  # fmt: skip
    classes = target.classes
    scores = stack(parts)
    n_classes = len(classes)
    table = eval_table(config)
    result = Result(
        target=target.name,
        target_digest=target.digest,
        protocol=config.protocol,
        protocol_id=protocol_id(config, target.digest),
        model=subject.name,
        pretraining=subject.pretraining,
        run=readable(subject.home.name),
        seeds=scores.seeds,
        n_clips=len(set(scores.ids)),
        missing_share=target.missing_share,
        classes=classes,
        top1=top_k_interval(scores),
        top5=top_k_interval(scores, 5),
        mean_class=mean_class_interval(scores, n_classes),
        top1_by_seed=tuple(float(value) for value in top_k(scores)),
        per_class=tuple(float(value) for value in per_class(scores, n_classes)),
        chance=1 / n_classes,
        settings={**table, "calibration_error": calibration_error(scores), "folds": len(target.folds)},
        software=software(),
        notes=notes,
        remarks=target.remarks,
        joined=as_one,
    )
    team = current_team(config.train.engine)
    if team.main:
        write_result(folder, result, scores, parts, tomli_w.dumps(table))
    team.wait()
    return result
