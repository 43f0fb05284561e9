"""How sure a figure is: intervals over clips and seeds together, and paired tests between two results."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from .data.draws import draws
from .metrics import Scores
from .values import Array, Interval

DRAWS = 5000
_AT_ONCE = 500  # draws held in memory together
_EXACT_UP_TO = 14  # clusters whose 2^n sign changes are all tried


@dataclass(frozen=True)
class Paired:
    """What two results on the same clips differ by: a minus b, with its interval, and how likely such a gap is by luck.

    `p_permutation` exchanges the two models' answers cluster by cluster; `p_mcnemar` counts clips that only one of
    them got right (in most of its seeds). Both are two-sided.
    """

    difference: Interval
    p_permutation: float
    p_mcnemar: float


def top_k_interval(scores: Scores, k: int = 1) -> Interval:
    """Top-k accuracy with its 95 % interval, over clips (by group) and seeds."""
    right, total = _sums(scores, scores.hits(k) * scores.weight, scores.weight)
    return _interval(right[:, :, None], total[:, None])


def mean_class_interval(scores: Scores, n_classes: int) -> Interval:
    """Mean of the classes' accuracies with its 95 % interval; classes without test clips don't count."""
    one_hot = np.eye(n_classes)[scores.label]
    right, total = _sums(scores, scores.hits()[..., None] * one_hot, one_hot)
    present = total.sum(0) > 0
    return _interval(right[..., present], total[:, present])


def wilson(right: float, n: int, level: float = 0.95) -> Interval:
    """Wilson's score interval (1927) of `right` out of n; it has a width where all or none are right."""
    z = float(norm.ppf(0.5 + level / 2))
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def paired(a: Scores, b: Scores) -> Paired:
    """Top-1 of a minus that of b. ValueError unless both saw the same clips in the same folds."""
    if (a.folds, a.ids) != (b.folds, b.ids) or not np.array_equal(a.label, b.label):
        raise ValueError("the two results were not measured on the same clips")
    sums = [_sums(scores, scores.hits() * scores.weight, scores.weight) for scores in (a, b)]
    total = sums[0][1]
    drawn = _draws([right[:, :, None] for right, _ in sums], total[:, None])
    value = sum(sign * float(right.sum(1).mean()) for sign, (right, _) in zip((1, -1), sums, strict=True))
    low, high = np.quantile(drawn[0] - drawn[1], _levels(len(total)))
    gap = sums[0][0].mean(0) - sums[1][0].mean(0)
    most = [scores.hits().mean(0) > 0.5 for scores in (a, b)]
    p = mcnemar(int((most[0] & ~most[1]).sum()), int((most[1] & ~most[0]).sum()))
    return Paired(Interval(value, min(value, float(low)), max(value, float(high))), permutation(gap), p)


def mcnemar(only_a: int, only_b: int) -> float:
    """Exact two-sided McNemar test: how likely so uneven a split of the disagreements is for a fair coin."""
    n, less = only_a + only_b, min(only_a, only_b)
    return min(1.0, 2 * sum(math.comb(n, k) for k in range(less + 1)) / 2**n)


def permutation(gap: Array) -> float:
    """Two-sided sign-change test of per-cluster differences (G,): exact for few clusters, else by 20,000 draws."""
    gap = gap[gap != 0]
    if not len(gap):
        return 1.0
    observed = abs(gap.sum()) * (1 - 1e-9)  # sums in another order differ in their last bits
    if len(gap) <= _EXACT_UP_TO:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(gap))))
        return float((np.abs(signs @ gap) >= observed).mean())
    rng = draws(0, "permutation")
    extreme = sum(int((np.abs((2.0 * rng.integers(0, 2, (_AT_ONCE, len(gap))) - 1) @ gap) >= observed).sum()) for _ in range(40))
    return (extreme + 1) / (40 * _AT_ONCE + 1)


def _sums(scores: Scores, right: Array, total: Array) -> tuple[Array, Array]:
    """Per cluster: right (S, N, ...) to (S, G, ...) and total (N, ...) to (G, ...)."""
    order = np.argsort(scores.cluster, kind="stable")
    starts = np.searchsorted(scores.cluster[order], np.arange(scores.cluster.max() + 1))
    return np.add.reduceat(right[:, order], starts, axis=1), np.add.reduceat(total[order], starts, axis=0)


def _draws(rights: list[Array], total: Array) -> list[Array]:
    """Bootstrap draws (DRAWS,) of each of several statistics: the same clusters are drawn for all, seeds for each by itself.

    rights (S, G, K), total (G, K): a statistic is the mean over K of right / total, then over seeds. A draw takes G
    clusters and S seeds with replacement (both sources of chance are crossed). The mean of S drawn seeds varies by (S - 1) / S
    too little, hence the factor.
    """
    n_clusters = len(total)
    rng = draws(0, "bootstrap")
    chances = np.full(n_clusters, 1 / n_clusters)
    found: list[list[Array]] = [[] for _ in rights]
    for _ in range(DRAWS // _AT_ONCE):
        count = rng.multinomial(n_clusters, chances, size=_AT_ONCE).astype(float)
        below = count @ total
        for right, drawn in zip(rights, found, strict=True):
            with np.errstate(invalid="ignore", divide="ignore"):
                value = np.nanmean(np.stack([count @ one for one in right]) / below, axis=-1)
            n_seeds = len(value)
            pick = rng.integers(0, n_seeds, (n_seeds, _AT_ONCE))
            mean, again = value.mean(0), np.take_along_axis(value, pick, 0).mean(0)
            drawn.append(mean + math.sqrt(n_seeds / max(n_seeds - 1, 1)) * (again - mean))
    return [np.concatenate(drawn) for drawn in found]


def _levels(n_clusters: int) -> tuple[float, float]:
    """The quantiles of the draws that bound 95 %: wider than 2.5 and 97.5 % where clusters are few.

    Hesterberg, What Teachers Should Know About the Bootstrap, 2015, section 4.3: "expanded percentile".
    """
    n = max(n_clusters, 2)
    edge = float(norm.cdf(-math.sqrt(n / (n - 1)) * student.ppf(0.975, n - 1)))
    return edge, 1 - edge


def _interval(right: Array, total: Array) -> Interval:
    """The mean over K of right / total with its 95 % interval; Wilson's, of as many trials as clusters, at 0 and at 1."""
    value = float((right.sum(1) / total.sum(0)).mean())
    if value < 1e-12 or value > 1 - 1e-12:
        return wilson(round(value) * len(total), len(total))
    low, high = np.quantile(_draws([right], total)[0], _levels(len(total)))
    return Interval(value, float(np.clip(low, 0, value)), float(np.clip(high, value, 1)))
