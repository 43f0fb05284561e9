"""A model asked about frames in memory, as a test would see them: probabilities and features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch

from ..generator.base.errors import UserError
from ..generator.video.picture import shrunk
from .config import DataConfig, EngineConfig
from .data import sampling
from .data.transforms import settled, test_crops, working_short_side
from .engine.precision import autocast, channels_last, model_input
from .engine.predict import mean_over_views
from .models.base import VideoModel
from .models.described import described
from .models.weights import find_file
from .protocols.subject import Subject, open_subject
from .values import Array

AT_ONCE = 8
"""Clips that go through a model together."""


@dataclass
class Asked:
    """A model ready to be asked, and how it wants clips read. `name` and `digest` say whose weights it has."""

    name: str
    digest: str
    model: VideoModel
    data: DataConfig
    engine: EngineConfig
    home: Path

    @property
    def classes(self) -> tuple[str, ...]:
        """What its head tells apart."""
        return self.model.classes

    def probabilities(self, clips: Sequence[Array], fps: float) -> Array:
        """(N, C) float32 for N clips of frames (T, H, W, 3) uint8: softmax, averaged over the views of each."""
        return self._mean(clips, fps, lambda video: self.model(video).float().softmax(-1))

    def features(self, clips: Sequence[Array], fps: float) -> Array:
        """(N, D) float32: the trunk's features, averaged over the views of each."""
        return self._mean(clips, fps, lambda video: self.model.features(video).float())

    def _mean(self, clips: Sequence[Array], fps: float, answer) -> Array:  # type: ignore[no-untyped-def]
        device = next(self.model.parameters()).device
        last = channels_last(self.model)

        def answers() -> Iterator[tuple[Array, Array]]:
            for start in range(0, len(clips), AT_ONCE):
                views = [self._views(frames, fps) for frames in clips[start : start + AT_ONCE]]
                given = answer(model_input(torch.cat(views), self.model.spec, device, last)).cpu().numpy()
                yield np.repeat(start + np.arange(len(views)), [len(of_clip) for of_clip in views]), given

        with torch.inference_mode(), autocast(self.engine, device):
            return mean_over_views(answers(), len(clips))

    def _views(self, frames: Array, fps: float) -> torch.Tensor:
        """(views * crops, 3, T, S, S) uint8, as `data.loader` makes them of files."""
        data = self.data
        numbers = sampling.views(len(frames), data.frames, data.test_views, data.sampling, data.window_s * fps)
        short = working_short_side(data.size_px)
        return torch.cat([test_crops(_shrunk(frames[view], short), data) for view in numbers])


def open_asked(what: Path | str, needs_classes: bool = True) -> Asked:
    """The model of a run's or model's folder. UserError where there is none, or where nobody said what its outputs mean."""
    if (Path(what).is_file() or Path(what).is_dir()) and described(find_file(Path(what)).parent) is None:
        raise UserError(f"{what} does not say which model it holds: name the folder of a run, or of its model")
    subject: Subject = open_subject(str(what))
    if subject.is_scratch and needs_classes:
        raise UserError(f"{what} is untrained and has no answer: name a run or a model's folder")
    model = subject.model(1, 0, subject.data) if subject.is_scratch else subject.whole()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    data = replace(settled(subject.data, model.spec), test_views=1, test_crops=1)
    return Asked(subject.pretraining, subject.weights_digest, model.to(device).eval(), data, EngineConfig(), subject.home)


def even_side(size_px: int) -> int:
    """Pixels of square clips, even, that crops of `size_px` are cut from as they are from files."""
    side = working_short_side(size_px)
    return side + side % 2


def _shrunk(frames: Array, short_side_px: int) -> Array:
    """Frames of the size at which `decode` gives them for this shorter side."""
    height, width = frames.shape[1:3]
    size = shrunk(width, height, short_side_px)
    if size == (width, height):
        return frames
    return np.stack([cv2.resize(frame, size, interpolation=cv2.INTER_AREA) for frame in frames])
