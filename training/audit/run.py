"""`audit`: a model and the generator in, what the model looks at out; goes on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Protocol, get_type_hints

import msgspec
import numpy as np

from ...generator.base.bounded import parse_json, read_json
from ...generator.base.errors import UserError
from ...generator.base.files import appearing, folder_to_write
from ...generator.base.lock import only_one
from ...generator.base.places import place
from ...generator.base.ranges import ClipCount, Fps, Natural, Portion, Seed, SizePx, checked, converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import readable
from ...generator.base.shown import shown as told
from ...generator.dataset.provenance import software
from ...generator.stream import StreamSettings, factors, named
from ..results import MOST_RESULT_BYTES
from ..values import Array, Interval
from . import backgrounds, measures
from .answers import Answer, Answers, load_answers, save_answers
from .conditions import shown
from .renders import Job, Performance, performed

ANSWERS, AUDIT = "predictions.parquet", "audit.json"

SEED = 7_000_001
"""Of the generator for audits: no recipe of ours trains with it, and only clips and people of its test split appear."""

Progress = Callable[[int, int, str], None]


class Model(Protocol):
    """What is audited: see `training.asking.Asked`."""

    name: str
    digest: str

    @property
    def classes(self) -> tuple[str, ...]:
        """What its head tells apart."""

    def probabilities(self, clips: Sequence[Array], fps: float) -> Array:
        """(N, C) for N clips of frames (T, H, W, 3) uint8."""


@dataclass(frozen=True)
class AuditSettings:
    """What is rendered: `n` performances of each action, `redraws` twins of each factor (K = redraws + 1 versions).

    `actions` () takes every class that the generator knows, `factors` () all that can be redrawn of any of them (the clothes of
    whoever has role b in those that have it: "b.clothes"); `backgrounds`: a folder for the conflict, "" the generator's.
    """

    n: ClipCount = 2
    redraws: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 3
    size_px: SizePx = 128
    fps: Fps = 15.0
    recipe: str = "standard"
    seed: Seed = SEED
    actions: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    backgrounds: str = ""


@dataclass(frozen=True)
class Audit:
    """What `synapt audit` finds; lies as audit.json. Every figure follows from predictions.parquet beside it."""

    model: str
    digest: str
    classes: tuple[str, ...]
    actions: tuple[str, ...]
    settings: AuditSettings
    performances: Natural
    chance: Portion
    accuracy: Interval
    invariance: tuple[measures.Invariance, ...]
    conflict: measures.Conflict | None
    floors: tuple[measures.Floor, ...]
    backwards: tuple[measures.Backwards, ...]
    subgroups: tuple[measures.Subgroup, ...]
    per_action: dict[str, dict[str, float]]
    software: dict[str, str]


def audit(model: Model, folder: Path, settings: AuditSettings, workers: int = 2, progress: Progress | None = None,
          render: Callable[[Sequence[Job], int], Generator[Performance, None, None]] = performed) -> Audit:  # fmt: skip
    """Render, ask, measure; writes predictions.parquet after each performance and audit.json at the end, into `folder`.

    Goes on with the performances that are missing; more can be asked for later. UserError for a model that knows no action of
    the generator, for a folder with the answers of another model or other settings, and for one that can't be written.
    """
    folder_to_write(folder)
    settings = settled(settings, model.classes)
    about = _about(model, settings)
    path = folder / ANSWERS
    rows = _kept(path, about)
    jobs = _jobs(settings)
    done = {row.performance for row in rows}
    wanted = {job.name for job in jobs}
    todo = [job for job in jobs if job.name not in done]
    lender = (
        backgrounds.open_folder(place(settings.backgrounds), model.classes, settings.size_px) if settings.backgrounds else None
    )
    if progress and todo:
        progress(len(jobs) - len(todo), len(jobs), "rendering the first performance")
    with only_one(folder), closing(render(todo, workers)) as performances:
        for performance in performances:
            rows += _asked(model, performance, settings, lender)
            save_answers(path, rows, about)
            done.add(performance.job.name)
            if progress:
                progress(len(done & wanted), len(jobs), performance.job.name)
    told = replace(settings, backgrounds=readable(settings.backgrounds))
    found = summed(Answers(tuple(row for row in rows if row.performance in wanted)), model, told)
    with appearing(folder / AUDIT) as temporary:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1))
    return found


def settled(settings: AuditSettings, classes: tuple[str, ...]) -> AuditSettings:
    """The settings with actions and factors spelled out and checked. Actions are called as the model's classes are."""
    for name in ("n", "redraws", "size_px", "fps", "seed"):
        checked(
            getattr(settings, name), get_type_hints(AuditSettings, include_extras=True)[name], f"--{name.removesuffix('_px')}"
        )
    if settings.n < 1 or settings.redraws < 1:
        raise UserError(f"--n {settings.n} --redraws {settings.redraws}: both must be at least 1")
    asked = tuple(_class(name, classes) for name in settings.actions)
    known = tuple(name for name in asked or classes if _renderable(name, settings))
    if len(set(asked)) == 1:
        raise UserError(f"--action names {asked[0]} alone: name another one too, as an audit compares at least two")
    if len(known) < 2:
        raise UserError(
            f"of the model's {len(classes)} classes the generator knows {len(known)}: an audit renders at least two of them, "
            "so name a run trained on clips of `synapt render`"
        )
    there = factors(known)
    unknown = [name for name in settings.factors if name not in there]
    if unknown:
        raise UserError(f"unknown factor '{unknown[0]}': choose among {', '.join(there)}")
    return replace(settings, actions=known, factors=settings.factors or there)


