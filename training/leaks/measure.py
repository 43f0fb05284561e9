"""`look_for_leaks`: a dataset in; what its factors, its pictures without people and its splits give away, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from ...generator.base.console import silent
from ...generator.base.errors import UserError
from ...generator.base.seeds import draws
from ...generator.dataset import ClipFiles, read_spec
from ..bias.independence import factor_tests, holm, kind_of
from ..bias.measure import interval
from ..bias.probe import answers_by_fold
from ..data.clips import open_clips
from ..values import Array, Item
from .apart import counted
from .looked import BOXES, COLOURS, FRAME, LENGTH, Looked, drawn_of, look_at
from .report import LEVEL, Factor, LeakReport, Probe, Source, digest_of

PERMUTATIONS = 4999
"""Of the classes, for each test: enough for LEVEL to be reached among some fifty tests that are corrected for each other."""

MOST_PROBED = 3000
"""Clips that probes see, drawn evenly from all: they find what is worth finding, and take minutes."""

FOLDS = 5

LEAST_GROUPS = 4
"""People of each class that a probe needs, to learn from some and be asked about others."""

BY_THE_ACT = frozenset({LENGTH, *BOXES})

OF_PLACE = frozenset({"backdrop", "surfaces"})

Progress = Callable[[int, int, str], None]


def look_for_leaks(root: Path, *, seed: int = 0, permutations: int = PERMUTATIONS, workers: int = 2,
                   progress: Progress = silent) -> LeakReport:  # fmt: skip
    """Test every recorded factor, probe what is left without people, count what splits share.

    UserError for no dataset, for one of a single class, and for files that cannot be read.
    """
    clips = open_clips(root)
    specs = [read_spec(ClipFiles(root, item.factors["action"], item.factors["index"])) for item in clips.items]
    looked = _looked(_evenly(clips.items, seed), workers, progress)
    rows = [
        _judged({**item.factors, **drawn_of(spec), **(looked[item.id].factors if item.id in looked else {})}, spec)
        for item, spec in zip(clips.items, specs, strict=True)
    ]
    label = np.array([item.label for item in clips.items], np.int64)
    factors = [
        Factor(test.factor, _source(test.factor), test.n, test.levels, test.nmi, test.adjusted, test.detectable, test.p, 1.0)
        for test in factor_tests(rows, label, permutations, seed)
    ]
    probed = [item for item, spec in zip(clips.items, specs, strict=True) if item.id in looked and not spec.backdrop.chosen_for]
    probes, remarks = _probes(probed, looked, permutations, seed)
    if len(probed) < len(clips.items):
        remarks.append(f"pictures and boxes of {len(probed)} of the {len(clips.items)} clips were looked at, drawn evenly")
    if placed := sum(bool(spec.backdrop.chosen_for) for spec in specs):
        remarks.append(
            f"places: of the {len(specs) - placed} clips whose things belong anywhere; {placed} are set where theirs belong"
        )
    judged_factors, judged_probes = _corrected(factors, probes)
    videos = [str(item.factors.get("sha256", "")) for item in clips.items]
    return LeakReport(
        clips.name, digest_of(root), len(clips.items), tuple(clips.classes[k] for k in np.unique(label)), LEVEL, permutations,
        seed, judged_factors, judged_probes, tuple(counted(specs, videos)),
        " and ".join(sorted({one.people_out for one in looked.values()} - {""})), tuple(remarks),
    )  # fmt: skip


def _judged(row: dict[str, Any], spec: Any) -> dict[str, Any]:
    """A clip's factors without its place, where that is one of those in which the action's things belong."""
    return {name: value for name, value in row.items() if name not in OF_PLACE} if spec.backdrop.chosen_for else row


def _source(factor: str) -> Source:
    return "act" if factor in BY_THE_ACT or kind_of(factor) == "performance" else "nuisance"


def _evenly(items: Sequence[Item], seed: int) -> list[Item]:
    """At most MOST_PROBED, each class as often as it has clips."""
    if len(items) <= MOST_PROBED:
        return list(items)
    order = draws("leaks limit", seed).permutation(len(items))
    label = np.array([items[k].label for k in order])
    rank = np.zeros(len(items))
    for c in np.unique(label):
        own = np.flatnonzero(label == c)
        rank[own] = (np.arange(len(own)) + 0.5) / len(own)
    return [items[order[k]] for k in np.sort(np.argsort(rank, kind="stable")[:MOST_PROBED])]


def _looked(items: Sequence[Item], workers: int, progress: Progress) -> dict[str, Looked]:
    cv2.setNumThreads(1)  # one thread per clip; OpenCV's own would wait for each other
    found: dict[str, Looked] = {}
    with ThreadPoolExecutor(max(1, workers)) as pool:  # decoding and OpenCV let go of the interpreter
        try:
            for item, one in zip(items, pool.map(look_at, items), strict=True):
                found[item.id] = one
                progress(len(found), len(items), "clips looked at")
        finally:
            pool.shutdown(cancel_futures=True)
    return found


def _probes(items: Sequence[Item], looked: dict[str, Looked], permutations: int, seed: int) -> tuple[list[Probe], list[str]]:
    """Probes that can be made, and why others can't."""
    probes, remarks = [], []
    for name in (FRAME, COLOURS, LENGTH):
        own = [item for item in items if name in looked[item.id].vectors]
        if name != LENGTH and any(looked[item.id].people_out == "boxes" for item in own):
            own = [item for item in own if not item.factors.get("props")]
            remarks.append(f"{name}: of clips without things only, as boxes tell of people alone (render with --labels mask)")
        try:
            probes.append(_probe(name, own, looked, permutations, seed))
        except UserError as error:
            remarks.append(f"{name}: not probed, {error}")
    return probes, remarks


