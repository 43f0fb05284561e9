"""TimeSformer with divided space-time attention (arXiv 2102.05095), Hugging Face's."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torchvision.ops import StochasticDepth
from transformers import TimesformerConfig, TimesformerModel

from ...generator.base.errors import UserError
from .base import GREY_MEAN, GREY_STD, ClassTokenModel, Few, Layers, Wanted, Wide


class Timesformer(ClassTokenModel):
    """Every block attends over time at each place, then over space in each frame."""

    library = (("trunk.", "timesformer."), ("head.", "classifier."))

    def __init__(self, wanted: Wanted, name: str, config: Any) -> None:
        super().__init__()
        self.trunk: Any = TimesformerModel(config)
        for k, layer in enumerate(self.trunk.encoder.layer):  # its own rate must be a whole number in transformers 5.24
            layer.drop_path = StochasticDepth(wanted.drop_path * k / max(config.num_hidden_layers - 1, 1), "row")
        blocks = ((f"trunk.encoder.layer.{k}.",) for k in range(config.num_hidden_layers))
        self.layers = (("trunk.embeddings.",), *blocks)
        spec = wanted.spec(name, config.num_frames, config.image_size, config.hidden_size, GREY_MEAN, GREY_STD)
        self.begin(spec, wanted.dropout)

    def run(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, 1 + H / 16 * W / 16 * T, D), places in order of space, then time."""
        self.expect(video)
        found: Tensor = self.trunk(video.transpose(1, 2)).last_hidden_state
        return found

    def library_config(self) -> dict[str, Any]:
        """As transformers.TimesformerForVideoClassification wants it."""
        return {**self.trunk.config.to_dict(), "architectures": ["TimesformerForVideoClassification"]}

    def laid_out(self, tokens: Tensor) -> Tensor:
        """Its tokens come by place, then time."""
        side = round((tokens.shape[1] / self.spec.frames) ** 0.5)
        return tokens.transpose(1, 2).unflatten(2, (side, side, self.spec.frames)).movedim(-1, 2)

    def refit(self, name: str, value: Tensor, like: Tensor) -> Tensor:
        """Stretch the position embeddings of another size (1, 1 + P, D) or number of frames (1, T, D)."""
        if name.endswith("time_embeddings") and value.shape[2] == like.shape[2]:
            return functional.interpolate(value.transpose(1, 2).float(), size=like.shape[1], mode="linear").transpose(1, 2)
        if name.endswith("position_embeddings") and value.shape[2] == like.shape[2] and value.shape != like.shape:
            return stretched(value, like.shape[1])
        return value


def stretched(table: Tensor, n: int) -> Tensor:
    """Position embeddings (1, 1 + p * p, D), the first that of the class token, for n - 1 = q * q places: bicubic."""
    old, new = round((table.shape[1] - 1) ** 0.5), round((n - 1) ** 0.5)
    grid = table[:, 1:].float().transpose(1, 2).unflatten(2, (old, old))
    grid = functional.interpolate(grid, size=(new, new), mode="bicubic", align_corners=False)
    return torch.cat((table[:, :1].float(), grid.flatten(2).transpose(1, 2)), 1)


def _make(wanted: Wanted, name: str, dim: int, depth: int, heads: int, patch_px: int) -> Timesformer:
    size_px = wanted.size_px or 224
    if size_px % patch_px:
        raise UserError(f"{name} cuts frames into patches of {patch_px} px, got data.size_px={size_px}: take a multiple")
    config = TimesformerConfig(
        image_size=size_px,
        num_frames=wanted.frames or 8,
        patch_size=patch_px,
        hidden_size=dim,
        num_hidden_layers=depth,
        num_attention_heads=heads,
        intermediate_size=4 * dim,
    )
    return Timesformer(wanted, name, config)


def timesformer_b(wanted: Wanted, dim: Wide = 768, depth: Layers = 12, heads: Few = 12, patch_px: Few = 16) -> Timesformer:
    """196 GMAC for 8 frames of 224 px; built for one number of frames and size, files of others are stretched."""
    return _make(wanted, "timesformer_b", dim, depth, heads, patch_px)


def timesformer_s(wanted: Wanted, dim: Wide = 384, depth: Layers = 12, heads: Few = 6, patch_px: Few = 16) -> Timesformer:
    """As the base model at half the width (ViT-S); 50 GMAC."""
    return _make(wanted, "timesformer_s", dim, depth, heads, patch_px)
