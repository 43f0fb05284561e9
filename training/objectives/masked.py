"""Masked autoencoding (VideoMAE, arXiv 2203.12602): see a tenth of a clip's tubes, make up the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import VideoMAEConfig, VideoMAEForPreTraining

from ...generator.base.errors import UserError
from ..config import TrainConfig
from ..models.base import VideoModel, drawn_from
from ..models.videomae import Videomae
from ..values import Batch
from . import Objective
from .masks import Grid, human_mask, tube_mask

DECODER_LAYERS = 4


class Masked(Objective):
    """The model's trunk as encoder of the tubes that are seen, and a shallow decoder half as wide, as published for S and B.

    The encoder ends in a norm of its own that serves here alone: a classifier has one after averaging.
    """

    places: Tensor
    mean: Tensor
    std: Tensor
    model: Videomae

    def __init__(self, model: VideoModel, config: TrainConfig, classes: Sequence[Sequence[str]]) -> None:
        super().__init__(model, config, classes)
        if not isinstance(model, Videomae):
            raise UserError(f"masked learning takes videomae_b or videomae_s, got {model.spec.name}: set model.name")
        goal = config.objective
        shares = (goal.mask_share, goal.body_share, goal.background_share, goal.joint_share)
        if not all(0 <= share <= 1 for share in shares) or not 0 < goal.mask_share < 1:
            raise UserError(f"shares of what is hidden lie between 0 and 1, got {shares}: correct [objective]")
        if goal.auxiliary:
            raise UserError(f"masked learning has no auxiliary labels ({', '.join(goal.auxiliary)}): drop objective.auxiliary")
        if goal.mask == "human":
            self.extras, self.extras_of_all = ("person", "joints"), True
        encoder = model.trunk.config
        self.tube = (encoder.tubelet_size, encoder.patch_size, encoder.patch_size)
        frames, size_px = model.spec.frames, model.spec.size_px
        self.grid: Grid = (frames // self.tube[0], size_px // self.tube[1], size_px // self.tube[2])
        if int(goal.mask_share * self.grid[1] * self.grid[2]) == 0:
            raise UserError(f"mask_share={goal.mask_share} hides none of {self.grid[1]} x {self.grid[2]} patches: raise it")
        with drawn_from(config.seed):
            made = _decoder(encoder)
        self.bridge = nn.Sequential(nn.LayerNorm(encoder.hidden_size), made.encoder_to_decoder)
        self.mask_token, self.decoder = made.mask_token, made.decoder
        self.register_buffer("places", made.position_embeddings, persistent=False)
        self.register_buffer("mean", torch.tensor(model.spec.mean).view(3, 1, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(model.spec.std).view(3, 1, 1, 1), persistent=False)

    def loss(self, batch: Batch, rng: np.random.Generator) -> tuple[Tensor, dict[str, Tensor | float]]:
        """Mean squared error of the hidden tubes' pixels, each tube of a colour brought to mean 0 and deviation 1."""
        video = batch.video
        hidden = torch.from_numpy(self.mask(batch, rng)).to(video.device)
        target = patches(video * self.std + self.mean, self.tube)[hidden].unflatten(0, (len(video), -1))
        found = self.reconstruct(video, hidden)
        return functional.mse_loss(found.float(), target), {}

    def mask(self, batch: Batch, rng: np.random.Generator) -> Any:
        """(B, N) bool array, True where hidden; equally many of each clip."""
        goal = self.config.objective
        if goal.mask == "tube":
            return tube_mask(self.grid, goal.mask_share, len(batch.video), rng)
        person = functional.interpolate(batch.extras["person"][:, None].float(), size=self.grid, mode="area")[:, 0]
        body, joints = (person > 0).cpu().numpy(), batch.extras["joints"].float().cpu().numpy()
        return human_mask(body, joints, self.grid, goal.mask_share, goal.body_share, goal.background_share, goal.joint_share, rng)

    def reconstruct(self, video: Tensor, hidden: Tensor) -> Tensor:
        """Pixels of the hidden tubes in order, (B, n, tube * 3), from the others."""
        clips = len(video)
        seen = self.model.trunk(video.transpose(1, 2), bool_masked_pos=hidden).last_hidden_state
        places = self.places.expand(clips, -1, -1)
        known = self.bridge(seen) + places[~hidden].unflatten(0, (clips, -1))
        asked = self.mask_token + places[hidden].unflatten(0, (clips, -1))
        found: Tensor = self.decoder(torch.cat((known, asked), 1), asked.shape[1]).logits
        return found

    def compile_parts(self) -> None:
        """The stacks of layers: which tubes enter them changes, how many does not."""
        self.model.trunk.encoder.compile()
        self.decoder.compile()


def patches(video: Tensor, tube: tuple[int, int, int]) -> Tensor:
    """(B, 3, T, H, W) cut into tubes (B, N, pixels * 3), every tube's colour brought to mean 0 and deviation 1."""
    b, _, t, h, w = video.shape
    cut = video.reshape(b, 3, t // tube[0], tube[0], h // tube[1], tube[1], w // tube[2], tube[2])
    cut = cut.permute(0, 2, 4, 6, 3, 5, 7, 1).flatten(4, 6).flatten(1, 3)
    cut = (cut - cut.mean(-2, keepdim=True)) / (cut.var(-2, keepdim=True).sqrt() + 1e-6)
    return cut.flatten(2)


def _decoder(encoder: Any) -> Any:
    """Hugging Face's, with an encoder of no layers, of which nothing is used."""
    config = VideoMAEConfig(**{**encoder.to_dict(), "num_hidden_layers": 0})
    config.decoder_hidden_size = encoder.hidden_size // 2
    config.decoder_intermediate_size = encoder.hidden_size * 2
    config.decoder_num_attention_heads = max(1, encoder.num_attention_heads // 2)
    config.decoder_num_hidden_layers = DECODER_LAYERS
    return VideoMAEForPreTraining(config)
