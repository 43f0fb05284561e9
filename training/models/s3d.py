"""S3D (arXiv 1712.04851), torchvision's."""

from __future__ import annotations

from torch import Tensor
from torchvision.models.video import s3d as torchvision_s3d

from ...generator.base.errors import UserError
from .base import KINETICS_MEAN, KINETICS_STD, VideoModel, Wanted

LEAST = "take 5 frames of 17 px or more"


class S3d(VideoModel):
    """Inception blocks with separated space and time."""

    time_stride = 8

    library = (("trunk.", "features."), ("head.", "classifier.1."))

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        wanted.without_drop_path("s3d")
        if 0 < wanted.frames < 5 or 0 < wanted.size_px < 17:
            raise UserError(
                f"s3d halves its input too often for data.frames={wanted.frames}, data.size_px={wanted.size_px}: {LEAST}"
            )
        self.trunk = torchvision_s3d().features
        self.layers = tuple((f"trunk.{k}.",) for k in range(len(self.trunk)) if list(self.trunk[k].parameters()))
        self.begin(wanted.spec("s3d", 16, 224, 1024, KINETICS_MEAN, KINETICS_STD), wanted.dropout)

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T / 8 * H / 32 * W / 32, 1024)."""
        found: Tensor = self.trunk(video).flatten(2).transpose(1, 2)
        return found

    def refit(self, name: str, value: Tensor, like: Tensor) -> Tensor:
        """The library's head is a 1 x 1 x 1 convolution."""
        return value.flatten(1) if name == "head.weight" else value


def s3d(wanted: Wanted) -> S3d:
    """18 GMAC for 16 frames of 224 px; takes any frames and size from 5 frames of 17 px on."""
    return S3d(wanted)
