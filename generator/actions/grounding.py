"""Going to the ground: lying down on floor, mat or bed, and falling."""

from __future__ import annotations

import numpy as np

from ..motion.score import Foot, Hand, Score
from .action import Action, Choice, PropUse, Range
from .poses import START_S, carry_over, hip_joint, pelvis_at

TOES_UP = ((0.25, 0.30, 0.92), (0.05, -0.95, 0.30))
"""Toes' and instep's directions (out, forward, up) of a foot that lies on its heel, the person's head towards -forward."""


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
        s.contact("back", "floor", end, end + 0.4 + s.number("rest_s"))
    with s.phase("rest", 0.4 + s.number("rest_s")) as (start, end):
        s.head.to(start + 0.4, 0.4, nod=0.03, turn=0.25 if s.option("pose") == "back" else 0.0)


def _squat_to_floor(s: Score, start: float, end: float, hips: float) -> None:
    """Hips down behind the feet; a hand goes back to the floor and takes the weight at last."""
    length = end - start
    s.look(start + 0.4, "world", (0.5, hips, 0.1), duration_s=0.35)
    s.mode.to(end, 0.6 * length, balance=0.0, gaze=0.4)
    s.mode.to(end, 0.18 * length, ground=1.0)
    pelvis_at(s, end, 0.9 * length, forward_m=hips)
    pelvis_at(s, end, 0.95 * length, height_m=s.body.sitting_flesh_m + s.body.hip_below_pelvis_m)
    s.pelvis.to(start + 0.55 * length, 0.55 * length, pitch=0.55)
    s.pelvis.to(end + 0.1, 0.5 * length, pitch=-0.25)
    s.trunk.to(start + 0.5 * length, 0.5 * length, bend=0.35, twist=-0.12)
    s.trunk.to(end + 0.1, 0.5 * length, bend=0.30)
    s.right.go(end - 0.08, 0.75 * length, "world", (0.30, hips - 0.27, 0.0), palm=(0.0, 0.0, -1.0), fingers=(0.6, -0.8, 0.0),
               elbow=(0.5, -1.0, 0.0))  # fmt: skip
    s.right.fingers(end - 0.2, 0.4, "flat")
    s.left.touch(end - 0.1, 0.7 * length, "left_kneecap", (0.02, -0.05, 0.06), "world", palm=(0.0, -0.2, -1.0), fingers=(-0.3, 1.0, 0.0))


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
            _lay_leg(s, foot, end + 0.12 * k, 0.75 * length, hips, 0.11 + 0.06 * s.number("spread"))


def _lay_leg(s: Score, foot: Foot, end_s: float, duration_s: float, hips: float, out: float) -> None:
    """Stretch a leg out along the floor, the heel resting, the toes up and a little out."""
    carry_over(foot, end_s, duration_s, 0.05)
    foot.reach(end_s, duration_s, (out, hips + s.body.hip_below_pelvis_m + 0.985 * s.body.leg_m, 0.055), frame="world", unit="m",
               toes=TOES_UP[0], instep=TOES_UP[1], knee=(0.1, 0.1, 1.0))  # fmt: skip


def _lying_arms(s: Score, where: str, start: float, end: float, hips: float) -> None:
    """Elbows take the back down; then hands beside the hips, on the belly, or one under the head."""
    length = end - start
    shoulders = hips - 0.26 * s.body.height_m
    for k, hand in enumerate((s.right, s.left)):
        hand.go(start + 0.6 * length, 0.5 * length, "world", (0.33, hips - 0.12, 0.0), palm=(0.0, 0.0, -1.0), fingers=(0.3, 0.95, 0.0),
                elbow=(0.6, -1.0, 0.0))  # fmt: skip
        late = end + 0.1 + 0.12 * k
        if where == "belly":
            hand.touch(late, 0.5 * length, "belly", (0.07, 0.0, 0.015 + 0.03 * k), "world", palm=(0.0, 0.0, -1.0),
                       fingers=(-0.95, -0.1, -0.2), elbow=(1.0, -0.2, -0.1))  # fmt: skip
        elif where == "head" and k == 0:
            hand.go(start + 0.95 * length, 0.4 * length, "head", (0.26, 0.16, 0.0), elbow=(1.0, 0.3, -0.2))
            hand.go(late + 0.15, 0.45 * length, "head", (0.10, -0.10, 0.07), elbow=(1.0, 0.1, 0.1))
        else:
            _arm_on_floor(hand, late, 0.5 * length, 0.28 + 0.16 * s.number("spread") + 0.05 * k)
        hand.fingers(late, 0.4, "relaxed")


