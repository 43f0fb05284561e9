"""A hand or foot of a score: its movements from target to target, and the shapes of its fingers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ..values import Array
from .fingers import SHAPES
from .proportions import Proportions
from .target import OF_THINGS, PARTNER, LimbTarget, Vector
from .timing import Channel, Move
from .written import one_of

if TYPE_CHECKING:
    from ..props.table import Prop

BEFORE_S = -99.0
"""When a fresh limb's own pose was taken up: long before anything that a choreography writes."""


@dataclass
class Limb:
    """A hand or foot: a list of movements to targets; each later target takes over from what was before."""

    side: str
    kind: str
    moves: list[tuple[Move, LimbTarget]] = field(default_factory=list)
    others: tuple[str, ...] = ()
    things: Mapping[str, Prop] = field(default_factory=dict)

    def to(self, end_s: float, duration_s: float, target: LimbTarget, ease: str = "smooth") -> None:
        """Arrive at a target at `end_s` after a movement of `duration_s`."""
        self.moves.append((Move(end_s, duration_s, ease), known(target, self.others, self.things)))

    def again(self, end_s: float, duration_s: float, ease: str = "smooth", **changes: object) -> None:
        """Arrive at the last target written, with some of its fields changed."""
        self.to(end_s, duration_s, replace(self.moves[-1][1], **changes), ease)  # type: ignore[arg-type]

    def sorted_moves(self) -> list[tuple[Move, LimbTarget]]:
        """Movements by arrival."""
        return sorted(self.moves, key=lambda entry: entry[0].end_s)


def known(target: LimbTarget, others: tuple[str, ...], things: Mapping[str, Prop]) -> LimbTarget:
    """A target with the role of whoever is called the partner; ValueError for one that isn't there, thing or frame."""
    if target.frame.startswith(OF_THINGS):
        _, name, *frames = target.frame.split(":")
        one_of("thing", name, things)
        for frame in frames:
            one_of(f"frame of '{name}'", frame, things[name].frames)
    role, frame = target.owner
    if not role:
        return target
    one_of("performer", role, (*others, PARTNER) if len(others) == 1 else others)
    return replace(target, frame=f"{others[0] if role == PARTNER else role}:{frame}")


class Hand(Limb):
    """A hand, its fingers and what it holds."""

    def __init__(self, side: str, others: tuple[str, ...], things: Mapping[str, Prop]) -> None:
        super().__init__(side, "hand", others=others, things=things)
        self.shapes: list[tuple[Move, Array]] = []
        self.rest(BEFORE_S, 0.0)
        self.fingers(BEFORE_S, 0.0, "relaxed")

    def reach(self, end_s: float, duration_s: float, at: Vector, ease: str = "smooth", *, palm: Vector | None = None,
              fingers: Vector | None = None, elbow: Vector | None = None, effector: str = "palm") -> None:  # fmt: skip
        """Palm to a point given from the shoulder in arm lengths: (0, 1, 0) is straight ahead at full stretch."""
        self.to(end_s, duration_s, LimbTarget("shoulder", at, "limb", None, fingers, palm, effector, None, elbow), ease)

    def go(self, end_s: float, duration_s: float, frame: str, at: Vector, ease: str = "smooth", *,
           palm: Vector | None = None, fingers: Vector | None = None, elbow: Vector | None = None,
           effector: str = "palm", stretch: float = 1.0) -> None:  # fmt: skip
        """Effector to a point of a frame, in metres; with the arm no straighter than `stretch` says."""
        self.to(end_s, duration_s, LimbTarget(frame, at, "m", None, fingers, palm, effector, None, elbow, stretch), ease)

    def touch(self, end_s: float, duration_s: float, landmark: str, offset: Vector = (0.0, 0.0, 0.0), frame: str = "head",
              ease: str = "smooth", *, palm: Vector | None = None, fingers: Vector | None = None,
              elbow: Vector | None = None, effector: str = "palm") -> None:  # fmt: skip
        """Effector to a named point of the body's own skin, plus an offset in metres along `frame`'s axes."""
        self.to(end_s, duration_s, LimbTarget(frame, offset, "m", landmark, fingers, palm, effector, None, elbow), ease)

    def bring(self, end_s: float, duration_s: float, prop: str, prop_frame: str, landmark: str | None, *, frame: str = "head",
              at: Vector = (0.0, 0.0, 0.0), y_axis: Vector, z_axis: Vector, elbow: Vector | None = None,
              ease: str = "smooth") -> None:  # fmt: skip
        """Bring a held prop's frame (a cup's rim) to a point, turned so that its y and z axes lie as given."""
        self.to(end_s, duration_s, LimbTarget(frame, at, "m", landmark, y_axis, z_axis, "palm", (prop, prop_frame), elbow), ease)

    def rest(self, end_s: float, duration_s: float, ease: str = "smooth") -> None:
        """Let the arm hang at the side."""
        self.to(end_s, duration_s, LimbTarget("shoulder", (0.0, 0.0, -1.0), "rest"), ease)

    def fingers(self, end_s: float, duration_s: float, shape: str, ease: str = "smooth") -> None:
        """Shape the hand: a name of `fingers.SHAPES`."""
        one_of("shape of the hand", shape, SHAPES)
        self.shapes.append((Move(end_s, duration_s, ease), SHAPES[shape]))

    def shaped(self, times: Array) -> Array:
        """How far (T,) the fingers are shaped by what is written, rather than as they were at first."""
        shaped = np.zeros(len(times))
        for move, _ in self.shapes:
            if move.end_s > BEFORE_S:
                shaped += (1.0 - shaped) * move.weight(times)
        return shaped

    def flexion(self, times: Array) -> Array:
        """Bend (T, 15) of the finger joints, radians, in the order of `fingers.SHAPES`."""
        flexion = np.zeros((len(times), 15))
        for move, shape in sorted(self.shapes, key=lambda entry: entry[0].end_s):
            flexion += (shape - flexion) * move.weight(times)[:, None]
        return flexion


