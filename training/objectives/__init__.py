"""What is learned for: objectives by name, each a module that owns the model and turns a batch into a loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from torch import Tensor, nn

from ...generator.base.errors import UserError
from ...generator.base.named import look_up
from ..config import TrainConfig
from ..models.base import VideoModel
from ..values import Batch

OBJECTIVES: Mapping[str, str] = {
    "supervised": "synapt.training.objectives.supervised:Supervised",
    "masked": "synapt.training.objectives.masked:Masked",
    "aligned": "synapt.training.objectives.aligned:Aligned",
}
"""name -> "module:Class"; each is called as Class(model, config, classes)."""


class Objective(nn.Module):
    """A model and what it is to learn. `model` is what is kept; all other parameters serve training alone.

    Subclasses take (model, config, classes), where `classes` holds the class names of every source of clips, and write `loss`.
    `extras` names the free labels that they want in Batch.extras, `extras_of_all` says that no clip may lack them;
    `skips_weights` is False where every weight has a part in every loss, which makes DDP's work easier.
    """

    model: VideoModel
    extras: tuple[str, ...] = ()
    extras_of_all: bool = False
    skips_weights: bool = True

    def __init__(self, model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self.model = model
        self.config = config
        self.classes = tuple(tuple(names) for names in classes)

    def loss(self, batch: Batch, rng: np.random.Generator) -> tuple[Tensor, dict[str, Tensor | float]]:
        """Loss () of a batch, a mean over its clips, and figures to be logged (means over clips, too).

        All chance comes from `rng`, which is a function of (seed, step); modules such as dropout draw from torch's default
        generator, which the engine sets in the same way for the time of this call.
        """
        raise NotImplementedError

    def forward(self, batch: Batch, rng: np.random.Generator) -> tuple[Tensor, dict[str, Tensor | float]]:
        """`loss`, by the door that DDP and FSDP watch."""
        return self.loss(batch, rng)

    def classify(self, video: Tensor) -> Tensor:
        """Logits (B, C) of the model, by the other door that FSDP watches."""
        logits: Tensor = self.model(video)
        return logits

    def compile_parts(self) -> None:
        """Compile what is worth it; by default the model as it is called."""
        self.model.compile()


def build_objective(model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> Objective:
    """The objective that `config.objective.kind` names, owning `model`. UserError for an unknown one."""
    kind = look_up("objective", config.objective.kind, OBJECTIVES)
    if not (isinstance(kind, type) and issubclass(kind, Objective)):
        raise UserError(f"objective '{config.objective.kind}' is of type {type(kind).__name__}, not an Objective: name a class")
    objective: Objective = kind(model, config, classes)
    return objective
