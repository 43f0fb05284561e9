"""Beside the class: what our free labels say of every clip, joints, person, parts, depth and flow, read off the tokens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ...generator.base.errors import UserError, nearest
from ..config import TrainConfig
from ..data.extras import NEEDS, PEOPLE, UNKNOWN
from ..models.base import VideoModel, drawn_from
from ..values import Batch
from . import Objective

FINER = 4
"""Each token tells of so many rows and columns of places: 16 x 16 of a token grid of 4 x 4."""

OUTPUTS: Mapping[str, int] = {"joints": 17, "person": 2, "part": 15, "depth": 1, "flow": 2}
"""Values a place: one person's joints (COCO's), whether it is who acts, parts of the body and none, log of metres, x and y."""

FLOW_UNIT = 0.02
"""Flow is told in this share of the picture's side, so that its errors are about as large as the others'."""


class Auxiliary(nn.Module):
    """A linear map from tokens to finer places for each label in `weights`; UserError for a name or weight that can't be.

    Labels count where they are known: joints in the picture, depth short of the sky, nothing of a clip that has no labels.
    Each of the P people whose joints are told has maps of their own; those of the further ones are drawn last and count
    nothing where nobody is, so that clips of one person teach the same as if there were no others.
    """

    def __init__(self, model: VideoModel, weights: Mapping[str, float], seed: int) -> None:
        super().__init__()
        for name, weight in weights.items():
            if name not in OUTPUTS:
                raise UserError(f"objective.auxiliary has no label '{name}': {nearest(name, OUTPUTS)}")
            if not weight > 0:
                raise UserError(f"objective.auxiliary.{name} is {weight}: give a weight above 0, or leave it out")
        self.weights = dict(weights)
        further = ["joints"] * (PEOPLE - 1) if "joints" in weights else []
        with drawn_from(seed):
            heads = [nn.Conv3d(model.spec.feature_dim, OUTPUTS[name] * FINER**2, 1) for name in (*weights, *further)]
        self.heads = nn.ModuleDict(dict(zip(weights, heads, strict=False)))
        self.further = nn.ModuleList(heads[len(weights) :])

    @property
    def extras(self) -> tuple[str, ...]:
        """Labels that the batches must have."""
        return tuple(name for name in NEEDS if name in self.weights)

    def loss(self, grid: Tensor, batch: Batch) -> tuple[Tensor, dict[str, Tensor | float]]:
        """Weighed sum of the labels' losses and each of them, from tokens laid out (B, D, t, h, w)."""
        total = grid.new_zeros((), dtype=torch.float32)
        told: dict[str, Tensor | float] = {}
        for name, head in self.heads.items():
            maps = finer(head(grid).float())
            label = _in_time(batch.extras[name], maps.shape[1], name)
            if name == "joints":
                error = _joints([maps, *(finer(one(grid).float()) for one in self.further)], label)
            else:
                error = _LOSSES[name](maps, label, batch.video.shape[-1])
            total, told[name] = total + self.weights[name] * error, error.detach()
        return total, told


