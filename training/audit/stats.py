"""Intervals over performances: whatever was made of one performance is drawn together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from ...generator.base.seeds import draws
from ..significance import cluster_draws, wilson
from ..values import Array, Interval

DRAWS = 4000

Statistic = Callable[[Array], Array]
"""Sums (..., M) over the rows drawn -> the figure (...)."""


def over_clusters(columns: Sequence[Array], clusters: Sequence[str], statistic: Statistic) -> Interval:
    """A function of column sums, with its 95 % interval by a bootstrap of clusters.

    columns: M of (N,) numbers; clusters: N names. Percentiles are expanded for few clusters (Hesterberg 2015, section 4.3).
    """
    table = np.stack([np.asarray(column, float) for column in columns], 1)
    names, of_row = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.zeros((len(names), table.shape[1]))
    np.add.at(sums, of_row, table)
    value = float(statistic(sums.sum(0)))
    n = len(names)
    figures = cluster_draws(statistic, sums, rng=draws("audit bootstrap", n), n_draws=DRAWS)
    m = max(n, 2)
    edge = float(norm.cdf(-math.sqrt(m / (m - 1)) * student.ppf(0.975, m - 1)))
    low, high = np.nanquantile(figures, (edge, 1 - edge)) if np.isfinite(figures).any() else (value, value)
    return Interval(value, min(value, float(low)), max(value, float(high)))


def mean_of(value: Array, clusters: Sequence[str]) -> Interval:
    """The mean of numbers (N,), e.g. a divergence."""
    return over_clusters([value, np.ones(len(value))], clusters, lambda s: s[..., 0] / s[..., 1])


def share_of(true: Array, clusters: Sequence[str]) -> Interval:
    """The share that is true (N,); where all or none are, Wilson's interval of as many trials as there are clusters."""
    share = float(np.mean(true))
    n = len(set(clusters))
    if share in (0.0, 1.0):
        return wilson(share * n, n)
    return mean_of(np.asarray(true, float), clusters)


def gap_of(true: Array, inside: Array, clusters: Sequence[str]) -> Interval:
    """The share that is true among the rows `inside` minus that among the others.

    Where one of the shares is 0 or 1 a bootstrap sees no variation; there the two shares' own intervals are combined, as if
    they were independent (MOVER: Zou and Donner, Statistics in Medicine 27, 2008).
    """
    t, i = np.asarray(true, float), np.asarray(inside, float)
    names = np.asarray(clusters)
    a, b = (share_of(t[side], names[side].tolist()) for side in (i > 0, i == 0))
    if {a.value, b.value} & {0.0, 1.0}:
        d = a.value - b.value
        low = d - math.hypot(a.value - a.low, b.high - b.value)
        return Interval(d, low, d + math.hypot(a.high - a.value, b.value - b.low))
    return over_clusters([t * i, i, t * (1 - i), 1 - i], clusters, lambda s: s[..., 0] / s[..., 1] - s[..., 2] / s[..., 3])
