"""Whether the recorded factors of a dataset tell its labels: mutual information with permutation tests, Holm-corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ...generator.base.ranges import Natural, Number, Portion
from ...generator.base.seeds import draws
from ..values import Array

BINS = 8
"""A numeric factor is cut into so many equally filled parts."""

PERFORMANCE = frozenset({"props", "style", "side", "amplitude", "tempo", "heading_rad", "frames", "people"})
"""Columns that are part of how an action is done, and by how many: they may well depend on it."""

OF_OTHERS = re.compile(r"^[b-d]_")
"""How the columns of further performers begin; the rest says what they are, as of the first."""

FILE = frozenset({"file frames", "file fps", "file width_px", "file height_px"})
"""What the file itself says, before a pixel is looked at."""

NOT_FACTORS = frozenset({"file_name", "action", "class_id", "index", "seed", "caption", "licences"})

Kind = Literal["nuisance", "performance", "file"]


@dataclass(frozen=True)
class FactorTest:
    """What one factor tells of the label.

    `nmi`: I(label; factor) / H(label), the share of the label's entropy that it tells. `adjusted`: the same after what chance
    gives at this size is taken off (0 is independence). `detectable`: the smallest nmi that would have been called dependence
    by this factor's own test at 5 %. `p_holm` is corrected for all factors of its kind.
    """

    factor: str
    kind: Kind
    n: Natural
    levels: Natural
    nmi: Number
    adjusted: Number
    detectable: Number
    p: Portion
    p_holm: Portion


def kind_of(factor: str) -> Kind:
    """Nuisance (must not tell the label), part of the performance (may), or a fact of the file (had better not)."""
    if factor in FILE:
        return "file"
    return "performance" if OF_OTHERS.sub("", factor) in PERFORMANCE or factor.startswith("measure_") else "nuisance"


def factor_tests(rows: Sequence[dict[str, Any]], label: Array, permutations: int, seed: int) -> list[FactorTest]:
    """One test per column of `rows` that varies, in order of what it tells. label (N,) int64.

    Each label is as likely for each clip under the null hypothesis, so labels are permuted freely among the clips that have
    the factor; p = (1 + permutations at least as informative) / (1 + permutations).
    """
    names = sorted({name for row in rows for name in row if not name.startswith("sha256")} - NOT_FACTORS)
    found = []
    for name in names:
        has = np.array([_known(row.get(name)) for row in rows])
        levels = _levels([row[name] for row in rows if _known(row.get(name))])
        if levels.max(initial=0) and len(np.unique(label[has])) > 1:
            found.append(_test(name, levels, label[has], permutations, seed))
    corrected: list[FactorTest] = []
    for kind in ("nuisance", "performance", "file"):
        own = sorted((test for test in found if test.kind == kind), key=lambda test: test.p)
        corrected += [_with_holm(test, p) for test, p in zip(own, holm([test.p for test in own]), strict=True)]
    return sorted(corrected, key=lambda test: -test.adjusted)


def holm(p_sorted: Sequence[float]) -> list[float]:
    """Holm's step-down correction (1979) of p values in ascending order."""
    found, worst = [], 0.0
    for k, p in enumerate(p_sorted):
        worst = max(worst, min(1.0, p * (len(p_sorted) - k)))
        found.append(worst)
    return found


def _test(name: str, levels: Array, label: Array, permutations: int, seed: int) -> FactorTest:
    label = np.unique(label, return_inverse=True)[1]
    entropy = _entropy(np.bincount(label))
    rng = draws("bias permutations", seed, name)
    chance = np.array([_information(rng.permutation(label), levels) for _ in range(permutations)]) / entropy
    nmi = _information(label, levels) / entropy
    p = (1 + int((chance >= nmi - 1e-12).sum())) / (1 + permutations)
    expected = float(chance.mean())
    adjusted = (nmi - expected) / max(1.0 - expected, 1e-9)
    n_levels = int(levels.max()) + 1
    return FactorTest(name, kind_of(name), len(label), n_levels, nmi, adjusted, float(np.quantile(chance, 0.95)), p, p)


def _with_holm(test: FactorTest, p_holm: float) -> FactorTest:
    return FactorTest(**{**vars(test), "p_holm": p_holm})


def _known(value: Any) -> bool:
    return value is not None and value == value  # a measure may be NaN


def _levels(values: Sequence[Any]) -> Array:
    """Values as integers from 0: words by name, numbers by equally filled parts (as they are when few)."""
    if values and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        numbers = np.array(values, float)
        distinct = np.unique(numbers)
        if len(distinct) > BINS:
            edges = np.unique(np.quantile(numbers, np.linspace(0, 1, BINS + 1)[1:-1]))
            return np.unique(np.searchsorted(edges, numbers, side="right"), return_inverse=True)[1]
        return np.searchsorted(distinct, numbers)
    return np.unique([str(value) for value in values], return_inverse=True)[1]


def _information(label: Array, levels: Array) -> float:
    """Mutual information in nats, as counted."""
    n_levels = int(levels.max()) + 1
    table = np.bincount(label * n_levels + levels, minlength=(int(label.max()) + 1) * n_levels).reshape(-1, n_levels)
    return _entropy(table.sum(0)) + _entropy(table.sum(1)) - _entropy(table.ravel())


def _entropy(counts: Array) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())