class Labelled(Objective):
    """An objective that goes by the pooled features of clips, with free labels beside it if asked for."""

    skips_weights = False

    def __init__(self, model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> None:
        super().__init__(model, config, classes)
        self.auxiliary: Auxiliary | None = None
        if config.objective.auxiliary:
            self.auxiliary = Auxiliary(model, config.objective.auxiliary, config.seed)
            self.extras = self.auxiliary.extras

    def features(self, batch: Batch) -> tuple[Tensor, Tensor, dict[str, Tensor | float]]:
        """Features (B, D) as the head gets them, the labels' weighed errors (), and each of those by name."""
        if self.auxiliary is None:
            features = self.model.features(batch.video)
            return self.model.dropout(features), features.new_zeros((), dtype=torch.float32), {}
        tokens, features = self.model.tokens_and_features(batch.video)
        return self.model.dropout(features), *self.auxiliary.loss(self.model.laid_out(tokens), batch)

    def compile_parts(self) -> None:
        """The trunk, by the door that `features` takes."""
        door = "features" if self.auxiliary is None else "tokens_and_features"
        setattr(self.model, door, torch.compile(getattr(self.model, door)))


def finer(maps: Tensor) -> Tensor:
    """(B, C * FINER^2, t, h, w) to (B, t, C, h * FINER, w * FINER)."""
    return functional.pixel_shuffle(maps.transpose(1, 2), FINER)


def _in_time(label: Tensor, times: int, name: str) -> Tensor:
    """The label (B, T, ...) in the middle of each of `times` equal parts of the clip."""
    n = label.shape[1]
    return label[:, ((torch.arange(times, device=label.device) + 0.5) * n / times).long()]


def _at_places(label: Tensor, like: Tensor) -> Tensor:
    """A map (B, t, H, W) at the middle pixel of each of the places of `like` (..., h, w)."""
    rows, columns = (
        ((torch.arange(n, device=label.device) + 0.5) * size / n).long()
        for n, size in zip(like.shape[-2:], label.shape[2:4], strict=True)
    )
    return label[:, :, rows][:, :, :, columns]


def _joints(maps: Sequence[Tensor], joints: Tensor) -> Tensor:
    """Mean distance along x and y, in shares of the picture, from the expected place of each joint's map to the joint.

    maps: of each of the P people (B, t, 17, h, w); joints (B, t, P, 17, 3). Integral regression (Sun et al., arXiv 1711.08229):
    a map is a probability over places; times 10 to be of the order of 1.
    """
    known = (joints[..., 2] > 0).float()
    errors = [(expected(one) - joints[:, :, k, :, :2].float()).abs().sum(-1) for k, one in enumerate(maps)]
    # person by person: adding nothing for who isn't there leaves the first one's sum as it is, to the last bit
    total = torch.stack([(error * known[:, :, k]).sum() for k, error in enumerate(errors)]).sum()
    return 10.0 * (total / known.sum().clamp(min=1.0))


def expected(maps: Tensor) -> Tensor:
    """(..., h, w) to (..., 2): the mean place x, y, in shares of the picture, where the softmax of a map is the probability."""
    height, width = maps.shape[-2:]
    probability = maps.flatten(-2).softmax(-1).unflatten(-1, (height, width))
    x = (probability.sum(-2) * ((torch.arange(width, device=maps.device) + 0.5) / width)).sum(-1)
    y = (probability.sum(-1) * ((torch.arange(height, device=maps.device) + 0.5) / height)).sum(-1)
    return torch.stack((x, y), -1)


def _classes(maps: Tensor, label: Tensor, size_px: int) -> Tensor:
    """Cross-entropy a place."""
    there = _at_places(label, maps).flatten(0, 1).long()
    error = functional.cross_entropy(maps.flatten(0, 1), there, ignore_index=UNKNOWN, reduction="none")
    return _mean(error, (there != UNKNOWN).float())


def _depth(maps: Tensor, depth: Tensor, size_px: int) -> Tensor:
    """Mean error of the logarithm of depth; the sky is infinitely far and left out."""
    there = _at_places(depth, maps).float()
    known = (there.isfinite() & (there > 0)).float()
    return _mean((maps[:, :, 0] - there.where(known > 0, 1.0).log()).abs(), known)


def _flow(maps: Tensor, flow: Tensor, size_px: int) -> Tensor:
    """Mean error of x and y, smooth about 0, in FLOW_UNIT of the picture's side."""
    there = _at_places(flow, maps).movedim(-1, 2).float() / (FLOW_UNIT * size_px)
    known = there.isfinite().all(2).float()
    error = functional.smooth_l1_loss(maps, there.nan_to_num(0.0, 0.0, 0.0), reduction="none").sum(2)
    return _mean(error, known)


def _mean(error: Tensor, known: Tensor) -> Tensor:
    """Mean over what is known, 0 where nothing is."""
    return (error * known).sum() / known.sum().clamp(min=1.0)


_LOSSES = {"person": _classes, "part": _classes, "depth": _depth, "flow": _flow}
