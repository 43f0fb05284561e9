"""From a model's answers to what they say of it: pure functions, every share with its interval over performances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...generator.base.ranges import Natural, Portion
from ...generator.dataset import FIRST
from ..values import Array, Interval
from . import order
from .answers import Answers
from .stats import gap_of, mean_of, share_of

ANOTHER = "another performance"
"""For comparison: two performances of the same class, which share nothing else; `performances` counts pairs."""


@dataclass(frozen=True)
class Invariance:
    """How the answer keeps when one factor alone is drawn anew, K versions of each performance in all.

    `flips`: share of twins answered otherwise than the original. `consistent`: share of performances whose K versions are all
    answered alike; `accuracy` over all versions, `worst`: share of performances all of whose versions are right. `divergence`:
    mean KL(original || twin) of the probabilities, in nats.
    """

    factor: str
    versions: Natural
    performances: Natural
    flips: Interval
    consistent: Interval
    accuracy: Interval
    worst: Interval
    divergence: Interval


@dataclass(frozen=True)
class Conflict:
    """Whom the answer follows when person and motion are pasted before the background of a clip of another class.

    `motion`, `background`, `neither`: shares that answer the motion's class, the background's, or none of the two. `pull`: how
    much more often the background's class is answered with that background than with one of the motion's own class (0: the
    background does not pull). `same`: accuracy before a background of the motion's own class, what pasting alone costs;
    `drop`: same minus motion. `invented`: mean share of pixels of the backgrounds that had to be painted in.
    """

    source: str
    performances: Natural
    motion: Interval
    background: Interval
    neither: Interval
    pull: Interval
    same: Interval
    drop: Interval
    invented: Portion


@dataclass(frozen=True)
class Floor:
    """What is right without motion or without the person; `contrasted`: right on the clip, wrong on this view of it."""

    view: str
    accuracy: Interval
    contrasted: Interval


@dataclass(frozen=True)
class Backwards:
    """Answers to the performances of one kind of action played backwards (see `order`)."""

    kind: str
    performances: Natural
    forwards: Interval
    same: Interval
    inverse: Interval


@dataclass(frozen=True)
class Subgroup:
    """Accuracy on clips where one kind of people has the `role`; `gap`: minus the accuracy where all others have it.

    People of twins with other bodies count, too.
    """

    attribute: str
    group: str
    clips: Natural
    people: Natural
    accuracy: Interval
    gap: Interval
    role: str = FIRST


def invariances(answers: Answers, factors: Sequence[str]) -> list[Invariance]:
    """One per factor, and the comparison with another performance of the class where there are two."""
    base = answers.where("base")
    original = {row.performance: np.array(row.probability) for row in base.rows}
    found = []
    for factor in factors:
        twins = answers.where("twin", factor=factor)
        if len(twins):
            found.append(_invariance(factor, twins, original))
    pairs = _pairs(base)
    if pairs:
        found.append(_between(pairs))
    return found


def _invariance(factor: str, twins: Answers, original: dict[str, Array]) -> Invariance:
    first = np.stack([original[name] for name in twins.performance])
    flips, names = twins.answer != first.argmax(1), twins.performance
    units = list(dict.fromkeys(names))
    answer, right, label = twins.answer, twins.right, twins.column("label")
    rows_of = {unit: [k for k, name in enumerate(names) if name == unit] for unit in units}
    first_right = {unit: original[unit].argmax() == label[rows_of[unit][0]] for unit in units}
    consistent = np.array([len({int(original[u].argmax()), *answer[rows_of[u]].tolist()}) == 1 for u in units])
    worst = np.array([first_right[u] and right[rows_of[u]].all() for u in units])
    every = np.concatenate([right, np.array([first_right[u] for u in units])])
    return Invariance(
        factor, 1 + len(names) // len(units), len(units), share_of(flips, names), share_of(consistent, units),
        share_of(every, [*names, *units]), share_of(worst, units), mean_of(divergence(first, twins.probability), names),
    )  # fmt: skip


def divergence(p: Array, q: Array) -> Array:
    """KL(p || q) in nats of rows (N, C); probabilities are kept above 1e-7."""
    p, q = p.clip(1e-7), q.clip(1e-7)
    found: Array = (p * np.log(p / q)).sum(1)
    return found


def _pairs(base: Answers) -> list[tuple[str, int, Array, Array]]:
    """Performances of a class two by two, none twice: (name of the pair, label, probabilities of one, of the other)."""
    by_class: dict[int, list[Array]] = {}
    for row in base.rows:
        by_class.setdefault(row.label, []).append(np.array(row.probability))
    return [
        (f"{label}/{k}", label, a, b)
        for label, own in by_class.items()
        for k, (a, b) in enumerate(zip(own[::2], own[1::2], strict=False))
    ]


def _between(pairs: list[tuple[str, int, Array, Array]]) -> Invariance:
    names = [name for name, *_ in pairs]
    label = np.array([label for _, label, *_ in pairs])
    p, q = np.stack([a for *_, a, _ in pairs]), np.stack([b for *_, b in pairs])
    alike = p.argmax(1) == q.argmax(1)
    right = np.stack([p.argmax(1) == label, q.argmax(1) == label])
    return Invariance(
        ANOTHER, 2, len(pairs), share_of(~alike, names), share_of(alike, names), share_of(right.ravel(), [*names, *names]),
        share_of(right.all(0), names), mean_of(divergence(p, q), names),
    )  # fmt: skip


def conflict(answers: Answers, source: str) -> Conflict | None:
    """None where no background was swapped."""
    swapped, same = answers.where("swap other"), answers.where("swap same")
    if not len(swapped) or not len(same):
        return None
    other = swapped.column("other")
    motion, background = swapped.right, swapped.answer == other
    both = Answers(swapped.rows + same.rows)
    names, inside = both.performance, np.repeat([True, False], [len(swapped), len(same)])
    return Conflict(
        source, len(swapped), share_of(motion, swapped.performance), share_of(background, swapped.performance),
        share_of(~motion & ~background, swapped.performance), gap_of(both.answer == both.column("other"), inside, names),
        share_of(same.right, same.performance), gap_of(both.right, ~inside, names), float(swapped.column("invented").mean()),
    )  # fmt: skip


def floors(answers: Answers) -> list[Floor]:
    """Stills, background only, person only; and frames without order, which have all the views but no time."""
    right = {row.performance: int(np.argmax(row.probability)) == row.label for row in answers.where("base").rows}
    found = []
    for view in ("frozen", "background", "person", "shuffled"):
        shown = answers.where(view)
        if len(shown):
            names = shown.performance
            moving = np.array([right[name] for name in names])
            found.append(Floor(view, share_of(shown.right, names), share_of(moving & ~shown.right, names)))
    return found


def backwards(answers: Answers, classes: tuple[str, ...]) -> list[Backwards]:
    """By kind of action, those of which there are some."""
    right = {row.performance: int(np.argmax(row.probability)) == row.label for row in answers.where("base").rows}
    found = []
    for kind in ("inverse", "alike", "one-way"):
        shown = Answers(tuple(r for r in answers.where("reversed").rows if order.kind_of(classes[r.label], classes) == kind))
        if not len(shown):
            continue
        names = shown.performance
        into = np.array(
            [classes.index(i) if (i := order.INVERSE.get(classes[r.label], "")) in classes else -1 for r in shown.rows]
        )
        forwards = np.array([right[name] for name in names])
        found.append(
            Backwards(
                kind, len(shown), share_of(forwards, names), share_of(shown.right, names), share_of(shown.answer == into, names)
            )
        )
    return found


BANDS: dict[str, tuple[str, tuple[float, ...], tuple[str, ...]]] = {
    "age": ("age_years", (35.0, 55.0), ("18 to 34", "35 to 54", "55 and over")),
    "skin tone": ("melanin", (1 / 3, 2 / 3), ("light", "medium", "dark")),
    "weight": ("weight", (0.4, 0.6), ("light", "medium", "heavy")),
    "height": ("height", (0.4, 0.6), ("short", "medium", "tall")),
}
"""Attribute -> (column, edges, names). Age in years; melanin 0 to 1; weight and height on the body model's scale 0 to 1."""


