"""VideoMAE's vision transformer over space-time tubes (arXiv 2203.12602), Hugging Face's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn
from torchvision.ops import StochasticDepth
from transformers import VideoMAEConfig, VideoMAEModel

from ...generator.base.errors import UserError
from .base import IMAGENET_MEAN, IMAGENET_STD, VideoModel, Wanted

_OLDER = ((".attention.q_bias", ".attention.query.bias"), (".attention.v_bias", ".attention.value.bias"))
"""Biases that transformers 4 kept beside the linear maps."""

_OWN_CODE = (
    ("encoder.blocks.", "blocks."),  # files of pretraining; those of fine-tuning lack the first word
    ("encoder.patch_embed.", "patch_embed."),
    ("patch_embed.proj.", "videomae.embeddings.patch_embeddings.projection."),
    ("blocks.", "videomae.encoder.layer."),
    (".norm1.", ".layernorm_before."),
    (".norm2.", ".layernorm_after."),
    (".attn.q_bias", ".attention.attention.query.bias"),
    (".attn.v_bias", ".attention.attention.value.bias"),
    (".attn.proj.", ".attention.output.dense."),
    (".mlp.fc1.", ".intermediate.dense."),
    (".mlp.fc2.", ".output.dense."),
)
"""Names in checkpoints of VideoMAE's repository (and of PPMA, which builds on it), and what Hugging Face calls the same."""


def _renamed(tensors: Mapping[str, Tensor], pairs: tuple[tuple[str, str], ...]) -> dict[str, Tensor]:
    found = {}
    for name, value in tensors.items():
        for old, new in pairs:
            name = name.replace(old, new)
        found[name] = value
    return found


def _of_own_code(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Hugging Face's names and layout; one matrix holds query, key and value there. The decoder of pretraining is left out."""
    found = {}
    kept = {name: value for name, value in tensors.items() if not name.startswith("decoder.")}
    for name, value in _renamed(kept, _OWN_CODE).items():
        if name.endswith(".attn.qkv.weight"):
            for part, matrix in zip(("query", "key", "value"), value.chunk(3), strict=True):
                found[name.replace(".attn.qkv.", f".attention.attention.{part}.")] = matrix
        else:
            found["classifier." + name.removeprefix("head.") if name.startswith("head.") else name] = value
    return found


class Videomae(VideoModel):
    """Joint attention over all tubes; the mean of the tokens, normalised, goes to the head."""

    library = (("trunk.", "videomae."), ("norm.", "fc_norm."), ("head.", "classifier."))

    def __init__(self, wanted: Wanted, name: str, config: Any) -> None:
        super().__init__()
        self.trunk: Any = VideoMAEModel(config)
        self.time_stride = config.tubelet_size
        depth = config.num_hidden_layers
        _set_drop_path(self.trunk.encoder.layer, wanted.drop_path)
        self.norm = nn.LayerNorm(config.hidden_size)
        self.layers = (("trunk.embeddings.",), *((f"trunk.encoder.layer.{k}.",) for k in range(depth)))
        spec = wanted.spec(name, config.num_frames, config.image_size, config.hidden_size, IMAGENET_MEAN, IMAGENET_STD)
        self.begin(spec, wanted.dropout)

    def library_config(self) -> dict[str, Any]:
        """As transformers.VideoMAEForVideoClassification wants it."""
        return {**self.trunk.config.to_dict(), "architectures": ["VideoMAEForVideoClassification"]}

    def from_library(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Also from files older than transformers 5 and from those of VideoMAE's and PPMA's own code."""
        own_code = any(".qkv.weight" in name for name in tensors)
        return super().from_library(_of_own_code(tensors) if own_code else _renamed(tensors, _OLDER))

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T / 2 * H / 16 * W / 16, D)."""
        self.expect(video)
        found: Tensor = self.trunk(video.transpose(1, 2)).last_hidden_state
        return found

    def features(self, video: Tensor) -> Tensor:
        """The mean of the tokens, normalised, (B, D)."""
        return self.tokens_and_features(video)[1]

    def tokens_and_features(self, video: Tensor) -> tuple[Tensor, Tensor]:
        """Both of one run of the trunk."""
        tokens = self.tokens(video)
        return tokens, self.norm(tokens.mean(1))


def _set_drop_path(layers: Any, last: float) -> None:
    """Hugging Face has none here, but its dropouts lie where a residual branch ends."""
    for k, layer in enumerate(layers):
        drop = last * k / max(len(layers) - 1, 1)
        layer.attention.output.dropout = StochasticDepth(drop, "row")
        layer.output.dropout = StochasticDepth(drop, "row")


def _make(
    wanted: Wanted, name: str, dim: int, depth: int, heads: int, patch_px: int, tube_frames: int, attention: str
) -> Videomae:
    size_px, frames = wanted.size_px or 224, wanted.frames or 16
    if size_px % patch_px or frames % tube_frames:
        raise UserError(
            f"{name} cuts clips into tubes of {tube_frames} frames x {patch_px} px, got data.frames={frames} and "
            f"data.size_px={size_px}: take multiples"
        )
    config = VideoMAEConfig(
        image_size=size_px,
        num_frames=frames,
        patch_size=patch_px,
        tubelet_size=tube_frames,
        hidden_size=dim,
        num_hidden_layers=depth,
        num_attention_heads=heads,
        intermediate_size=4 * dim,
    )
    config._attn_implementation = attention
    return Videomae(wanted, name, config)


def videomae_b(
    wanted: Wanted,
    dim: int = 768,
    depth: int = 12,
    heads: int = 12,
    patch_px: int = 16,
    tube_frames: int = 2,
    attention: str = "sdpa",
) -> Videomae:
    """180 GMAC for 16 frames of 224 px; positions are sines, so files of other sizes fit."""
    return _make(wanted, "videomae_b", dim, depth, heads, patch_px, tube_frames, attention)


def videomae_s(
    wanted: Wanted,
    dim: int = 384,
    depth: int = 12,
    heads: int = 6,
    patch_px: int = 16,
    tube_frames: int = 2,
    attention: str = "sdpa",
) -> Videomae:
    """57 GMAC for 16 frames of 224 px."""
    return _make(wanted, "videomae_s", dim, depth, heads, patch_px, tube_frames, attention)
