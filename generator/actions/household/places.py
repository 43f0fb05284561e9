"""Where people work: put at a desk or a worktop, with a thing in the hand that is brought to a point, its palm turned so."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...motion.limbs import Hand
from ...motion.score import Score
from ...motion.target import Vector
from ...props.desktop import PINCH
from ..poses import START_S, hip_joint, pelvis_at
from ..postures.seats import seat_for

SLIDE_STEPS = 6

BELLY_M = 0.07
"""Room between belly and edge."""


@dataclass(frozen=True)
class Top:
    """A desk, table or worktop: its near edge's middle ahead of the start's ankles, and its height."""

    edge_m: float
    height_m: float


def bring_so(
    s: Score,
    hand: Hand,
    end_s: float,
    duration_s: float,
    prop: str,
    prop_frame: str,
    at: Vector,
    ease: str = "smooth",
    *,
    palm: Vector,
    fingers: Vector,
    frame: str = "world",
    elbow: Vector | None = None,
) -> None:
    """Bring a held thing's frame to a point (out, forward, up) with palm and fingers turned as given: what the thing's own
    axes then are follows from its grip."""
    frames = s.props[prop].frames
    y = np.asarray(fingers) / np.linalg.norm(fingers)
    z = np.asarray(palm) - (np.asarray(palm) @ y) * y
    z /= np.linalg.norm(z)
    axes = np.stack([np.cross(y, z), y, z], axis=-1) @ frames["grip"][:3, :3].T @ frames[prop_frame][:3, :3]
    hand.bring(
        end_s,
        duration_s,
        prop,
        prop_frame,
        None,
        frame=frame,
        at=at,
        y_axis=(float(axes[0, 1]), float(axes[1, 1]), float(axes[2, 1])),
        z_axis=(float(axes[0, 2]), float(axes[1, 2]), float(axes[2, 2])),
        elbow=elbow,
        ease=ease,
    )


def slide_so(
    s: Score,
    hand: Hand,
    end_s: float,
    duration_s: float,
    prop: str,
    prop_frame: str,
    way: tuple[Vector, Vector],
    bulge: Vector = (0.0, 0.0, 0.0),
    *,
    palm: Vector,
    fingers: Vector,
    frame: str = "world",
    elbow: Vector | None = None,
) -> None:
    """As `bring_so`, along a surface: straight from the first point to the second, or bulging by `bulge` halfway, in short steps,
    for a hand on its way from point to point rises and sinks."""
    start, end, aside = (np.asarray(point) for point in (*way, bulge))
    for k in range(SLIDE_STEPS):
        share = (k + 1) / SLIDE_STEPS
        share = share * share * (3.0 - 2.0 * share)
        x, y, z = (start + share * (end - start) + 4.0 * share * (1.0 - share) * aside).tolist()
        step_s = duration_s / SLIDE_STEPS
        at = end_s - duration_s + (k + 1) * step_s
        bring_so(s, hand, at, step_s, prop, prop_frame, (x, y, z), "linear", palm=palm, fingers=fingers, frame=frame, elbow=elbow)


def pinch_at(
    hand: Hand,
    end_s: float,
    duration_s: float,
    frame: str,
    at: Vector,
    *,
    palm: Vector,
    fingers: Vector,
    elbow: Vector | None = None,
) -> None:
    """The point between thumb and first fingers of a hand that pinches to a point of a frame (out, forward, up)."""
    y = np.asarray(fingers) / np.linalg.norm(fingers)
    z = np.asarray(palm) - (np.asarray(palm) @ y) * y
    z /= np.linalg.norm(z)
    out, ahead, up = (np.asarray(at) - np.stack([np.cross(y, z), y, z], axis=-1) @ PINCH).tolist()
    hand.go(end_s, duration_s, frame, (out, ahead, up), palm=palm, fingers=fingers, elbow=elbow, stretch=0.97)


def sit_at(s: Score, top: str, *, pitch_rad: float, bend_rad: float, room_m: float, aside_m: float = 0.0) -> Top:
    """Seated on "chair" with the thing called `top` before the belly, feet under it, from the clip's start on."""
    seat = seat_for(s, "chair", 0.04)
    s.stand("chair", (0.0, seat.middle_m), time_s=START_S)
    ahead, up = hip_joint(s, pitch_rad)
    pelvis_at(s, START_S, 0.1, forward_m=seat.hip_forward_m - ahead, height_m=seat.hip_height_m - up, pitch=pitch_rad)
    s.trunk.to(START_S, 0.1, bend=bend_rad)
    s.mode.to(START_S, 0.1, balance=0.0, seated=1.0)
    out = 1.1 * s.body.stance_out_m
    further = 0.10 * float(np.sin(s.performer.phases_rad[4]))
    s.right_foot.place(START_S, 0.1, (out, max(further, 0.0)), toe_out_rad=0.15)
    s.left_foot.place(START_S, 0.1, (out, max(-further, 0.0)), toe_out_rad=0.2)
    edge = seat.hip_forward_m + belly_m(s, pitch_rad, bend_rad) + BELLY_M + room_m
    return _put(s, top, edge, aside_m)


def belly_m(s: Score, pitch_rad: float, bend_rad: float) -> float:
    """How far the belly stands out before the hips of somebody who leans forward over an edge."""
    return max(s.body.belly_front_m, 0.10) + 0.05 + 0.16 * float(np.sin(pitch_rad)) + 0.05 * bend_rad


def stand_at(s: Score, top: str, *, room_m: float, toes_m: float = 0.0, aside_m: float = 0.0) -> Top:
    """The thing called `top` before the belly of somebody who stands; `toes_m` is how far the toes go under its edge."""
    belly = 0.016 * s.body.height_m + max(s.body.belly_front_m, 0.09) + 0.05
    edge = max(belly, 0.76 * s.body.foot_m + 0.02 - toes_m) + room_m
    return _put(s, top, edge, aside_m)


def _put(s: Score, top: str, edge_m: float, aside_m: float) -> Top:
    frames = s.props[top].frames
    s.stand(top, (aside_m, edge_m + float(frames["near"][1, 3])), time_s=START_S)
    return Top(edge_m, float(frames["top"][2, 3]))


def set_down(s: Score, prop: str, at: Vector, yaw_rad: float = 0.0, time_s: float = START_S) -> None:
    """A thing stands on something at (right, forward, up) of the world."""
    s.stand(prop, (at[0], at[1]), yaw_rad, height_m=at[2], time_s=time_s)
