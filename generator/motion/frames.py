"""Where the body's frames are at each moment, and what a limb's target means in the world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..values import Array, Skeleton
from .rotations import BODY_AXES, unit
from .target import LimbTarget


@dataclass
class Frames:
    """Choreography frames in the world: name -> (axes (T, 3, 3), origin (T, 3)); axes' columns are right, forward, up."""

    skeleton: Skeleton
    axes: dict[str, Array]
    origins: dict[str, Array]

    def set(self, name: str, axes: Array, origin: Array) -> None:
        """Place a frame."""
        self.axes[name], self.origins[name] = axes, origin

    def landmark(self, name: str, rotations: dict[int, Array], positions: dict[int, Array]) -> Array:
        """World positions (T, 3) of a landmark of a joint already solved; rotations are rest axes -> world."""
        mark = self.skeleton.landmarks[name]
        if mark.joint not in positions:
            raise KeyError(f"landmark {name}: joint {mark.joint} is not solved before the limb that wants it")
        return positions[mark.joint] + (rotations[mark.joint] @ np.asarray(mark.offset_m))


def limb_vector(vector: tuple[float, float, float], side: str) -> Array:
    """(out, forward, up) of a limb to (right, forward, up)."""
    sign = 1.0 if side == "right" else -1.0
    return np.array([sign * vector[0], vector[1], vector[2]])


@dataclass(frozen=True)
class Placed:
    """A target in the world, per frame: point (T, 3), wanted y and z axes (T, 3) or None, pole (T, 3) or None."""

    point: Array
    y_axis: Array | None
    z_axis: Array | None
    pole: Array | None
    target: LimbTarget


def place(target: LimbTarget, side: str, frames: Frames, rotations: dict[int, Array], positions: dict[int, Array],
          limb_length_m: float) -> Placed:  # fmt: skip
    """What a target written in body terms is in the world at each frame."""
    root = {"shoulder": f"{side}_shoulder", "hip": f"{side}_hip"}.get(target.frame, target.frame)
    axes, origin = frames.axes[root], frames.origins[root]
    if target.landmark is not None:
        origin = frames.landmark(target.landmark, rotations, positions)
    scale = limb_length_m if target.unit == "limb" else 1.0
    point = origin + axes @ (scale * limb_vector(target.at, side))

    def direction(vector: tuple[float, float, float] | None) -> Array | None:
        return None if vector is None else unit(axes @ limb_vector(vector, side))

    return Placed(point, direction(target.y_axis), direction(target.z_axis), direction(target.pole), target)


def choreo_axes(rotation: Array) -> Array:
    """Choreography axes (T, 3, 3) in the world, of a joint turned by `rotation` (rest axes -> world)."""
    return rotation @ BODY_AXES.T