def _arm_on_floor(hand: Hand, end_s: float, duration_s: float, out_rad: float) -> None:
    """The arm of somebody who lies on the back, stretched on the floor, `out_rad` away from the body."""
    out, down = 0.96 * float(np.sin(out_rad)), -0.96 * float(np.cos(out_rad))
    hand.reach(end_s, duration_s, (out, -0.16, down), palm=(0.0, -1.0, 0.0), fingers=(out, 0.0, down), elbow=(1.0, -0.6, 0.1))


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
    s.right.go(start + 0.42 * length, 0.42 * length, "world", (0.42, hips - 0.02, 0.0), palm=(0.0, 0.0, -1.0), fingers=(0.9, 0.3, 0.0),
               elbow=(0.2, 0.3, 1.0))  # fmt: skip
    s.right.go(end, 0.62 * length, "chest", (0.03, 0.30, 0.10), palm=(-1.0, 0.0, 0.0), fingers=(0.0, 0.2, 1.0), elbow=(-0.5, 0.8, -0.5))
    s.left.go(end + 0.1, 0.8 * length, "world", (-0.48, hips - 0.20 * s.body.height_m, 0.0), palm=(0.0, 0.0, -1.0), fingers=(-0.8, -0.5, 0.0),
              elbow=(0.2, 0.4, 1.0))  # fmt: skip
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
        hand.go(end - 0.05, 0.7 * length, "world", (0.30, hips - 0.06, hip_height - s.body.sitting_flesh_m + 0.01), palm=(0.0, 0.0, -1.0),
                fingers=(0.5, 0.8, 0.0), elbow=(0.6, -1.0, 0.0))  # fmt: skip


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
        foot.reach(arrive - 0.30 * length, 0.42 * length, (-side * 0.55 * reach, middle + 0.36, top + 0.22), frame="world", unit="m",
                   toes=(-side * 0.75, 0.35, 0.5), instep=(side * 0.5, 0.1, 0.85), knee=(-side * 0.3, 0.5, 1.0))  # fmt: skip
        foot.reach(arrive, 0.34 * length, at, frame="world", unit="m", toes=(-side * 0.30, side * 0.25, 0.92),
                   instep=(side * 0.95, 0.05, 0.30), knee=(-side * 0.1, 0.0, 1.0))  # fmt: skip
    _bed_arms(s, start, end, middle, top)


def _bed_arms(s: Score, start: float, end: float, middle: float, top: float) -> None:
    length = end - start
    s.right.go(start + 0.45 * length, 0.45 * length, "world", (0.26, middle + 0.40, top), palm=(0.0, 0.0, -1.0), fingers=(0.3, 0.9, 0.0),
               elbow=(0.6, 0.8, 0.4))  # fmt: skip
    for k, hand in enumerate((s.left, s.right)):
        arrive, duration = end + 0.12 * k, (0.7 - 0.3 * k) * length
        if s.option("arms") == "sides":
            _arm_on_floor(hand, arrive, duration, 0.22)
        else:
            hand.touch(arrive, duration, "belly", (0.06, 0.015 + 0.03 * k, 0.0), "pelvis", palm=(0.0, -1.0, 0.0), elbow=(1.0, -0.2, 0.1))


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
        "down_s": Range(1.15, 1.5),
        "back_s": Range(1.1, 1.5),
        "rest_s": Range(0.3, 0.9),
    },
    props=(PropUse("support", ("mat", "bed", "none"), (0.95, 1.1)),),
    aliases=("lie down", "lying", "lie", "going to bed"),
    tags=("posture", "floor", "trunk"),
    taxonomy={"synapt150": "lying_down"},
)


