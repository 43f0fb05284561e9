"""One trunk, one head for each list of clips: PPMA's alignment of datasets whose classes have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from torch import Tensor, nn
from torch.nn import functional

from ..config import TrainConfig
from ..models.base import VideoModel, drawn_from, fresh_head
from ..values import Batch
from .auxiliary import Labelled
from .supervised import top1


class Aligned(Labelled):
    """Cross-entropy of each clip over the classes of its own list (Zhong et al., NeurIPS 2023 D&B).

    The model's head is the first list's; those of the others serve training alone. Free labels, if asked for, are learned from
    clips of whatever list that have them.
    """

    def __init__(self, model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> None:
        super().__init__(model, config, classes)
        with drawn_from(config.seed):
            self.heads = nn.ModuleList(fresh_head(model.spec.feature_dim, len(names)) for names in classes[1:])

    def loss(self, batch: Batch, rng: np.random.Generator) -> tuple[Tensor, dict[str, Tensor | float]]:
        """Mean over all clips, weighed errors of the free labels, and the share of clips whose (main) class is said.

        Mixed targets are as wide as the longest list of classes; clips of different lists are never mixed.
        """
        features, total, told = self.features(batch)
        said = features.new_zeros((), dtype=total.dtype)
        for source, head in enumerate((self.model.head, *self.heads)):
            mine = batch.source == source
            share = mine.float().mean()
            logits = head(features[mine]).float()
            target = batch.target[mine]
            target = target[:, : logits.shape[1]] if target.ndim > 1 else target
            if not len(target):  # all processes must reach the same weights, so that their gradients meet
                total = total + 0.0 * logits.sum()
            else:
                total = total + share * functional.cross_entropy(logits, target, label_smoothing=self.config.augment.smoothing)
                said = said + share * top1(logits, target)
        return total, {"top1": said, **told}
