"""Aimed and let go: archery and bowling."""

from __future__ import annotations

from ...motion.passing import string
from ...motion.score import Score
from ..action import Action, PropUse, Range
from ..poses import START_S
from .moves import arms_down, pace, settle


def _archery(s: Score) -> None:
    """Side on to the target: the bow goes up, the string comes back to the cheek, a still moment, the fingers open."""
    out = 0.5 * s.number("stance") * s.body.leg_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (out, 0.0), toe_out_rad=0.15)
    s.hold("bow", START_S, "left")
    string(s, "upper", ("left", "bow:top"), ("right", ""), START_S)
    string(s, "lower", ("left", "bow:bottom"), ("right", ""), START_S)
    string(s, "arrow", ("right", ""), ("left", "bow:rest"), START_S)
    s.left.fingers(START_S, 0.1, "grip")
    s.right.fingers(START_S, 0.1, "grip_thin")
    low = s.number("low")
    _bow(s, START_S, 0.1, (0.55, 0.35, -0.42 - 0.2 * low), 0.55)
    _nocked(s, START_S, 0.1)
    s.look(START_S, "thing:bow", duration_s=0.1)
    with s.phase("raise", 0.9) as (start, end):
        s.look(start + 0.35, "world", (-8.0, 0.2, 1.1 * s.body.shoulder_height_m), duration_s=0.35)
        s.pelvis.to(end, 0.8, yaw=0.12)
        s.trunk.to(end, 0.8, twist=0.10)
        _bow(s, end, 0.8, (0.99, 0.12, 0.04 + s.number("aim_up")), 0.0)
    with s.phase("draw", s.number("draw_s")) as (start, end):
        _at_cheek(s, end, end - start, 0.0)
        s.trunk.to(end, end - start, twist=0.0, bend=-0.04)
    with s.phase("aim", s.number("aim_s")):
        pass
    _loose(s)
    with s.phase("lower", 1.0) as (start, end):
        _bow(s, end, 0.9, (0.45, 0.40, -0.55), 0.6)
        s.right.rest(end, 0.8)
        s.right.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.8, bend=0.0)
        s.pelvis.to(end, 0.8, yaw=0.0)


def _bow(s: Score, end_s: float, duration_s: float, at: tuple[float, float, float], tip: float) -> None:
    """The left hand with the bow to a point in arm lengths; upright, or its top leaning over by `tip`."""
    a = s.body.arm_m
    point = (at[0] * a + 0.05, at[1] * a, at[2] * a)
    ahead = (0.97 - 0.7 * tip, 0.10 + 0.9 * tip, -0.35 * tip)
    s.left.bring(end_s, duration_s, "bow", "middle", None, frame="shoulder", at=point, y_axis=ahead,
                 z_axis=(0.35 * tip, 0.1 * tip, 1.0), elbow=(0.0, -0.3, -1.0))  # fmt: skip


def _nocked(s: Score, end_s: float, duration_s: float) -> None:
    """The right fingers on the string as it is not drawn."""
    s.right.go(end_s, duration_s, "thing:bow:brace", (0.0, 0.0, 0.0), palm=(-0.1, -0.9, -0.3), fingers=(-1.0, 0.0, 0.0),
               elbow=(0.8, 0.0, 0.3))  # fmt: skip


def _at_cheek(s: Score, end_s: float, duration_s: float, back_m: float, ease: str = "smooth") -> None:
    """The right hand under the jaw, `back_m` further from the target; the elbow behind it, as high as the ear."""
    s.right.touch(end_s, duration_s, "chin", (0.045, -back_m, -0.03), "head", ease, palm=(-0.9, 0.0, -0.35),
                  fingers=(0.0, 1.0, 0.0), elbow=(0.1, -1.0, 0.35))  # fmt: skip


def _loose(s: Score) -> None:
    """The arrow is off, the string is straight again, the hand slides back along the neck."""
    loose = s.now
    s.throw("arrow", loose, (-s.number("speed_mps"), 0.0, 1.2))
    string(s, "upper", ("left", "bow:top"), ("left", "bow:brace"), loose)
    string(s, "lower", ("left", "bow:bottom"), ("left", "bow:brace"), loose)
    with s.phase("loose", 0.55) as (start, end):
        s.right.fingers(start + 0.05, 0.05, "relaxed")
        s.right.again(start + 0.18, 0.18, "decelerate", at=(0.075, -0.16, -0.04))
        s.trunk.to(start + 0.15, 0.15, twist=-0.04)
        s.contact("left_palm", "bow", -s.real(s.spec.idle_before_s), end)


ARCHERY = Action(
    name="archery",
    caption="draws a bow and shoots an arrow",
    wordings=("shoots an arrow with a bow", "draws a bowstring to the cheek and lets an arrow go"),
    choreography=_archery,
    phases=("raise", "draw", "aim", "loose", "lower"),
    params={
        "stance": Range(0.45, 0.75),
        "low": Range(0.0, 1.0),
        "draw_s": Range(0.8, 1.3),
        "aim_s": Range(0.5, 1.3),
        "aim_up": Range(-0.05, 0.12),
        "speed_mps": Range(13.0, 17.0),
    },
    props=(
        PropUse("bow", ("bow",), (0.97, 1.08)),
        PropUse("upper", ("bow_string",), (1.0, 1.01)),
        PropUse("lower", ("bow_string",), (1.0, 1.01)),
        PropUse("arrow", ("arrow",), (1.0, 1.05)),
    ),
    aliases=("shooting a bow", "shooting an arrow", "drawing a bow", "shoot bow"),
    tags=("sport", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "Archery", "hmdb51": "shoot_bow"},
)


