"""Mopping the floor: a wet mop pushed to and fro, or in wide bows, in both hands."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ...motion.approach import step_to
from ...motion.score import Score
from ...values import Array
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S

SHARES = 6
"""Steps in which a stroke is written, so that the mop stays on the floor."""


def _mop(s: Score) -> None:
    """Both hands on the stick, a bucket beside: the mop never leaves the floor, the body rocks with it and steps back."""
    s.hold("mop", START_S)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
    bow, beat, arm = s.number("bow_rad"), s.number("beat_s"), s.body.arm_m
    s.stand("bucket", (-0.55 - s.number("bucket_out_m"), 0.35), s.number("bow_rad") * 9.0, time_s=START_S)
    s.right_foot.place(START_S, 0.1, (1.25 * s.body.stance_out_m, -0.12), toe_out_rad=0.3)
    s.left_foot.place(START_S, 0.1, (1.1 * s.body.stance_out_m, 0.10), toe_out_rad=0.1)
    s.trunk.to(START_S, 0.1, bend=bow)
    s.pelvis.to(START_S, 0.1, pitch=0.4 * bow)
    s.left.go(START_S, 0.1, "thing:mop:second", (0.0, 0.0, 0.0), palm=(-0.9, 0.1, -0.2), fingers=(-0.1, 0.9, -0.4),
              elbow=(0.8, -0.5, -0.5))  # fmt: skip
    s.look(START_S, "thing:mop:foot")
    spots = _spots(s)
    _stroke(s, START_S, 0.1, spots[0], spots[0])
    back = 0.0
    with s.phase("mop", beat * (len(spots) - 1)) as (start, end):
        for k, (here, there) in enumerate(pairwise(spots)):
            at = start + (k + 1) * beat
            _stroke(s, at, beat, here, there)
            far = float(np.clip((there[1] - spots[0][1]) / (0.5 * arm), -0.2, 1.0))
            s.pelvis.to(at, beat, forward=0.05 * far, pitch=(0.4 + 0.25 * far) * bow, right=0.08 * float(there[0]))
            s.trunk.to(at, beat, bend=(1.0 + 0.25 * far) * bow, twist=0.12 - 0.45 * float(there[0]), lean=0.15 * float(there[0]))
            if k % 4 == 3:
                back -= s.number("step_m")
                step_to(s, at - beat, at, back, right_first=True, lift_m=0.03, split_m=-0.22)
        s.contact("right_palm", "mop", start, end)
        s.contact("left_palm", "mop", start, end)
    with s.phase("look", 0.6) as (_, end):
        rest = spots[-1] - np.array([0.0, 0.08])
        _stroke(s, end, 0.6, spots[-1], rest)
        s.trunk.to(end, 0.6, bend=0.5 * bow, twist=0.0, lean=0.0)
        s.pelvis.to(end, 0.6, forward=0.0, pitch=0.2 * bow, right=0.0)


def _spots(s: Score) -> list[Array]:
    """Turning points (right, forward) of the strokes, in metres of where the person has come to."""
    arm, long, wide = s.body.arm_m, s.number("stroke"), s.number("wide") * s.amplitude
    near = 0.9 * arm
    spots = []
    for k in range(2 * int(s.number("strokes")) + 1):
        far = k % 2
        if s.option("way") == "to_and_fro":
            spots.append(
                np.array([0.05 + wide * arm * 0.4 * np.sin(1.1 * k + s.performer.phases_rad[3]), near + far * long * arm])
            )
        else:
            spots.append(
                np.array(
                    [(0.05 + wide * arm) if not far else (0.05 - wide * arm), near + (0.30 + 0.2 * (k % 4 > 1)) * long * arm]
                )
            )
    return spots


def _stroke(s: Score, end_s: float, duration_s: float, here: Array, there: Array) -> None:
    """The mop's foot along the floor, in a bow where it goes across; the stick leans back to the hands."""
    bulge = 0.12 if abs(there[0] - here[0]) > 0.2 else 0.0
    for k in range(SHARES):
        share = (k + 1) / SHARES
        share = share * share * (3.0 - 2.0 * share)
        foot = here + share * (there - here) + np.array([0.0, 4.0 * bulge * share * (1.0 - share)])
        _foot_at(s, end_s - duration_s * (1.0 - (k + 1) / SHARES), duration_s / SHARES, foot)


def _foot_at(s: Score, end_s: float, duration_s: float, foot: Array) -> None:
    long = float(s.props["mop"].frames["grip"][2, 3])
    hand = np.array([-0.03 + 0.25 * foot[0], 0.16 + 0.32 * foot[1]])
    z = np.array([*(hand - foot), 0.0])
    z[2] = np.sqrt(max(long**2 - float(z @ z), 0.3))
    z /= np.linalg.norm(z)
    y = np.array([-0.2, 0.95, 0.0])
    y -= z * (z @ y)
    y /= np.linalg.norm(y)
    s.right.bring(end_s, duration_s, "mop", "foot", None, frame="travel", at=(float(foot[0]), float(foot[1]), 0.004),
                  y_axis=tuple(y.tolist()), z_axis=tuple(z.tolist()), elbow=(0.9, -0.5, -0.2), ease="linear")  # fmt: skip


MOPPING = Action(
    name="mopping",
    caption="mops the floor, a bucket beside {object}",
    wordings=("pushes a wet mop over the floor with both hands", "cleans the floor with a mop"),
    choreography=_mop,
    phases=("mop", "look"),
    params={
        "way": Choice(("to_and_fro", "bows"), (0.6, 0.4)),
        "strokes": Range(3, 4, whole=True),
        "beat_s": Range(0.52, 0.72),
        "stroke": Range(0.75, 1.05),
        "wide": Range(0.5, 0.8),
        "bow_rad": Range(0.22, 0.42),
        "step_m": Range(0.10, 0.20),
        "bucket_out_m": Range(0.0, 0.3),
    },
    props=(PropUse("mop", ("mop",), (0.9, 1.1)), PropUse("bucket", ("bucket",), (0.9, 1.1))),
    aliases=("mop", "mopping the floor", "mopping floor", "mop the floor"),
    tags=("daily", "arms", "legs", "object", "cleaning"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "MoppingFloor", "kinetics700": "mopping floor"},
)