def summed(answers: Answers, model: Model, settings: AuditSettings) -> Audit:
    """Every figure, from the answers alone."""
    classes = model.classes
    source = settings.backgrounds or backgrounds.GENERATOR
    return Audit(
        model.name, model.digest, classes, settings.actions, settings, len(set(answers.performance)), 1.0 / len(classes),
        measures.accuracy_of(answers), tuple(measures.invariances(answers, settings.factors)), measures.conflict(answers, source),
        tuple(measures.floors(answers)), tuple(measures.backwards(answers, classes)), tuple(measures.subgroups(answers)),
        _per_action(answers, classes), software(),
    )  # fmt: skip


def load_audit(folder: Path) -> Audit:
    """audit.json of a folder. UserError when there is none or it is broken."""
    path = folder / AUDIT
    try:
        return converted(read_json(path, MOST_RESULT_BYTES), Audit, "audit")
    except (OSError, UserError) as error:
        raise UserError(f"{told(path)} is not an audit ({reason_of(error)}): make one with `synapt audit`") from error


def _class(name: str, classes: tuple[str, ...]) -> str:
    """The class that a typed name means: itself, or the action it is an alias of."""
    if name not in classes:
        try:
            (name,) = named((name,), ())
        except UserError:
            pass  # no action of ours: the model may know it all the same
    if name not in classes:
        raise UserError(f"the model has no class '{name}': it has {', '.join(classes[:30])}")
    return name


def _renderable(name: str, settings: AuditSettings) -> bool:
    """Whether the generator has an action of exactly this name; UserError for settings that cannot be."""
    StreamSettings(("walking",), settings.recipe, settings.seed, settings.size_px, settings.size_px, settings.fps, split="test")
    try:
        return StreamSettings((name,)).actions == (name,)
    except UserError:
        return False


def _jobs(settings: AuditSettings) -> list[Job]:
    """Performances in rounds over all actions, so that an unfinished audit is balanced."""
    among = settings.actions
    lent = bool(settings.backgrounds)
    own = {action: tuple(name for name in settings.factors if name in factors((action,))) for action in among}
    return [
        Job(
            action, number, "" if lent else backgrounds.partner_of(action, number, settings.seed, among), own[action],
            settings.redraws, settings.recipe, settings.seed, settings.size_px, settings.fps,
        )
        for number in range(settings.n)
        for action in among
    ]  # fmt: skip


def _asked(model: Model, performance: Performance, settings: AuditSettings, lender: backgrounds.Folder | None) -> list[Answer]:
    job, classes = performance.job, model.classes
    if lender:
        there = tuple(name for name in lender.clips.classes if name in classes)
        partner = backgrounds.partner_of(job.action, job.number, settings.seed, there)
        lent = lender.lend(performance, partner)
    else:
        partner, lent = job.partner, backgrounds.from_generator(performance)
    seen = list(shown(performance, lent))
    probability = model.probabilities([one.frames for one in seen], settings.fps)
    label, other = classes.index(job.action), classes.index(partner)
    return [
        Answer(
            job.name, label, other if one.condition.startswith("swap") else -1, one.condition, one.factor, one.redraw,
            one.invented, list(one.people), row.tolist(),
        )
        for one, row in zip(seen, np.asarray(probability, float), strict=True)
    ]  # fmt: skip


def _about(model: Model, settings: AuditSettings) -> str:
    """All that answers depend on; the number of performances may grow."""
    table = {key: value for key, value in asdict(settings).items() if key != "n"}
    return json.dumps({"digest": model.digest, "classes": model.classes, **table})


def _kept(path: Path, about: str) -> list[Answer]:
    if not path.is_file():
        return []
    rows, theirs = load_answers(path)
    if theirs != about:
        old, new = parse_json(theirs.encode(), told(path)), json.loads(about)
        differing = [name for name in new if not isinstance(old, dict) or old.get(name) != new[name]]
        raise UserError(
            f"{path} holds the answers of another audit ({', '.join(differing)} differ): give another --out, or delete it"
        )
    return rows


def _per_action(answers: Answers, classes: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Accuracy of each action on the clip, on its stills, and with another background."""
    table: dict[str, dict[str, float]] = {}
    for condition in ("base", "frozen", "background", "person", "swap other"):
        rows = answers.where(condition)
        for label in sorted(set(rows.column("label").tolist())) if len(rows) else []:
            own = rows.right[rows.column("label") == label]
            table.setdefault(classes[label], {})[condition] = float(own.mean())
    return table
