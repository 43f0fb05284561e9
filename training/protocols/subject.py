"""What is evaluated: a finished run, a model folder, weights from elsewhere, or a fresh model as the baseline."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import torch

from ...generator.base.errors import UserError, nearest
from ...generator.base.shown import readable
from ..config import DataConfig, ModelConfig, load_config
from ..data.shapes import CLASSES as SHAPE_CLASSES
from ..data.transforms import settled
from ..models import MODELS, build, load_model
from ..models.base import VideoModel
from ..models.described import described
from ..models.weights import find_file

SCRATCH, SHAPES = "scratch", "shapes"


@dataclass(frozen=True)
class Subject:
    """Weights, by where they come from. `config.weights` "" is scratch: another seed is then another model.

    `home`: the folder whose `eval/` holds the results. `data`: how clips were read when it was trained, frames and size
    spelled out. `classes`: what its head says, () for scratch. `pretraining`: the run's name, "scratch" or "shapes".
    """

    config: ModelConfig
    pretraining: str
    home: Path
    data: DataConfig = field(default_factory=DataConfig)
    classes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The architecture's name."""
        return self.config.name

    @property
    def as_baseline(self) -> str:
        """The folder below another subject's eval/ that holds this one's results."""
        return SCRATCH if self.is_scratch else self.home.resolve().name

    @property
    def is_scratch(self) -> bool:
        """There are no weights but the fresh ones."""
        return not self.config.weights

    @cached_property
    def weights_digest(self) -> str:
        """Of the architecture with its options, and of the bytes of the weights' file."""
        digest = hashlib.sha256(repr(replace(self.config, weights="")).encode())
        if not self.is_scratch:
            with find_file(Path(self.config.weights)).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()[:16]

    def model(self, n_classes: int, seed: int, data: DataConfig, dropout: float = 0.0, drop_path: float = 0.0) -> VideoModel:
        """The trunk with a fresh head for `n_classes`; all that is fresh is a function of the seed."""
        model = build(replace(self.config, dropout=dropout, drop_path=drop_path), n_classes, data, seed)
        model.reset_head(n_classes, seed)  # a head of as many other classes would have come along
        return model

    def whole(self) -> VideoModel:
        """The model with the head that it was trained with. UserError for scratch, whose head says nothing."""
        if self.is_scratch:
            raise UserError(f"{self.name} from scratch has no classes: choose another protocol than zeroshot")
        return load_model(Path(self.config.weights))

    def from_scratch(self) -> Subject:
        """The same architecture before any training."""
        home = self.home.parent / f"{SCRATCH}-{self.name}"
        return replace(self, config=replace(self.config, weights=""), pretraining=SCRATCH, home=home, classes=())


def open_subject(what: str, model_name: str = "") -> Subject:
    """The subject that a user names: a run's folder, a model's folder, "scratch:NAME", or a weights file of `model_name`.

    UserError for a path without weights, an unknown model, a damaged folder, and weights whose architecture nobody named.
    """
    kind, colon, name = what.partition(":")
    if colon and kind == SCRATCH:
        if name not in MODELS:
            raise UserError(f"unknown model '{name}': {nearest(name, MODELS)}")
        config = ModelConfig(name)
        return Subject(config, SCRATCH, Path(f"{SCRATCH}-{name}"), settled(DataConfig(), build(config, 1, DataConfig()).spec))
    file = find_file(Path(what))
    own = described(file.parent)
    if own is None:
        if not model_name:
            raise UserError(
                f"{what} does not say which model its weights belong to: add --with model.name=NAME (see `synapt models`)"
            )
        config = ModelConfig(model_name, weights=str(file))
        spec = build(replace(config, weights=""), 1, DataConfig()).spec
        return Subject(config, readable(file.stem), Path(file.stem), settled(DataConfig(), spec))
    config = replace(own.config, weights=str(file.parent), dropout=0.0, drop_path=0.0)
    run = file.parent.parent
    home = run if file.parent.name == "model" and (run / "config.toml").is_file() else file.parent
    data = load_config(str(home / "config.toml")).data if (home / "config.toml").is_file() else DataConfig()
    pretraining = SHAPES if set(own.classes) == set(SHAPE_CLASSES) else readable(home.resolve().name)
    return Subject(config, pretraining, home, settled(data, own.spec), own.classes)


def trunk_digest(model: VideoModel) -> str:
    """Sixteen hex digits over every parameter and buffer but the head's: names, shapes and bits."""
    head = {id(tensor) for tensor in (*model.head.parameters(), *model.head.buffers())}
    digest = hashlib.sha256()
    for name, tensor in (*model.named_parameters(), *model.named_buffers()):
        if id(tensor) not in head:
            whole = tensor.detach().cpu().contiguous()
            digest.update(f"{name} {tuple(whole.shape)} {whole.dtype}".encode())
            digest.update(whole.reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:16]