def _fall(s: Score) -> None:
    """Balance is lost, the body drops without a brake, hits the ground, gives a little, and stays down."""
    way = s.option("way")
    {"forward": _fall_forward, "backward": _fall_backward, "sideways": _fall_sideways}[way](s)


def _ground_from(s: Score, start: float, end: float) -> None:
    s.mode.to(end, 0.5 * (end - start), ground=1.0)
    s.mode.to(start + 0.05, 0.2, balance=0.0)
    s.mode.to(end, 0.4, gaze=0.0)


def _fall_forward(s: Score) -> None:
    """A foot is caught, the trunk pitches over it, arms shoot out; knees, hands, then chest come down."""
    drop = s.real(0.62)
    hips = 0.80 * s.body.leg_m + 0.04
    with s.phase("trip", s.real(0.40)) as (start, end):
        s.right_foot.step(end, 0.9 * (end - start), (s.body.stance_out_m, 0.26), lift_m=0.04)
        s.left_foot.heel.to(end, 0.3, 0.6)
        pelvis_at(s, end, 0.9 * (end - start), "accelerate", forward_m=0.20, pitch=0.35)
        s.trunk.to(end, 0.3, "accelerate", bend=0.2)
        s.mode.to(end, 0.3, balance=0.0)
        for hand, up in ((s.right, -0.25), (s.left, 0.05)):
            hand.reach(end + 0.05, 0.35, (0.35, 0.6, up), palm=(0.0, 0.5, -0.8), fingers=(0.1, 0.8, 0.5))
            hand.fingers(end, 0.25, "push")
    with s.phase("fall", drop) as (start, end):
        s.mode.to(start + 0.05, 0.2, balance=0.0)
        pelvis_at(s, end, drop, "accelerate", forward_m=hips - 0.16, height_m=0.40 * s.body.leg_m)
        s.pelvis.to(end, 0.95 * drop, "accelerate", pitch=1.10)
        s.trunk.to(end, drop, bend=0.0)
        s.head.to(end, 0.8 * drop, nod=-0.5)
        _prone_legs(s, start, end, hips)
        _hands_out(s, end, 0.8 * drop, hips)
    with s.phase("settle", s.real(0.3) + 0.5) as (start, end):
        impact = start + s.real(0.26)
        s.mode.to(impact, 0.2, ground=1.0, gaze=0.0)
        pelvis_at(s, impact, s.real(0.26), "decelerate", forward_m=hips, height_m=0.13, pitch=0.5 * np.pi)
        s.trunk.to(impact, 0.25, bend=-0.16)
        s.trunk.to(impact + 0.3, 0.3, bend=0.0)
        s.contact("chest_front", "floor", impact + 0.1, end + s.number("down_s"))
        turn = 1.0 if s.option("turn") == "left" else -1.0
        s.head.to(end, 0.45, nod=-0.05, turn=1.25 * turn, tilt=-0.1 * turn)
        for k, hand in enumerate((s.right, s.left)):
            hand.fingers(end, 0.4, "relaxed")
    with s.phase("down", s.number("down_s")):
        pass


def _prone_legs(s: Score, start: float, end: float, hips: float) -> None:
    feet = hips - s.body.hip_below_pelvis_m - 0.965 * s.body.leg_m
    for k, foot in enumerate((s.right_foot, s.left_foot)):
        foot.heel.to(end - 0.1, 0.3, 0.0)
        carry_over(foot, end + 0.1 * k, 0.7 * (end - start), 0.06)
        foot.reach(end + 0.1 * k, 0.7 * (end - start), (0.13 + 0.05 * k, feet + 0.10 * k, 0.10), frame="world", unit="m",
                   toes=(0.12, -0.93, -0.32), instep=(0.0, 0.32, -0.93), knee=(0.5, 0.2, -1.0))  # fmt: skip


