"""A model beside its baselines: the same targets, protocols, clips and seeds for each, and what they differ by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from glob import escape
from itertools import islice
from pathlib import Path
from statistics import median

from ..generator.base.errors import UserError, nearest
from ..generator.base.files import folder_to_write
from ..generator.base.shards import Shard
from .config import load_config
from .data.preflight import check
from .data.targets.doubts import doubts
from .engine.dist import joined
from .evaluate import Tell, compare, evaluate, evaluate_share, result_name
from .models.card import add_result
from .protocols import PROTOCOLS
from .protocols.features import Bench, all_clips, features_cache
from .protocols.fewshot import draw
from .protocols.finetune import set_apart
from .protocols.settings import EvalConfig, eval_config, refuse_unread
from .protocols.subject import SHAPES, Subject, open_subject
from .protocols.zeroshot import shared_target
from .results import title
from .runs import read_sources
from .significance import Paired
from .values import Fold, Result, Target


@dataclass(frozen=True)
class Measured:
    """One result, where it lies, and what it differs by from the subject's own (None for the subject itself)."""

    folder: Path
    result: Result
    ahead: Paired | None


def transfer(
    subject: Subject,
    baselines: Sequence[Subject],
    target: Target,
    protocols: Sequence[str],
    seeds: Sequence[int],
    *,
    out: Path | None = None,
    epochs: int | None = None,
    changes: Sequence[str] = (),
    allow_missing: float = 0.0,
    fresh: bool = False,
    tell: Tell = lambda done, total, what: None,
    say: Callable[[str], None] = lambda line: None,
) -> list[Measured]:
    """Every protocol for the subject and then for each baseline, by the same settings; all files are opened before any work.

    Results lie in `out` (by default the subject's home)/eval/TARGET-PROTOCOL-DIGEST, those of a baseline in eval/BASELINE/....
    `say` is told what makes figures say less than they seem to. UserError for unknown protocols and settings, those that none
    of the protocols reads, unreadable clips beyond the share `allow_missing`, folds by which nothing can be measured, a folder
    that can't be written, and what protocols refuse.
    """
    home = folder_to_write((out or subject.home) / "eval")
    configs = configs_of(subject, target, protocols, epochs, changes)
    found: list[Measured] = []
    with joined(configs[0].train.engine) as team:  # who read the files through together
        target, said = _to_measure_on(target, allow_missing, learns(protocols), tell, say)
        bench = Bench(target.name, all_clips(target), features_cache())
        for config in configs:
            folder = home / result_name(target, config)
            own = evaluate(subject, target, config, seeds, folder, bench=bench, notes=said, fresh=fresh, tell=tell)
            found.append(Measured(folder, own, None))
            if team.main and out is None and not subject.is_scratch:
                add_result(subject.home, folder.name, title(own))
            for other in [] if config.protocol == "zeroshot" else baselines:
                place = home / other.as_baseline / result_name(target, config)
                twins = twins_of(place, other)
                result = evaluate(
                    other, target, config, seeds, place, bench=bench, notes=said, fresh=fresh, others=twins, tell=tell
                )
                found.append(Measured(place, result, compare(folder, place)))
    return found


def transfer_share(
    subject: Subject,
    baselines: Sequence[Subject],
    target: Target,
    protocols: Sequence[str],
    seeds: Sequence[int],
    shard: Shard,
    *,
    out: Path | None = None,
    epochs: int | None = None,
    changes: Sequence[str] = (),
    allow_missing: float = 0.0,
    fresh: bool = False,
    tell: Tell = lambda done, total, what: None,
    say: Callable[[str], None] = lambda line: None,
) -> tuple[int, int]:
    """Compute the parts (a fold with a seed, of a protocol, of a model) of `transfer` that are in a shard; it finds them.

    Returns how many parts there are in all, and how many of them are in the shard. UserError as for `transfer`.
    """
    home = folder_to_write((out or subject.home) / "eval")
    configs = configs_of(subject, target, protocols, epochs, changes)
    all_parts = own = 0
    with joined(configs[0].train.engine):
        target, _ = _to_measure_on(target, allow_missing, learns(protocols), tell, say)
        bench = Bench(target.name, all_clips(target), features_cache())
        for config in configs:
            for one in [subject, *([] if config.protocol == "zeroshot" else baselines)]:
                place = (home if one is subject else home / one.as_baseline) / result_name(target, config)
                found = evaluate_share(
                    one, target, config, seeds, place, shard, all_parts, bench=bench, fresh=fresh, tell=tell
                )  # fmt: skip
                all_parts, own = all_parts + found[0], own + found[1]
    return all_parts, own


