"""Models of the table at sizes that run in no time."""

from synapt.training.config import DataConfig, ModelConfig
from synapt.training.models import build

SMALL = {"dim": 48, "depth": 2, "heads": 4}
"""Options of the transformers: narrow and shallow."""


def options_of(name):
    return dict(SMALL) if name.startswith(("timesformer", "videomae")) else {}


def small(name, n_classes=5, frames=8, size_px=32, seed=0, **config):
    """The model of this name for few small frames."""
    config.setdefault("options", options_of(name))
    return build(ModelConfig(name, **config), n_classes, DataConfig(frames=frames, size_px=size_px), seed)
