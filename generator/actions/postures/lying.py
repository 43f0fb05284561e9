"""Lying down: on the floor or a mat, on the back or over to a side, and on a bed."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, arm_on_floor, carry_over, hip_joint, lay_leg, pelvis_at


def _lie(s: Score) -> None:
    """On a bed: sit on its edge, swing the legs up and lie back. On the floor: squat, sit, lie back or over on one side."""
    if "support" in s.props and "pillow" in s.props["support"].frames:
        _lie_on_bed(s)
    else:
        _lie_on_floor(s)


def _lie_on_floor(s: Score) -> None:
    hips = -0.26 * s.body.leg_m - 0.06
    if "support" in s.props:
        s.stand("support", (0.0, hips + 0.06 * s.body.height_m), time_s=START_S)
        top = float(s.props["support"].frames["top"][2, 3])
        s.mode.to(START_S, 0.1, floor=top)
    down, back = s.number("down_s"), s.number("back_s")
    with s.phase("sit_down", down) as (start, end):
        _squat_to_floor(s, start, end, hips)
    with s.phase("lie_back", back) as (start, end):
        if s.option("pose") == "side":
            _over_to_side(s, start, end, hips)
        else:
            _roll_back(s, start, end, hips)
        bears = "right_hip" if s.option("pose") == "side" else "back"
        s.contact(bears, "support" if "support" in s.props else "floor", end, end + 0.4 + s.number("rest_s"))
    with s.phase("rest", 0.4 + s.number("rest_s")) as (start, end):
        s.head.to(start + 0.4, 0.4, nod=0.03, turn=0.25 if s.option("pose") == "back" else 0.0)


def hips_to_floor(s: Score, start: float, end: float, hips: float) -> None:
    """Hips down to the floor `hips` m ahead (negative: behind) of where the feet stand, the trunk bowing over them on the way."""
    length = end - start
    s.look(start + 0.4, "world", (0.5, hips, 0.1), duration_s=0.35)
    s.mode.to(end, 0.6 * length, balance=0.0, gaze=0.4)
    s.mode.to(end, 0.18 * length, ground=1.0)
    pelvis_at(s, end, 0.9 * length, forward_m=hips)
    pelvis_at(s, end, 0.95 * length, height_m=s.body.sitting_flesh_m + s.body.hip_below_pelvis_m)
    s.pelvis.to(start + 0.55 * length, 0.55 * length, pitch=0.55)
    s.pelvis.to(end + 0.1, 0.5 * length, pitch=-0.25)
    s.trunk.to(start + 0.5 * length, 0.5 * length, bend=0.35, twist=-0.12)


def _squat_to_floor(s: Score, start: float, end: float, hips: float) -> None:
    """Hips down behind the feet; one hand goes back to the floor and takes the weight at last, the other ahead."""
    length = end - start
    hips_to_floor(s, start, end, hips)
    s.trunk.to(end + 0.1, 0.5 * length, bend=0.30)
    s.right.go(
        end - 0.08,
        0.75 * length,
        "world",
        (0.30, hips - 0.27, 0.0),
        palm=(0.0, 0.0, -1.0),
        fingers=(0.6, -0.8, 0.0),
        elbow=(0.5, -1.0, 0.0),
    )
    s.right.fingers(end - 0.2, 0.4, "flat")
    s.left.go(
        end - 0.1,
        0.7 * length,
        "world",
        (0.34, hips + 0.36 * s.body.leg_m, 0.40 * s.body.leg_m),
        palm=(-0.6, -0.2, -0.8),
        fingers=(-0.2, 1.0, -0.1),
    )


def _roll_back(s: Score, start: float, end: float, hips: float) -> None:
    """Down vertebra by vertebra, the chin tucked until the head is laid; then legs and arms find their place."""
    length = end - start
    s.pelvis.to(start + 0.82 * length, 0.8 * length, pitch=-0.5 * np.pi)
    s.trunk.to(start + 0.35 * length, 0.35 * length, bend=0.55, twist=0.0)
    s.trunk.to(end, 0.6 * length, bend=0.0)
    s.head.to(start + 0.4 * length, 0.4 * length, nod=0.35)
    s.head.to(end + 0.05, 0.4 * length, nod=0.0)
    s.mode.to(start + 0.3 * length, 0.3 * length, gaze=0.0)
    _lying_arms(s, s.option("arms"), start, end, hips)
    bent = s.option("legs")
    for k, foot in enumerate((s.right_foot, s.left_foot)):
        if bent == "bent" or (bent == "one" and k == 0):
            foot.step(end, 0.4 * length, (0.12, hips + 0.50 * s.body.leg_m), lift_m=0.02)
        else:
            lay_leg(s, foot, end + 0.12 * k, 0.75 * length, hips, 0.11 + 0.06 * s.number("spread"))


def _lying_arms(s: Score, where: str, start: float, end: float, hips: float) -> None:
    """Elbows take the back down; then hands beside the hips, on the belly, or one under the head."""
    length = end - start
    for k, hand in enumerate((s.right, s.left)):
        hand.go(
            start + 0.6 * length,
            0.5 * length,
            "world",
            (0.33, hips - 0.12, 0.0),
            palm=(0.0, 0.0, -1.0),
            fingers=(0.3, 0.95, 0.0),
            elbow=(0.6, -1.0, 0.0),
        )
        late = end + 0.1 + 0.12 * k
        if where == "belly":
            hand.touch(
                late,
                0.5 * length,
                "belly",
                (0.07, 0.0, 0.015 + 0.03 * k),
                "world",
                palm=(0.0, 0.0, -1.0),
                fingers=(-0.95, -0.1, -0.2),
                elbow=(1.0, -0.2, -0.1),
            )
        elif where == "head" and k == 0:
            hand.go(start + 0.95 * length, 0.4 * length, "head", (0.26, 0.16, 0.0), elbow=(1.0, 0.3, -0.2))
            hand.go(late + 0.15, 0.45 * length, "head", (0.10, -0.10, 0.07), elbow=(1.0, 0.1, 0.1))
        else:
            arm_on_floor(hand, late, 0.5 * length, 0.28 + 0.16 * s.number("spread") + 0.05 * k)
        hand.fingers(late, 0.4, "relaxed")


def _over_to_side(s: Score, start: float, end: float, hips: float) -> None:
    """From the seat over the supporting arm onto that side, knees drawn up, the head on the lower arm."""
    length = end - start
    s.pelvis.to(start + 0.85 * length, 0.85 * length, yaw=-0.5 * np.pi, roll=0.5 * np.pi, pitch=0.0)
    s.trunk.to(start + 0.85 * length, 0.8 * length, bend=0.30, twist=0.0, lean=0.0)
    s.head.to(start + 0.5 * length, 0.5 * length, tilt=-0.30)
    s.head.to(end, 0.4 * length, tilt=0.18, nod=0.15)
    s.mode.to(start + 0.3 * length, 0.3 * length, gaze=0.0)
    draw = 0.30 + 0.35 * s.number("spread")
    for foot in (s.right_foot, s.left_foot):
        carry_over(foot, end, 0.9 * length, 0.06)
    s.right_foot.reach(end, 0.8 * length, (0.0, draw - 0.30, -0.72), knee=(0.0, 1.0, 0.1))
    s.left_foot.reach(end + 0.1, 0.8 * length, (-0.20, draw - 0.16, -0.66), knee=(-0.15, 1.0, 0.1))
    s.right.go(
        start + 0.42 * length,
        0.42 * length,
        "world",
        (0.42, hips - 0.02, 0.0),
        palm=(0.0, 0.0, -1.0),
        fingers=(0.9, 0.3, 0.0),
        elbow=(0.2, 0.3, 1.0),
    )
    s.right.go(
        end, 0.62 * length, "chest", (0.03, 0.30, 0.10), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 0.2, 1.0), elbow=(-0.5, 0.8, -0.5)
    )
    s.left.go(
        end + 0.1,
        0.8 * length,
        "world",
        (-0.48, hips - 0.20 * s.body.height_m, 0.0),
        palm=(0.0, 0.0, -1.0),
        fingers=(-0.8, -0.5, 0.0),
        elbow=(0.2, 0.4, 1.0),
    )
    for hand in (s.right, s.left):
        hand.fingers(end, 0.5, "relaxed")


def _lie_on_bed(s: Score) -> None:
    """The bed stands behind the person, its pillow to the right: sit, turn with the legs up, and lie back."""
    frames = s.props["support"].frames
    top, edge = float(frames["top"][2, 3]), float(-frames["seat"][0, 3])
    hip_height = top + 0.9 * s.body.sitting_flesh_m
    behind = float(np.sqrt(max(s.body.thigh_m**2 - (hip_height - s.body.knee_height_m) ** 2, 0.01))) - 0.02
    middle = -behind - edge
    pillow = float(frames["pillow"][1, 3])
    s.stand("support", (0.36 * s.body.height_m - pillow, middle), yaw_rad=0.5 * np.pi, time_s=START_S)
    s.mode.to(START_S, 0.1, floor=top)
    with s.phase("sit_down", s.number("down_s")) as (start, end):
        _sit_on_edge(s, start, end, -behind, hip_height)
    with s.phase("lie_back", 1.15 * s.number("back_s")) as (start, end):
        _swing_up(s, start, end, middle, top)
        s.contact("back", "support", end, end + 0.4 + s.number("rest_s"))
    with s.phase("rest", 0.4 + s.number("rest_s")) as (start, end):
        s.head.to(start + 0.4, 0.4, turn=0.15)


def _sit_on_edge(s: Score, start: float, end: float, hips: float, hip_height: float) -> None:
    length = end - start
    ahead, up = hip_joint(s, 0.0)
    s.mode.to(start + 0.85 * length, 0.7 * length, balance=0.0)
    s.mode.to(end, 0.3 * length, seated=1.0)
    s.look(start + 0.35, "world", (0.5, hips, hip_height), duration_s=0.35)
    pelvis_at(s, end - 0.04, 0.9 * length, forward_m=hips - ahead)
    pelvis_at(s, end, 0.92 * length, height_m=hip_height - up)
    s.pelvis.to(start + 0.58 * length, 0.58 * length, pitch=0.55)
    s.pelvis.to(end + 0.1, 0.45 * length, pitch=0.0)
    s.trunk.to(start + 0.58 * length, 0.58 * length, bend=0.25)
    s.trunk.to(end + 0.1, 0.45 * length, bend=0.12)
    for hand in (s.right, s.left):
        hand.go(
            end - 0.05,
            0.7 * length,
            "world",
            (0.30, hips - 0.06, hip_height - s.body.sitting_flesh_m + 0.01),
            palm=(0.0, 0.0, -1.0),
            fingers=(0.5, 0.8, 0.0),
            elbow=(0.6, -1.0, 0.0),
        )


def _swing_up(s: Score, start: float, end: float, middle: float, top: float) -> None:
    """Legs up one after the other while the trunk goes down on its elbow and back."""
    length = end - start
    done = start + 0.9 * length
    s.pelvis.to(done, 0.85 * length, yaw=0.5 * np.pi)
    s.pelvis.to(done, 0.75 * length, pitch=-0.5 * np.pi)
    pelvis_at(s, done, 0.8 * length, forward_m=middle, height_m=top + 0.125)
    s.pelvis.to(start + 0.45 * length, 0.4 * length, roll=0.12)
    s.pelvis.to(done, 0.4 * length, roll=0.0)
    s.mode.to(done, 0.3 * length, ground=1.0)
    s.mode.to(start + 0.3 * length, 0.3 * length, gaze=0.0)
    s.trunk.to(start + 0.4 * length, 0.4 * length, bend=0.40)
    s.trunk.to(end, 0.5 * length, bend=0.10)
    s.head.to(start + 0.4 * length, 0.4 * length, nod=0.25)
    s.head.to(end, 0.4 * length, nod=0.16)
    reach = 0.985 * s.body.leg_m + s.body.hip_below_pelvis_m
    for k, foot in enumerate((s.left_foot, s.right_foot)):
        side = -1.0 if foot.side == "left" else 1.0
        arrive = start + (0.78 + 0.14 * k) * length
        # In the world the legs point left along the bed; `out` is mirrored for the left foot.
        at = (-side * reach, middle - side * -0.10, top + 0.055)
        foot.reach(
            arrive - 0.30 * length,
            0.42 * length,
            (-side * 0.55 * reach, middle + 0.36, top + 0.22),
            frame="world",
            unit="m",
            toes=(-side * 0.75, 0.35, 0.5),
            instep=(side * 0.5, 0.1, 0.85),
            knee=(-side * 0.3, 0.5, 1.0),
        )
        foot.reach(
            arrive,
            0.34 * length,
            at,
            frame="world",
            unit="m",
            toes=(-side * 0.30, side * 0.25, 0.92),
            instep=(side * 0.95, 0.05, 0.30),
            knee=(-side * 0.1, 0.0, 1.0),
        )
    _bed_arms(s, start, end, middle, top)


def _bed_arms(s: Score, start: float, end: float, middle: float, top: float) -> None:
    length = end - start
    s.right.go(
        start + 0.45 * length,
        0.45 * length,
        "world",
        (0.26, middle + 0.40, top),
        palm=(0.0, 0.0, -1.0),
        fingers=(0.3, 0.9, 0.0),
        elbow=(0.6, 0.8, 0.4),
    )
    for k, hand in enumerate((s.left, s.right)):
        arrive, duration = end + 0.12 * k, (0.7 - 0.3 * k) * length
        if s.option("arms") == "sides":
            arm_on_floor(hand, arrive, duration, 0.22)
        else:
            hand.touch(
                arrive, duration, "belly", (0.06, 0.015 + 0.03 * k, 0.0), "pelvis", palm=(0.0, -1.0, 0.0), elbow=(1.0, -0.2, 0.1)
            )


LYING_DOWN = Action(
    name="lying_down",
    caption="lies down",
    choreography=_lie,
    phases=("sit_down", "lie_back", "rest"),
    params={
        "pose": Choice(("back", "side"), (0.65, 0.35)),
        "legs": Choice(("straight", "bent", "one"), (0.5, 0.25, 0.25)),
        "arms": Choice(("sides", "belly", "head"), (0.4, 0.3, 0.3)),
        "spread": Range(0.0, 1.0),
        "down_s": Range(1.0, 1.3),
        "back_s": Range(0.95, 1.25),
        "rest_s": Range(0.3, 0.74),
    },
    props=(PropUse("support", ("mat", "bed", "none"), (0.95, 1.1)),),
    aliases=("lie down", "lying", "lie", "going to bed"),
    tags=("posture", "floor", "trunk"),
    taxonomy={"synapt150": "lying_down"},
)
