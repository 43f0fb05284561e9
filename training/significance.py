"""How sure a figure is: intervals over clips and seeds together, and paired tests between two results."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from ..generator.base.seeds import draws
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
    return _share(right[:, :, None], total[:, None])


def mean_class_interval(scores: Scores, n_classes: int) -> Interval:
    """Mean of the classes' accuracies with its 95 % interval; classes without test clips don't count."""
    one_hot = np.eye(n_classes)[scores.label]
    right, total = _sums(scores, scores.hits()[..., None] * one_hot, one_hot)
    present = total.sum(0) > 0
    return _share(right[..., present], total[:, present])


def wilson(right: float, n: int, level: float = 0.95) -> Interval:
    """Wilson's score interval (1927) of `right` out of n; it has a width where all or none are right."""
    z = float(norm.ppf(0.5 + level / 2))
    share = right / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def cluster_draws(statistic: Callable[..., Array], *sums: Array, rng: np.random.Generator, n_draws: int = DRAWS) -> Array:
    """(n_draws,) figures of as many clusters as there are, drawn with replacement.

    sums: (G, M) each, by cluster; the statistic takes those over the clusters of some draws, (D, M) each, to (D,) figures: nan
    where a draw leaves nothing to divide by (a class may be in no cluster that was drawn).
    """
    n_clusters, found = len(sums[0]), []
    for start in range(0, n_draws, _AT_ONCE):
        size = min(_AT_ONCE, n_draws - start)
        count = rng.multinomial(n_clusters, np.full(n_clusters, 1 / n_clusters), size=size).astype(float)
        with np.errstate(invalid="ignore", divide="ignore"):
            found.append(statistic(*(count @ one for one in sums)))
    return np.concatenate(found)


def paired(a: Scores, b: Scores) -> Paired:
    """Top-1 of a minus that of b. ValueError unless both saw the same clips in the same folds."""
    if (a.folds, a.ids) != (b.folds, b.ids) or not np.array_equal(a.label, b.label):
        raise ValueError("the two results were not measured on the same clips")
    (ours, total), (theirs, _) = (_sums(scores, scores.hits() * scores.weight, scores.weight) for scores in (a, b))
    difference = _interval([ours[:, :, None], theirs[:, :, None]], total[:, None])
    most = [scores.hits().mean(0) > 0.5 for scores in (a, b)]
    p = mcnemar(int((most[0] & ~most[1]).sum()), int((most[1] & ~most[0]).sum()))
    return Paired(difference, permutation(ours.mean(0) - theirs.mean(0)), p)


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


def _share(right: Array, total: Array) -> Interval:
    """The interval of a share in [0, 1]; at 0 and at 1 it is Wilson's, of as many trials as clusters."""
    found = _interval([right], total)
    if found.value < 1e-12 or found.value > 1 - 1e-12:
        return wilson(round(found.value) * len(total), len(total))
    return Interval(found.value, max(0.0, found.low), min(1.0, found.high))


def _interval(rights: list[Array], total: Array) -> Interval:
    """The mean over seeds and over K of right / total, of the first minus (if there is one) the second, with its interval.

    rights (S, G, K), total (G, K). Both sources of chance are crossed: every seed saw every clip. Clusters are drawn
    with replacement, the same for all seeds; to what that spreads, each result adds the effect of its seeds, drawn likewise,
    after taking off what the seeds' means differ by through the clips alone (a two-way analysis of variance). Draws of few
    spread too little: by (n - 1) / n in variance, and Student's t is wider than what they tend to (Hesterberg, What
    Teachers Should Know About the Bootstrap, 2015, 4.3), here with Satterthwaite's degrees of freedom.
    """
    n_clusters, rng = len(total), draws(0, "bootstrap")
    wide = math.sqrt(n_clusters / max(n_clusters - 1, 1))
    whole = [(right.sum(1) / total.sum(0)).mean(-1) for right in rights]  # (S,) each
    value = float(whole[0].mean() - (whole[1].mean() if len(rights) > 1 else 0.0))
    means = [right.mean(0) for right in rights]
    right = means[0] - means[1] if len(rights) > 1 else means[0]
    clips = wide * (cluster_draws(lambda r, t: np.nanmean(r / t, axis=-1), right, total, rng=rng) - value)
    seeds = [_seed_draws(right, total, means, rng) for right, means in zip(rights, whole, strict=True)]
    variances = np.array([clips.var(), *(drawn.var() for drawn in seeds)])
    free = np.array([max(n_clusters - 1, 1), *(max(len(one) - 1, 1) for one in whole)])
    freedom = variances.sum() ** 2 / (variances**2 / free).sum() if variances.any() else 1.0
    stretch = float(student.ppf(0.975, freedom) / norm.ppf(0.975))
    low, high = value + stretch * np.quantile(clips + sum(seeds), (0.025, 0.975))
    return Interval(value, min(value, float(low)), max(value, float(high)))


def _seed_draws(right: Array, total: Array, means: Array, rng: np.random.Generator) -> Array:
    """(DRAWS,) deviations from their mean of S seeds drawn with replacement, of the variance of a mean of S seeds' effects."""
    n_seeds, n_clusters = len(means), len(total)
    apart = means - means.mean()
    variance = float((apart**2).sum()) / max(n_seeds - 1, 1)
    if variance < 1e-18:
        return np.zeros(DRAWS)
    ratio = right.sum(1, keepdims=True) / total.sum(0)
    own = ((right - ratio * total) / total.sum(0)).mean(-1)  # (S, G): what a cluster moves a seed's figure by
    by_clips = n_clusters / max(n_clusters - 1, 1) * float(((own - own.mean(0)) ** 2).sum()) / (n_seeds - 1)
    effect = max(0.0, 1 - by_clips / variance) * n_seeds / (n_seeds - 1)
    return math.sqrt(effect) * apart[rng.integers(0, n_seeds, (DRAWS, n_seeds))].mean(1)
