"""Daily life with a thing in one hand: drinking and telephoning."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand, round_the_belly, shift_weight, talk


def _drink(s: Score) -> None:
    """The vessel comes up to the lips, the lips take the rim, vessel and head tip back together, and it comes down again."""
    sips = int(s.number("sips"))
    sip_s = s.number("sip_s") * (1.6 if sips == 1 else 1.0)  # one sip is a longer one
    tall = float(s.props["vessel"].frames["rim"][2, 3]) > 0.17  # a bottle must be tipped further before it flows
    tilt = s.number("tilt_rad") * (1.35 if tall else 1.0)
    _carry_vessel(s, START_S, 0.1)
    free_hand(s, s.left, s.option("free_hand"), START_S, 0.1)
    s.right.fingers(START_S, 0.1, "grip_wide")
    s.hold("vessel", START_S)
    with s.phase("raise", 0.9) as (start, end):
        s.look(start + 0.3, "chest", (0.05, 0.6, -0.05), duration_s=0.3)
        _to_lips(s, end - 0.18, 0.72, 0.035, 0.10)
        _to_lips(s, end, 0.22, 0.0, 0.18)
        s.head.to(end, 0.5, nod=-0.04)
        s.look(end, "travel", (0.0, 3.0, s.body.eye_height_m + 0.1))
        s.trunk.to(end, 0.7, bend=-0.02, twist=0.05)
    with s.phase("drink", sips * (sip_s + 0.42)) as (start, end):
        at = start
        for k in range(sips):
            deeper = 1.0 if k == 0 else 1.15
            s.mode.to(at + 0.2, 0.2, jaw=0.06)
            _to_lips(s, at + 0.4, 0.4, 0.0, tilt * deeper)
            _to_lips(s, at + sip_s, sip_s - 0.4, 0.0, tilt * deeper + 0.18)
            s.head.to(at + 0.5, 0.5, nod=-s.number("head_back_rad") * deeper)
            s.trunk.to(at + 0.5, 0.5, bend=-0.05)
            _to_lips(s, at + sip_s + 0.35, 0.35, 0.0, 0.22)
            s.head.to(at + sip_s + 0.4, 0.4, nod=-0.02)
            s.mode.to(at + sip_s + 0.35, 0.25, jaw=0.0)
            at += sip_s + 0.42
        s.contact("right_palm", "vessel", start, end)
    with s.phase("lower", 0.8) as (start, end):
        _to_lips(s, start + 0.2, 0.2, 0.04, 0.05)
        _carry_vessel(s, end, 0.68)
        s.trunk.to(end, 0.7, bend=0.0, twist=0.0)
        s.look(start + 0.7, "chest", (0.05, 0.5, -0.1))
        s.look_ahead(end + 0.2)


def _carry_vessel(s: Score, end_s: float, duration_s: float) -> None:
    """The vessel upright in front of the belly, the elbow bent."""
    height = s.number("carry_height")
    s.right.bring(
        end_s,
        duration_s,
        "vessel",
        "base",
        None,
        frame="chest",
        at=(0.09, max(0.30, s.body.belly_front_m + 0.16), -0.36 + height),
        y_axis=(-0.45, 0.9, 0.0),
        z_axis=(0.0, 0.0, 1.0),
        elbow=(0.5, -0.5, -0.8),
    )


def _to_lips(s: Score, end_s: float, duration_s: float, away_m: float, tilt_rad: float) -> None:
    """The rim at the lower lip (or `away_m` before it), the vessel tipped towards the drinker."""
    cosine, sine = float(np.cos(tilt_rad)), float(np.sin(tilt_rad))
    s.right.bring(
        end_s,
        duration_s,
        "vessel",
        "sip",
        "mouth",
        at=(0.0, 0.002 + away_m, -0.004 - 0.6 * away_m),
        y_axis=(0.0, cosine, sine),
        z_axis=(0.0, -sine, cosine),
        elbow=(0.55, 0.0, -1.0),
    )


DRINKING_WATER = Action(
    name="drinking_water",
    caption="drinks from a {vessel} held in {possessive} {side} hand",
    choreography=_drink,
    phases=("raise", "drink", "lower"),
    params={
        "sips": Range(1, 2, whole=True),
        "sip_s": Range(0.60, 0.75),
        "tilt_rad": Range(0.68, 0.92),
        "head_back_rad": Range(0.30, 0.48),
        "carry_height": Range(-0.04, 0.10),
        "free_hand": Choice(("side", "hip", "across"), (0.6, 0.2, 0.2)),
    },
    props=(PropUse("vessel", ("cup", "mug", "glass", "bottle", "can")),),
    aliases=("drinking", "drink", "drink water", "drinking from a cup"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "drinking_water", "ntu120": "A001", "hmdb51": "drink"},
)


def _telephone(s: Score) -> None:
    """The phone comes out of the hanging hand to the ear (perhaps after a look at its screen); talk; down again."""
    s.hold("phone", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    free_hand(s, s.left, "side", START_S, 0.1)
    out = s.number("elbow_out")
    if s.option("before") == "screen":
        _read_screen(s)
    with s.phase("raise", 0.85) as (start, end):
        s.look(start + 0.3, "travel", (0.4, 3.0, s.body.eye_height_m - 0.3))
        s.right.reach(end - 0.45, 0.45, (0.24, 0.55, -0.42), palm=(-0.9, 0.1, 0.25), elbow=(0.5, -0.6, -0.8))
        _to_ear(s, end - 0.1, 0.55, 0.05, out)
        _to_ear(s, end + 0.05, 0.22, 0.012, out)
        s.head.to(end, 0.6, tilt=s.number("tilt_rad"), nod=0.05)
        s.look_ahead(end + 0.2)
        free_hand(s, s.left, s.option("free_hand").replace("gesture", "side"), end + 0.2, 0.9)
    with s.phase("talk", s.number("talk_s") + (0.5 if s.option("before") == "hanging" else 0.0)) as (start, end):
        s.contact("right_palm", "phone", start, end)
        talk(s, start + 0.15, end - 0.1)
        _talking_body(s, start, end)
    with s.phase("lower", 0.85) as (start, end):
        _to_ear(s, start + 0.22, 0.22, 0.05, out)
        s.right.reach(start + 0.55, 0.42, (0.22, 0.52, -0.40), palm=(-0.9, 0.1, 0.25), elbow=(0.5, -0.6, -0.8))
        s.right.rest(end, 0.5)
        s.head.to(end, 0.6, tilt=0.0, nod=0.0, turn=0.0)
        s.trunk.to(end, 0.6, twist=0.0, bend=0.0)
        s.look(start + 0.75, "chest", (0.15, 0.6, -0.15), duration_s=0.4)
        s.look_ahead(end + 0.5)
        if s.option("free_hand") == "across":
            round_the_belly(s, s.left, end - 0.45, 0.4)
        free_hand(s, s.left, "side", end, 0.6)


def _read_screen(s: Score) -> None:
    """The phone is held up before the chest, and a thumb or the other hand's finger taps it."""
    s.right.bring(
        START_S,
        0.1,
        "phone",
        "screen",
        None,
        frame="chest",
        at=(-0.02, 0.30, -0.14),
        y_axis=(0.0, 0.35, 0.95),
        z_axis=(0.0, -0.95, 0.35),
        elbow=(0.6, -0.3, -0.9),
    )
    s.look(START_S, "chest", (0.02, 0.30, -0.14))
    s.head.to(START_S, 0.1, nod=0.1)
    with s.phase("dial", 0.72) as (start, end):
        for k in range(3):
            at = start + 0.22 * (k + 1)
            s.right.fingers(at - 0.1, 0.1, "grip_wide")
            s.right.fingers(at, 0.1, "grip")
        s.head.to(end + 0.3, 0.4, nod=0.0)