def configs_of(
    subject: Subject, target: Target, protocols: Sequence[str], epochs: int | None = None, changes: Sequence[str] = ()
) -> list[EvalConfig]:
    """The settings of each protocol, for as many clips as the target has. UserError as for `transfer`."""
    protocols = tuple(dict.fromkeys(protocols))
    unknown = [name for name in protocols if name not in PROTOCOLS]
    if unknown:
        raise UserError(f"unknown protocol '{unknown[0]}': {nearest(unknown[0], PROTOCOLS)}")
    n_train = int(median(len(fold.train) for fold in target.folds))
    configs = [eval_config(name, subject.data, n_train, epochs, changes) for name in protocols]
    typed = {change.partition("=")[0].strip(): f"--with {change}" for change in changes}
    refuse_unread(configs, {"optim.epochs": f"--epochs {epochs}", **typed} if epochs else typed)
    for config in configs:
        _check_possible(subject, target, config)
    return configs


def _check_possible(subject: Subject, target: Target, config: EvalConfig) -> None:
    """UserError for a protocol that this target or model rules out: said before the protocols named with it have run."""
    if config.protocol == "zeroshot":
        shared_target(subject, target)
    if config.protocol == "fewshot":
        for fold in target.folds:
            draw(fold.train, config.probe.shots, 0)
    if config.protocol == "finetune" and config.probe.rates:
        for fold in target.folds:
            set_apart(fold, config, 0)


def _to_measure_on(
    target: Target, allow_missing: float, learned_from: bool, tell: Tell, say: Callable[[str], None]
) -> tuple[Target, Sequence[str]]:
    """The target as far as it can be read, and doubts about it to be kept with its results; `say` is told each as it is known."""
    for line in target.remarks:
        say(line)
    told = [*target.remarks, *doubts(target, learned_from)]
    for line in told[len(target.remarks) :]:
        say(line)
    whole, target = len(all_clips(target)), readable(target, allow_missing, tell)
    left = len(all_clips(target))
    target = replace(target, missing_share=1 - (1 - target.missing_share) * left / whole)
    for line in target.remarks:
        if line not in told:
            say(line)
    notes = doubts(target, learned_from)  # of what is left, which may be too little
    for line in notes:
        if line not in told:
            say(line)
    return target, notes


def learns(protocols: Sequence[str]) -> bool:
    """Whether any of these protocols learns from the target."""
    return set(protocols) != {"zeroshot"}


def readable(target: Target, allow_missing: float, tell: Tell = lambda done, total, what: None) -> Target:
    """The target without clips that cannot be read, if they are no more than the share `allow_missing`; else UserError."""
    checked = check(all_clips(target), allow_missing, lambda done, total: tell(done, total, "reading every file"))
    kept = {item.id for item in checked.items}
    folds = []
    for fold in target.folds:
        train, test = (part.pick([k for k, item in enumerate(part.items) if item.id in kept]) for part in (fold.train, fold.test))
        if not len(train) or not len(test):
            raise UserError(f"{target.name}: no readable clips are left for training or testing in {fold.name}")
        folds.append(Fold(fold.name, train, test))
    return replace(target, folds=tuple(folds), remarks=(*target.remarks, *checked.remarks))


SAME_BUDGET = 0.1
"""Runs whose numbers of clips shown differ by less than this share are of equal budget."""