def subgroups(answers: Answers) -> list[Subgroup]:
    """By sex, age, skin tone and body shape of who has each role: originals, and twins in which that body alone is another."""
    found: list[Subgroup] = []
    for role in sorted({person.role for row in answers.rows for person in row.people}):
        twins = answers.where("twin", factor="body" if role == FIRST else f"{role}.body")
        clips = Answers(answers.where("base").rows + twins.rows).of_role(role)
        found += _subgroups(clips, role, "sex", clips.of_person(role, "sex"))
        for attribute, (column, edges, names) in BANDS.items():
            value = clips.of_person(role, column)
            if np.isfinite(value).all():
                found += _subgroups(clips, role, attribute, np.array(names)[np.searchsorted(edges, value, side="right")], names)
    return found


def _subgroups(clips: Answers, role: str, attribute: str, group: Array, names: Sequence[str] = ()) -> list[Subgroup]:
    units, right, identity = np.array(clips.performance), clips.right, clips.of_person(role, "identity")
    found = []
    for name in names or sorted(set(group.tolist())):
        own = group == name
        if own.any():
            gap = gap_of(right, own, units.tolist()) if not own.all() else Interval(0.0, 0.0, 0.0)
            accuracy = share_of(right[own], units[own].tolist())
            found.append(Subgroup(attribute, str(name), int(own.sum()), len(set(identity[own])), accuracy, gap, role))
    return found


def accuracy_of(answers: Answers) -> Interval:
    """Of the original clips."""
    base = answers.where("base")
    return share_of(base.right, base.performance)
