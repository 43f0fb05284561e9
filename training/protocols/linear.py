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
    train, test = bench.training(subject, config, seed), bench.features(subject, config, seed)
    return predictions(fold, seed, probe(train(fold.train), fold.train, test(fold.test), config.probe, seed))


def probe(train: Array, clips: ClipList, test: Array, config: ProbeConfig, seed: int) -> Array:
    """Probabilities (M, C) of test features (M, D), learned on train features (R, N, D): R views of each of `clips`.

    All views of a clip are on the same side when the penalty is chosen, and its unit stays that of N clips.
    """
    views = len(train)
    label = np.tile([item.label for item in clips.items], views)
    parts = np.tile(inner_parts(clips, config.inner, seed), views)
    penalties = [views * penalty for penalty in config.penalties]
    flat = train.reshape(len(label), -1)
    penalty = choose_penalty(flat, label, len(clips.classes), parts, penalties)
    return fit_linear(flat, label, len(clips.classes), penalty)(test)


def choose_penalty(features: Array, label: Array, n_classes: int, parts: Array, penalties: Sequence[float]) -> float:
    """The penalty of least log loss on held-out parts, of equals the stronger one.

    Clips count whose class is among those that were learned from; where there are none, it is the middle penalty.
    """
    ordered = sorted(penalties, reverse=True)
    loss, counted = np.zeros(len(ordered)), 0
    for part in range(parts.max() + 1):
        learned, out = parts != part, parts == part
        out &= np.isin(label, label[learned])
        if out.any():
            heads = fit_path(features[learned], label[learned], n_classes, ordered)
            loss += [log_loss(head(features[out]), label[out]) * out.sum() for head in heads]
            counted += int(out.sum())
    return ordered[int(loss.argmin())] if counted else ordered[len(ordered) // 2]


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
    """The heads of least sum of cross-entropies + penalty / 2 |W|^2, one for each penalty (scikit-learn's C is 1 / penalty).

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
