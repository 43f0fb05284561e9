"""Video models by name: one file per family, input layouts hidden."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_type_hints

from ...generator.base.errors import UserError, nearest
from ...generator.base.named import look_up
from ...generator.base.ranges import checked
from ..config import DataConfig, ModelConfig
from .base import ModelSpec, VideoModel, Wanted, drawn_from
from .io import load_model, save_model
from .weights import load_weights

__all__ = ["MODELS", "ModelSpec", "VideoModel", "build", "load_model", "load_weights", "save_model"]

MODELS: Mapping[str, str] = {
    "tiny": f"{__name__}.tiny:tiny",
    "tsn_r18": f"{__name__}.resnet:tsn_r18",
    "tsn_r50": f"{__name__}.resnet:tsn_r50",
    "tsm_r18": f"{__name__}.resnet:tsm_r18",
    "tsm_r50": f"{__name__}.resnet:tsm_r50",
    "i3d_r50": f"{__name__}.i3d:i3d_r50",
    "r2plus1d_18": f"{__name__}.r2plus1d:r2plus1d_18",
    "s3d": f"{__name__}.s3d:s3d",
    "mvit_v2_s": f"{__name__}.mvit:mvit_v2_s",
    "swin3d_t": f"{__name__}.swin:swin3d_t",
    "timesformer_b": f"{__name__}.timesformer:timesformer_b",
    "timesformer_s": f"{__name__}.timesformer:timesformer_s",
    "videomae_b": f"{__name__}.videomae:videomae_b",
    "videomae_s": f"{__name__}.videomae:videomae_s",
}
"""name -> "module:function", called as function(wanted: Wanted, **options) -> VideoModel; a dotted path that a person named is
a name, too."""


def build(
    config: ModelConfig, n_classes: int, data: DataConfig, seed: int = 0, classes: Sequence[str] | None = None
) -> VideoModel:
    """The model that `config` names, for `n_classes` and the frames and size of `data`; weights drawn from `seed`.

    With `config.weights` these are loaded, the head, too, where it has as many classes (and, if given, the same `classes`);
    `model.started_from` then says how many fitted. UserError for an unknown name or option, a
    value that an option does not take, or sizes that the model cannot take.
    """
    make = look_up("model", config.name, MODELS)
    if not (inspect.isfunction(make) or (inspect.isclass(make) and issubclass(make, VideoModel))):
        raise UserError(f"model '{config.name}' is of type {type(make).__name__}, not a function that makes a model: name one")
    known = [name for name in inspect.signature(make).parameters][1:]
    unknown = [name for name in config.options if name not in known]
    if unknown:
        raise UserError(
            f"model {config.name} has no option '{unknown[0]}': {nearest(unknown[0], known) if known else 'it has none'}"
        )
    hints = get_type_hints(make, include_extras=True)
    for name, value in config.options.items():
        checked(value, hints.get(name, Any), f"option '{name}' of model {config.name}")
    wanted = Wanted(n_classes, data.frames, data.size_px, config.dropout, config.drop_path)
    with drawn_from(seed):
        model: VideoModel = make(wanted, **config.options)
    if not isinstance(model, VideoModel):
        raise UserError(f"model '{config.name}' makes a {type(model).__name__}, not a VideoModel: name another function")
    model.config = dataclasses.replace(config, weights="")
    if config.weights:
        model.started_from = str(load_weights(model, Path(config.weights), classes))
    return model
