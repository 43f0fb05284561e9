"""Things with buttons: a selfie, and a remote control."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score
from ...motion.target import Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand
from .resting import SEATS, idle_hand, settled


def _selfie(s: Score) -> None:
    """The phone goes out at arm's length above the face, a pose is struck for it, it clicks, and the picture is looked at."""
    s.hold("phone", START_S)
    s.right.fingers(START_S, 0.1, "grip_wide")
    _read(s, START_S, 0.1)
    free_hand(s, s.left, "side", START_S, 0.1)
    shots = int(s.number("shots"))
    with s.phase("raise", 0.85) as (start, end):
        s.look(start + 0.25, "right_hand", (0.0, 0.05, 0.05), duration_s=0.3)
        _hold_out(s, end, 0.75, 0.0)
        s.look(end, "right_hand", (0.0, 0.05, 0.05))
    with s.phase("pose", 0.7) as (start, end):
        _strike(s, end - 0.05, 0.6)
        _hold_out(s, end, 0.6, 0.012)
        s.head.to(end, 0.5, tilt=s.number("tilt_rad"), turn=s.number("turn_rad"))
        s.trunk.to(end, 0.6, lean=-0.5 * s.number("tilt_rad"), bend=-0.04)
        s.pelvis.to(end, 0.6, right=-0.03, roll=-0.04)
        s.mode.to(end, 0.4, jaw=s.number("smile_rad"))
    with s.phase("shoot", 0.35 + 0.45 * shots) as (start, end):
        s.contact("right_palm", "phone", start, end)
        for k in range(shots):
            at = start + 0.2 + 0.45 * k
            s.right.fingers(at, 0.1, "grip")
            s.right.fingers(at + 0.12, 0.12, "grip_wide")
            if k + 1 < shots:
                _hold_out(s, at + 0.4, 0.25, 0.03 * (-1.0) ** k)
                s.head.to(at + 0.4, 0.25, tilt=-0.6 * s.number("tilt_rad"))
    with s.phase("lower", 0.8) as (start, end):
        _read(s, end, 0.7)
        s.look(end - 0.1, "right_hand", (0.0, 0.05, 0.05), duration_s=0.5)
        s.head.to(end, 0.5, tilt=0.0, turn=0.0)
        s.trunk.to(end, 0.6, lean=0.0, bend=0.05)
        s.pelvis.to(end, 0.6, right=0.0, roll=0.0)
        free_hand(s, s.left, "side", end, 0.65)


def _hold_out(s: Score, end_s: float, duration_s: float, shift_m: float) -> None:
    """The phone at arm's length, its screen towards the face, `shift_m` aside and up from where it was."""
    arm = s.body.arm_m
    out, up = s.number("out"), s.number("up")
    ahead = float(np.sqrt(max(s.number("stretch") ** 2 - out**2 - up**2, 0.3)))
    s.right.bring(
        end_s,
        duration_s,
        "phone",
        "screen",
        None,
        frame="shoulder",
        at=(out * arm - 0.05 + shift_m, ahead * arm + 0.05, up * arm + 0.06 + 0.6 * shift_m),
        y_axis=(0.0, 0.35 * up, 1.0),
        z_axis=(-0.35 - out, -ahead - 0.2, 0.30 - up),
        elbow=(0.6, -0.2, -0.8),
    )


def _read(s: Score, end_s: float, duration_s: float) -> None:
    """The phone before the chest, tipped to the eyes."""
    s.right.bring(
        end_s,
        duration_s,
        "phone",
        "screen",
        None,
        frame="chest",
        at=(0.05, max(0.32, s.body.belly_front_m + 0.18), -0.10),
        y_axis=(0.0, 0.55, 0.83),
        z_axis=(0.0, -0.83, 0.55),
        elbow=(0.5, -0.4, -0.9),
    )


def _strike(s: Score, end_s: float, duration_s: float) -> None:
    """What the other hand does for the picture."""
    pose = s.option("pose")
    hands: dict[str, tuple[str, Vector, Vector, Vector, str]] = {
        "victory": ("left_eye", (0.10, 0.06, -0.05), (-0.1, 1.0, 0.05), (0.35, 0.0, 0.95), "scissors"),
        "cheek": ("chin", (0.045, 0.02, -0.035), (-0.4, -0.5, 0.75), (-0.5, 0.1, 0.85), "cup"),
        "wave": ("left_ear", (0.20, 0.14, 0.02), (-0.1, 1.0, 0.0), (0.15, 0.0, 1.0), "flat"),
    }
    if pose in hands:
        landmark, at, palm, fingers, shape = hands[pose]
        s.left.touch(end_s, duration_s, landmark, at, palm=palm, fingers=fingers, elbow=(0.6, 0.1, -0.9))
        s.left.fingers(end_s, 0.4, shape)
    else:
        free_hand(s, s.left, pose, end_s, duration_s)


