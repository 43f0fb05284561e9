"""A trained model to be called: `load(folder)(video)` says what is done in a video."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..generator.base.errors import UserError
from ..generator.video.info import probe
from .asking import Asked, open_asked
from .data import sampling
from .data.decode import decode
from .data.transforms import working_short_side
from .values import Array

Video = str | Path | Array
"""The path of a video, or its frames (T, H, W, 3) uint8 sRGB."""

_NAMED = 5
"""So many classes are named where a model is printed."""


def load(folder: str | Path) -> Recogniser:
    """The model of a model's folder or of a run, on the graphics card where there is one. UserError where there is none."""
    return Recogniser(open_asked(folder))


@dataclass(frozen=True)
class Recogniser:
    """Classes with their probabilities, or features, of videos; frames are chosen and cropped as in the model's tests.

    `fps` is the rate of frames given as arrays; files know theirs.
    """

    asked: Asked

    def __repr__(self) -> str:
        spec, classes = self.asked.model.spec, self.classes
        more = f", ... ({len(classes)} classes)" if len(classes) > _NAMED else ""
        told = ", ".join(classes[:_NAMED]) + more or "no classes: features only"
        return f"<synapt model {self.asked.name}: {spec.name}, {spec.frames} frames of {spec.size_px} px; {told}>"

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of what it tells apart."""
        return self.asked.classes

    def __call__(self, video: Video | Sequence[Video], fps: float = 25.0) -> dict[str, float] | list[dict[str, float]]:
        """Class names with probabilities, the most likely first; a list of them for a list of videos.

        UserError for a video that cannot be read, and for a model whose head was never trained.
        """
        if not self.classes:
            raise UserError("this model was trained without classes: use .features, or train a head on it (`synapt evaluate`)")
        found = [self._ranked(self.asked.probabilities([frames], rate)[0]) for frames, rate in self._clips(video, fps)]
        return found if _many(video) else found[0]

    def features(self, video: Video | Sequence[Video], fps: float = 25.0) -> Array:
        """The trunk's features, (D,) float32; (N, D) for a list of videos."""
        found = [self.asked.features([frames], rate)[0] for frames, rate in self._clips(video, fps)]
        return np.stack(found) if _many(video) else found[0]

    def _ranked(self, probability: Array) -> dict[str, float]:
        return {self.classes[k]: float(probability[k]) for k in np.argsort(-probability, kind="stable")}

    def _clips(self, video: Video | Sequence[Video], fps: float) -> list[tuple[Array, float]]:
        """Frames with their rate; of a file only those that will be looked at, so at an endless rate all of them are."""
        videos: Any = video if _many(video) else [video]
        for v in videos:
            if not isinstance(v, str | Path | np.ndarray):
                raise UserError(f"got {_short(v)} for a video: wanted a path, frames (T, H, W, 3) of uint8, or a list of these")
        return [(_checked(v), fps) if isinstance(v, np.ndarray) else (self._read(Path(v)), math.inf) for v in videos]

    def _read(self, path: Path) -> Array:
        data, info = self.asked.data, probe(path)
        numbers = sampling.views(info.n_frames, data.frames, 1, data.sampling, data.window_s * info.fps)[0]
        return decode(path, numbers, working_short_side(data.size_px))


def _many(video: object) -> bool:
    return isinstance(video, list | tuple)


def _short(value: object) -> str:
    text = repr(value)
    return f"{text[:40]}{'...' * (len(text) > 40)} ({type(value).__name__})"


def _checked(frames: Array) -> Array:
    if frames.dtype != np.uint8 or frames.ndim != 4 or frames.shape[-1] != 3 or not frames.size:
        raise UserError(f"frames must be (T, H, W, 3) of uint8, got {frames.shape} of {frames.dtype}")
    return frames