def _hands_out(s: Score, end: float, duration: float, hips: float) -> None:
    """Palms to the floor beside the head; the elbows give."""
    ahead = hips + 0.30 * s.body.height_m
    for k, hand in enumerate((s.right, s.left)):
        hand.go(end - 0.04 + 0.04 * k, duration, "world", (0.30 + 0.05 * k, ahead + 0.10 - 0.16 * k, 0.0), palm=(0.0, 0.0, -1.0),
                fingers=(0.15, 1.0, 0.0), elbow=(1.0, -0.3, 0.4))  # fmt: skip
        s.contact(f"{hand.side}_palm", "floor", end, end + 0.8)


def _fall_backward(s: Score) -> None:
    """Heels catch, the hips drop behind them, arms fly up and back, the back rolls down and the feet come off the floor."""
    hips = -0.42 * s.body.leg_m - 0.06
    drop = s.real(0.52)
    with s.phase("stagger", s.real(0.45)) as (start, end):
        s.left_foot.step(end - 0.05, 0.3, (s.body.stance_out_m, -0.10), lift_m=0.05)
        pelvis_at(s, end, 0.9 * (end - start), "accelerate", forward_m=-0.16, pitch=-0.16)
        s.pelvis.to(end, 0.3, up=-0.07)
        s.trunk.to(end, 0.35, bend=0.25)
        s.mode.to(end, 0.3, balance=0.0)
        for k, hand in enumerate((s.right, s.left)):
            hand.reach(end + 0.05, 0.38, (0.55, 0.55 - 0.2 * k, 0.15 + 0.2 * k), palm=(0.0, 0.6, -0.7), fingers=(0.5, 0.7, 0.4))
            hand.fingers(end, 0.25, "flat")
    with s.phase("fall", drop) as (start, end):
        _ground_from(s, start, end)
        pelvis_at(s, end, drop, "accelerate", forward_m=hips, height_m=s.body.sitting_flesh_m + s.body.hip_below_pelvis_m)
        s.pelvis.to(end, drop, pitch=-0.45)
        s.trunk.to(end, drop, bend=0.45)
        s.head.to(end, drop, nod=0.35)
        for k, hand in enumerate((s.right, s.left)):
            hand.go(end + 0.02, 0.75 * drop, "world", (0.36 + 0.06 * k, hips - 0.30 - 0.08 * k, 0.0), "accelerate", palm=(0.0, 0.0, -1.0),
                    fingers=(0.75, -0.6, 0.0), elbow=(0.6, -0.8, 0.4))  # fmt: skip
            s.contact(f"{hand.side}_palm", "floor", end + 0.02, end + 0.3)
    with s.phase("settle", s.real(0.75)) as (start, end):
        _thrown_on_back(s, start, end, hips)
    with s.phase("down", s.number("down_s")) as (start, end):
        s.head.to(start + 0.4, 0.5, turn=0.35)


def _thrown_on_back(s: Score, start: float, end: float, hips: float) -> None:
    length = end - start
    s.pelvis.to(start + 0.6 * length, 0.6 * length, pitch=-1.66)
    s.pelvis.to(end, 0.4 * length, pitch=-0.5 * np.pi)
    s.trunk.to(start + 0.7 * length, 0.6 * length, bend=0.0)
    s.head.to(start + 0.75 * length, 0.4 * length, nod=-0.04)
    s.contact("back", "floor", start + 0.6 * length, end + s.number("down_s"))
    for k, foot in enumerate((s.right_foot, s.left_foot)):
        foot.reach(start + 0.5 * length, 0.5 * length, (0.17, 0.62 - 0.1 * k, -0.55), knee=(0.4, 1.0, 0.2))
        if k == 0 and s.option("turn") == "left":
            foot.place(end, 0.5 * length, (0.20, hips + 0.48 * s.body.leg_m))
        else:
            _lay_leg(s, foot, end, 0.5 * length, hips, 0.20)
    for k, hand in enumerate((s.right, s.left)):
        _arm_on_floor(hand, end, 0.7 * length, 0.75 + 0.45 * k)
        hand.fingers(end, 0.4, "relaxed")


