"""TSN (arXiv 1608.00859) and TSM (arXiv 1811.08383): an image ResNet on every frame, and the same with shifted channels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
import torch
import torchvision
from torch import Tensor, nn
from torch.nn import functional
from torchvision.ops import stochastic_depth

from ...generator.base.errors import UserError
from .base import IMAGENET_MEAN, IMAGENET_STD, VideoModel, Wanted

Division = Annotated[int, msgspec.Meta(ge=0, le=64)]

STAGES = ("layer1", "layer2", "layer3", "layer4")


def plain_resnet(depth: int) -> torchvision.models.ResNet:
    """torchvision's ResNet of this depth without its classifier."""
    trunk = torchvision.models.resnet18() if depth == 18 else torchvision.models.resnet50()
    trunk.fc = nn.Identity()
    return trunk


def blocks_of(trunk: nn.Module) -> Iterator[tuple[str, Any]]:
    """(name, residual block) from the first to the last."""
    for stage in STAGES:
        for k, block in enumerate(getattr(trunk, stage)):
            yield f"{stage}.{k}", block


def layers_of(trunk: nn.Module) -> tuple[tuple[str, ...], ...]:
    """Beginnings of parameter names from the stem to the last block, for a model that holds `trunk` under this name."""
    return (("trunk.conv1.", "trunk.bn1."), *((f"trunk.{name}.",) for name, _ in blocks_of(trunk)))


def residual(block: Any, x: Tensor, shift: int, clips: int, drop: float) -> Tensor:
    """A basic or bottleneck block of torchvision, 2-D or inflated, written out so that its branch can be changed.

    `shift` > 0: one in `shift` channels of the branch's input comes from the next frame, one from the frame before.
    `clips`: how many clips lie along the first axis; each is dropped as a whole with probability `drop` in training.
    """
    inner = shifted(x, clips, shift) if shift else x
    inner = block.bn2(block.conv2(block.relu(block.bn1(block.conv1(inner)))))
    if hasattr(block, "conv3"):
        inner = block.bn3(block.conv3(block.relu(inner)))
    if drop and block.training:
        inner = stochastic_depth(inner.reshape(clips, -1), drop, "row").reshape(inner.shape)
    skip = x if block.downsample is None else block.downsample(x)
    out: Tensor = block.relu(inner + skip)
    return out


def shifted(x: Tensor, clips: int, part: int) -> Tensor:
    """(clips * T, C, H, W) with C / part channels taken from frame t + 1 and as many from t - 1; zeros at the ends."""
    x = x.unflatten(0, (clips, -1))
    fold = x.shape[2] // part
    later = functional.pad(x[:, 1:, :fold], (0, 0, 0, 0, 0, 0, 0, 1))
    earlier = functional.pad(x[:, :-1, fold : 2 * fold], (0, 0, 0, 0, 0, 0, 1, 0))
    return torch.cat((later, earlier, x[:, :, 2 * fold :]), 2).flatten(0, 1)


class FrameResnet(VideoModel):
    """ResNet on frames, features averaged over them; with `shift_div` the branches see neighbouring frames."""

    library = (("trunk.", ""), ("head.", "fc."))

    def __init__(self, wanted: Wanted, name: str, depth: int, shift_div: int) -> None:
        super().__init__()
        if shift_div == 1:
            raise UserError("shift_div is the share of channels that is shifted each way: 2 or more, or 0 for none; got 1")
        self.trunk = plain_resnet(depth)
        self.layers = layers_of(self.trunk)
        self.shift_div = shift_div
        self.drop_path = wanted.drop_path
        self.begin(wanted.spec(name, 8, 224, 512 if depth == 18 else 2048, IMAGENET_MEAN, IMAGENET_STD), wanted.dropout)

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T * H / 32 * W / 32, D)."""
        clips, _, frames = video.shape[:3]
        x = video.transpose(1, 2).flatten(0, 1)
        x = self.trunk.maxpool(self.trunk.relu(self.trunk.bn1(self.trunk.conv1(x))))
        blocks = [block for _, block in blocks_of(self.trunk)]
        for k, block in enumerate(blocks):
            x = residual(block, x, self.shift_div, clips, self.drop_path * k / (len(blocks) - 1))
        return x.unflatten(0, (clips, frames)).movedim(2, 4).flatten(1, 3)


def tsn_r18(wanted: Wanted) -> FrameResnet:
    """Frames seen one by one, ResNet-18."""
    return FrameResnet(wanted, "tsn_r18", 18, 0)


def tsn_r50(wanted: Wanted) -> FrameResnet:
    """Frames seen one by one, ResNet-50."""
    return FrameResnet(wanted, "tsn_r50", 50, 0)


def tsm_r18(wanted: Wanted, shift_div: Division = 8) -> FrameResnet:
    """Residual shift of 1 / 8 of the channels each way in every block, ResNet-18."""
    return FrameResnet(wanted, "tsm_r18", 18, shift_div)


def tsm_r50(wanted: Wanted, shift_div: Division = 8) -> FrameResnet:
    """Residual shift of 1 / 8 of the channels each way in every block, ResNet-50."""
    return FrameResnet(wanted, "tsm_r50", 50, shift_div)
