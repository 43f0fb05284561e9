"""Figures from predictions: top-k, per class, confusion, calibration; all of them pure functions of what is in the Parquet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .values import Array, Predictions

ECE_BINS = 15
"""Bins of equal width, as in Guo et al., On Calibration of Modern Neural Networks, 2017."""


@dataclass(frozen=True)
class Scores:
    """All predictions of one result as one table: S seeds x N rows (a clip in a fold) x C classes.

    `folds`, `ids`, `groups` of the rows; label (N,); probability (S, N, C). All seeds saw the same rows.
    """

    seeds: tuple[int, ...]
    folds: tuple[str, ...]
    ids: tuple[str, ...]
    groups: tuple[str, ...]
    label: Array
    probability: Array

    @cached_property
    def predicted(self) -> Array:
        """(S, N) the likeliest class; the first of several alike."""
        found: Array = self.probability.argmax(-1)
        return found

    @cached_property
    def rank(self) -> Array:
        """(S, N) how many classes were held likelier than the true one; ties go to the earlier class, as in `predicted`."""
        true = np.take_along_axis(self.probability, self.label[None, :, None], -1)
        before = np.arange(self.probability.shape[-1]) < self.label[:, None]
        found: Array = ((self.probability > true) | ((self.probability == true) & before)).sum(-1)
        return found

    @cached_property
    def weight(self) -> Array:
        """(N,) of sum 1, so that every fold counts alike, however many clips it has."""
        _, which, count = np.unique(np.array(self.folds), return_inverse=True, return_counts=True)
        found: Array = 1.0 / (len(count) * count[which])
        return found

    @cached_property
    def cluster(self) -> Array:
        """(N,) int: what is drawn together in a bootstrap. Clips of one group; where there is one group only, each clip."""
        keys = [f"group {group}" if group else f"clip {name}" for name, group in zip(self.ids, self.groups, strict=True)]
        if len(set(keys)) < 2:
            keys = list(self.ids)
        found: Array = np.unique(np.array(keys), return_inverse=True)[1]
        return found

    def hits(self, k: int = 1) -> Array:
        """(S, N) bool: the true class is among the k likeliest."""
        found: Array = self.rank < k
        return found


def stack(parts: Sequence[Predictions]) -> Scores:
    """One table of the predictions of several folds and seeds. ValueError where the seeds saw different clips."""
    if not parts:
        raise ValueError("there are no predictions")
    seeds = tuple(sorted({part.seed for part in parts}))
    by_seed = [sorted((part for part in parts if part.seed == seed), key=lambda part: part.fold) for seed in seeds]
    rows = [[(part.fold, name) for part in own for name in part.ids] for own in by_seed]
    if any(own != rows[0] for own in rows):
        raise ValueError("the seeds were not measured on the same clips")
    label = np.concatenate([part.label for part in by_seed[0]]).astype(np.int64)
    probability = np.stack([np.concatenate([part.probability for part in own]) for own in by_seed])
    groups = tuple(group for part in by_seed[0] for group in part.groups)
    return Scores(seeds, tuple(fold for fold, _ in rows[0]), tuple(name for _, name in rows[0]), groups, label, probability)


def top_k_tells(k: int, n_classes: int) -> bool:
    """Whether top-k is worth showing: k is at most half of the classes. Of six classes, five guesses miss almost nothing."""
    return 2 * k <= n_classes


def top_k(scores: Scores, k: int = 1) -> Array:
    """(S,) share of clips whose true class is among the k likeliest: the mean of the folds' shares."""
    found: Array = scores.hits(k) @ scores.weight
    return found


def confusion(scores: Scores, n_classes: int) -> Array:
    """(C, C) counts, true class by row and predicted class by column; all folds and seeds together."""
    label = np.broadcast_to(scores.label, scores.predicted.shape)
    cells = label.ravel() * n_classes + scores.predicted.ravel()
    found: Array = np.bincount(cells, minlength=n_classes**2).reshape(n_classes, n_classes)
    return found


def per_class(scores: Scores, n_classes: int) -> Array:
    """(C,) share of each class's clips that were named right, folds and seeds pooled; NaN for a class without test clips."""
    table = confusion(scores, n_classes)
    total = table.sum(1)
    found: Array = np.where(total > 0, np.diag(table) / np.maximum(total, 1), np.nan)
    return found


def calibration_error(scores: Scores, bins: int = ECE_BINS) -> float:
    """Expected calibration error in [0, 1]: |confidence - accuracy|, averaged over bins of confidence by their share."""
    confidence = scores.probability.max(-1).ravel()
    right = (scores.rank == 0).ravel()
    which = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gap = np.bincount(which, weights=confidence - right, minlength=bins)
    return float(np.abs(gap).sum() / len(confidence))