class Foot(Limb):
    """A foot; `heel` raises the heel about the ball (negative: the toes about the heel), in radians."""

    def __init__(self, side: str, stance: Proportions, others: tuple[str, ...], things: Mapping[str, Prop]) -> None:
        super().__init__(side, "foot", others=others, things=things)
        self.pivot_m = stance.pivot_m
        self.heel = Channel()
        self.lift = Channel()
        self.place(BEFORE_S, 0.0, (stance.stance_out_m, 0.0), toe_out_rad=0.12)

    def place(self, end_s: float, duration_s: float, at: tuple[float, float], *, toe_out_rad: float = 0.12, height_m: float = 0.0,
              frame: str = "world", knee: Vector | None = None, ease: str = "smooth") -> None:  # fmt: skip
        """Sole (the point under the ankle) flat at (out, forward) on the floor of `frame`, or `height_m` above it."""
        toes = (float(np.sin(toe_out_rad)), float(np.cos(toe_out_rad)), 0.0)
        self.to(end_s, duration_s, LimbTarget(frame, (*at, height_m), "m", None, toes, (0.0, 0.0, 1.0), "sole", None, knee), ease)

    def step(self, end_s: float, duration_s: float, at: tuple[float, float], *, toe_out_rad: float = 0.12, lift_m: float = 0.08,
             ease: str = "smooth", knee: Vector | None = None) -> None:  # fmt: skip
        """Lift the foot and set it down at (out, forward) of the world."""
        self.place(end_s, duration_s, at, toe_out_rad=toe_out_rad, ease=ease, knee=knee)
        move = Move(end_s, duration_s, "linear")
        self.lift.add(lambda times: lift_m * _bump(move.weight(times)))

    def pivot(self, end_s: float, duration_s: float, toe_out_rad: float, *, ease: str = "smooth",
              knee: Vector | None = None) -> None:  # fmt: skip
        """Turn on the ball, which stays where it is, until the toes point `toe_out_rad` outward; the foot stands already."""
        last = self.moves[-1][1]
        if last.effector not in ("sole", "ball") or last.y_axis is None:
            raise ValueError("a foot pivots where it stands: place it first")
        out, ahead = self.pivot_m if last.effector == "sole" else (0.0, 0.0)
        x, y, _ = last.y_axis
        ball = (last.at[0] + out * y + ahead * x, last.at[1] - out * x + ahead * y, last.at[2])
        toes = (float(np.sin(toe_out_rad)), float(np.cos(toe_out_rad)), 0.0)
        self.to(end_s, duration_s, replace(last, at=ball, y_axis=toes, effector="ball", pole=knee), ease)

    def reach(self, end_s: float, duration_s: float, at: Vector, ease: str = "smooth", *, frame: str = "hip", unit: str = "limb",
              toes: Vector | None = None, instep: Vector | None = None, knee: Vector | None = None) -> None:  # fmt: skip
        """Ankle to a point given from the hip in leg lengths (kicks, lying); the foot follows the shin unless turned."""
        self.to(end_s, duration_s, LimbTarget(frame, at, unit, None, toes, instep, "ankle", None, knee), ease)

    def kneel(self, end_s: float, duration_s: float, at: tuple[float, float], *, height_m: float, frame: str = "world",
              shin: Vector = (0.0, -1.0, -0.03), toes: Vector = (0.0, -0.9, -0.45), ease: str = "swing") -> None:  # fmt: skip
        """Knee joint to (out, forward) at `height_m` of a frame, as far as the thigh allows; shin and toes point as given."""
        instep = (0.0, -toes[2], toes[1])
        self.to(end_s, duration_s, LimbTarget(frame, (*at, height_m), "m", None, toes, instep, "knee", None, shin), ease)


def _bump(x: Array) -> Array:
    """0 at both ends of [0, 1], 1 in the middle, flat where it starts and ends."""
    return np.sin(np.pi * np.clip(x, 0.0, 1.0)) ** 2
