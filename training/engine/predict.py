"""What a model says of clips: class probabilities, the mean over views."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor, nn

from ..config import EngineConfig
from ..models.base import ModelSpec
from ..values import Array
from .precision import autocast, channels_last, model_input


def mean_over_views(answers: Iterable[tuple[Array | Tensor, Array]], n_clips: int) -> Array:
    """(n_clips, D) float32: the mean over the views of each clip of what a model gave for them.

    answers: batches of (positions (B,) of the clips, numbers (B, D)). ValueError when a clip was never seen.
    """
    sums: Array | None = None
    seen = np.zeros(n_clips, np.int64)
    for positions, given in answers:
        where = np.asarray(positions)
        sums = np.zeros((n_clips, given.shape[1])) if sums is None else sums
        np.add.at(sums, where, given)
        np.add.at(seen, where, 1)
    if sums is None or not seen.all():
        raise ValueError(f"{int((seen == 0).sum())} of {n_clips} clips were never seen")
    return (sums / seen[:, None]).astype(np.float32)


@torch.no_grad()
def predict(
    model: nn.Module, spec: ModelSpec, batches: Iterable[tuple[Array | Tensor, Tensor]], n_clips: int, engine: EngineConfig,
    device: torch.device,
) -> Array:  # fmt: skip
    """Probabilities (n_clips, C) float32 from batches of (positions (V*B,), video (V*B, 3, T, H, W) uint8), averaged over views.

    The model is used as it is on `device`, in the way of an evaluation (no dropout); afterwards it trains or not as before.
    """
    before = model.training
    model.eval()
    last = channels_last(model)

    def ask(video: Tensor) -> Array:
        with autocast(engine, device):
            logits = model(model_input(video, spec, device, last))
        probability: Array = logits.float().softmax(-1).cpu().numpy()
        return probability

    found = mean_over_views(((positions, ask(video)) for positions, video in batches), n_clips)
    model.train(before)
    return found
