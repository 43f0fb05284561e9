"""Video Swin-T (arXiv 2106.13230), torchvision's."""

from __future__ import annotations

from torch import Tensor, nn
from torchvision.models.video.swin_transformer import SwinTransformer3d

from .base import IMAGENET_MEAN, IMAGENET_STD, VideoModel, Wanted


class Swin(VideoModel):
    """Attention within windows of 8 x 7 x 7 tokens that shift from block to block."""

    time_stride = 2

    library = (("trunk.", ""), ("head.", "head."))

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.trunk = SwinTransformer3d(
            patch_size=[2, 4, 4],
            embed_dim=96,
            depths=[2, 2, 6, 2],
            num_heads=[3, 6, 12, 24],
            window_size=[8, 7, 7],
            stochastic_depth_prob=wanted.drop_path,
        )
        self.trunk.head = nn.Identity()
        parts: list[tuple[str, ...]] = [("trunk.patch_embed.",)]
        for k, part in enumerate(self.trunk.features):
            if isinstance(part, nn.Sequential):
                parts += [(f"trunk.features.{k}.{j}.",) for j in range(len(part))]
            else:  # merging of patches learns with the block before it
                parts[-1] = (*parts[-1], f"trunk.features.{k}.")
        self.layers = tuple(parts)
        self.begin(wanted.spec("swin3d_t", 16, 224, 768, IMAGENET_MEAN, IMAGENET_STD), wanted.dropout)

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T / 2 * H / 32 * W / 32, 768)."""
        x = self.trunk.pos_drop(self.trunk.patch_embed(video))
        found: Tensor = self.trunk.norm(self.trunk.features(x)).flatten(1, 3)
        return found


def swin3d_t(wanted: Wanted) -> Swin:
    """44 GMAC for 16 frames of 224 px; takes any frames and size."""
    return Swin(wanted)
