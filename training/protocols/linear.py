"""Linear probe: multinomial logistic regression on the features of a trunk that does not move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from ..values import Array, ClipList, Fold, Predictions
from .choose import inner_parts, log_loss
from .features import Bench, predictions
from .settings import EvalConfig, ProbeConfig
from .subject import Subject

_STEPS = 300


def linear(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions:
    """Features standardised by the training clips; the L2 penalty chosen by cross-validation among them."""
    features = bench.features(subject, config, seed)
    probability = probe(features(fold.train), fold.train, features(fold.test), config.probe, seed)
    return predictions(fold, seed, probability)


def probe(train: Array, clips: ClipList, test: Array, config: ProbeConfig, seed: int) -> Array:
    """Probabilities (M, C) of test features (M, D), learned on train features (N, D) of `clips`."""
    label = np.array([item.label for item in clips.items])
    parts = inner_parts(clips, config.inner, seed)
    penalty = choose_penalty(train, label, len(clips.classes), parts, config.penalties)
    return fit_linear(train, label, len(clips.classes), penalty)(test)


def choose_penalty(features: Array, label: Array, n_classes: int, parts: Array, penalties: Sequence[float]) -> float:
    """The penalty of least log loss on held-out parts; the middle one where there are no two parts, or a class has one clip."""
    ordered = sorted(penalties)
    if parts.max() == 0 or np.bincount(label)[np.unique(label)].min() < 2:
        return ordered[len(ordered) // 2]
    loss = np.zeros(len(ordered))
    for part in range(parts.max() + 1):
        out = parts == part
        heads = fit_path(features[~out], label[~out], n_classes, ordered)
        loss += [log_loss(head(features[out]), label[out]) * out.sum() for head in heads]
    return ordered[len(ordered) - 1 - int(loss[::-1].argmin())]  # of equals the stronger one


@dataclass(frozen=True)
class LinearHead:
    """Standardisation by mean and deviation (D,), then weight (C, D) and bias (C,), all float64."""

    mean: Array
    deviation: Array
    weight: Array
    bias: Array

    def __call__(self, features: Array) -> Array:
        """Probabilities (N, C) of features (N, D)."""
        logits = (features.astype(np.float64) - self.mean) / self.deviation @ self.weight.T + self.bias
        odds = np.exp(logits - logits.max(1, keepdims=True))
        found: Array = odds / odds.sum(1, keepdims=True)
        return found


def fit_linear(features: Array, label: Array, n_classes: int, penalty: float) -> LinearHead:
    """The head of `fit_path` for one penalty."""
    return fit_path(features, label, n_classes, [penalty])[0]


def fit_path(features: Array, label: Array, n_classes: int, penalties: Sequence[float]) -> list[LinearHead]:
    """For each penalty the head that makes the sum of cross-entropies + penalty / 2 |W|^2 least (scikit-learn's C is 1 / penalty).

    Full-batch L-BFGS in float64 from zero, from the strongest penalty to the weakest, each from where the last one ended, so the
    same numbers come out each time. Where there are fewer clips than features, it works in the space that the clips span,
    which holds the minimum, since any weight outside it only costs.
    """
    wide = features.astype(np.float64)
    mean, deviation = wide.mean(0), np.maximum(wide.std(0), 1e-8)
    wide = (wide - mean) / deviation
    basis: Array | None = None
    if len(wide) < wide.shape[1]:
        basis = np.linalg.svd(wide, full_matrices=False)[2]
        wide = wide @ basis.T
    wide, true = np.concatenate([wide, np.ones((len(wide), 1))], 1), np.eye(n_classes)[label]  # the last weight is the bias
    flat = np.zeros(n_classes * wide.shape[1])
    found: dict[float, LinearHead] = {}
    for penalty in sorted(penalties, reverse=True):
        options = {"maxiter": _STEPS, "gtol": 1e-6, "ftol": 1e-11, "maxcor": 20}
        flat = minimize(_loss, flat, (wide, true, penalty / len(wide)), "L-BFGS-B", jac=True, options=options).x
        weight, bias = np.split(flat.reshape(n_classes, -1), [-1], axis=1)
        found[penalty] = LinearHead(mean, deviation, weight if basis is None else weight @ basis, bias[:, 0])
    return [found[penalty] for penalty in penalties]


def _loss(flat: Array, wide: Array, true: Array, penalty: float) -> tuple[float, Array]:
    """Mean cross-entropy + penalty / 2 |W|^2 and its gradient; features (N, D + 1), classes (N, C) as zeros and a one."""
    weight = flat.reshape(true.shape[1], -1)
    logits = wide @ weight.T
    logits -= logits.max(1, keepdims=True)
    odds = np.exp(logits)
    total = odds.sum(1, keepdims=True)
    held = np.concatenate([penalty * weight[:, :-1], np.zeros((len(weight), 1))], 1)
    loss = (np.log(total).sum() - (logits * true).sum()) / len(wide) + 0.5 * float((held * weight).sum())
    return float(loss), ((odds / total - true).T @ wide / len(wide) + held).ravel()
