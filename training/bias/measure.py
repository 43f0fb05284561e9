"""`measure_bias`: a list of clips in, RESOUND's measure for every static view and a test of every recorded factor out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Annotated, Any

import cv2
import msgspec
import numpy as np

from ...generator.base.console import silent
from ...generator.base.errors import UserError
from ...generator.base.ranges import Natural, Positive, Seed
from ...generator.base.reasons import reason_of
from ...generator.base.seeds import draws
from ..data.preflight import check
from ..metrics import Scores
from ..significance import mean_class_interval
from ..values import Array, ClipList, Interval
from .descriptors import SIZE_PX
from .independence import FactorTest, factor_tests
from .probe import cross_validated
from .views import LABELLED, REFERENCE, STATIC, Describe, fixed, see, views

CONTROL = "control: labels shuffled"
"""The middle frame with labels that mean nothing: what the measure gives where there is nothing (B about 0)."""

Progress = Callable[[int, int, str], None]
"""done, of, what."""


@dataclass(frozen=True)
class ViewBias:
    """How well a linear probe on one view tells the classes.

    `accuracy` is the mean over classes, so chance is 1 / C however many clips each class has. `bias` is RESOUND's
    B = log(accuracy / chance) (Li, Li and Vasconcelos, ECCV 2018), natural logarithm: 0 tells nothing, log C everything;
    its interval is that of the accuracy. `static`: whether the view lacks the person or the order of time.
    """

    view: str
    static: bool
    accuracy: Interval
    bias: Interval
    dimensions: Natural


@dataclass(frozen=True)
class BiasReport:
    """What `synapt bias` finds; lies as bias.json.

    `n_groups`: groups that the cross-validation kept apart (people, where they are known); `background` says how people were
    taken out. `worst` is the static view that tells most. `independent`: no nuisance factor tells the label (Holm, 5 %);
    None where no factor is recorded. `n_missing` clips could not be read and are in no figure.
    `remarks`: a line each on what was left out, and why.
    """

    name: str
    digest: str
    classes: tuple[str, ...]
    n_clips: Positive
    n_groups: Natural
    folds: Natural
    seed: Seed
    chance: Annotated[float, msgspec.Meta(gt=0.0, le=1.0)]
    features: str
    background: str
    worst: str
    views: tuple[ViewBias, ...]
    factors: tuple[FactorTest, ...]
    independent: bool | None
    permutations: Natural
    n_missing: Natural = 0
    remarks: tuple[str, ...] = ()


def measure_bias(clips: ClipList, *, folds: int = 5, seed: int = 0, permutations: int = 999, limit: int = 0,
                 group_pattern: str = "", features: tuple[str, Describe, int] | None = None, workers: int = 2,
                 allow_missing: float = 0.0, progress: Progress = silent) -> BiasReport:  # fmt: skip
    """Probe every static view of the clips, and test every recorded factor.

    `limit` looks at so many clips per class, drawn by `seed` (0: all). `group_pattern`: a regular expression whose first group,
    found in a clip's id, is the group that stays on one side. `features`: (name, function, size in pixels) in place of the fixed
    descriptors. All files are opened first; the share `allow_missing` may be unreadable. UserError for more of them, all at once,
    and where there are too few classes, clips or groups.
    """
    wanted = _limited(grouped(clips, group_pattern), limit, seed)
    _divided(wanted, folds)  # what can be told without opening a file
    clips = check(wanted, allow_missing, lambda done, total: progress(done, total, "reading every file"))
    label, groups, folds = _divided(clips, folds)
    vectors, rows, background = _looked_at(clips, features or ("fixed", fixed, SIZE_PX), workers, progress)
    kept = np.unique(label, return_inverse=True)[1]  # classes without a clip cannot be told
    n_classes = int(kept.max()) + 1
    found = [_view(name, x, kept, groups, n_classes, folds, seed) for name, x in vectors.items()]
    shuffled = draws("bias control", seed).permutation(kept)
    found.append(_view(CONTROL, vectors["middle frame"], shuffled, groups, n_classes, folds, seed))
    tests = factor_tests(rows, label, permutations, seed)
    nuisances = [test for test in tests if test.kind == "nuisance"]
    worst = max((view for view in found if view.static), key=lambda view: view.bias.value)
    return BiasReport(
        clips.name, clips.digest, tuple(clips.classes[k] for k in np.unique(label)), len(clips), len(set(groups)), folds, seed,
        1.0 / n_classes, features[0] if features else "fixed", background, worst.view, tuple(found), tuple(tests),
        all(test.p_holm > 0.05 for test in nuisances) if nuisances else None, permutations,
        len(wanted) - len(clips), clips.remarks,
    )  # fmt: skip


def grouped(clips: ClipList, pattern: str) -> ClipList:
    """The clips with their group read from their ids by a regular expression. UserError where it doesn't fit."""
    if not pattern:
        return clips
    try:
        search = re.compile(pattern).search
    except re.error as error:
        raise UserError(f"--group-pattern {pattern}: not a regular expression ({reason_of(error)})") from error
    items = []
    for item in clips.items:
        match = search(item.id)
        if match is None or not match.groups():
            raise UserError(f"--group-pattern {pattern} finds no (group) in '{item.id}': try another, e.g. '_(g\\d+)_'")
        items.append(replace(item, group=match.group(1)))
    return replace(clips, items=tuple(items))


