"""A (2+1)D net of 0.2 M parameters that learns on two cores: what the recipes for a laptop and the tests train."""

from __future__ import annotations

from torch import Tensor, nn
from torchvision.ops import StochasticDepth

from ...generator.base.errors import UserError
from .base import IMAGENET_MEAN, IMAGENET_STD, Few, VideoModel, Wanted, Wide

WIDEST = 4096
"""Channels of the last stage."""


class Block(nn.Module):
    """A spatial 3 x 3 and a temporal 3 convolution beside a short cut; halves height and width where `stride` is 2."""

    def __init__(self, width: int, out: int, stride: int, drop: float) -> None:
        super().__init__()
        self.space = nn.Conv3d(width, out, (1, 3, 3), (1, stride, stride), (0, 1, 1), bias=False)
        self.norm1 = nn.BatchNorm3d(out)
        self.time = nn.Conv3d(out, out, (3, 1, 1), 1, (1, 0, 0), bias=False)
        self.norm2 = nn.BatchNorm3d(out)
        self.act = nn.ReLU()
        self.drop = StochasticDepth(drop, "row")
        plain = stride == 1 and width == out
        self.skip = nn.Identity() if plain else nn.Conv3d(width, out, 1, (1, stride, stride), bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(B, width, T, H, W) to (B, out, T, H / stride, W / stride)."""
        inner = self.norm2(self.time(self.act(self.norm1(self.space(x)))))
        out: Tensor = self.act(self.skip(x) + self.drop(inner))
        return out


class Tiny(VideoModel):
    """A stem that halves, then `stages` of `blocks`, each stage at half the size and twice the width of the one before."""

    def __init__(self, wanted: Wanted, width: int, stages: int, blocks: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv3d(3, width, (1, 5, 5), (1, 2, 2), (0, 2, 2), bias=False),
            nn.BatchNorm3d(width),
            nn.ReLU(),
            nn.Conv3d(width, width, (3, 1, 1), 1, (1, 0, 0), bias=False),
            nn.BatchNorm3d(width),
            nn.ReLU(),
        )
        made: list[nn.Module] = []
        for k in range(stages * blocks):
            stage, first = k // blocks, k % blocks == 0
            out = width * 2 ** (stage + 1)
            drop = wanted.drop_path * k / max(stages * blocks - 1, 1)
            made.append(Block(out // 2 if first else out, out, 2 if first else 1, drop))
        self.blocks = nn.ModuleList(made)
        self.layers = (("stem.",), *((f"blocks.{k}.",) for k in range(len(made))))
        self.begin(wanted.spec("tiny", 8, 64, width * 2**stages, IMAGENET_MEAN, IMAGENET_STD), wanted.dropout)

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T * H / 16 * W / 16, D) for three stages."""
        x = self.stem(video)
        for block in self.blocks:
            x = block(x)
        found: Tensor = x.flatten(2).transpose(1, 2)
        return found


def tiny(wanted: Wanted, width: Wide = 16, stages: Few = 3, blocks: Few = 1) -> Tiny:
    """0.18 M parameters, 0.06 GMAC for 8 frames of 64 px; takes any frames and size."""
    if width * 2**stages > WIDEST:
        raise UserError(f"tiny of width {width} and {stages} stages ends {width * 2**stages} wide: at most {WIDEST}")
    return Tiny(wanted, width, stages, blocks)
