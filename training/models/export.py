"""A model as one ONNX file for any number of clips, compared with torch before it is called finished."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import logging
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ...generator.base.reasons import reason_of
from ...generator.base.seeds import draws
from .base import VideoModel

TOLERANCE = 1e-3
"""Largest difference of a logit, in parts of the largest logit, that rounding is blamed for."""

_NEEDED = ("onnx", "onnxscript", "onnxruntime")


@dataclass(frozen=True)
class Exported:
    """The file, and by how much its logits differ at most from torch's, in parts of the largest one."""

    path: Path
    difference: float


def export_onnx(model: VideoModel, path: Path) -> Exported:
    """Write `model` as ONNX: input "video" (batch, 3, T, H, W) float32 normalised by its spec, output "logits" (batch, C).

    Frames and size are the spec's; the file carries spec and class names as metadata. It is run by onnxruntime on another
    number of clips than it was traced with, and is written only if that gives what torch gives. UserError where the packages
    of the extra `onnx` are missing, and for a model that cannot be expressed or comes out different.
    """
    lacking = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        raise UserError(f"ONNX export needs {', '.join(lacking)}: pip install -e '.[onnx]'")
    was_training, model = model.training, model.eval()
    try:
        with appearing(path) as made:
            made.touch()  # where nothing can be written, nothing needs to be traced
            _write(model, made)
            difference = _difference(model, made)
            if not difference <= TOLERANCE:
                raise UserError(
                    f"{model.spec.name} as ONNX differs from torch by {difference:.1e} of its logits: it is not written"
                )
    finally:
        model.train(was_training)
    return Exported(path, difference)


def _write(model: VideoModel, path: Path) -> None:
    import onnx

    clips = _clips(model, 2)
    said = io.StringIO()  # the exporter tells its steps on standard output
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(said), _quiet("torch.onnx", "onnxscript"):
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                model,
                (clips,),
                dynamo=True,
                input_names=["video"],
                output_names=["logits"],
                dynamic_shapes=({0: torch.export.Dim("batch", min=1)},),
            )
    except torch.onnx.errors.OnnxExporterError as error:
        raise UserError(f"{model.spec.name} cannot be written as ONNX ({reason_of(error)}): name another model") from error
    assert program is not None
    proto = program.model_proto
    spec = {"mean": model.spec.mean, "std": model.spec.std, "classes": model.classes}
    onnx.helper.set_model_props(proto, {"model": model.spec.name, **{k: json.dumps(v) for k, v in spec.items()}})
    if proto.ByteSize() >= 2**31:
        raise UserError(f"{model.spec.name} is larger than the 2 GB that an ONNX file can hold: export a smaller model")
    path.write_bytes(proto.SerializeToString())


def _difference(model: VideoModel, path: Path) -> float:
    import onnxruntime

    clips = _clips(model, 3)
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    (got,) = session.run(None, {"video": clips.cpu().numpy()})
    with torch.inference_mode():
        want = model(clips).float().cpu().numpy()
    return float(np.abs(got - want).max() / np.abs(want).max())


def _clips(model: VideoModel, n: int) -> torch.Tensor:
    """Noise of the size that the model wants."""
    spec = model.spec
    noise = draws("export", n).standard_normal((n, 3, spec.frames, spec.size_px, spec.size_px))
    return torch.from_numpy(noise.astype(np.float32)).to(next(model.parameters()).device)


@contextlib.contextmanager
def _quiet(*names: str):  # type: ignore[no-untyped-def]
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
