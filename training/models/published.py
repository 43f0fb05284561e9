"""What is published about each architecture: its size and cost, for the table of models and the test that counts them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """Parameters in millions, and GMACs (papers write GFLOPs) of one clip of `frames` of `size_px`, with `n_classes` classes."""

    frames: int
    size_px: int
    n_classes: int
    parameters_m: float
    gmacs: float
    source: str


_RESNET = "torchvision's ResNet, 8 frames"
_OURS = "counted; no paper"

PUBLISHED: Mapping[str, Published] = {
    "tiny": Published(8, 64, 150, 0.194, 0.0665, _OURS),
    "tsn_r18": Published(8, 224, 1000, 11.690, 14.51, _RESNET),
    "tsn_r50": Published(8, 224, 1000, 25.557, 32.71, _RESNET),
    "tsm_r18": Published(8, 224, 1000, 11.690, 14.51, _RESNET),
    "tsm_r50": Published(8, 224, 400, 24.3, 33.0, "arXiv 1811.08383"),
    "i3d_r50": Published(8, 256, 400, 28.04, 37.53, "PyTorchVideo's model zoo"),
    "r2plus1d_18": Published(16, 112, 400, 31.505, 40.519, "torchvision"),
    "s3d": Published(16, 224, 400, 8.320, 17.979, "torchvision"),
    "mvit_v2_s": Published(16, 224, 400, 34.538, 64.224, "torchvision"),
    "swin3d_t": Published(16, 224, 400, 28.158, 43.882, "torchvision"),
    "timesformer_b": Published(8, 224, 400, 121.4, 196.7, "arXiv 2102.05095 (0.59 TFLOPs for 3 crops)"),
    "timesformer_s": Published(8, 224, 400, 30.7, 50.7, _OURS),
    "videomae_b": Published(16, 224, 400, 87.0, 180.0, "arXiv 2203.12602"),
    "videomae_s": Published(16, 224, 400, 22.0, 57.0, "arXiv 2203.12602"),
}