def _fall_sideways(s: Score) -> None:
    """The knees give, the body sinks over to one side, lands on hip and forearm, then lies on its side."""
    drop = s.real(0.60)
    aside = 0.36 * s.body.leg_m
    with s.phase("buckle", s.real(0.50)) as (start, end):
        s.mode.to(end, 0.35, balance=0.0)
        s.pelvis.to(end, 0.45, "accelerate", up=-0.16 * s.body.leg_m, right=0.10, roll=0.16)
        s.pelvis.to(end, 0.4, pitch=0.12)
        s.trunk.to(end, 0.4, bend=0.22, lean=0.18)
        s.head.to(end, 0.4, tilt=0.2, nod=0.15)
        s.left.reach(end + 0.1, 0.45, (0.5, 0.35, -0.2), palm=(0.0, 0.3, -1.0))
    with s.phase("fall", drop) as (start, end):
        _ground_from(s, start, end)
        pelvis_at(s, end, drop, "accelerate", height_m=0.20, forward_m=0.02)
        s.pelvis.to(end, drop, "accelerate", right=aside)
        s.pelvis.to(end + 0.06, drop, "accelerate", roll=0.46 * np.pi, yaw=-0.15)
        s.trunk.to(end, drop, bend=0.25, lean=-0.15)
        s.head.to(end, 0.6 * drop, tilt=-0.35)
        shoulder = aside + 0.24 * s.body.height_m
        s.right.go(end - 0.05, 0.75 * drop, "world", (shoulder + 0.12, 0.30, 0.0), "accelerate", palm=(0.0, 0.0, -1.0), fingers=(0.7, 0.7, 0.0),
                   elbow=(0.0, 0.4, 1.0))  # fmt: skip
        s.left.go(end + 0.1, 0.9 * drop, "world", (-shoulder + 0.08, 0.36, 0.0), palm=(0.0, 0.0, -1.0), fingers=(-0.5, 0.9, 0.0),
                  elbow=(0.0, 0.2, 1.0))  # fmt: skip
        for foot in (s.right_foot, s.left_foot):
            carry_over(foot, end + 0.1, 0.8 * drop, 0.05)
        s.right_foot.reach(end + 0.05, 0.7 * drop, (0.0, -0.12, -0.80), knee=(0.0, 1.0, 0.0))
        s.left_foot.reach(end + 0.1, 0.7 * drop, (-0.16, -0.22, -0.72), knee=(0.0, 1.0, 0.0))
        s.contact("right_palm", "floor", end, end + 0.5)
    with s.phase("settle", 0.6) as (start, end):
        rolled = s.option("turn") == "left"
        s.pelvis.to(end, 0.5, roll=0.5 * np.pi, pitch=-0.45 if rolled else 0.30)
        s.trunk.to(start + 0.18, 0.18, lean=-0.05)
        s.trunk.to(end, 0.4, lean=0.0, bend=0.18)
        s.head.to(start + 0.25, 0.25, tilt=0.25)
        s.head.to(end + 0.1, 0.4, tilt=0.10, nod=0.1)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "relaxed")
    with s.phase("down", s.number("down_s")):
        pass


FALLING_DOWN = Action(
    name="falling_down",
    caption="falls down",
    choreography=_fall,
    phases=("trip", "stagger", "buckle", "fall", "settle", "down"),
    params={
        "way": Choice(("forward", "backward", "sideways")),
        "turn": Choice(("left", "right")),
        "down_s": Range(0.6, 1.2),
    },
    aliases=("falling", "fall", "fall down", "fallen on the floor", "collapsing", "trip and fall"),
    tags=("posture", "floor", "trunk", "dynamic"),
    taxonomy={"synapt150": "falling_down", "ntu120": "A043", "hmdb51": "fall_floor"},
)