def _limited(clips: ClipList, limit: int, seed: int) -> ClipList:
    if limit <= 0:
        return clips
    label = np.array([item.label for item in clips.items])
    order = draws("bias limit", seed).permutation(len(label))
    return clips.pick(sorted(int(k) for c in range(len(clips.classes)) for k in order[label[order] == c][:limit]))


def _divided(clips: ClipList, folds: int) -> tuple[Array, Array, int]:
    """Labels (N,), groups (N,) and the number of folds that can be had."""
    label = np.array([item.label for item in clips.items], np.int64)
    groups = np.array([item.group or item.id for item in clips.items])
    if folds < 2:
        raise UserError(f"--folds {folds}: ask for at least 2")
    present = np.unique(label)
    if len(present) < 2:
        raise UserError(f"{clips.name} holds clips of {len(present)} class: bias is measured between two or more")
    for c in present:
        n = len(set(groups[label == c]))
        if n < 4:
            raise UserError(
                f"class '{clips.classes[c]}' of {clips.name} has {n} group{'s' if n > 1 else ''} (people, or single clips "
                "where people are unknown): at least 4 are needed, some for training and the others for testing"
            )
    return label, groups, min(folds, min(len(set(groups[label == c])) for c in present))


def _looked_at(clips: ClipList, features: tuple[str, Describe, int], workers: int,
               progress: Progress) -> tuple[dict[str, Array], list[dict[str, Any]], str]:  # fmt: skip
    """Vectors (N, D) by view, rows of factors, and how people were taken out; views that some clips lack are left out."""

    def look(k: int) -> tuple[dict[str, Array], dict[str, float], str]:
        seen = see(clips.items[k], features[2])
        how = "masks" if seen.mask is not None else "boxes" if seen.person is not None else "temporal median"
        return views(seen, features[1]), seen.shape, how

    found = []
    cv2.setNumThreads(1)  # one thread per clip; OpenCV's own would wait for each other
    with ThreadPoolExecutor(max(1, workers)) as pool:  # decoding and OpenCV let go of the interpreter
        try:
            for one in pool.map(look, range(len(clips))):
                found.append(one)
                progress(len(found), len(clips), "clips looked at")
        finally:
            pool.shutdown(cancel_futures=True)
    names = [name for name in (*STATIC, *LABELLED, REFERENCE) if all(name in vectors for vectors, _, _ in found)]
    rows = [
        {**item.factors, **{f"file {name}": value for name, value in shape.items()}}
        for item, (_, shape, _) in zip(clips.items, found, strict=True)
    ]
    ways = sorted({how for _, _, how in found})
    return {name: np.stack([vectors[name] for vectors, _, _ in found]) for name in names}, rows, " and ".join(ways)


def _view(name: str, x: Array, y: Array, groups: Array, n_classes: int, folds: int, seed: int) -> ViewBias:
    answer = cross_validated(x.astype(np.float64), y, groups, n_classes, folds, seed)
    accuracy = interval(answer, y, groups, n_classes)
    return ViewBias(name, name not in (REFERENCE, CONTROL), accuracy, log_ratio(accuracy, 1.0 / n_classes), x.shape[1])


def interval(answer: Array, y: Array, groups: Sequence[str] | Array, n_classes: int) -> Interval:
    """Mean-class accuracy of answers (N,) with its interval; clips of one group are drawn together."""
    ids = tuple(str(k) for k in range(len(y)))
    scores = Scores((0,), ("",) * len(y), ids, tuple(map(str, groups)), y, np.eye(n_classes)[answer][None])
    return mean_class_interval(scores, n_classes)


def log_ratio(accuracy: Interval, chance: float) -> Interval:
    """B = log(accuracy / chance); an accuracy of 0 counts as a hundredth of chance, to stay finite."""
    low, value, high = (math.log(max(a, chance / 100) / chance) for a in (accuracy.low, accuracy.value, accuracy.high))
    return Interval(value, low, high)
