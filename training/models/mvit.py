"""MViTv2-S (arXiv 2112.01526), torchvision's."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.video import mvit_v2_s as trunk_s

from .base import GREY_MEAN, GREY_STD, ClassTokenModel, Wanted


class Mvit(ClassTokenModel):
    """Attention over ever fewer and wider tokens; positions are relative, so their tables stretch to other sizes."""

    time_stride = 2

    library = (("trunk.", ""), ("head.", "head.1."))

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.trunk = trunk_s(stochastic_depth_prob=wanted.drop_path)
        self.trunk.head = nn.Identity()
        blocks = ((f"trunk.blocks.{k}.",) for k in range(len(self.trunk.blocks)))
        self.layers = (("trunk.conv_proj.", "trunk.pos_encoding."), *blocks)
        self.begin(wanted.spec("mvit_v2_s", 16, 224, 768, GREY_MEAN, GREY_STD), wanted.dropout)

    def run(self, video: Tensor) -> Tensor:
        """torchvision's forward with the grid that the clip has, (B, 1 + T / 2 * H / 32 * W / 32, 768)."""
        grid = self.trunk.conv_proj(video)
        x = self.trunk.pos_encoding(grid.flatten(2).transpose(1, 2))
        thw = tuple(grid.shape[2:])
        for block in self.trunk.blocks:
            x, thw = block(x, thw)
        found: Tensor = self.trunk.norm(x)
        return found

    def refit(self, name: str, value: Tensor, like: Tensor) -> Tensor:
        """Stretch a table of relative positions (2 n - 1, D)."""
        if ".rel_pos_" in name and value.shape[1:] == like.shape[1:]:
            return functional.interpolate(value.T[None].to(torch.float32), size=len(like), mode="linear")[0].T.to(value.dtype)
        return value


def mvit_v2_s(wanted: Wanted) -> Mvit:
    """64 GMAC for 16 frames of 224 px; takes other frames and sizes."""
    return Mvit(wanted)
