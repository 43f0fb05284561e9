"""Up a ladder and up stairs."""

from __future__ import annotations

from ...motion.score import Score
from ...props.sports_machines import N_STEPS, STEP_TREAD_M
from ..action import Action, PropUse, Range
from ..poses import START_S


def _ladder(s: Score) -> None:
    """Hands on a rung before the face; left foot and right hand, right foot and left hand, rung by rung."""
    leg, n, beat = s.body.leg_m, int(s.number("rungs")), s.number("beat_s")
    gap = 0.22 + 0.10 * leg
    s.mode.to(START_S, 0.1, balance=0.0, reach=0.0)
    s.stand("ladder", (0.0, gap), time_s=START_S)
    frames = s.props["ladder"].frames
    rungs = [(0.0, 0.0)] + [(gap - float(frames[f"rung_{k}"][1, 3]), float(frames[f"rung_{k}"][2, 3])) for k in range(1, 9)]
    hands = {"right": 4, "left": 5} if s.body.shoulder_height_m < 1.3 else {"right": 5, "left": 6}
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
        _rung(s, hand.side, START_S, 0.1, hands[hand.side])
    s.look(START_S, "world", (0.0, gap + 0.4, 1.05 * s.body.eye_height_m))
    s.pelvis.to(START_S, 0.1, pitch=0.10, up=-0.01, forward=0.0)
    with s.phase("ready", s.number("wait_s")):
        pass
    for k in range(1, n + 1):
        with s.phase("climb", beat) as (start, end):
            foot, other = ("left", "right") if k % 2 else ("right", "left")
            hands[other] = min(hands[other] + 2, 8)
            _rung(s, other, start + 0.50 * beat, 0.42 * beat, hands[other])
            _tread(s, foot, start + 0.62 * beat, 0.50 * beat, rungs[k])
            ahead, up = rungs[k - 1]
            lean = ahead - (gap if k > 1 else 0.0)
            s.pelvis.to(
                start + 0.60 * beat,
                0.6 * beat,
                up=up + 0.02,
                forward=lean + (0.02 if k > 1 else 0.0),
                roll=0.05 if k % 2 else -0.05,
            )
            s.pelvis.to(start + 0.60 * beat, 0.5 * beat, right=(0.03 if k % 2 else -0.03) * s.number("sway"))
            s.look(end, "world", (0.0, gap + 0.6, 1.15 * s.body.eye_height_m + up), duration_s=0.5)
    ahead, up = rungs[n]
    with s.phase("stand", 1.0) as (start, end):
        foot = "right" if n % 2 else "left"
        _tread(s, foot, start + 0.55, 0.45, rungs[n])
        s.pelvis.to(start + 0.60, 0.6, up=up - 0.01, forward=ahead - gap + 0.02, right=0.0, roll=0.0)


def _rung(s: Score, side: str, end_s: float, duration_s: float, k: int) -> None:
    """A hand round a rung."""
    hand = s.right if side == "right" else s.left
    hand.go(end_s, duration_s, f"prop:ladder:rung_{k}", (0.15 * s.number("spread"), -0.022, -0.012), palm=(0.0, 0.85, -0.4),
            fingers=(-0.1, 0.45, 0.85), elbow=(0.55, -0.4, -0.8), stretch=0.98)  # fmt: skip
    if end_s > 0.0:
        hand.fingers(end_s - 0.5 * duration_s, 0.3 * duration_s, "cup")
        hand.fingers(end_s + 0.03, 0.3 * duration_s, "grip")


def _tread(s: Score, side: str, end_s: float, duration_s: float, rung: tuple[float, float]) -> None:
    """A foot onto a rung, from behind and above."""
    foot = s.right_foot if side == "right" else s.left_foot
    ahead, up = rung
    at = ahead - 0.95 * s.body.ball_ahead_m
    out = 0.9 * s.body.stance_out_m
    foot.place(
        end_s - 0.3 * duration_s, 0.7 * duration_s, (out, at - 0.07), height_m=up + 0.05, toe_out_rad=0.08, knee=(0.35, 1.0, 0.2)
    )
    foot.place(end_s, 0.35 * duration_s, (out, at), height_m=up, toe_out_rad=0.08, knee=(0.35, 1.0, 0.2))
    s.contact(f"{side}_ball", "ladder", end_s + 0.05, end_s + 0.4)


CLIMBING_A_LADDER = Action(
    name="climbing_a_ladder",
    caption="climbs up a ladder",
    wordings=("goes up a ladder rung by rung", "climbs a ladder hand over hand"),
    choreography=_ladder,
    phases=("ready", "climb", "stand"),
    params={
        "rungs": Range(3, 4, whole=True),
        "beat_s": Range(0.75, 1.05),
        "wait_s": Range(0.3, 0.8),
        "sway": Range(0.5, 1.5),
        "spread": Range(0.8, 1.2),
    },
    props=(PropUse("ladder", ("ladder",), (0.95, 1.1)),),
    aliases=("climbing", "climb", "climbing up a ladder", "going up a ladder"),
    tags=("locomotion", "legs", "arms", "object"),
    acting=("right_hand", "left_hand", "right_foot", "left_foot"),
    taxonomy={"hmdb51": "climb"},
)