def find_baselines(subject: Subject, named: Sequence[str] = ()) -> list[Subject]:
    """Scratch, then the runs that are named; if none is, a run beside the subject's that learned moving shapes.

    That one must have the same model and have been shown as many clips, within `SAME_BUDGET`. UserError for a named
    one of another model, and for the model itself.
    """
    found = [] if subject.is_scratch else [subject.from_scratch()]
    others = [open_subject(name) for name in named]
    for other in others:
        if other.home.resolve() == subject.home.resolve():
            raise UserError(f"baseline {other.home} is the model itself: name another run")
        if (other.config.name, other.config.options) != (subject.config.name, subject.config.options):
            raise UserError(
                f"baseline {other.home} is a {other.name}, not a {subject.name}: compare models of the same architecture"
            )
    return [*found, *(others or shapes_beside(subject))]


def shapes_beside(subject: Subject) -> list[Subject]:
    """The first run in the same folder, by name, that learned moving shapes at equal budget; none for shapes itself."""
    budget = budget_of(subject.home)
    if budget is None or subject.pretraining == SHAPES:
        return []
    runs = (run for run, theirs in _runs_on_shapes(subject, budget) if abs(theirs[1] - budget[1]) <= SAME_BUDGET * budget[1])
    return [open_subject(str(run)) for run in islice(runs, 1)]


def _runs_on_shapes(subject: Subject, budget: tuple[str, int]) -> Iterator[tuple[Path, tuple[str, int]]]:
    """Runs beside the subject's, of the same model, that learned moving shapes; with their budgets."""
    beside = subject.home.resolve().parent
    for run in sorted(path for path in beside.iterdir() if (path / "model" / "config.json").is_file()):
        with suppress(UserError):  # a damaged run beside is nobody's baseline, and no reason to stop
            found = budget_of(run)
            if found and found[0] == budget[0]:
                other = open_subject(str(run))
                if other.pretraining == SHAPES and other.config.name == subject.config.name:
                    yield run, found


def budget_of(run: Path) -> tuple[str, int] | None:
    """(model, clips shown in all) of a run; None for a folder that is no run."""
    if not (run / "config.toml").is_file() or not (run / "sources.json").is_file():
        return None
    config = load_config(str(run / "config.toml"))
    streamed = config.stream.clips if config.stream.actions else 0  # an epoch is so many, those of lists beside included
    epoch = streamed or sum(int(source.get("n_clips", 0)) for source in read_sources(run))
    return config.model.name, config.optim.epochs * epoch


def budgets(subject: Subject, beside: Sequence[Subject]) -> Iterator[str]:
    """For people: how many clips the subject and the runs beside it were shown, or how to get one on shapes at equal budget."""
    ours = budget_of(subject.home)
    trained = [other for other in beside if not other.is_scratch]
    for other in trained:
        theirs = budget_of(other.home)
        line = f"clips shown in training: {subject.home} {_shown(ours)}, {other.home} {_shown(theirs)}"
        if ours is None or theirs is None:
            yield f"{line}: whether that is equal is unknown, so a gap may be due to it"
        elif abs(theirs[1] - ours[1]) > SAME_BUDGET * ours[1]:
            yield f"{line}: not an equal budget (within {SAME_BUDGET:.0%}), so a gap may be due to it"
        else:
            yield f"{line}: an equal budget (within {SAME_BUDGET:.0%})"
    if not trained and ours is not None and subject.pretraining != SHAPES:
        others = [f"{run.name} was shown {_shown(theirs)}" for run, theirs in _runs_on_shapes(subject, ours)]
        told = f"; {', '.join(others)}" if others else ""
        yield (
            f"there is no run on moving shapes of equal budget next to {subject.home} ({_shown(ours)} clips shown{told}): "
            "`synapt shapes`, then `synapt pretrain` on them, with as many clips times epochs"
        )


def _shown(budget: tuple[str, int] | None) -> str:
    return "an unknown number" if budget is None else f"{budget[1]:,}"


def twins_of(place: Path, other: Subject) -> list[Path]:
    """Where the same evaluation of a baseline may lie already: beside other runs, and in the baseline's own folder."""
    runs = place.parents[2].resolve().parent
    beside = sorted(runs.glob(f"*/eval/{escape(other.as_baseline)}/{escape(place.name)}"))
    return [path for path in (*beside, other.home / "eval" / place.name) if path.is_dir()]