def _bowling(s: Score) -> None:
    """The ball before the chest; four steps with a pendulum swing, the last one a long slide; it leaves the hand at the ankle."""
    leg, step, back = s.body.leg_m, s.number("step_s"), s.number("back")
    radius, stride = float(s.props["ball"].frames["grip"][1, 3]), s.number("stride") * leg
    s.hold("ball", START_S)
    s.contact("right_palm", "ball", -s.real(s.spec.idle_before_s), 1.0)
    s.right.fingers(START_S, 0.1, "grip_wide")
    s.left.fingers(START_S, 0.1, "cup")
    ahead = max(0.24, s.body.belly_front_m + radius + 0.03)
    s.right.go(START_S, 0.1, "chest", (0.04, ahead, -0.20), palm=(-0.35, 0.3, 0.9), fingers=(-0.3, 0.9, -0.1))
    s.left.go(START_S, 0.1, "thing:ball", (0.75 * radius, 0.0, -0.66 * radius), palm=(-0.75, 0.0, 0.66), fingers=(0.0, 1.0, 0.1),
              elbow=(0.9, -0.5, -0.3))  # fmt: skip
    s.look(START_S, "world", (0.0, 8.0, 0.2))
    s.trunk.to(START_S, 0.1, bend=0.12)
    with s.phase("address", s.number("aim_s")) as (start, end):
        s.pelvis.to(end, 0.5, up=-0.03 * leg, pitch=0.08)
    with s.phase("approach", 3.0 * step) as (start, end):
        for k, foot in enumerate((s.right_foot, s.left_foot, s.right_foot)):
            ahead = stride * (0.7 + k)
            pace(s, foot, start + (k + 1) * step, step, ahead, body_m=ahead - 0.10 * leg, lift_m=0.05)
        s.right.go(start + 0.9 * step, 0.8 * step, "chest", (0.08, 0.46, -0.22), palm=(-0.2, 0.4, 0.9), fingers=(0.0, 1.0, -0.1))
        s.right.reach(
            start + 1.75 * step, 0.85 * step, (0.10, 0.12, -0.98), "away", palm=(-0.2, 1.0, 0.1), fingers=(0.0, 0.1, -1.0)
        )
        s.right.reach(
            end - 0.02, 1.2 * step, (0.12, -0.88, -0.45 + 0.35 * back), "home", palm=(-0.1, 0.5, -0.85), fingers=(0.0, -0.9, -0.4)
        )
        s.left.reach(start + 2.0 * step, step, (0.55, 0.25, -0.60))
        s.trunk.to(end, 1.5 * step, bend=0.34, twist=-0.15)
        s.pelvis.to(end, 1.5 * step, pitch=0.30, up=-0.08 * leg)
    slide = 0.42
    release = s.now + slide
    line = stride * 2.7 + 0.80 * leg
    with s.phase("release", slide) as (start, end):
        s.left_foot.step(end + 0.02, 0.40, (0.35 * s.body.stance_out_m, line), toe_out_rad=0.0, lift_m=0.05, ease="decelerate")
        s.pelvis.to(end, 0.40, forward=line - 0.26 * leg, up=-0.34 * leg, pitch=0.75, right=-0.03)
        s.trunk.to(end, 0.38, bend=0.50, twist=0.0, lean=0.08)
        s.right_foot.heel.to(end, 0.3, 0.9)
        s.right_foot.step(end + 0.10, 0.40, (-0.9 * s.body.stance_out_m, line - 0.95 * leg), toe_out_rad=0.3, lift_m=0.06)
        s.right.reach(end - 0.12, 0.26, (0.06, 0.74, -0.66), "accelerate", palm=(-0.1, 0.6, 0.8), fingers=(0.0, 0.8, -0.6))
        s.right.reach(end, 0.12, (0.04, 0.98, -0.02), "linear", palm=(0.0, -0.1, 0.98), fingers=(0.0, 1.0, 0.0))
        s.left.reach(end, 0.35, (0.85, -0.20, -0.25))
    s.right.fingers(release, 0.08, "flat")
    s.throw("ball", release, (0.0, s.number("speed_mps"), -0.3))
    with s.phase("follow_through", 0.9) as (start, end):
        s.right.reach(start + 0.30, 0.30, (0.02, 0.18, 0.92), "decelerate", palm=(0.0, -0.9, 0.4), fingers=(0.0, 0.4, 0.9))
        s.trunk.to(end, 0.7, bend=0.25)
        s.pelvis.to(end, 0.7, up=-0.16 * leg, pitch=0.35)
    with s.phase("recover", 0.9) as (start, end):
        settle(s, end, 0.85, line - 0.05)
        s.pelvis.to(end, 0.7, up=0.0)
        arms_down(s, end, 0.75)


BOWLING = Action(
    name="bowling",
    caption="bowls a ball along the floor",
    wordings=("walks up and rolls a bowling ball", "swings a bowling ball low and lets it roll away"),
    choreography=_bowling,
    phases=("address", "approach", "release", "follow_through", "recover"),
    params={
        "aim_s": Range(0.4, 0.9),
        "step_s": Range(0.40, 0.52),
        "stride": Range(0.42, 0.60),
        "back": Range(0.0, 1.0),
        "speed_mps": Range(4.5, 7.0),
    },
    props=(PropUse("ball", ("bowling_ball",), (0.212, 0.218)),),
    aliases=("rolling a bowling ball", "bowling a ball", "tenpin bowling"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand",),
    taxonomy={"ucf101": "Bowling"},
)
