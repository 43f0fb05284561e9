"""Clips of a dataset as torch tensors, one at a time, for a DataLoader of the user's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.utils.data import Dataset

from ...generator.base.errors import UserError
from ...generator.base.seeds import draws
from ..config import DataConfig
from . import sampling
from .decode import decode, probe
from .transforms import test_crops, working_short_side

if TYPE_CHECKING:
    from .opened import DatasetClips


class ClipTensors(Dataset[tuple[Tensor, int]]):
    """See `DatasetClips.torch`."""

    def __init__(self, clips: DatasetClips, frames: int, size: int, transform: Callable[[Any], Any] | None, jitter: bool) -> None:
        if frames < 1 or size < 1:
            raise UserError(f"frames is {frames} and size {size}: both must be at least 1")
        self.clips, self.frames, self.size, self.transform, self.jitter = clips, frames, size, transform, jitter

    def __len__(self) -> int:
        return len(self.clips)

    def __getitem__(self, place: int) -> tuple[Any, int]:
        """(video (3, T, S, S) float32 in [0, 1], label). UserError for a video that is missing or broken."""
        clip = self.clips[place]
        rng = draws(int(torch.randint(2**62, ())), "jitter") if self.jitter else None
        numbers = sampling.segment(probe(clip.path).n_frames, self.frames, rng)
        pictures = decode(clip.path, numbers, working_short_side(self.size))
        video = test_crops(pictures, DataConfig(frames=self.frames, size_px=self.size, test_crops=1))[0].float() / 255.0
        return (self.transform(video) if self.transform else video), clip.label
