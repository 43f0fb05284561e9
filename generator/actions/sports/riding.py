"""On machines and boards: rowing, cycling on a stand, skateboarding."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...motion.limbs import Foot
from ...motion.passing import bear
from ...motion.rotations import about
from ...motion.score import Score, standing_pose
from ...motion.springs import tether
from ...props.sports_machines import CRANK_AXIS_M, CRANK_M, CRANK_OUT_M, PLATE_RAD
from ...values import Array
from ..action import Action, PropUse, Range
from ..poses import START_S, hip_joint, lasting, pelvis_at

RAIL_M, SEAT_M = 0.30, 0.11
BEFORE_S = 3.0
"""What goes on all the time is under way this long before the clip may begin."""


def _sits(s: Score) -> None:
    s.mode.to(START_S, 0.1, balance=0.0, reach=0.0, seated=1.0)


def _row(s: Score) -> None:
    """Curled up over the knees; legs push, the back swings open, the arms pull to the belly; and all of it back in turn."""
    _sits(s)
    s.stand("machine", (0.0, 0.0), time_s=START_S)
    toes, instep = (
        (0.0, float(np.cos(PLATE_RAD)), float(np.sin(PLATE_RAD))),
        (0.0, -float(np.sin(PLATE_RAD)), float(np.cos(PLATE_RAD))),
    )
    ankle = s.body.ankle_height_m
    for foot in (s.right_foot, s.left_foot):
        at = (0.0, 0.05 * toes[1] + ankle * instep[1], 0.05 * toes[2] + ankle * instep[2])
        foot.reach(
            START_S, 0.1, at, frame=f"prop:machine:foot_{foot.side}", unit="m", toes=toes, instep=instep, knee=(0.05, 0.3, 1.0)
        )
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
    bear("handle", [(s, "right", "right"), (s, "left", "left")], START_S)
    tether(s, "chain", "machine", "fan", START_S)
    s.stand("seat", (0.0, _hips(s, 0.46)), height_m=RAIL_M, time_s=START_S)
    near, over, back = s.number("near"), s.number("over_rad"), s.number("back_rad")
    _slide(s, START_S, 0.1, near, over)
    _arms_out(s, START_S, 0.1, over, START_S)
    s.look(START_S, "world", (0.0, 3.0, 1.0))
    drive, home = s.number("drive_s"), s.number("return_s")
    for _ in range(int(s.number("strokes"))):
        with s.phase("drive", drive) as (start, end):
            middle = start + 0.55 * drive
            _slide(s, middle, 0.55 * drive, 0.5 * (near + 0.97), 0.55 * over - 0.25 * back, "away")
            _slide(s, end, 0.45 * drive, 0.97, -back, "home")
            _arms_out(s, middle, 0.55 * drive, 0.55 * over - 0.25 * back, start)
            _arms_in(s, end, 0.42 * drive)
        with s.phase("return", home) as (start, end):
            _arms_out(s, start + 0.32 * home, 0.30 * home, 0.0, start)
            s.pelvis.to(start + 0.5 * home, 0.4 * home, pitch=0.8 * over)
            _slide(s, end, 0.75 * home, near, over)
            _arms_out(s, end, 0.6 * home, over, end)


def _hips(s: Score, share: float) -> float:
    """How far ahead (m) the hip joints are when hip and ankle are `share` of a leg apart."""
    ankle_z = 0.265 + 0.05 * float(np.sin(PLATE_RAD)) + s.body.ankle_height_m * float(np.cos(PLATE_RAD))
    drop = RAIL_M + SEAT_M + 0.95 * s.body.sitting_flesh_m - ankle_z
    ankle_y = 0.075 + 0.05 * float(np.cos(PLATE_RAD)) - s.body.ankle_height_m * float(np.sin(PLATE_RAD))
    return ankle_y - float(np.sqrt((share * s.body.leg_m) ** 2 - drop**2))


def _slide(s: Score, end_s: float, duration_s: float, share: float, pitch_rad: float, ease: str = "smooth") -> None:
    """Seat and hips to where hip and ankle are `share` of a leg apart, the pelvis leaning forward."""
    hips = _hips(s, share)
    ahead, up = hip_joint(s, pitch_rad)
    pelvis_at(s, end_s, duration_s, ease, forward_m=hips - ahead, height_m=RAIL_M + SEAT_M + 0.95 * s.body.sitting_flesh_m - up,
              pitch=pitch_rad)  # fmt: skip
    s.trunk.to(end_s, duration_s, ease, bend=0.10 + 0.45 * max(pitch_rad, 0.0))
    if end_s > 0.0:
        s.move("seat", end_s, duration_s, (0.0, hips), height_m=RAIL_M, ease=ease)


def _arms_out(s: Score, end_s: float, duration_s: float, pitch_rad: float, begin_s: float) -> None:
    """Straight arms, the handle ahead and a little down, whatever way the trunk leans."""
    lean = 1.45 * pitch_rad + 0.05
    inwards = (0.15 - s.body.shoulder_half_m) / s.body.arm_m
    at = (inwards, 1.05 * float(np.cos(lean - 0.35)), 1.05 * float(np.sin(lean - 0.35)))
    for hand in (s.right, s.left):
        hand.reach(end_s, duration_s, at, palm=(0.0, float(np.sin(lean)), -float(np.cos(lean))),
                   fingers=(0.0, float(np.cos(lean)), float(np.sin(lean))), elbow=(0.5, 0.0, -0.8))  # fmt: skip


def _arms_in(s: Score, end_s: float, duration_s: float) -> None:
    """The handle to the ribs, elbows past the body."""
    for hand in (s.right, s.left):
        hand.touch(end_s, duration_s, "belly", (0.15, 0.05, 0.10), "chest", "home", palm=(0.0, -0.2, -1.0),
                   fingers=(0.0, 1.0, -0.2), elbow=(0.35, -0.9, -0.2))  # fmt: skip


ROWING = Action(
    name="rowing",
    caption="rows on a rowing machine",
    wordings=("trains on an ergometer", "pulls the handle of a rowing machine stroke after stroke"),
    choreography=_row,
    phases=("drive", "return"),
    params={
        "strokes": Range(2, 3, whole=True),
        "drive_s": Range(0.70, 0.90),
        "return_s": Range(0.85, 1.10),
        "near": Range(0.44, 0.56),
        "over_rad": Range(0.35, 0.60),
        "back_rad": Range(0.20, 0.45),
    },
    props=(
        PropUse("machine", ("ergometer",), (1.0, 1.02)),
        PropUse("seat", ("rowing_seat",), (1.0, 1.02)),
        PropUse("handle", ("rowing_handle",), (1.0, 1.02)),
        PropUse("chain", ("rowing_chain",), (1.0, 1.01)),
    ),
    aliases=("using a rowing machine", "rowing on an ergometer", "indoor rowing"),
    tags=("sport", "exercise", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "Rowing"},
)


def _cycle(s: Score) -> None:
    """On the saddle, hands on the bar, the feet go round with the pedals; the trunk rocks a little."""
    _sits(s)
    turn_s, duration = 60.0 / s.number("rpm"), lasting(s)
    saddle = s.props["bike"].frames["saddle"][:3, 3]
    hips_up, hips_ahead = float(saddle[2]) + 0.90 * s.body.sitting_flesh_m, -float(saddle[1]) + 0.02
    s.stand("bike", (0.0, 0.0), time_s=START_S)
    lean = s.number("lean_rad")
    ahead, up = hip_joint(s, lean)
    pelvis_at(s, START_S, 0.1, forward_m=hips_ahead - ahead, height_m=hips_up - up, pitch=lean)
    s.trunk.to(START_S, 0.1, bend=0.22 + 0.3 * lean)
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")
        hand.go(START_S, 0.1, f"prop:bike:bar_{hand.side}", (0.0, 0.0, 0.0), palm=(0.0, 0.15, -1.0), fingers=(-0.05, 1.0, 0.1),
                elbow=(0.6, -0.3, -0.7), stretch=0.96)  # fmt: skip
    s.look(START_S, "world", (0.0, 5.0, s.number("gaze_m")))
    begin = s.spec.start_phase * 2.0 * np.pi
    last = duration + BEFORE_S
    with s.throughout("ride", duration):
        _pedal(s, s.right_foot, begin, turn_s, last)
        _pedal(s, s.left_foot, begin + np.pi, turn_s, last)
        rock = 0.02 * s.number("rock") * s.amplitude
        s.pelvis.add("roll", lambda t: 1.5 * rock * np.sin(2.0 * np.pi * t / turn_s + begin))
        s.pelvis.add("right", lambda t: 0.4 * rock * np.sin(2.0 * np.pi * t / turn_s + begin))
        s.trunk.add("lean", lambda t: -rock * np.sin(2.0 * np.pi * t / turn_s + begin))


def _pedal(s: Score, foot: Foot, begin_rad: float, turn_s: float, last_s: float) -> None:
    """A foot round with its crank at constant speed, the heel a little lower when it pushes."""
    side = foot.side
    sign = 1.0 if side == "right" else -1.0
    crank, parts = f"crank_{side}", 12
    pose = standing_pose((sign * CRANK_OUT_M, 0.0), 0.0, CRANK_AXIS_M)
    pose[:3, :3] = pose[:3, :3] @ about("x", np.array([begin_rad + np.pi]))[0]
    s.lay(crank, pose, START_S)
    turns = (last_s + BEFORE_S) / turn_s
    s.swing(crank, last_s, last_s + BEFORE_S, "axis", 2.0 * np.pi * turns, "linear")
    s.wear(f"pedal_{side}", f"{side}_foot", (0.0, s.body.ball_ahead_m, -s.body.ankle_height_m), time_s=START_S)
    for k in range(int(turns * parts) + 2):
        angle = begin_rad + 2.0 * np.pi * k / parts
        tip = 0.18 - 0.16 * float(np.sin(angle))
        toes, instep = (0.05, float(np.cos(tip)), -float(np.sin(tip))), (0.0, float(np.sin(tip)), float(np.cos(tip)))
        back = np.array([0.0, -np.cos(tip), np.sin(tip)]) * s.body.ball_ahead_m + np.array(instep) * s.body.ankle_height_m
        at = (
            CRANK_OUT_M + 0.055,
            CRANK_M * float(np.sin(angle)) + float(back[1]),
            CRANK_AXIS_M + CRANK_M * float(np.cos(angle)) + float(back[2]),
        )
        time = -BEFORE_S + k * turn_s / parts
        foot.reach(
            time,
            turn_s / parts if k else 0.1,
            at,
            "linear",
            frame="world",
            unit="m",
            toes=toes,
            instep=instep,
            knee=(0.12, 1.0, 0.5),
        )


CYCLING_ON_A_STAND = Action(
    name="cycling_on_a_stand",
    caption="rides a stationary bicycle",
    wordings=("pedals on an exercise bike", "cycles on a bicycle that stands still"),
    choreography=_cycle,
    phases=("ride",),
    params={
        "duration_s": Range(2.8, 4.6),
        "rpm": Range(50.0, 85.0),
        "lean_rad": Range(0.30, 0.60),
        "gaze_m": Range(0.4, 1.6),
        "rock": Range(0.3, 1.8),
    },
    props=(
        PropUse("bike", ("exercise_bike",), (1.0, 1.02)),
        PropUse("crank_right", ("crank",), (1.0, 1.01)),
        PropUse("crank_left", ("crank",), (1.0, 1.01)),
        PropUse("pedal_right", ("pedal",), (1.0, 1.01)),
        PropUse("pedal_left", ("pedal",), (1.0, 1.01)),
    ),
    aliases=("riding an exercise bike", "cycling", "riding a bike", "spinning"),
    tags=("sport", "exercise", "legs", "object"),
    acting=("right_foot", "left_foot"),
    taxonomy={"ucf101": "Biking", "hmdb51": "ride_bike"},
)


def _skate(s: Score) -> None:
    """Across the board as it rolls to the left; now and then the rear foot comes off, pushes the floor and steps on again."""
    duration, speed = lasting(s), s.number("speed_mps")
    s.mode.to(START_S, 0.1, balance=0.0, reach=0.0)
    deck = float(s.props["board"].frames["deck"][2, 3])
    first, last = -BEFORE_S, duration + BEFORE_S
    begin_m = speed * (0.5 * duration + BEFORE_S)

    def right_m(times: Array) -> Array:
        return np.asarray(begin_m - speed * (np.clip(times, first, last) + BEFORE_S))

    s.travel.add("right", right_m)
    end_m = begin_m - speed * (last - first)
    s.stand("board", (begin_m, 0.0), yaw_rad=0.5 * np.pi, time_s=START_S)
    s.move("board", last, last - first, (end_m, 0.0), yaw_rad=0.5 * np.pi, ease="linear")
    s.left_foot.place(START_S, 0.1, (0.26, -0.05), height_m=deck, frame="travel", toe_out_rad=0.45)
    s.right_foot.place(START_S, 0.1, (0.24, -0.06), height_m=deck, frame="travel", toe_out_rad=0.05)
    _ride(s, START_S, 0.1, deck)
    s.look(START_S, "travel", (-5.0, 0.6, 0.8 * s.body.eye_height_m))
    beat = s.number("beat_s")
    with s.throughout("ride", duration) as (start, end):
        at = start + s.spec.start_phase * 0.5 * beat
        for _ in range(int(s.number("pushes"))):
            if at + 1.0 < end + 0.6:
                _push(s, at, float(speed), right_m, deck)
            at += beat
        s.pelvis.add("up", lambda t: 0.012 * s.amplitude * np.sin(2.0 * np.pi * t / 1.7))


def _ride(s: Score, end_s: float, duration_s: float, deck_m: float) -> None:
    """Knees bent, side on, arms out for balance."""
    low = 0.10 * s.body.leg_m * s.number("crouch")
    s.pelvis.to(end_s, duration_s, up=deck_m - low, pitch=0.22, yaw=0.35, forward=-0.06, right=0.0)
    s.trunk.to(end_s, duration_s, bend=0.20, twist=0.25, lean=0.0)
    s.left.reach(end_s, duration_s, (0.75, 0.25, -0.35 + 0.2 * s.number("arms")), palm=(0.0, 0.3, -0.9))
    s.right.reach(end_s, duration_s, (0.70, -0.05, -0.55 + 0.3 * s.number("arms")), palm=(-0.2, 0.3, -0.9))


def _push(s: Score, at: float, speed: float, right_m: Callable[[Array], Array], deck_m: float) -> None:
    """Front knee bends, the rear foot lands beside it, drives the floor back, and swings onto the board again."""
    down, off, on = at + 0.38, at + 0.38 + 0.30, at + 1.02
    floor = float(right_m(np.array([down]))[0])
    low = 0.16 * s.body.leg_m
    s.pelvis.to(down, 0.36, yaw=1.05, up=deck_m - low, right=-0.22, pitch=0.30)
    s.trunk.to(down, 0.36, twist=0.15, bend=0.22)
    s.left_foot.place(down - 0.05, 0.3, (0.26, -0.03), height_m=deck_m, frame="travel", toe_out_rad=1.0)
    s.right_foot.place(down - 0.18, 0.20, (0.0, 0.06), height_m=deck_m + 0.09, frame="travel", toe_out_rad=-0.6)
    s.right_foot.place(down, 0.18, (floor - 0.10, 0.22), toe_out_rad=-1.1)
    s.right_foot.heel.to(off, 0.22, 0.8)
    s.right_foot.reach(off + 0.12, 0.16, (0.10, -0.38, -0.82))
    s.right_foot.heel.to(off + 0.2, 0.2, 0.1)
    s.right_foot.place(on, 0.28, (0.24, -0.06), height_m=deck_m, frame="travel", toe_out_rad=0.05)
    s.right_foot.heel.to(on, 0.2, 0.0)
    s.pelvis.to(off + 0.05, 0.28, up=deck_m - 0.07 * s.body.leg_m, right=-0.24)
    s.left_foot.place(on + 0.1, 0.35, (0.26, -0.05), height_m=deck_m, frame="travel", toe_out_rad=0.45)
    s.right.reach(down + 0.1, 0.4, (0.20, 0.45, -0.65))
    s.left.reach(down + 0.1, 0.4, (0.45, -0.15, -0.70))
    _ride(s, on + 0.15, 0.45, deck_m)


SKATEBOARDING = Action(
    name="skateboarding",
    caption="rides a skateboard",
    wordings=("rolls along on a skateboard", "skates along, pushing off with one foot"),
    choreography=_skate,
    phases=("ride",),
    params={
        "duration_s": Range(3.0, 4.6),
        "speed_mps": Range(1.2, 2.1),
        "pushes": Range(1, 3, whole=True),
        "beat_s": Range(1.35, 1.8),
        "crouch": Range(0.6, 1.8),
        "arms": Range(0.0, 1.0),
    },
    props=(PropUse("board", ("skateboard",), (0.95, 1.08)),),
    aliases=("riding a skateboard", "skating on a board"),
    tags=("sport", "locomotion", "object"),
    acting=("right_foot", "left_foot"),
    taxonomy={"ucf101": "SkateBoarding"},
)
