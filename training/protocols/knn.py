"""k nearest neighbours by cosine: what a trunk's features know without any training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..values import Array, Fold, Predictions
from .choose import inner_parts
from .features import Bench, predictions
from .settings import EvalConfig
from .subject import Subject


def knn(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Votes of the k likest training clips, weighted by exp(cosine / temperature) (Wu et al., 2018); k chosen among them."""
    features = bench.features(subject, config, seed)
    train, test = features(fold.train), features(fold.test)
    label = np.array([item.label for item in fold.train.items])
    n_classes, probe = len(fold.train.classes), config.probe
    parts = inner_parts(fold.train, probe.inner, seed)
    k = choose_k(train, label, n_classes, parts, probe.neighbours, probe.temperature)
    return predictions(fold, seed, vote(train, label, n_classes, test, k, probe.temperature))


def choose_k(train: Array, label: Array, n_classes: int, parts: Array, neighbours: Sequence[int], temperature: float) -> int:
    """The k that names most held-out training clips right, of equals the greater; the middle one where there is one part."""
    ordered = sorted(neighbours)
    if parts.max() == 0:
        return ordered[len(ordered) // 2]
    right = dict.fromkeys(ordered, 0)
    for part in range(parts.max() + 1):
        out = parts == part
        for k in ordered:
            said = vote(train[~out], label[~out], n_classes, train[out], k, temperature).argmax(1)
            right[k] += int((said == label[out]).sum())
    return max(right, key=lambda k: (right[k], k))


def vote(train: Array, label: Array, n_classes: int, test: Array, k: int, temperature: float) -> Array:
    """Probabilities (M, C) of test (M, D) from train (N, D) with labels (N,); a k beyond N is N."""
    likeness = _unit(test) @ _unit(train).T
    k = min(k, len(train))
    nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :k]
    near = np.take_along_axis(likeness, nearest, 1)
    weight = np.exp((near - near[:, :1]) / temperature)
    votes = np.zeros((len(test), n_classes))
    np.add.at(votes, (np.arange(len(test))[:, None], label[nearest]), weight)
    found: Array = votes / votes.sum(1, keepdims=True)
    return found


def _unit(features: Array) -> Array:
    wide = features.astype(np.float64)
    found: Array = wide / np.maximum(np.linalg.norm(wide, axis=1, keepdims=True), 1e-12)
    return found
