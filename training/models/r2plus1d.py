"""R(2+1)D-18 (arXiv 1711.11248), torchvision's."""

from __future__ import annotations

from torch import Tensor, nn
from torchvision.models.video import r2plus1d_18 as trunk_18

from .base import KINETICS_MEAN, KINETICS_STD, VideoModel, Wanted


class R2plus1d(VideoModel):
    """Every 3-D convolution split into one over space and one over time."""

    time_stride = 8

    library = (("trunk.", ""), ("head.", "fc."))

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        wanted.without_drop_path("r2plus1d_18")
        self.trunk = trunk_18()
        self.trunk.fc = nn.Identity()
        blocks = ((f"trunk.layer{stage}.{k}.",) for stage in (1, 2, 3, 4) for k in (0, 1))
        self.layers = (("trunk.stem.",), *blocks)
        self.begin(wanted.spec("r2plus1d_18", 16, 112, 512, KINETICS_MEAN, KINETICS_STD), wanted.dropout)

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T / 8 * H / 16 * W / 16, 512)."""
        x = self.trunk.stem(video)
        for stage in (self.trunk.layer1, self.trunk.layer2, self.trunk.layer3, self.trunk.layer4):
            x = stage(x)
        found: Tensor = x.flatten(2).transpose(1, 2)
        return found


def r2plus1d_18(wanted: Wanted) -> R2plus1d:
    """40.5 GMAC for 16 frames of 112 px; takes any frames and size."""
    return R2plus1d(wanted)