def _stairs(s: Score) -> None:
    """Foot over foot up the steps, each leg lifting the body on; arms against the legs; together at the top."""
    beat, leg = s.number("beat_s"), s.body.leg_m
    gap = 0.16 + 0.10 * leg
    s.mode.to(START_S, 0.1, balance=0.0, reach=0.0)
    s.stand("stairs", (0.0, gap), time_s=START_S)
    frames = s.props["stairs"].frames
    rise = float(frames["step_1"][2, 3])
    swing = 0.30 * s.amplitude * s.number("swing")
    s.look(START_S, "world", (0.0, gap + 1.2, s.number("gaze_m")))
    s.pelvis.to(START_S, 0.1, up=-0.01)
    with s.phase("ready", s.number("wait_s")):
        pass
    for k in range(1, N_STEPS + 1):
        with s.phase("climb", beat) as (start, end):
            foot, other = (s.right_foot, s.left_foot) if k % 2 else (s.left_foot, s.right_foot)
            _up(s, foot.side, end - 0.06, 0.78 * beat, gap + STEP_TREAD_M * (k - 0.62), rise * k)
            other.heel.to(end + 0.12, 0.4 * beat, 0.5)
            other.heel.to(end + 0.55 * beat, 0.3 * beat, 0.0)
            low = gap + STEP_TREAD_M * (k - 1.55) if k > 1 else 0.0
            s.pelvis.to(
                end, 1.0 * beat, forward=0.45 * low + 0.55 * (gap + STEP_TREAD_M * (k - 0.62)), up=rise * (k - 1) + 0.035 * leg
            )
            s.pelvis.to(start + 0.5 * beat, 0.5 * beat, right=-0.02 if k % 2 else 0.02, pitch=s.number("lean_rad"))
            s.trunk.to(start + 0.6 * beat, 0.6 * beat, twist=0.10 if k % 2 else -0.10, bend=0.10)
            for hand in (s.right, s.left):
                ahead = swing if hand.side != foot.side else -swing
                hand.reach(end, beat, (0.13, ahead, -0.93), effector="wrist", ease="swing")
    with s.phase("arrive", 1.0) as (start, end):
        foot = s.right_foot if N_STEPS % 2 == 0 else s.left_foot
        foot.heel.to(start + 0.2, 0.2, 0.0)
        ahead = gap + STEP_TREAD_M * (N_STEPS - 0.62)
        _up(s, foot.side, start + 0.6, 0.55, ahead, rise * N_STEPS)
        s.pelvis.to(start + 0.65, 0.7, forward=ahead, up=rise * N_STEPS - 0.005, right=0.0, pitch=0.0)
        s.trunk.to(end, 0.7, twist=0.0, bend=0.0)
        s.right.rest(end, 0.7)
        s.left.rest(end - 0.06, 0.7)
        s.look(end, "world", (0.0, ahead + 4.0, s.body.eye_height_m + rise * N_STEPS), duration_s=0.6)


def _up(s: Score, side: str, end_s: float, duration_s: float, ahead: float, height: float) -> None:
    """A foot up and over a step's edge, and down on it."""
    foot = s.right_foot if side == "right" else s.left_foot
    out = 0.9 * s.body.stance_out_m
    foot.place(end_s - 0.35 * duration_s, 0.65 * duration_s, (out, ahead - 0.12), height_m=height + 0.07, toe_out_rad=0.1)
    foot.place(end_s, 0.45 * duration_s, (out, ahead), height_m=height, toe_out_rad=0.1)
    s.contact(f"{side}_ball", "stairs", end_s + 0.05, end_s + 0.25)


CLIMBING_STAIRS = Action(
    name="climbing_stairs",
    caption="walks up a flight of stairs",
    wordings=("climbs stairs", "goes up some steps"),
    choreography=_stairs,
    phases=("ready", "climb", "arrive"),
    params={
        "beat_s": Range(0.55, 0.78),
        "wait_s": Range(0.2, 0.6),
        "swing": Range(0.6, 1.3),
        "lean_rad": Range(0.06, 0.20),
        "gaze_m": Range(0.2, 1.2),
    },
    props=(PropUse("stairs", ("stairs",), (0.9, 1.2)),),
    aliases=("walking up stairs", "going upstairs", "climb stairs"),
    tags=("locomotion", "legs", "object"),
    acting=("right_foot", "left_foot"),
    taxonomy={"hmdb51": "climb_stairs"},
)
