"""A body while it is solved: where its joints and frames are at each moment, and what a limb's target means in the world."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ..skeletons import SMPLX_PARENTS
from ..values import Array, Skeleton
from .dressed import landmark_over_clothes
from .rotations import BODY_AXES, unit
from .target import LimbTarget


@dataclass
class Posed:
    """One body in choreography axes, solved as far as its joints are in `rotations` (rest -> world) and `positions`.

    axes, origins: choreography frames by name, (T, 3, 3) with columns right, forward, up, and (T, 3). `standing`: how far each
    foot stands (T,); `wanted_ankle`: its ankle (T, 3) as its targets have it. `others`: the other performers by role, as they
    were last solved, in this one's axes.
    """

    skeleton: Skeleton
    others: dict[str, Posed] = field(default_factory=dict)
    rotations: dict[int, Array] = field(default_factory=dict)
    positions: dict[int, Array] = field(default_factory=dict)
    axes: dict[str, Array] = field(default_factory=dict)
    origins: dict[str, Array] = field(default_factory=dict)
    standing: dict[str, Array] = field(default_factory=dict)
    wanted_ankle: dict[str, Array] = field(default_factory=dict)

    def set(self, name: str, axes: Array, origin: Array) -> None:
        """Place a frame."""
        self.axes[name], self.origins[name] = axes, origin

    def landmark(self, name: str, over_clothes: bool = False) -> Array:
        """World positions (T, 3) of a landmark of a joint already solved: on the skin, or where others come to it."""
        mark = landmark_over_clothes(self.skeleton, name) if over_clothes else self.skeleton.landmarks[name]
        if mark.joint not in self.positions:
            raise KeyError(f"landmark {name}: joint {mark.joint} is not solved before the limb that wants it")
        return self.positions[mark.joint] + (self.rotations[mark.joint] @ np.asarray(mark.offset_m))

    def stacked(self) -> tuple[Array, Array]:
        """Rotations (T, 55, 3, 3) and positions (T, 55, 3) of a body that is solved."""
        order = range(len(SMPLX_PARENTS))
        return np.stack([self.rotations[j] for j in order], axis=1), np.stack([self.positions[j] for j in order], axis=1)

    def moved(self, T: Array) -> Posed:
        """This body in the axes to which T (4, 4) leads, without the others."""
        turn, shift = T[:3, :3], T[:3, 3]
        return Posed(
            skeleton=self.skeleton,
            rotations={joint: turn @ rotation for joint, rotation in self.rotations.items()},
            positions={joint: position @ turn.T + shift for joint, position in self.positions.items()},
            axes={name: turn @ axes for name, axes in self.axes.items()},
            origins={name: origin @ turn.T + shift for name, origin in self.origins.items()},
            standing=self.standing,
            wanted_ankle={side: ankle @ turn.T + shift for side, ankle in self.wanted_ankle.items()},
        )


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


def place(target: LimbTarget, side: str, posed: Posed, limb_length_m: float) -> Placed:
    """What a target written in body terms is in the world at each frame; on somebody else's body, in their axes."""
    role, frame = target.owner
    body = posed.others[role] if role else posed
    out_side = "right" if role else side
    root = {"shoulder": f"{side}_shoulder", "hip": f"{side}_hip"}.get(frame, frame)
    axes, origin = body.axes[root], body.origins[root]
    if target.landmark is not None:
        origin = body.landmark(target.landmark, over_clothes=bool(role))
    scale = limb_length_m if target.unit == "limb" else 1.0
    point = origin + axes @ (scale * limb_vector(target.at, out_side))

    def direction(vector: tuple[float, float, float] | None) -> Array | None:
        return None if vector is None else unit(axes @ limb_vector(vector, out_side))

    return Placed(point, direction(target.y_axis), direction(target.z_axis), direction(target.pole), target)


def choreo_axes(rotation: Array) -> Array:
    """Choreography axes (T, 3, 3) in the world, of a joint turned by `rotation` (rest axes -> world)."""
    return rotation @ BODY_AXES.T
