"""Say which class a clip shows: cross-entropy with smoothed or mixed targets, and free labels beside it if asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import Tensor
from torch.nn import functional

from ..config import TrainConfig
from ..models.base import VideoModel
from ..values import Batch
from .auxiliary import Labelled


class Supervised(Labelled):
    """Cross-entropy over the classes of the one list of clips; targets are class numbers or, once mixed, probabilities."""

    def __init__(self, model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> None:
        super().__init__(model, config, classes)
        if len(classes) != 1:
            raise ValueError("supervised learning takes one list of classes: mix the lists, or use 'aligned'")

    def loss(self, batch: Batch, rng: np.random.Generator) -> tuple[Tensor, dict[str, Tensor | float]]:
        """Mean cross-entropy, weighed errors of the free labels, and the share of clips whose (main) class is said."""
        features, beside, told = self.features(batch)
        logits = self.model.head(features).float()
        loss = functional.cross_entropy(logits, batch.target, label_smoothing=self.config.augment.smoothing)
        return loss + beside, {"top1": top1(logits, batch.target), **told}


def top1(logits: Tensor, target: Tensor) -> Tensor:
    """Share of clips whose most likely class is the target's; of mixed targets the greater part counts."""
    main = target.argmax(-1) if target.ndim > 1 else target
    return (logits.detach().argmax(-1) == main).float().mean()
