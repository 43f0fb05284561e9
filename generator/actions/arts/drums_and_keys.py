"""Playing drums and piano, seated."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..household.desk_work import CURVED
from ..household.places import sit_at
from ..poses import START_S, lasting
from ..postures.seats import seat_for, seated

KIT = {"snare": (0.0, 0.10), "tom": (-0.24, 0.50), "floor_tom": (0.60, 0.02), "cymbal": (0.34, 0.58)}
"""Where each part of the kit stands, (right, forward) m of the ankles."""

SKINS = {"snare": "head", "tom": "head", "floor_tom": "head", "cymbal": "edge"}

BEATS = {
    "rock": (("cymbal", ""), ("cymbal", "snare"), ("cymbal", ""), ("cymbal", "snare")),
    "fill": (("snare", "snare"), ("snare", "tom"), ("floor_tom", "tom"), ("floor_tom", "snare")),
    "toms": (("floor_tom", ""), ("floor_tom", "snare"), ("snare", "tom"), ("cymbal", "snare")),
}
"""What the right and the left stick strike on each beat; "" rests."""


def _drums(s: Score) -> None:
    """On the stool behind the kit: a stick in each hand, right and left in turn on drums and cymbal, the head goes with
    the beat."""
    duration, beat = lasting(s), s.number("beat_s")
    seat = seat_for(s, "chair", 0.05)
    s.stand("chair", (0.0, seat.middle_m), time_s=START_S)
    seated(s, seat, START_S, 0.1, 0.06)
    s.trunk.to(START_S, 0.1, bend=0.14)
    s.mode.to(START_S, 0.1, balance=0.0, seated=1.0)
    for name, place in KIT.items():
        s.stand(name, place, time_s=START_S)
    for hand, foot in ((s.right, s.right_foot), (s.left, s.left_foot)):
        foot.place(START_S, 0.1, (0.30, 0.06), toe_out_rad=0.35, knee=(0.5, 1.0, 0.4))
        hand.fingers(START_S, 0.1, "grip_thin")
        s.hold(f"{hand.side}_stick", START_S, hand.side)
        _tip(s, hand, START_S, 0.1, "snare", 0.16)
    s.look(START_S, "prop:snare:head", (0.0, 0.5, 0.1))
    bars = [BEATS[s.option("first")], BEATS[s.option("second")]]
    with s.throughout("play", duration) as (start, end):
        at, k = start - 1.5, 0
        while at < end + 0.8:
            right, left = bars[k // 4 % 2][k % 4]
            _strike(s, s.right, at, beat, right)
            if left:
                _strike(s, s.left, at + (0.5 * beat if bars[k // 4 % 2] is not BEATS["rock"] else 0.015), beat, left)
            s.head.to(at, 0.4 * beat, nod=0.05 + 0.14 * s.number("groove"))
            s.head.to(at + 0.5 * beat, 0.5 * beat, nod=0.02)
            s.trunk.to(at, 0.9 * beat, twist=-0.18 if right == "floor_tom" else 0.06 if left == "tom" else 0.0, bend=0.16)
            s.right_foot.heel.to(at + 0.5 * beat, 0.35 * beat, 0.16)
            s.right_foot.heel.to(at + beat, 0.35 * beat, 0.0)
            at, k = at + beat, k + 1


def _strike(s: Score, hand: Hand, at: float, beat: float, thing: str) -> None:
    """The stick comes up over a drum, whips down on it at `at`, and springs off."""
    lift = 0.20 * s.number("lift") * s.amplitude**0.5
    _tip(s, hand, at - 0.28 * beat, 0.45 * beat, thing, lift)
    _tip(s, hand, at, 0.26 * beat, thing, 0.008, "accelerate")
    _tip(s, hand, at + 0.30 * beat, 0.28 * beat, thing, 0.55 * lift, "decelerate")
    s.contact(f"{hand.side}_palm", f"{hand.side}_stick", at - 0.1, at + 0.1)


def _tip(s: Score, hand: Hand, end_s: float, duration_s: float, thing: str, over: float, ease: str = "smooth") -> None:
    """The stick's tip over a drum's head, the stick raised as the wrist raises it."""
    rise = -0.25 + 2.0 * over
    out = 0.07 if thing == "snare" else 0.0
    stick, inwards = f"{hand.side}_stick", {"snare": -0.45, "floor_tom": -0.15}.get(thing, 0.0)
    hand.bring(
        end_s,
        duration_s,
        stick,
        "tip",
        None,
        frame=f"prop:{thing}:{SKINS[thing]}",
        at=(out, -0.03, over),
        y_axis=(0.80, 0.5, 0.0),
        z_axis=(inwards, 0.85, rise),
        elbow=(0.8, -0.5, -0.5),
        ease=ease,
    )


PLAYING_DRUMS = Action(
    name="playing_drums",
    caption="sits behind a drum kit and plays the drums with two sticks",
    choreography=_drums,
    phases=("play",),
    params={
        "duration_s": Range(2.8, 4.6),
        "beat_s": Range(0.40, 0.58),
        "first": Choice(("rock", "fill", "toms")),
        "second": Choice(("rock", "fill", "toms")),
        "lift": Range(0.7, 1.4),
        "groove": Range(0.2, 1.3),
    },
    props=(
        PropUse("chair", ("stool",), (0.95, 1.05)),
        PropUse("snare", ("snare",), (0.96, 1.03)),
        PropUse("tom", ("rack_tom",), (0.95, 1.05)),
        PropUse("floor_tom", ("floor_tom",), (0.95, 1.05)),
        PropUse("cymbal", ("cymbal",), (0.95, 1.08)),
        PropUse("right_stick", ("drumstick",), (0.96, 1.04)),
        PropUse("left_stick", ("drumstick",), (0.96, 1.04)),
    ),
    wordings=("drums on a drum kit", "plays a beat on drums and cymbal"),
    aliases=("drumming", "playing the drums", "play drums"),
    tags=("arts", "music", "arms", "object", "seated"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "Drumming"},
)


def _piano(s: Score) -> None:
    """On the bench at the keys: both hands run along them, fingertips down note by note, the trunk sways after the hands."""
    duration = lasting(s)
    top = sit_at(s, "piano", pitch_rad=s.number("lean_rad"), bend_rad=0.14, room_m=0.01)
    frames = s.props["piano"].frames
    keys = top.edge_m + float(frames["near"][1, 3] - frames["keys"][1, 3])
    high = float(frames["keys"][2, 3])
    s.look(START_S, "world", (0.0, keys, high) if s.option("eyes") == "hands" else (0.0, keys + 0.25, high + 0.22))
    with s.throughout("play", duration) as (start, end):
        for hand in (s.right, s.left):
            _notes(s, hand, start - 1.2, end + 0.6, keys, high)
        sway = 0.06 * s.number("sway") * s.amplitude
        at, side = start - 0.5, 1.0
        while at < end + 0.5:
            s.trunk.to(at, 1.0, lean=sway * side, twist=-0.5 * sway * side, bend=0.14 + 0.5 * sway)
            s.head.to(at + 0.1, 0.7, nod=0.10 if side > 0.0 else 0.02)
            at, side = at + 1.1, -side
        s.look(start + 0.6 * duration, "world", (0.25, keys, high), duration_s=0.4)
        s.contact("right_index_tip", "piano", start, end)
        s.contact("left_index_tip", "piano", start, end)


def _notes(s: Score, hand: Hand, start: float, end: float, keys: float, high: float) -> None:
    """Note after note; the right hand runs in scales up and down, the left one leaps between bass and chord."""
    beat, span = s.number("note_s"), 0.5 * s.number("span_m")
    right = hand.side == "right"
    step = beat if right else 2.0 * beat
    at, k = start, 0
    hand.fingers(START_S, 0.1, "cup")
    while at < end:
        share = abs((k % 12) - 6) / 6.0 if right else (0.0, 0.75, 0.55, 0.75)[k % 4]
        out = 0.10 + (span * (1.0 - share) if right else span * (1.0 - share) * 0.9)
        for when, length, over in ((at + 0.5 * step, 0.5 * step, 0.045 * s.amplitude**0.5), (at + step, 0.42 * step, 0.004)):
            hand.go(
                when,
                length,
                "world",
                (out, keys, high + over + CURVED * s.body.hand_m),
                palm=(-0.08, 0.20, -1.0),
                fingers=(-0.15, 1.0, 0.10),
                elbow=(0.75, -0.6, -0.6),
                effector="middle_tip",
            )
        hand.fingers(at + 0.5 * step, 0.4 * step, "relaxed")
        hand.fingers(at + step, 0.4 * step, "cup")
        at, k = at + step, k + 1


PLAYING_PIANO = Action(
    name="playing_piano",
    caption="sits at a piano and plays it with both hands",
    choreography=_piano,
    phases=("play",),
    params={
        "duration_s": Range(2.8, 4.6),
        "note_s": Range(0.20, 0.36),
        "span_m": Range(0.40, 0.75),
        "lean_rad": Range(0.05, 0.16),
        "sway": Range(0.3, 1.5),
        "eyes": Choice(("hands", "music"), (0.6, 0.4)),
    },
    props=(PropUse("chair", ("stool", "chair"), (0.95, 1.05)), PropUse("piano", ("piano",), (0.97, 1.03))),
    wordings=("plays the piano, both hands moving along the keys", "makes music at a piano"),
    aliases=("playing the piano", "play piano"),
    tags=("arts", "music", "arms", "object", "seated"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "PlayingPiano"},
)
