"""I3D ResNet-50 8x8 (arXiv 1705.07750, with the kernels of arXiv 1711.07971): torchvision's ResNet-50 inflated over time."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from .base import IMAGENET_MEAN, IMAGENET_STD, VideoModel, Wanted
from .resnet import blocks_of, layers_of, plain_resnet, residual

LONG = {"layer1": (0, 1, 2), "layer2": (0, 2), "layer3": (0, 2, 4), "layer4": (1,)}
"""Blocks whose first convolution spans three frames; all others see one."""


def deepened(conv: nn.Conv2d, frames: int) -> nn.Conv3d:
    """A 3-D convolution like this one that spans `frames`, freshly initialised as torchvision does it."""
    made = nn.Conv3d(
        conv.in_channels,
        conv.out_channels,
        (frames, conv.kernel_size[0], conv.kernel_size[1]),
        (1, conv.stride[0], conv.stride[1]),
        (frames // 2, int(conv.padding[0]), int(conv.padding[1])),
        bias=conv.bias is not None,
    )
    nn.init.kaiming_normal_(made.weight, mode="fan_out", nonlinearity="relu")
    return made


class I3d(VideoModel):
    """The stem spans five frames; after the first stage pairs of frames are pooled."""

    time_stride = 2

    library = (("trunk.", ""), ("head.", "fc."))

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        trunk = plain_resnet(50)
        for name, block in blocks_of(trunk):
            stage, _, k = name.partition(".")
            self._deepen(block, 3 if int(k) in LONG[stage] else 1)
        self._deepen(trunk, 5)
        trunk.maxpool = nn.MaxPool3d((1, 3, 3), (1, 2, 2), (0, 1, 1))
        self.trunk = trunk
        self.layers = layers_of(trunk)
        self.drop_path = wanted.drop_path
        self.begin(wanted.spec("i3d_r50", 8, 224, 2048, IMAGENET_MEAN, IMAGENET_STD), wanted.dropout)

    @staticmethod
    def _deepen(module: nn.Module, frames: int) -> None:
        """Make the layers of a block, or of the stem, 3-D; `frames` is the span of its first convolution."""
        for name, child in list(module.named_children()):
            if isinstance(child, nn.Conv2d):
                setattr(module, name, deepened(child, frames if name == "conv1" else 1))
            elif isinstance(child, nn.BatchNorm2d):
                setattr(module, name, nn.BatchNorm3d(child.num_features))
            elif name == "downsample":
                I3d._deepen(child, 1)

    def tokens(self, video: Tensor) -> Tensor:
        """(B, 3, T, H, W) to (B, T / 2 * H / 32 * W / 32, D)."""
        x = self.trunk.maxpool(self.trunk.relu(self.trunk.bn1(self.trunk.conv1(video))))
        blocks = list(blocks_of(self.trunk))
        for k, (name, block) in enumerate(blocks):
            if name == "layer2.0" and x.shape[2] > 1:
                x = functional.max_pool3d(x, (2, 1, 1), (2, 1, 1))
            x = residual(block, x, 0, len(video), self.drop_path * k / (len(blocks) - 1))
        return x.flatten(2).transpose(1, 2)

    def refit(self, name: str, value: Tensor, like: Tensor) -> Tensor:
        """Inflate a kernel of an image net: the same at every time, divided by their number, so a still video gives the same."""
        if value.ndim == 4 and like.ndim == 5:
            return value.unsqueeze(2).repeat(1, 1, like.shape[2], 1, 1) / like.shape[2]
        return value


def i3d_r50(wanted: Wanted) -> I3d:
    """28.4 GMAC for 8 frames of 224 px; takes any frames and size."""
    return I3d(wanted)
