"""What every video model offers, whatever library its trunk comes from."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class ModelSpec:
    """What a model wants to see and what it gives.

    `frames` and `size_px` are what it is built for (a convolutional net takes others); `feature_dim` D; `gmacs` and
    `parameters_m` as published or measured at that size with `n_classes` classes, for the table of models and its test.
    """

    name: str
    frames: int
    size_px: int
    feature_dim: int
    n_classes: int
    mean: tuple[float, float, float] = IMAGENET_MEAN
    std: tuple[float, float, float] = IMAGENET_STD


class VideoModel(nn.Module):
    """A trunk that maps clips to features and a linear head on it. Subclasses set `spec`, `head` and write `tokens`.

    Every model takes (B, 3, T, H, W), whatever order its library wants.
    """

    spec: ModelSpec
    head: nn.Module
    dropout: nn.Module

    def tokens(self, video: Tensor) -> Tensor:
        """Video (B, 3, T, H, W) to features (B, N, D) of N places in space and time, for attentive probes."""
        raise NotImplementedError

    def features(self, video: Tensor) -> Tensor:
        """One vector per clip, (B, D): the mean of the tokens unless the model has its own way."""
        return self.tokens(video).mean(1)

    def forward(self, video: Tensor) -> Tensor:
        """Logits (B, C)."""
        logits: Tensor = self.head(self.dropout(self.features(video)))
        return logits

    def reset_head(self, n_classes: int) -> None:
        """Put a fresh linear head for `n_classes` on the trunk."""
        raise NotImplementedError

    def depth_of(self, parameter: str) -> tuple[int, int]:
        """(layer, number of layers) of a parameter by name: 0 is the stem, the last the head; for layer-wise decay."""
        raise NotImplementedError