def _probe(name: str, items: Sequence[Item], looked: dict[str, Looked], permutations: int, seed: int) -> Probe:
    """One view's. UserError where there are too few classes or people."""
    label = np.unique([item.label for item in items], return_inverse=True)[1]
    groups = np.array([item.group or item.id for item in items])
    n_classes = int(label.max(initial=-1)) + 1
    if n_classes < 2:
        raise UserError("as fewer than two classes have clips for it: render more")
    fewest = min(len(set(groups[label == c])) for c in range(n_classes))
    if fewest < LEAST_GROUPS:
        raise UserError(f"as a class of it has {fewest} people, and {LEAST_GROUPS} are needed: render more clips")
    x = np.stack([looked[item.id].vectors[name] for item in items]).astype(np.float64)
    answer, folds = answers_by_fold(x, label, groups, n_classes, min(FOLDS, fewest), seed)
    p = shuffled_p(answer, label, folds, permutations, seed)
    return Probe(name, _source(name), len(items), interval(answer, label, groups, n_classes), 1.0 / n_classes, p, 1.0)


def shuffled_p(answer: Array, label: Array, folds: Array, permutations: int, seed: int) -> float:
    """How likely so many right answers (N,) are where pictures tell nothing: labels are shuffled among the clips of each fold.

    A fold's answers come from other folds' labels, so that under the null hypothesis its own are as likely in any order; answers
    stay, and nothing is learned anew. Each class counts alike, as in the accuracy.
    """
    rng = draws("leaks permutations", seed)
    weight = 1.0 / np.bincount(label)
    parts = [np.flatnonzero(folds == k) for k in np.unique(folds)]
    observed = weight[label[answer == label]].sum()
    as_many = 0
    for _ in range(permutations):
        own = label.copy()
        for part in parts:
            own[part] = rng.permutation(label[part])
        as_many += weight[own[answer == own]].sum() >= observed - 1e-9
    return (1 + int(as_many)) / (1 + permutations)


def _corrected(factors: Sequence[Factor], probes: Sequence[Probe]) -> tuple[tuple[Factor, ...], tuple[Probe, ...]]:
    """All tests that are judged, corrected together by Holm; the others keep p_holm 1."""
    found: list[Factor | Probe] = [*factors, *probes]
    judged = sorted((k for k, one in enumerate(found) if one.source == "nuisance"), key=lambda k: found[k].p)
    for k, p in zip(judged, holm([found[k].p for k in judged]), strict=True):
        found[k] = replace(found[k], p_holm=p)
    return (
        tuple(sorted((one for one in found if isinstance(one, Factor)), key=lambda one: (one.p_holm, one.p))),
        tuple(one for one in found if isinstance(one, Probe)),
    )
