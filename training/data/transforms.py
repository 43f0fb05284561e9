"""From frames to the clip that a model sees: crop, mirror, change colours; alike for all frames of one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor
from torchvision.transforms.v2 import functional as F

from ..config import AugmentConfig, DataConfig
from ..models.base import ModelSpec
from ..values import Array
from . import colour
from .extras import BOX, Window, follow

ROOM = 8 / 7
"""Frames are kept with a shorter side this much larger than the crop: 256 for 224, as usual."""


def settled(data: DataConfig, spec: ModelSpec) -> DataConfig:
    """`data` with the model's own frames and size where it says 0."""
    return replace(data, frames=data.frames or spec.frames, size_px=data.size_px or spec.size_px)


def working_short_side(size_px: int) -> int:
    """Shorter side in pixels at which frames are decoded for crops of `size_px`."""
    return math.ceil(size_px * ROOM)


@dataclass(frozen=True)
class TrainTransform:
    """What training does to one clip. `data` has its frames and size set; `directional` clips are never mirrored."""

    data: DataConfig
    augment: AugmentConfig
    directional: bool

    def __call__(
        self, frames: Array, rng: np.random.Generator, extras: Mapping[str, Array] | None = None
    ) -> tuple[Tensor, dict[str, Array]]:
        """Frames (T, H, W, 3) uint8 to a clip (3, T, S, S) uint8, and what the free labels say of the same window.

        A pure function of its arguments and the generator's state. With labels, no operation that moves pixels is used
        beside crop and mirror. The box round all who act, among the labels, is what person_crop crops round.
        """
        extras = dict(extras or {})
        augment = self.augment
        window = self.window(frames.shape[1], frames.shape[2], rng, extras.pop(BOX, None))
        video = look(frames, window, self.data.size_px)
        if augment.randaugment_n:
            video = colour.randaugment(
                video, augment.randaugment_n, augment.randaugment_m, augment.randaugment_p, rng, still=bool(extras)
            )
        if augment.jitter:
            video = colour.jitter(video, augment.jitter, rng)
        if rng.random() < augment.grey:
            video = colour.grey(video)
        if rng.random() < augment.blur:
            video = colour.blur(video, rng)
        if rng.random() < augment.erasing:
            video = colour.erase(video, rng)
        return video.transpose(0, 1), follow(extras, window, self.data.size_px)

    def window(self, height: int, width: int, rng: np.random.Generator, person: Array | None = None) -> Window:
        """A crop of random size, shape and place (Szegedy et al., arXiv 1409.4842), and whether it is mirrored.

        Where the `person`'s box (4,) is known, a share person_crop of the crops is of random size and place round it.
        """
        augment = self.augment
        if person is not None and rng.random() < augment.person_crop and not np.isnan(person).any():
            x, y, w, h = _box_round(
                person * np.array([width, height] * 2), height, width, augment.person_zoom, augment.crop_ratio, rng
            )
        else:
            x, y, w, h = _random_box(height, width, augment.crop_scale, augment.crop_ratio, rng)
        mirrored = self.augment.flip and not self.directional and bool(rng.random() < 0.5)
        return Window(x / width, y / height, (x + w) / width, (y + h) / height, mirrored)


def test_crops(frames: Array, data: DataConfig) -> Tensor:
    """Frames (T, H, W, 3) uint8 to (K, 3, T, S, S) uint8: the middle, or the beginning, middle and end of the longer side.

    The shorter side is the crop's, so three crops see (almost) everything.
    """
    height, width = frames.shape[1:3]
    short = min(height, width)
    places = [0.5] if data.test_crops == 1 else np.linspace(0.0, 1.0, data.test_crops).tolist()
    crops = []
    for place in places:
        x, y = place * (width - short), place * (height - short)
        window = Window(x / width, y / height, (x + short) / width, (y + short) / height)
        crops.append(look(frames, window, data.size_px).transpose(0, 1))
    return torch.stack(crops)


def look(frames: Array, window: Window, size_px: int) -> Tensor:
    """(T, 3, size_px, size_px) uint8: the window of frames (T, H, W, 3) uint8, resized with antialiasing."""
    height, width = frames.shape[1:3]
    x0, x1 = round(window.x0 * width), max(round(window.x1 * width), round(window.x0 * width) + 1)
    y0, y1 = round(window.y0 * height), max(round(window.y1 * height), round(window.y0 * height) + 1)
    cut = torch.from_numpy(frames[:, y0:y1, x0:x1]).permute(0, 3, 1, 2)
    seen = F.resize(cut, [size_px, size_px], antialias=True)
    return seen.flip(-1) if window.mirrored else seen


def _box_round(
    person: Array, height: int, width: int, zoom: Sequence[float], ratio: Sequence[float], rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """(x, y, width, height) in pixels of a window that holds all of the `person`'s box (4,) and stays in the picture."""
    x0, y0 = np.floor(person[:2]).astype(int).clip(0, [width - 1, height - 1]).tolist()
    x1, y1 = np.ceil(person[2:]).astype(int).clip([x0 + 1, y0 + 1], [width, height]).tolist()
    side = max(x1 - x0, y1 - y0) * rng.uniform(zoom[0], zoom[1])
    aspect = math.exp(rng.uniform(math.log(ratio[0]), math.log(ratio[1])))
    w = min(max(x1 - x0, round(side * math.sqrt(aspect))), width)
    h = min(max(y1 - y0, round(side / math.sqrt(aspect))), height)
    return _place(x0, x1, w, width, rng), _place(y0, y1, h, height, rng), w, h


def _place(low: int, high: int, length: int, whole: int, rng: np.random.Generator) -> int:
    """Where a stretch of `length` begins that holds low to high and lies within 0 to `whole`, by chance."""
    return int(rng.integers(max(0, high - length), min(low, whole - length) + 1))


def _random_box(
    height: int, width: int, scale: Sequence[float], ratio: Sequence[float], rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """(x, y, width, height) in pixels; after ten tries that do not fit, the largest middle box of an allowed shape."""
    for _ in range(10):
        area = height * width * rng.uniform(scale[0], scale[1])
        aspect = math.exp(rng.uniform(math.log(ratio[0]), math.log(ratio[1])))
        w, h = round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))
        if 0 < w <= width and 0 < h <= height:
            return int(rng.integers(width - w + 1)), int(rng.integers(height - h + 1)), w, h
    shape = min(max(width / height, ratio[0]), ratio[1])
    w, h = min(width, round(height * shape)), min(height, round(width / shape))
    return (width - w) // 2, (height - h) // 2, w, h
