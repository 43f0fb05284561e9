"""Changes of colour and shape for (T, 3, H, W) uint8 clips, the same for every frame, drawn from a given generator."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import torch
from torch import Tensor
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import functional as F

Op = Callable[[Tensor, float], Tensor]
STRONGEST = 10
"""Magnitudes go from 0 to this, as in the RandAugment paper and its followers."""


def jitter(video: Tensor, strength: float, rng: np.random.Generator) -> Tensor:
    """Brightness, contrast and saturation by factors in 1 +- strength, hue by a quarter of it, in random order."""
    low, high = max(0.0, 1.0 - strength), 1.0 + strength
    factors = rng.uniform(low, high, 3)
    turn = rng.uniform(-1, 1) * min(0.5, strength / 4)
    steps: list[Callable[[Tensor], Tensor]] = [
        lambda x: F.adjust_brightness(x, factors[0]),
        lambda x: F.adjust_contrast(x, factors[1]),
        lambda x: F.adjust_saturation(x, factors[2]),
        lambda x: turn_hue(x, 2 * math.pi * turn),
    ]
    for k in rng.permutation(len(steps)):
        video = steps[k](video)
    return video


def turn_hue(video: Tensor, angle_rad: float) -> Tensor:
    """Colours turned around the axis of greys (Rodrigues' formula): one matrix, much quicker than by way of HSV."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad) / math.sqrt(3)
    axis = torch.full((3, 3), (1 - cosine) / 3)
    across = torch.tensor([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]])
    matrix = axis + cosine * torch.eye(3) + sine * across
    turned = torch.matmul(matrix, video.flatten(2).float()).round_().clamp_(0, 255)
    return turned.to(torch.uint8).view(video.shape)


def grey(video: Tensor) -> Tensor:
    """All colour taken out, three channels left."""
    return F.rgb_to_grayscale(video, num_output_channels=3)


def blur(video: Tensor, rng: np.random.Generator) -> Tensor:
    """Gaussian, sigma 0.1 to 2 pixels for a picture of 224, in proportion for others."""
    size = min(video.shape[-2:])
    sigma = rng.uniform(0.1, 2.0) * size / 224
    kernel = 2 * math.ceil(2 * sigma) + 1
    return F.gaussian_blur(video, [kernel, kernel], [sigma, sigma]) if kernel > 1 else video


def randaugment(video: Tensor, n: int, magnitude: int, share: float, rng: np.random.Generator, still: bool = False) -> Tensor:
    """RandAugment (Cubuk et al., arXiv 1909.13719): n random operations, each done with probability `share`.

    `still` leaves out those that move pixels, for clips whose labels say where things are.
    """
    names = sorted(COLOUR if still else OPS)
    for _ in range(n):
        name = names[rng.integers(len(names))]
        sign = 1.0 if rng.random() < 0.5 else -1.0
        if rng.random() < share:
            video = OPS[name](video, sign * magnitude / STRONGEST)
    return video


def _affine(video: Tensor, angle: float = 0.0, x: float = 0.0, y: float = 0.0, shear: tuple[float, float] = (0.0, 0.0)) -> Tensor:
    return F.affine(
        video, angle, [round(x), round(y)], 1.0, [math.degrees(math.atan(s)) for s in shear], InterpolationMode.BILINEAR,
        fill=[124.0, 116.0, 104.0],  # ImageNet's mean, as in the paper's code
    )  # fmt: skip


COLOUR: Mapping[str, Op] = {
    "autocontrast": lambda v, s: _whole(F.autocontrast, v),
    "brightness": lambda v, s: F.adjust_brightness(v, 1 + 0.9 * s),
    "colour": lambda v, s: F.adjust_saturation(v, 1 + 0.9 * s),
    "contrast": lambda v, s: F.adjust_contrast(v, 1 + 0.9 * s),
    "equalize": lambda v, s: _whole(F.equalize, v),
    "posterize": lambda v, s: F.posterize(v, 8 - round(4 * abs(s))),
    "sharpness": lambda v, s: F.adjust_sharpness(v, 1 + 0.9 * s),
    "solarize": lambda v, s: F.solarize(v, 255 * (1 - abs(s))),
}
"""name -> (video, strength in [-1, 1]) -> video; ranges of the paper's code."""

OPS: Mapping[str, Op] = {
    **COLOUR,
    "rotate": lambda v, s: _affine(v, angle=30 * s),
    "shear_x": lambda v, s: _affine(v, shear=(0.3 * s, 0.0)),
    "shear_y": lambda v, s: _affine(v, shear=(0.0, 0.3 * s)),
    "translate_x": lambda v, s: _affine(v, x=0.45 * s * v.shape[-1]),
    "translate_y": lambda v, s: _affine(v, y=0.45 * s * v.shape[-2]),
}


def _whole(function: Callable[[Tensor], Tensor], video: Tensor) -> Tensor:
    """Apply what looks at a picture's histogram to the clip as one tall picture, so that it does not flicker."""
    frames, channels, height, width = video.shape
    tall = video.permute(1, 0, 2, 3).reshape(channels, frames * height, width)
    return function(tall).reshape(channels, frames, height, width).permute(1, 0, 2, 3)


def erase(video: Tensor, rng: np.random.Generator) -> Tensor:
    """Random bytes over a box of (T, 3, H, W) uint8, 2 to 33 % of it, alike in all frames (Zhong et al., arXiv 1708.04896)."""
    height, width = video.shape[-2:]
    for _ in range(10):
        area = rng.uniform(0.02, 1 / 3) * height * width
        aspect = math.exp(rng.uniform(math.log(0.3), math.log(1 / 0.3)))
        h, w = round(math.sqrt(area * aspect)), round(math.sqrt(area / aspect))
        if 0 < h < height and 0 < w < width:
            y, x = rng.integers(height - h + 1), rng.integers(width - w + 1)
            noise = rng.integers(256, size=(*video.shape[:2], h, w), dtype=np.uint8)
            out = video.clone()
            out[:, :, y : y + h, x : x + w] = torch.from_numpy(noise)
            return out
    return video
