"""How well a linear probe tells the classes from fixed features: logistic regression, cross-validated by group."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from ...generator.base.seeds import draws
from ..values import Array

STRENGTHS = (1e-1, 1e-2, 1e-3, 1e-4)
"""Weights of the penalty that each fold chooses from, strongest first."""


def fit_logistic(x: Array, y: Array, n_classes: int, strength: float, start: Array | None = None) -> Array:
    """Weights (D + 1, C) of multinomial logistic regression with a ridge of `strength`, all classes of equal weight.

    Minimises sum_i w_i (-log p(y_i | x_i)) + strength / 2 |W|^2 with sum w_i = 1; the last row, the bias, goes unpunished.
    """
    n, d = x.shape
    share = np.bincount(y, minlength=n_classes)
    weight = 1.0 / (share[y] * np.count_nonzero(share))
    target = np.zeros((n, n_classes))
    target[np.arange(n), y] = 1.0

    def loss(flat: Array) -> tuple[float, Array]:
        w = flat.reshape(d + 1, n_classes)
        scores = x @ w[:-1] + w[-1]
        scores -= _log_sum(scores)
        error = weight[:, None] * (np.exp(scores) - target)
        slope = np.vstack([x.T @ error + strength * w[:-1], error.sum(0)])
        return -(weight @ scores[np.arange(n), y]) + 0.5 * strength * float((w[:-1] ** 2).sum()), slope.ravel()

    first = np.zeros((d + 1) * n_classes) if start is None else start.ravel()
    found = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 300, "gtol": 1e-6})
    weights: Array = found.x.reshape(d + 1, n_classes)
    return weights


def group_folds(y: Array, groups: Array, n_folds: int, rng: np.random.Generator) -> Array:
    """Fold of every clip (N,): whole groups, dealt out so that each fold holds about the same of every class."""
    n_classes = int(y.max()) + 1
    _, of_clip = np.unique(groups, return_inverse=True)
    counts = np.zeros((of_clip.max() + 1, n_classes))
    np.add.at(counts, (of_clip, y), 1.0)
    held = np.zeros((n_folds, n_classes))
    fold_of = np.zeros(len(counts), np.intp)
    order = rng.permutation(len(counts))
    for g in order[np.argsort(-counts[order].sum(1), kind="stable")]:
        # the fold in which the group's own classes are rarest; among equals the smallest
        fold_of[g] = min(range(n_folds), key=lambda k: (float(held[k] @ counts[g]), float(held[k].sum()), k))
        held[fold_of[g]] += counts[g]
    found: Array = fold_of[of_clip]
    return found


def cross_validated(x: Array, y: Array, groups: Array, n_classes: int, n_folds: int, seed: int) -> Array:
    """Predicted class (N,) of every clip, by a probe that saw no clip of its group."""
    return answers_by_fold(x, y, groups, n_classes, n_folds, seed)[0]


def answers_by_fold(x: Array, y: Array, groups: Array, n_classes: int, n_folds: int, seed: int) -> tuple[Array, Array]:
    """Predicted class (N,) as `cross_validated`, and in which fold (N,) each clip was asked about.

    Each fold chooses the penalty on a quarter of its own training groups, then learns from all of them.
    """
    folds = group_folds(y, groups, n_folds, draws("bias folds", seed))
    answer = np.zeros(len(y), np.int64)
    for k in range(n_folds):
        train, test = folds != k, folds == k
        if not test.any():
            continue
        inner = group_folds(y[train], groups[train], 4, draws("bias inner", seed, k)) == 0
        strength = _chosen(x[train], y[train], inner, n_classes)
        known, new = _prepared(x[train], x[test])
        weights = fit_logistic(known, y[train], n_classes, strength)
        answer[test] = np.argmax(new @ weights[:-1] + weights[-1], 1)
    return answer, folds


def _chosen(x: Array, y: Array, inner: Array, n_classes: int) -> float:
    """The penalty whose probe, learned from the clips outside `inner`, gives those inside the least log loss."""
    known, new = _prepared(x[~inner], x[inner])
    weights, losses = None, []
    for strength in STRENGTHS:
        weights = fit_logistic(known, y[~inner], n_classes, strength, weights)
        scores = new @ weights[:-1] + weights[-1]
        losses.append(float(np.mean(_log_sum(scores)[:, 0] - scores[np.arange(len(scores)), y[inner]])))
    return STRENGTHS[int(np.argmin(losses))]


def _prepared(known: Array, new: Array) -> tuple[Array, Array]:
    """Features of unit variance, 1 / sqrt(D) each, by what is known; rotated into the space that the known ones span.

    A ridge does not see the rotation, and with fewer clips than dimensions the fit is quicker by their ratio.
    """
    deviation = known.std(0)
    centre, scale = known.mean(0), np.where(deviation > 1e-9, deviation, 1.0) * np.sqrt(known.shape[1])
    known, new = (known - centre) / scale, (new - centre) / scale
    if len(known) >= known.shape[1]:
        return known, new
    axes = np.linalg.svd(known, full_matrices=False)[2].T
    return known @ axes, new @ axes


def _log_sum(scores: Array) -> Array:
    """log sum exp over classes, (N, 1)."""
    top = scores.max(1, keepdims=True)
    found: Array = top + np.log(np.exp(scores - top).sum(1, keepdims=True))
    return found
