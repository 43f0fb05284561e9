"""What every video model offers, whatever library its trunk comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec
import torch
from torch import Tensor, nn

from ...generator.base.errors import UserError
from ...generator.base.ranges import MOST_SIZE_PX, Above, Number
from ..config import ModelConfig

Three = tuple[float, float, float]

Wide = Annotated[int, msgspec.Meta(ge=1, le=4096)]
Few = Annotated[int, msgspec.Meta(ge=1, le=64)]
"""Options of models: widths, and numbers of layers, heads and the like. A file that somebody wrote may ask for any."""

Layers = Annotated[int, msgspec.Meta(ge=0, le=64)]

Many = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]

IMAGENET_MEAN: Three = (0.485, 0.456, 0.406)
IMAGENET_STD: Three = (0.229, 0.224, 0.225)
GREY_MEAN: Three = (0.45, 0.45, 0.45)
GREY_STD: Three = (0.225, 0.225, 0.225)
KINETICS_MEAN: Three = (0.43216, 0.394666, 0.37645)
KINETICS_STD: Three = (0.22803, 0.22145, 0.216989)


@dataclass(frozen=True)
class ModelSpec:
    """What a model wants to see and what it gives.

    `frames` and `size_px` are what it is built for (a convolutional net takes others); `feature_dim` D. A clip in [0, 1] is
    normalised by `mean` and `std` of its three channels.
    """

    name: str
    frames: Annotated[int, msgspec.Meta(ge=1, le=4096)]
    size_px: Annotated[int, msgspec.Meta(ge=1, le=MOST_SIZE_PX)]
    feature_dim: Many
    n_classes: Many
    mean: tuple[Number, Number, Number] = IMAGENET_MEAN
    std: tuple[Above, Above, Above] = IMAGENET_STD


@dataclass(frozen=True)
class Wanted:
    """What is asked of every model alike. `frames`, `size_px` 0: its own.

    dropout: before the head; drop_path: of the deepest residual branch, growing from 0 at the first (arXiv 1603.09382).
    """

    n_classes: int
    frames: int = 0
    size_px: int = 0
    dropout: float = 0.0
    drop_path: float = 0.0

    def spec(self, name: str, frames: int, size_px: int, feature_dim: int, mean: Three, std: Three) -> ModelSpec:
        """The spec of a model whose own input is `frames` of `size_px`."""
        return ModelSpec(name, self.frames or frames, self.size_px or size_px, feature_dim, self.n_classes, mean, std)

    def without_drop_path(self, name: str) -> None:
        """Refuse a drop path where no residual branch could be dropped."""
        if self.drop_path:
            raise UserError(f"{name} has no drop path, got {self.drop_path}: set model.drop_path=0")


class VideoModel(nn.Module):
    """A trunk that maps clips to features and a linear head on it. Subclasses call `begin`, set `layers` and write `tokens`.

    Every model takes (B, 3, T, H, W), whatever order its library wants. `config` is what it was built from, `classes` are
    the names of its outputs once it was saved or loaded, and `started_from` says in words where its weights came from.
    `layers` holds, from the stem to the last layer, the beginnings of the names of its parameters.
    `time_stride`: frames of a clip to a step in time of its tokens.
    `library` pairs the beginning of a name here with that in files of the library that the trunk comes from.
    """

    spec: ModelSpec
    config: ModelConfig
    classes: tuple[str, ...] = ()
    started_from: str = "scratch"
    head: nn.Module
    dropout: nn.Module
    layers: tuple[tuple[str, ...], ...] = ()
    library: tuple[tuple[str, str], ...] = ()
    time_stride: int = 1

    def begin(self, spec: ModelSpec, dropout: float) -> None:
        """Set spec, config, dropout and a fresh head."""
        self.spec = spec
        self.config = ModelConfig(spec.name)
        self.dropout = nn.Dropout(dropout)
        self.head = fresh_head(spec.feature_dim, spec.n_classes)

    def tokens(self, video: Tensor) -> Tensor:
        """Video (B, 3, T, H, W) to features (B, N, D) of N places in space and time, for attentive probes."""
        raise NotImplementedError

    def features(self, video: Tensor) -> Tensor:
        """One vector per clip, (B, D): the mean of the tokens unless the model has its own way."""
        return self.tokens(video).mean(1)

    def tokens_and_features(self, video: Tensor) -> tuple[Tensor, Tensor]:
        """Both of one run of the trunk."""
        tokens = self.tokens(video)
        return tokens, tokens.mean(1)

    def laid_out(self, tokens: Tensor) -> Tensor:
        """Tokens (B, N, D) of square clips of spec.frames, each in its place, (B, D, times, rows, columns)."""
        times = -(-self.spec.frames // self.time_stride)
        side = round((tokens.shape[1] / times) ** 0.5)
        return tokens.transpose(1, 2).unflatten(2, (times, side, side))

    def forward(self, video: Tensor) -> Tensor:
        """Logits (B, C)."""
        logits: Tensor = self.head(self.dropout(self.features(video)))
        return logits

    def reset_head(self, n_classes: int, seed: int = 0) -> None:
        """Put a fresh linear head for `n_classes` on the trunk, where the old one was (device and type)."""
        old = next(self.head.parameters())
        with drawn_from(seed):
            head = fresh_head(self.spec.feature_dim, n_classes)
        self.head = head.to(old.device, old.dtype)
        self.spec = replace(self.spec, n_classes=n_classes)

    def depth_of(self, parameter: str) -> tuple[int, int]:
        """(layer, number of layers) of a parameter by name: 0 is the stem, the last the head; for layer-wise decay."""
        total = len(self.layers) + 1
        for depth, beginnings in enumerate(self.layers):
            if parameter.startswith(beginnings):
                return depth, total
        return total - 1, total

    def from_library(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Tensors of the library's model of this kind under the names that they have here."""
        pairs = sorted(self.library, key=lambda pair: -len(pair[1]))
        found = {}
        for name, value in tensors.items():
            here, there = next((pair for pair in pairs if name.startswith(pair[1])), ("", ""))
            found[here + name.removeprefix(there)] = value
        return found

    def to_library(self, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The way back."""
        found = {}
        for name, value in tensors.items():
            here, there = next((pair for pair in self.library if name.startswith(pair[0])), ("", ""))
            found[there + name.removeprefix(here)] = value
        return found

    def library_config(self) -> dict[str, Any] | None:
        """config.json by which Hugging Face's transformers reads a folder of this model; None for models that it lacks."""
        return None

    def refit(self, name: str, value: Tensor, like: Tensor) -> Tensor:
        """A tensor of a file in the shape of `like`, e.g. position embeddings of another size; as it is where it can't be."""
        return value

    def expect(self, video: Tensor) -> None:
        """Refuse clips of another size than the model is built for, where that matters."""
        want = (3, self.spec.frames, self.spec.size_px, self.spec.size_px)
        if tuple(video.shape[1:]) != want:
            got = f"{video.shape[2]} frames of {video.shape[4]} x {video.shape[3]}"
            raise UserError(
                f"{self.spec.name} was built for {want[1]} frames of {want[2]} x {want[2]}, got {got}: "
                "build it with that data.frames and data.size_px, or give it clips of its own size"
            )


def fresh_head(feature_dim: int, n_classes: int) -> nn.Linear:
    """A linear head with small weights, so that training starts near equal probabilities."""
    head = nn.Linear(feature_dim, n_classes)
    nn.init.normal_(head.weight, std=0.01)
    nn.init.zeros_(head.bias)
    return head


@contextmanager
def drawn_from(seed: int) -> Iterator[None]:
    """Torch's default CPU generator (the only one that initialisers know) starts from `seed` here and is put back after."""
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        yield


class ClassTokenModel(VideoModel):
    """A trunk whose first token stands for the whole clip."""

    def run(self, video: Tensor) -> Tensor:
        """Video (B, 3, T, H, W) to the class token and those of N places, (B, 1 + N, D)."""
        raise NotImplementedError

    def tokens(self, video: Tensor) -> Tensor:
        """Those of the places, (B, N, D)."""
        return self.run(video)[:, 1:]

    def features(self, video: Tensor) -> Tensor:
        """The class token, (B, D)."""
        return self.run(video)[:, 0]

    def tokens_and_features(self, video: Tensor) -> tuple[Tensor, Tensor]:
        """Both of one run of the trunk."""
        found = self.run(video)
        return found[:, 1:], found[:, 0]