def _to_ear(s: Score, end_s: float, duration_s: float, away_m: float, elbow_out: float) -> None:
    """The earpiece over the ear, the microphone towards the mouth."""
    s.right.bring(
        end_s,
        duration_s,
        "phone",
        "ear",
        "right_ear",
        at=(away_m, 0.005 + 1.3 * max(away_m - 0.012, 0.0), -0.5 * max(away_m - 0.012, 0.0)),
        y_axis=(0.12, -0.72, 0.70),
        z_axis=(-1.0, -0.22, 0.02),
        elbow=(elbow_out, 0.25, -0.9),
    )


def _talking_body(s: Score, start: float, end: float) -> None:
    """Nods, turns of the head, weight shifts, and a free hand that may talk along."""
    phases = s.performer.phases_rad
    at, k = start + 0.35, 0
    while at < end - 0.25:
        turn = 0.28 * float(np.sin(phases[k % 24]))
        nod = 0.05 + 0.16 * float(np.sin(phases[(k + 7) % 24])) ** 2
        s.head.to(at, 0.32, nod=nod, turn=turn)
        s.head.to(at + 0.28, 0.28, nod=0.03)
        s.trunk.to(at + 0.1, 0.5, twist=0.35 * turn, bend=0.12 * nod)
        if s.option("free_hand") == "gesture":
            up = -0.52 + 0.16 * float(np.sin(phases[(k + 3) % 24])) * s.amplitude
            s.left.reach(at + 0.05, 0.38, (0.12 + 0.14 * abs(turn), 0.42, up), palm=(-0.7, 0.1, 0.7), fingers=(0.1, 0.9, 0.35))
            s.left.fingers(at, 0.3, "relaxed" if k % 2 else "cup")
            s.left.again(at + 0.30, 0.25, at=(0.16, 0.40, up - 0.10))
        at, k = at + 0.55 + 0.12 * float(np.sin(phases[(k + 11) % 24])), k + 1
    shift_weight(s, start, end, 1.0 + 0.2 * float(np.sin(phases[5])))


TELEPHONING = Action(
    name="telephoning",
    caption="talks on a mobile phone held to {possessive} {side} ear",
    choreography=_telephone,
    phases=("dial", "raise", "talk", "lower"),
    params={
        "before": Choice(("hanging", "screen"), (0.5, 0.5)),
        "talk_s": Range(0.95, 1.27),
        "elbow_out": Range(0.25, 1.0),
        "free_hand": Choice(("side", "gesture", "hip", "across"), (0.25, 0.35, 0.2, 0.2)),
        "tilt_rad": Range(0.03, 0.20),
    },
    props=(PropUse("phone", ("phone",), (0.92, 1.08)),),
    aliases=("telephone", "phone call", "phoning", "talking on the phone", "making a phone call", "answering the phone"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "telephoning", "ntu120": "A028"},
)
