"""Falling down: forward over a caught foot, backward over the heels, sideways over knees that give."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import arm_on_floor, carry_over, lay_leg, pelvis_at

YIELDING = 0.9
"""Share of their length to which arms stretch out to meet the floor: straight ones would be broken."""


def _fall(s: Score) -> None:
    """Balance is lost, the body drops without a brake, hits the ground, gives a little, and stays down."""
    way = s.option("way")
    {"forward": _fall_forward, "backward": _fall_backward, "sideways": lambda s: fall_sideways(s, 0.36 * s.body.leg_m)}[way](s)


def _ground_from(s: Score, start: float, end: float) -> None:
    s.mode.to(end, 0.5 * (end - start), ground=1.0)
    s.mode.to(start + 0.05, 0.2, balance=0.0)
    s.mode.to(end, 0.4, gaze=0.0)


def _fall_forward(s: Score) -> None:
    """A foot is caught, the trunk pitches over it, arms shoot out; knees, hands, then chest come down."""
    drop = s.real(0.62)
    hips = 0.96 * s.body.leg_m + 0.10
    with s.phase("trip", s.real(0.40)) as (start, end):
        s.right_foot.step(end, 0.9 * (end - start), (s.body.stance_out_m, s.number("trip_m")), lift_m=0.04)
        s.left_foot.heel.to(end, 0.3, 0.6)
        pelvis_at(s, end, 0.9 * (end - start), forward_m=0.20, pitch=0.28)
        s.trunk.to(end, 0.3, bend=s.number("bend_rad") - 0.03)
        s.mode.to(end, 0.3, balance=0.0)
        for hand, up in ((s.right, -0.25), (s.left, 0.05)):
            hand.reach(end + 0.05, 0.35, (0.35, 0.6, up), palm=(0.0, 0.5, -0.8), fingers=(0.1, 0.8, 0.5))
            hand.fingers(end, 0.25, "planted")
    with s.phase("fall", drop) as (start, end):
        s.mode.to(start + 0.05, 0.2, balance=0.0)
        gather = drop + s.real(0.24)  # the body is already going over while the foot is caught
        pelvis_at(s, end, gather, "accelerate", forward_m=hips - 0.16, height_m=0.40 * s.body.leg_m, pitch=1.10)
        s.trunk.to(end, drop, bend=0.0)
        s.head.to(end, 0.8 * drop, nod=-0.5)
        _prone_legs(s, start, end, hips)
        _hands_out(s, end, 0.8 * drop, hips)
    with s.phase("settle", s.real(0.38) + 0.45) as (start, end):
        impact = start + s.real(0.36)
        s.mode.to(impact, 0.2, ground=1.0, gaze=0.0)
        pelvis_at(s, impact, s.real(0.36), "decelerate", forward_m=hips, height_m=0.13, pitch=0.5 * np.pi)
        s.trunk.to(impact, 0.25, bend=-0.16)
        s.trunk.to(impact + 0.3, 0.3, bend=0.0)
        s.contact("chest_front", "floor", impact + 0.1, end + s.number("down_s"))
        turn = 1.0 if s.option("turn") == "left" else -1.0
        s.head.to(end, 0.45, nod=-0.05, turn=1.25 * turn, tilt=-0.1 * turn)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "relaxed")
    with s.phase("down", s.number("down_s")):
        pass


def _prone_legs(s: Score, start: float, end: float, hips: float) -> None:
    feet = hips - s.body.hip_below_pelvis_m - 0.965 * s.body.leg_m
    for k, foot in enumerate((s.right_foot, s.left_foot)):
        foot.heel.to(end - 0.1, 0.3, 0.0)
        leaves = 0.7 * (end - start)
        carry_over(foot, end + 0.1 * k + 0.1, leaves + 0.18, 0.11)  # off the floor before it is drawn along
        foot.reach(
            end + 0.1 * k,
            0.7 * (end - start),
            (0.13 + 0.05 * k, feet + 0.10 * (1 - k), 0.10),
            frame="world",
            unit="m",
            toes=(0.12, -0.93, -0.32),
            instep=(0.0, 0.32, -0.93),
            knee=(0.5, 0.2, -1.0),
        )


def _hands_out(s: Score, end: float, duration: float, hips: float) -> None:
    """Palms to the floor beside the head; the elbows give."""
    ahead = hips + 0.30 * s.body.height_m
    for k, hand in enumerate((s.right, s.left)):
        hand.go(
            end - 0.04 + 0.04 * k,
            duration,
            "world",
            (0.36 + 0.05 * k, ahead + 0.16 - 0.14 * k, 0.0),
            palm=(0.0, 0.0, -1.0),
            fingers=(0.15, 1.0, 0.0),
            elbow=(1.0, -0.3, 0.4),
            stretch=YIELDING,
        )
        s.contact(f"{hand.side}_palm", "floor", end + 0.1, end + 0.8)


def _fall_backward(s: Score) -> None:
    """Heels catch, the hips drop behind them, arms fly up and back, the back rolls down and the feet come off the floor."""
    hips = -0.42 * s.body.leg_m - 0.06
    drop = s.real(0.52)
    with s.phase("stagger", s.real(0.45)) as (start, end):
        s.left_foot.step(end - 0.05, 0.3, (s.body.stance_out_m, -0.5 * s.number("trip_m")), lift_m=0.05)
        pelvis_at(s, end, 0.9 * (end - start), forward_m=-0.14, pitch=-0.14)
        s.pelvis.to(end, 0.3, up=-0.07)
        s.trunk.to(end, 0.35, bend=s.number("bend_rad") + 0.02)
        s.mode.to(end, 0.3, balance=0.0)
        for k, hand in enumerate((s.right, s.left)):
            hand.reach(end + 0.05, 0.38, (0.55, 0.55 - 0.2 * k, 0.15 + 0.2 * k), palm=(0.0, 0.6, -0.7), fingers=(0.5, 0.7, 0.4))
            hand.fingers(end, 0.25, "planted")
    with s.phase("fall", drop) as (start, end):
        _ground_from(s, start, end)
        seat = s.body.sitting_flesh_m + s.body.hip_below_pelvis_m
        pelvis_at(s, end, drop + s.real(0.27), "accelerate", forward_m=hips, height_m=seat)
        s.pelvis.to(end, drop, pitch=-0.45)
        s.trunk.to(end, drop, bend=0.45)
        s.head.to(end, drop, nod=0.35)
        for k, hand in enumerate((s.right, s.left)):
            hand.go(
                end + 0.02,
                0.75 * drop,
                "world",
                (0.36 + 0.06 * k, hips - 0.30 - 0.08 * k, 0.0),
                "accelerate",
                palm=(0.0, 0.0, -1.0),
                fingers=(0.75, -0.6, 0.0),
                elbow=(0.6, -0.8, 0.4),
                stretch=YIELDING,
            )
            s.contact(f"{hand.side}_palm", "floor", end + s.real(0.25), end + s.real(0.45))
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
        carry_over(foot, start + 0.5 * length, 0.5 * length + 0.14, 0.05)
        foot.reach(start + 0.5 * length, 0.5 * length, (0.17, 0.62 - 0.1 * k, -0.55), knee=(0.4, 1.0, 0.2))
        if k == 0 and s.option("turn") == "left":
            foot.place(end, 0.5 * length, (0.20, hips + 0.48 * s.body.leg_m))
        else:
            lay_leg(s, foot, end, 0.5 * length, hips, 0.20)
    for k, hand in enumerate((s.right, s.left)):
        arm_on_floor(hand, end, 0.7 * length, 0.75 + 0.45 * k)
        hand.fingers(end, 0.4, "relaxed")


def fall_sideways(s: Score, aside: float, gone_m: float = 0.0) -> None:
    """The knees give, the body sinks over to its right, lands on hip and forearm, then lies on its side `aside` metres away, of
    which it is carried `gone_m`."""
    drop = s.real(0.60)
    with s.phase("buckle", s.real(0.50)) as (start, end):
        s.mode.to(end, 0.35, balance=0.0)
        s.pelvis.to(end, 0.45, up=-0.13 * s.body.leg_m, right=0.08, roll=0.12)
        s.pelvis.to(end, 0.4, pitch=0.12)
        s.trunk.to(end, 0.4, bend=s.number("bend_rad"), lean=0.18)
        s.head.to(end, 0.4, tilt=0.2, nod=0.15)
        s.left.reach(end + 0.1, 0.45, (0.5, 0.35, -0.2), palm=(0.0, 0.3, -1.0))
    with s.phase("fall", drop) as (start, end):
        _ground_from(s, start, end)
        gather = drop + s.real(0.30)
        pelvis_at(s, end, gather, "accelerate", height_m=0.20, forward_m=0.02)
        s.pelvis.to(end, gather, "accelerate", right=aside - gone_m)
        s.pelvis.to(end + 0.06, gather, "accelerate", roll=0.46 * np.pi, yaw=-0.15)
        s.trunk.to(end, drop, bend=0.25, lean=-0.15)
        s.head.to(end, 0.6 * drop, tilt=-0.35)
        shoulder = aside + 0.24 * s.body.height_m
        s.right.go(
            end - 0.05,
            0.75 * drop,
            "world",
            (shoulder + 0.12, 0.30, 0.0),
            "accelerate",
            palm=(0.0, 0.0, -1.0),
            fingers=(0.7, 0.7, 0.0),
            elbow=(0.0, 0.4, 1.0),
            stretch=YIELDING,
        )
        s.left.go(
            end + 0.1,
            0.9 * drop,
            "world",
            (-shoulder + 0.08, 0.36, 0.0),
            palm=(0.0, 0.0, -1.0),
            fingers=(-0.5, 0.9, 0.0),
            elbow=(0.0, 0.2, 1.0),
            stretch=YIELDING,
        )
        for foot in (s.right_foot, s.left_foot):
            carry_over(foot, end + 0.15, 0.8 * drop + 0.12, 0.08)
        s.right_foot.reach(end + 0.05, 0.7 * drop, (0.0, -0.12, -0.80), knee=(0.0, 1.0, 0.0))
        s.left_foot.reach(end + 0.1, 0.7 * drop, (-0.16, -0.22, -0.72), knee=(0.0, 1.0, 0.0))
        s.right.fingers(end - 0.1, 0.3, "planted")
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
        "trip_m": Range(0.14, 0.27),
        "bend_rad": Range(0.12, 0.32),
    },
    aliases=("falling", "fall", "fall down", "collapsing", "trip and fall"),
    tags=("posture", "floor", "trunk", "dynamic"),
    taxonomy={"synapt150": "falling_down", "ntu120": "A043", "hmdb51": "fall_floor"},
)