TAKING_A_SELFIE = Action(
    name="taking_a_selfie",
    caption="takes a selfie with a {phone} held out in {possessive} {side} hand",
    wordings=("holds out a {phone} and takes a picture of {reflexive}",),
    choreography=_selfie,
    phases=("raise", "pose", "shoot", "lower"),
    params={
        "pose": Choice(("victory", "hip", "cheek", "wave", "side"), (0.3, 0.2, 0.2, 0.15, 0.15)),
        "shots": Range(1, 2, whole=True),
        "out": Range(-0.05, 0.35),
        "up": Range(0.15, 0.55),
        "stretch": Range(0.86, 0.96),
        "tilt_rad": Range(-0.22, 0.22),
        "turn_rad": Range(-0.2, 0.2),
        "smile_rad": Range(0.0, 0.08),
    },
    props=(PropUse("phone", ("smartphone",), (0.95, 1.1)),),
    aliases=("selfie", "take a selfie", "taking a picture of oneself"),
    tags=("daily", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "taking_a_selfie", "ntu120": "A032"},
)


def _remote(s: Score) -> None:
    """The remote comes up and points at an unseen screen ahead; the thumb presses, with a little push of the wrist each time."""
    s.hold("remote", START_S)
    s.right.fingers(START_S, 0.1, "grip_wide")
    idle_hand(s, s.left, s.option("free_hand"), START_S, 0.1)
    _low(s, START_S, 0.1)
    settled(s, 0.0, 3.5, lean_rad=s.number("lean_rad"))
    screen = (s.number("screen_right"), 2.4, s.number("screen_up") * s.body.eye_height_m)
    presses = int(s.number("presses"))
    with s.phase("look", 0.45) as (start, end):
        s.look(start + 0.3, "right_hand", duration_s=0.3)
        s.right.again(end + 0.1, 0.4, at=(0.10, 0.52, -0.42))
    with s.phase("aim", 0.6) as (start, end):
        s.look(start + 0.3, "travel", screen)
        _point(s, end, 0.55, 0.0)
    with s.phase("press", s.number("press_s") * presses + 0.35) as (start, end):
        s.contact("right_palm", "remote", start, end)
        for k in range(presses):
            at = start + 0.1 + s.number("press_s") * k
            _point(s, at + 0.10, 0.10, 1.0, k)
            s.right.fingers(at + 0.10, 0.09, "grip")
            _point(s, at + 0.26, 0.14, 0.0, k)
            s.right.fingers(at + 0.26, 0.12, "grip_wide")
        s.head.to(start + 0.6, 0.4, tilt=0.05)
        s.look(end - 0.1, "travel", screen)
    with s.phase("lower", 0.75) as (start, end):
        _low(s, end, 0.7)
        s.head.to(end, 0.5, tilt=0.0)


def _low(s: Score, end_s: float, duration_s: float) -> None:
    """The remote before the belly, or over the lap."""
    at = (0.06, 0.62, -0.52) if "seat" in s.props else (0.10, 0.44, -0.62)
    s.right.reach(end_s, duration_s, at, palm=(-0.35, 0.0, 0.95), fingers=(-0.60, 0.80, 0.0), elbow=(0.5, -0.6, -0.7))


def _point(s: Score, end_s: float, duration_s: float, push: float, number: int = 0) -> None:
    """The remote's front end towards the screen; `push` (0 to 1) is the jerk of the wrist that goes with a press."""
    arm = s.body.arm_m
    flick = push * s.number("flick_rad") * s.amplitude
    aside = 0.05 * float(np.sin(s.performer.phases_rad[number % 24]))
    s.right.bring(
        end_s,
        duration_s,
        "remote",
        "front",
        None,
        frame="shoulder",
        at=(-0.10, s.number("stretch") * arm + 0.16 + 0.05 * push, (s.number("height") - 0.05 * push) * arm),
        y_axis=(0.0, float(np.sin(flick)), float(np.cos(flick))),
        z_axis=(0.15 * s.number("screen_right") + aside, float(np.cos(flick)), 0.06 - float(np.sin(flick))),
        elbow=(0.5, -0.4, -0.9),
    )


USING_A_REMOTE_CONTROL = Action(
    name="using_a_remote_control",
    caption="points a remote control ahead with {possessive} {side} hand and presses its buttons",
    wordings=("switches channels with a remote control",),
    choreography=_remote,
    phases=("look", "aim", "press", "lower"),
    params={
        "presses": Range(2, 4, whole=True),
        "press_s": Range(0.36, 0.46),
        "stretch": Range(0.74, 0.90),
        "height": Range(-0.26, 0.0),
        "flick_rad": Range(0.12, 0.36),
        "screen_right": Range(-0.7, 0.7),
        "screen_up": Range(0.65, 0.95),
        "lean_rad": Range(0.02, 0.11),
        "free_hand": Choice(("side", "hip", "across"), (0.5, 0.3, 0.2)),
    },
    props=(PropUse("remote", ("remote",), (0.95, 1.15)), PropUse("seat", ("none", *SEATS), (0.92, 1.15))),
    aliases=("remote control", "using a remote", "switching channels", "pointing a remote control"),
    tags=("daily", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"synapt150": "using_a_remote_control"},
)
