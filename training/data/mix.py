"""MixUp and CutMix for clips: pairs of one batch become one, with the targets in the same shares."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ...generator.base.errors import UserError
from ..config import AugmentConfig
from ..values import Array, Batch


def mix(batch: Batch, augment: AugmentConfig, n_classes: int, rng: np.random.Generator) -> Batch:
    """The batch mixed with a permutation of itself; target becomes (B, n_classes) probabilities.

    One share for the whole batch, drawn from Beta(alpha, alpha); MixUp (arXiv 1710.09412) or CutMix (arXiv 1905.04899) by the
    toss of a coin if both are on. Clips of different sources are never mixed. Smoothing is left to the loss. Does nothing
    when both alphas are 0. UserError when free labels were asked for: no mixture of two people has joints.
    """
    alphas = [(mixup, alpha) for mixup, alpha in ((_mixup, augment.mixup), (_cutmix, augment.cutmix)) if alpha > 0]
    if not alphas:
        return batch
    if batch.extras:
        raise UserError(
            f"clips with auxiliary labels ({', '.join(batch.extras)}) can't be mixed: set augment.mixup=0 and augment.cutmix=0"
        )
    how, alpha = alphas[int(rng.integers(len(alphas)))]
    partner = torch.from_numpy(_partners(batch.source.numpy(), rng))
    video, share = how(batch.video, batch.video[partner], float(rng.beta(alpha, alpha)), rng)
    target = functional.one_hot(batch.target, n_classes).float()
    return replace(batch, video=video, target=share * target + (1 - share) * target[partner])


def _partners(source: Array, rng: np.random.Generator) -> Array:
    """(B,): who is mixed with whom, a permutation within each source."""
    partner = np.arange(len(source))
    for k in np.unique(source):
        where = np.flatnonzero(source == k)
        partner[where] = rng.permutation(where)
    return partner


def _mixup(video: Tensor, other: Tensor, share: float, rng: np.random.Generator) -> tuple[Tensor, float]:
    return torch.lerp(other.float(), video.float(), share).round_().to(torch.uint8), share


def _cutmix(video: Tensor, other: Tensor, share: float, rng: np.random.Generator) -> tuple[Tensor, float]:
    """A box of rows and columns, all frames long, comes from the other; the share is what is left, to the pixel."""
    height, width = video.shape[-2:]
    side = np.sqrt(1 - share)
    y, x = rng.integers(height), rng.integers(width)
    y0, y1 = (int(np.clip(y + sign * side * height / 2, 0, height)) for sign in (-1, 1))
    x0, x1 = (int(np.clip(x + sign * side * width / 2, 0, width)) for sign in (-1, 1))
    out = video.clone()
    out[..., y0:y1, x0:x1] = other[..., y0:y1, x0:x1]
    return out, 1 - (y1 - y0) * (x1 - x0) / (height * width)
