"""Say which class a clip shows: cross-entropy with smoothed or mixed targets, and free labels beside it if asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..config import TrainConfig
from ..models.base import VideoModel
from ..values import Batch
from . import Objective
from .auxiliary import Auxiliary


class Supervised(Objective):
    """Cross-entropy over the classes of the one list of clips; targets are class numbers or, once mixed, probabilities."""

    skips_weights = False

    def __init__(self, model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> None:
        super().__init__(model, config, classes)
        if len(classes) != 1:
            raise ValueError("supervised learning takes one list of classes: mix the lists, or use 'aligned'")
        self.auxiliary: Auxiliary | None = None
        if config.objective.auxiliary:
            self.auxiliary = Auxiliary(model, config.objective.auxiliary, config.seed)
            self.extras = self.auxiliary.extras

    def loss(self, batch: Batch, rng: np.random.Generator) -> tuple[Tensor, dict[str, Tensor | float]]:
        """Mean cross-entropy, weighed errors of the free labels, and the share of clips whose (main) class is said."""
        beside: Tensor | None = None
        told: dict[str, Tensor | float] = {}
        if self.auxiliary is None:
            logits = self.model(batch.video).float()
        else:
            tokens, features = self.model.tokens_and_features(batch.video)
            logits = self.model.head(self.model.dropout(features)).float()
            beside, told = self.auxiliary.loss(self.model.laid_out(tokens), batch)
        loss = functional.cross_entropy(logits, batch.target, label_smoothing=self.config.augment.smoothing)
        return loss if beside is None else loss + beside, {"top1": top1(logits, batch.target), **told}

    def compile_parts(self) -> None:
        """The model by the door that `loss` takes."""
        if self.auxiliary is None:
            self.model.compile()
        else:
            self.model.tokens_and_features = torch.compile(self.model.tokens_and_features)  # type: ignore[method-assign]


def top1(logits: Tensor, target: Tensor) -> Tensor:
    """Share of clips whose most likely class is the target's; of mixed targets the greater part counts."""
    main = target.argmax(-1) if target.ndim > 1 else target
    return (logits.detach().argmax(-1) == main).float().mean()
