"""The moonwalk: stepping as if ahead while gliding backwards."""

from __future__ import annotations

import numpy as np

from ...motion.limbs import Foot
from ...motion.score import Score
from ...values import Array
from ..action import Action, Choice, Range
from ..poses import START_S, lasting

AIR_M = 0.017
"""A foot that glides hovers this high over the floor: it is on it to the eye, and nothing that stands."""


def _glides(s: Score, start: float, end: float, beat: float, length: float) -> None:
    """Feet in turn: one stands on its ball, heel high, while the other glides flat from before it to behind it; heels change.

    The body goes back evenly at one glide's length in two beats: it is over the middle between the feet at half of each beat.
    """
    out = 0.9 * s.body.stance_out_m
    first = int(np.floor(start / beat)) - 4
    speed = 0.5 * length / beat
    middle = 0.5 * (start + end)
    for k in range(first, int(np.ceil(end / beat)) + 3):
        foot, other = (s.right_foot, s.left_foot) if k % 2 == 0 else (s.left_foot, s.right_foot)
        begin, done = beat * k, beat * (k + 1)
        centre = -speed * (0.5 * (begin + done) - middle)
        _glide(foot, begin, done, (out, centre - 0.5 * length), fresh=k - first < 2)
        rise, drop = s.number("heel_rad"), 0.22 * beat
        other.heel.to(begin + drop, 1.4 * drop, rise, "decelerate")  # the foot behind goes up on its ball and bears
        foot.heel.to(begin + 0.6 * drop, 1.2 * drop, 0.0)  # the one before it drops its heel and is drawn back
        if done - drop > begin + drop:
            s.contact(f"{other.side}_ball", "floor", begin + drop, done)
    s.travel.channels["forward"].base = -speed * (0.0 - middle)
    s.travel.add("forward", lambda t: -speed * t)


def _glide(foot: Foot, begin: float, done: float, to: tuple[float, float], *, fresh: bool) -> None:
    if fresh:
        foot.moves.clear()
        foot.place(begin - 1.0, 0.0, (to[0], to[1] + 2.0 * abs(to[1])), toe_out_rad=0.05)
    foot.place(done, 0.94 * (done - begin), to, toe_out_rad=0.05, ease="swing")
    length = done - begin

    def hover(times: Array) -> Array:
        x = np.clip((times - begin - 0.04 * length) / (0.96 * length), 0.0, 1.0)
        return AIR_M * np.clip(np.minimum(x, 1.0 - x) / 0.06, 0.0, 1.0)

    foot.lift.add(hover)


def _moonwalk(s: Score) -> None:
    """Under way already: back and back, feet flat and on the ball in turn, the upper body loose, the head nodding the beat."""
    duration, beat = lasting(s), s.number("beat_s")
    length = s.number("glide") * s.body.leg_m * s.amplitude
    a = s.performer.phases_rad[0]
    turns = np.pi / beat
    with s.throughout("moonwalk", duration) as (start, end):
        s.mode.channels["balance"].base = 0.0
        s.pelvis.channels["up"].base -= 0.03 * s.body.leg_m
        _glides(s, start, end, beat, length)
        s.pelvis.channels["pitch"].base = s.number("lean_rad")
        s.trunk.channels["bend"].base += 0.6 * s.number("lean_rad")
        s.trunk.add("twist", lambda t: 0.12 * np.sin(turns * t))
        s.pelvis.add("yaw", lambda t: -0.10 * np.sin(turns * t))
        s.pelvis.add("right", lambda t: 0.012 * np.cos(turns * t))
        s.head.add("nod", lambda t: 0.08 * np.cos(2.0 * turns * t + 0.3 * a) - 0.05)
        s.head.channels["turn"].base = s.number("turned_rad") * float(np.sign(np.sin(a)))
        _arms(s, start, end, beat)


def _arms(s: Score, start: float, end: float, beat: float) -> None:
    """Swinging as if walking ahead; or one hand at the brim of a hat; or held a little out, wrists bent."""
    how = s.option("arms")
    for own, hand in enumerate((s.right, s.left)):
        if how == "brim" and own == 0:
            hand.fingers(START_S, 0.1, "pinch")
            hand.touch(START_S, 0.1, "forehead", (0.045, 0.045, 0.0), palm=(-0.45, -0.35, -0.8), fingers=(-0.75, -0.25, 0.5),
                       elbow=(0.9, 0.4, -0.6), effector="index_tip")  # fmt: skip
        elif how == "out":
            hand.fingers(START_S, 0.1, "flat")
            hand.reach(
                START_S, 0.1, (0.42, 0.05, -0.78), palm=(0.1, -0.1, -1.0), fingers=(0.9, 0.3, -0.2), elbow=(0.3, -0.9, -0.2)
            )
        else:
            for k in range(int(start / beat) - 4, int(end / beat) + 4):
                ahead = (0.34 if (k + own) % 2 == 0 else -0.26) * s.number("swing")
                hand.reach(beat * (k + 0.5), 1.05 * beat, (0.14, ahead, -0.90), "swing", effector="wrist")


MOONWALK = Action(
    name="moonwalk",
    caption="does the moonwalk",
    choreography=_moonwalk,
    phases=("moonwalk",),
    params={
        "duration_s": Range(2.6, 4.4),
        "beat_s": Range(0.44, 0.62),
        "glide": Range(0.74, 0.92),
        "heel_rad": Range(0.9, 1.1),
        "lean_rad": Range(0.02, 0.16),
        "turned_rad": Range(0.0, 0.5),
        "swing": Range(0.5, 1.2),
        "arms": Choice(("swing", "brim", "out"), (0.6, 0.2, 0.2)),
    },
    wordings=("glides backwards in a moonwalk", "moonwalks: seems to step ahead and glides back"),
    aliases=("moonwalking", "moon walk", "backslide"),
    tags=("locomotion", "legs", "dance"),
    taxonomy={"synapt150": "moonwalk"},
)
