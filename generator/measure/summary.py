"""The table: of each action the worst and the mean of every measure, what is over, how varied it is and what it is taken for."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..actions import class_name
from ..base.files import appearing
from ..values import Array
from .classify import Confusion, confusion
from .clip import Measured
from .limits import LIMITS, SEEN_LEAST, Row, is_over
from .poses import distance
from .store import Wanted

PER_CLASS = 12
"""Clips of a class that are compared with those of all others."""


@dataclass(frozen=True)
class Summary:
    """Rows by action, in the order that was asked for; how the classifier did; clips that can't be performed, and why."""

    rows: tuple[Row, ...]
    confusion: Confusion
    failed: dict[str, str]


def summary(clips: Iterable[tuple[Wanted, Measured]], failed: dict[str, str]) -> Summary:
    """The table of what was measured."""
    of: dict[str, list[Measured]] = {}
    known: list[tuple[str, int, Array]] = []
    for wanted, found in clips:
        name = class_name(wanted.action)
        of.setdefault(name, []).append(found)
        known.append((name, wanted.index, found.poses))
    told = confusion(known)
    near = _variety({name: np.stack([one.poses for one in its[:PER_CLASS]]) for name, its in of.items()})
    rows = tuple({"action": name, **_measures(its), **near[name], **_told(name, told)} for name, its in of.items())
    return Summary(rows, told, failed)


def _measures(clips: list[Measured]) -> Row:
    row: Row = {"clips": len(clips)}
    over, notes = [], []
    for limit in LIMITS:
        values = [one.measures[limit.key] for one in clips if limit.key in one.measures]
        worst, mean = (max(values), float(np.mean(values))) if values else (None, None)
        row[f"{limit.key}_worst"], row[f"{limit.key}_mean"] = worst, mean
        if worst is not None and mean is not None and is_over(limit, worst, mean):
            over.append(limit.key)
            where = max(clips, key=lambda one: one.measures.get(limit.key, -1.0)).notes.get(limit.key, "")
            notes += [f"{limit.key}: {where}"] if where else []
    seen = [one.measures["acting_visible"] for one in clips if "acting_visible" in one.measures]
    row["seen_share"] = float(np.mean([value >= SEEN_LEAST for value in seen])) if seen else None
    return {**row, "over": " ".join(over), "notes": "; ".join(notes)}


def _variety(of: dict[str, Array]) -> dict[str, Row]:
    """Class -> mean distance between two of its clips, the nearest other class, and the mean distance from its clips.

    `of`: sequences (N, P, STEPS, joints, 3) of each class; classes of another number of people are not compared.
    """
    found: dict[str, Row] = {}
    for name, own in of.items():
        pairs = [distance(own[k], own[k + 1 :]) for k in range(len(own) - 1)]
        others = {
            other: float(np.mean([distance(clip, its).mean() for clip in own]))
            for other, its in of.items()
            if other != name and its.shape[1] == own.shape[1]
        }
        nearest = min(others, key=lambda other: others[other]) if others else ""
        found[name] = {
            "diversity": float(np.concatenate(pairs).mean()) if pairs else None,
            "nearest_class": nearest,
            "nearest_distance": others.get(nearest),
        }
    return found


def _told(name: str, told: Confusion) -> Row:
    counts = told.counts[told.classes.index(name)]
    others = Counter({other: int(n) for other, n in zip(told.classes, counts, strict=True) if n and other != name})
    asked = int(counts.sum())
    return {
        "told_share": float(counts[told.classes.index(name)] / asked) if asked else None,
        "taken_for": ", ".join(f"{other} {n}" for other, n in others.most_common(3)),
    }


def write_csv(path: Path, rows: Iterable[Row]) -> None:
    """Rows as a CSV file, in metres, radians and legs."""
    rows = list(rows)
    with appearing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else ["action"], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({key: f"{value:.5g}" if isinstance(value, float) else value for key, value in row.items()})


def write_confusion(path: Path, told: Confusion) -> None:
    """The confusion matrix as a CSV file: a row for each class, a column for each that its clips were taken for."""
    with appearing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["class", *told.classes])
        for name, counts in zip(told.classes, told.counts, strict=True):
            writer.writerow([name, *map(int, counts)])
