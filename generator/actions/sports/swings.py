"""Swings with both hands on one long thing: golf and baseball."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score, Vector
from ...props.clubs import DIAGONAL
from ..action import Action, PropUse, Range
from ..poses import START_S

UPPER_HAND_M = 0.085
"""How far above the other one a hand sits on a club or bat."""


def shaft(s: Score, prop: str, end_s: float, duration_s: float, frame: str, at: Vector, along: Vector, ease: str = "smooth", *,
          across: Vector = (-1.0, 0.0, 0.0), elbow: Vector | None = None) -> None:  # fmt: skip
    """The hands' place on a long thing to a point, its z axis `along`; its -x side, and the right hand's back, look `across`."""
    z = np.array(along) / np.linalg.norm(along)
    x = -np.array(across)
    x = x - z * (x @ z)
    y = np.cross(z, x / np.linalg.norm(x))
    turned = tuple(-y)  # the frame `middle` looks away from whoever holds the thing: its y is -y of the thing
    s.right.bring(end_s, duration_s, prop, "middle", None, frame=frame, at=at, y_axis=turned, z_axis=tuple(z), elbow=elbow,
                  ease=ease)  # fmt: skip


def upper_hand(s: Score, prop: str, sign: float) -> None:
    """The left hand on the thing beside the right one, `sign` of its z axis further on, all the time."""
    s.left.go(START_S, 0.1, f"thing:{prop}", (0.013, 0.0, sign * UPPER_HAND_M), palm=(-1.0, 0.0, 0.0),
              fingers=(0.0, -sign * DIAGONAL[0], -sign * DIAGONAL[1]), stretch=0.97)  # fmt: skip
    for hand in (s.right, s.left):
        hand.fingers(START_S, 0.1, "grip")


def _golf(s: Score) -> None:
    """Address the ball, swing back round the spine, come down hips first, and finish facing the target with the club behind."""
    wide = s.number("stance") * s.body.leg_m
    ball_m = _hands(s)[0] + _lie(s)[0]
    out = 0.5 * wide
    for foot, toe in ((s.right_foot, 0.1), (s.left_foot, 0.35)):
        foot.place(0.0, 0.0, (out, 0.0), toe_out_rad=toe)
    s.stand("ball", (-0.06, ball_m + 0.06), height_m=0.0213)
    s.hold("club", START_S)
    upper_hand(s, "club", 1.0)
    _address(s, START_S, 0.1)
    s.look(START_S, "world", (0.0, ball_m, 0.0))
    with s.phase("address", s.number("address_s")) as (start, end):
        _waggle(s, start, end, ball_m)
    with s.phase("backswing", s.number("back_s")) as (start, end):
        _backswing(s, start, end)
    with s.phase("swing", 0.62) as (start, end):
        hit = _downswing(s, start)
        s.throw("ball", hit, (-14.0, 0.0, s.number("loft_mps")))
        _finish(s, hit, end)
    with s.phase("hold", 0.7) as (start, end):
        s.trunk.to(end, 0.6, bend=0.05)


def _hands(s: Score) -> tuple[float, float]:
    """How far ahead (m) of the ankles and how high the hands hang at address."""
    return 0.25 * s.body.height_m * s.number("reach"), 0.43 * s.body.height_m


def _lie(s: Score) -> tuple[float, float]:
    """How far (m) the club's head is ahead of the hands, and how far below: as steep as the club's length and the hands allow."""
    length = -float(s.props["club"].frames["head"][2, 3])
    height = min(_hands(s)[1], 0.92 * length)
    return float(np.sqrt(length**2 - height**2)), height


def _address(s: Score, end_s: float, duration_s: float, ease: str = "smooth") -> None:
    """Bowed over the ball, arms hanging, the head of the club behind it."""
    s.pelvis.to(end_s, duration_s, ease, yaw=0.0, pitch=0.42, up=-0.035 * s.body.leg_m, right=0.02, forward=-0.06, roll=0.0)
    s.trunk.to(end_s, duration_s, ease, bend=0.30, twist=0.0, lean=0.04)
    _club_to_ball(s, end_s, duration_s, 0.0, ease)


def _club_to_ball(s: Score, end_s: float, duration_s: float, lead_m: float, ease: str = "smooth") -> None:
    """The head just behind the ball on the floor; hands `lead_m` ahead of it towards the target."""
    (hands_m, _), (away_m, height_m) = _hands(s), _lie(s)
    along, at = (lead_m, -away_m, height_m), (-lead_m, hands_m, height_m + 0.02 + 1.2 * lead_m)
    shaft(s, "club", end_s, duration_s, "world", at, along, ease, across=(1.0, 0.0, 0.0), elbow=(0.4, -0.8, -0.5))


def _waggle(s: Score, start: float, end: float, ball_m: float) -> None:
    """A look at the target, and the head lifted off the ball a little and back."""
    s.look(start + 0.15, "world", (-6.0, ball_m, 0.4), duration_s=0.3)
    s.look(end - 0.15, "world", (0.0, ball_m, 0.0), duration_s=0.3)
    middle = 0.5 * (start + end)
    s.trunk.to(middle, 0.3, twist=-0.10 * s.number("waggle"))
    s.trunk.to(end, 0.3, twist=0.0)
    s.pelvis.to(middle, 0.35, right=0.04)
    s.pelvis.to(end, 0.3, right=0.0)


def _backswing(s: Score, start: float, end: float) -> None:
    """The trunk turns away over the right leg, the club goes round and up behind the head."""
    time, top = end - start, s.number("top")
    s.pelvis.to(end, 0.9 * time, yaw=-0.60, right=0.06)
    s.trunk.to(end, 0.95 * time, twist=-0.80 * top, bend=0.26)
    s.left_foot.heel.to(end, 0.6 * time, 0.25)
    _half_back(s, start + 0.45 * time, 0.45 * time, "away")
    shaft(s, "club", end, 0.6 * time, "chest", (0.16, 0.30, 0.20 * top), (0.30, 0.85, -0.35), "smooth",
          across=(0.2, -0.3, -0.95), elbow=(0.7, 0.1, -0.8))  # fmt: skip


def _half_back(s: Score, end_s: float, duration_s: float, ease: str) -> None:
    """The club level behind, hands before the rear thigh: on the way back and, the same way round, on the way down."""
    shaft(s, "club", end_s, duration_s, "chest", (0.22, 0.44, -0.28), (-0.75, -0.45, 0.25), ease, across=(0.3, -0.4, -0.8),
          elbow=(0.5, -0.5, -0.7))  # fmt: skip


def _downswing(s: Score, start: float) -> float:
    """Hips first, then trunk, arms and club; returns when the club meets the ball."""
    hit = start + 0.26
    s.left_foot.heel.to(start + 0.12, 0.12, 0.0)
    s.pelvis.to(hit - 0.02, 0.24, yaw=0.45, right=-0.07)
    s.trunk.to(hit + 0.03, 0.22, "accelerate", twist=0.05, bend=0.32)
    _half_back(s, hit - 0.09, 0.16, "linear")
    _club_to_ball(s, hit, 0.10, 0.04, "accelerate")
    return hit


def _finish(s: Score, hit: float, end: float) -> None:
    """Through and up round the left shoulder, weight on the left leg, the right heel up, eyes after the ball."""
    s.pelvis.to(end - 0.05, 0.42, yaw=1.30, right=-0.12, pitch=0.05, up=0.0)
    s.trunk.to(end, 0.42, "decelerate", twist=0.45, bend=0.05, lean=0.10)
    s.right_foot.heel.to(hit + 0.25, 0.3, 1.0)
    shaft(s, "club", hit + 0.15, 0.17, "chest", (-0.05, 0.52, -0.10), (0.15, -0.95, 0.25), "linear", across=(1.0, 0.1, 0.1),
          elbow=(0.9, -0.2, -0.5))  # fmt: skip
    shaft(s, "club", end, 0.28, "chest", (-0.16, 0.26, 0.16), (-0.45, 0.75, 0.45), "decelerate", across=(0.5, 0.3, -0.7),
          elbow=(0.6, 0.4, -0.5))  # fmt: skip
    s.look(hit + 0.4, "world", (-8.0, 0.8, 2.0), duration_s=0.3)


GOLF = Action(
    name="golf",
    caption="swings a golf club and hits the ball",
    wordings=("plays a golf shot", "tees off with a golf club"),
    choreography=_golf,
    phases=("address", "backswing", "swing", "hold"),
    params={
        "stance": Range(0.42, 0.62),
        "reach": Range(0.94, 1.06),
        "address_s": Range(0.5, 1.0),
        "waggle": Range(0.2, 1.0),
        "back_s": Range(0.75, 1.05),
        "top": Range(0.75, 1.1),
        "loft_mps": Range(2.0, 9.0),
    },
    props=(PropUse("club", ("golf_club",), (0.96, 1.04)), PropUse("ball", ("ball",), (0.0426, 0.0428))),
    aliases=("golf swing", "playing golf", "golfing", "teeing off"),
    tags=("sport", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "golf", "hmdb51": "golf", "ucf101": "GolfSwing"},
)


def _baseball(s: Score) -> None:
    """The bat over the rear shoulder; weight back, a step to the pitcher, hips, hands and barrel, and round the other side."""
    out = 0.5 * s.number("stance") * s.body.leg_m
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (out, 0.0), toe_out_rad=0.1)
    s.hold("bat", START_S)
    upper_hand(s, "bat", -1.0)
    _ready(s, START_S, 0.1)
    s.look(START_S, "world", (-12.0, 0.5, 0.9 * s.body.eye_height_m))
    with s.phase("ready", s.number("wait_s")) as (start, end):
        _wag(s, start, end)
    with s.phase("stride", 0.55) as (start, end):
        s.pelvis.to(start + 0.3, 0.3, right=0.08, yaw=-0.25)
        s.trunk.to(end, 0.4, twist=-0.40)
        step = s.number("stride") * s.body.leg_m
        s.left_foot.step(end, 0.36, (out + step, 0.0), lift_m=0.08, toe_out_rad=0.5)
        s.pelvis.to(end + 0.05, 0.3, right=-0.45 * step)
    with s.phase("swing", 0.55) as (start, end):
        _through(s, start, end)
    with s.phase("recover", 0.9) as (start, end):
        _unwind(s, start, end)


def _ready(s: Score, end_s: float, duration_s: float) -> None:
    """Knees and hips bent, hands before the rear shoulder, the barrel up behind the head."""
    s.pelvis.to(end_s, duration_s, pitch=0.25, up=-0.05 * s.body.leg_m * s.number("crouch"), right=0.03, yaw=-0.1)
    s.trunk.to(end_s, duration_s, bend=0.18, twist=-0.25, lean=0.0)
    _over_shoulder(s, end_s, duration_s, 0.0)


def _over_shoulder(s: Score, end_s: float, duration_s: float, sway: float) -> None:
    shaft(s, "bat", end_s, duration_s, "chest", (0.20, 0.26, 0.02 + 0.08 * s.number("hands")), (0.30 + sway, -0.45, 0.85),
          across=(0.5, 0.7, 0.1), elbow=(0.9, -0.2, -0.3))  # fmt: skip


def _wag(s: Score, start: float, end: float) -> None:
    """The barrel circles a little while the ball is awaited."""
    at, k = start + 0.25, 0
    while at < end:
        _over_shoulder(s, at, 0.25, 0.18 * s.amplitude * (1.0 if k % 2 else -0.4))
        s.pelvis.to(at, 0.25, right=0.03 + (0.015 if k % 2 else -0.01))
        at, k = at + 0.28, k + 1


def _through(s: Score, start: float, end: float) -> None:
    """Hips open, the knob leads, the barrel sweeps level across the plate and wraps round the left shoulder."""
    height = -0.30 + 0.2 * s.number("pitch_height")
    s.pelvis.to(start + 0.22, 0.26, yaw=1.0, pitch=0.10)
    s.trunk.to(start + 0.26, 0.24, "accelerate", twist=0.35, bend=0.12)
    s.right_foot.heel.to(start + 0.25, 0.25, 0.8)
    s.right_foot.pivot(start + 0.28, 0.25, -0.6)
    shaft(s, "bat", start + 0.10, 0.14, "chest", (0.12, 0.36, height + 0.08), (0.85, -0.2, 0.25), "linear",
          across=(-0.2, 0.5, 0.8), elbow=(0.6, -0.4, -0.7))  # fmt: skip
    shaft(s, "bat", start + 0.20, 0.10, "chest", (-0.02, 0.50, height), (0.45, 0.88, -0.05), "linear", across=(-0.2, 0.1, 1.0),
          elbow=(0.4, -0.4, -0.9))  # fmt: skip
    shaft(s, "bat", start + 0.30, 0.10, "chest", (-0.16, 0.46, height + 0.08), (-0.75, 0.55, 0.1), "linear",
          across=(0.1, 0.2, 1.0), elbow=(0.4, -0.2, -0.9))  # fmt: skip
    shaft(s, "bat", end, 0.26, "chest", (-0.22, 0.24, 0.06), (-0.45, -0.85, 0.2), "decelerate", across=(0.5, -0.4, 0.7),
          elbow=(0.5, 0.4, -0.6))  # fmt: skip
    s.trunk.to(end, 0.3, "decelerate", twist=0.60)
    s.look(end + 0.2, "world", (-8.0, 5.0, 3.0), duration_s=0.4)


def _unwind(s: Score, start: float, end: float) -> None:
    """The bat comes down before the body, the weight settles."""
    shaft(
        s, "bat", end, 0.75, "chest", (0.02, 0.34, -0.34), (-0.35, 0.8, 0.35), across=(-0.7, -0.2, 0.5), elbow=(0.5, -0.5, -0.8)
    )
    s.trunk.to(end, 0.7, twist=0.1, bend=0.05)
    s.pelvis.to(end, 0.7, yaw=0.8, pitch=0.0, up=0.0)
    s.right_foot.heel.to(end, 0.5, 0.3)


SWING_BASEBALL = Action(
    name="swing_baseball",
    caption="swings a baseball bat",
    wordings=("takes a swing with a baseball bat", "bats at a baseball pitch"),
    choreography=_baseball,
    phases=("ready", "stride", "swing", "recover"),
    params={
        "stance": Range(0.55, 0.75),
        "crouch": Range(0.5, 1.4),
        "hands": Range(0.0, 1.0),
        "wait_s": Range(0.6, 1.4),
        "stride": Range(0.10, 0.30),
        "pitch_height": Range(0.0, 1.0),
    },
    props=(PropUse("bat", ("bat",), (0.95, 1.05)),),
    aliases=("baseball swing", "swinging a bat", "batting", "hitting a baseball"),
    tags=("sport", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "swing_baseball", "hmdb51": "swing_baseball"},
)
