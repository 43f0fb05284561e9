"""With a racket: the tennis serve and the forehand."""

from __future__ import annotations

from ...motion.score import Score, Vector
from ..action import Action, PropUse, Range
from ..poses import START_S
from .moves import fly_in, settle, turned

TOSSED_MPS = (0.28, -0.14)
"""How fast a ball that is tossed for the serve goes (right, forward)."""


def _blade(s: Score, end_s: float, duration_s: float, frame: str, at: Vector, along: Vector, face: Vector, ease: str = "smooth",
           elbow: Vector | None = None) -> None:  # fmt: skip
    """The racket's head to a point, its handle's far end along `along`, its strings' palm side towards `face`."""
    s.right.bring(
        end_s, duration_s, "racket", "head", None, frame=frame, at=at, y_axis=along, z_axis=face, ease=ease, elbow=elbow
    )


def _serve(s: Score) -> None:
    """Sideways on; the left arm tosses, the racket arm folds behind the head, and everything goes up and over the ball."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    s.hold("racket", START_S)
    s.hold("ball", START_S, "left")
    s.right.fingers(START_S, 0.1, "grip")
    s.left.fingers(START_S, 0.1, "cup")
    s.right_foot.place(0.0, 0.0, (0.9 * out, -0.16 * leg), toe_out_rad=1.1)
    s.left_foot.place(0.0, 0.0, (0.6 * out, 0.16 * leg), toe_out_rad=-0.5)
    s.pelvis.to(START_S, 0.1, yaw=-0.75 * s.number("turn"), pitch=0.08)
    s.trunk.to(START_S, 0.1, twist=-0.15, bend=0.10)
    s.left.go(
        START_S, 0.1, "travel", (-0.04, 0.40, 0.70 * s.body.shoulder_height_m), palm=(-0.2, 0.1, 1.0), fingers=(-0.2, 1.0, 0.1)
    )
    s.right.go(
        START_S, 0.1, "travel", (0.12, 0.32, 0.72 * s.body.shoulder_height_m), palm=(-0.9, -0.2, -0.1), fingers=(-0.3, 0.9, 0.1)
    )
    s.look(START_S, "world", (0.0, 6.0, 1.2))
    with s.phase("ready", s.number("ready_s")) as (start, end):
        s.left.again(start + 0.6 * (end - start), 0.35, at=(-0.04, 0.42, 0.62 * s.body.shoulder_height_m))
    toss = s.now + 0.55
    hit = toss + s.real(s.number("air_s"))
    with s.phase("toss", 0.75) as (start, _):
        _toss(s, start, toss, hit)
    with s.phase("swing", hit - s.now):
        _up_and_over(s, toss, hit)
    s.throw("ball", hit, turned(s.number("speed_mps"), -0.12))
    with s.phase("follow_through", 0.5) as (start, end):
        _blade(s, start + 0.18, 0.20, "chest", (0.10, 0.95, -0.05), (0.0, 0.85, -0.5), (-0.2, -0.3, -0.9), "decelerate")
        s.right.go(end, 0.42, "chest", (-0.12, 0.34, -0.36), "decelerate", palm=(-0.2, -0.9, 0.1),
                   fingers=(-0.8, 0.1, -0.6), elbow=(0.6, 0.2, -0.6))  # fmt: skip
        s.trunk.to(start + 0.25, 0.3, "decelerate", twist=0.35, bend=0.35)
        s.pelvis.to(start + 0.3, 0.35, yaw=0.45, pitch=0.25, forward=0.26 * leg)
        s.right_foot.step(start + 0.40, 0.42, (out, 0.40 * leg), lift_m=0.10)
        s.look(start + 0.3, "world", (0.0, 8.0, 0.8), duration_s=0.3)
    with s.phase("recover", 0.8) as (start, end):
        settle(s, end, 0.75, 0.35 * leg)
        s.right.go(end, 0.7, "chest", (0.05, 0.30, -0.28), palm=(-0.95, 0.1, 0.0), fingers=(-0.3, 0.9, 0.2))
        s.left.go(end, 0.7, "chest", (0.08, 0.32, -0.22), palm=(-0.7, 0.1, -0.5), fingers=(-0.3, 0.9, 0.2))


def _toss(s: Score, start: float, toss: float, hit: float) -> None:
    """Both arms go down together and part: one up with the ball, one back and up with the racket."""
    reach = s.body.shoulder_height_m + 0.62 * s.body.arm_m
    s.left.go(
        start + 0.25,
        0.25,
        "travel",
        (-0.02, 0.34, 0.56 * s.body.shoulder_height_m),
        palm=(-0.1, 0.1, 1.0),
        fingers=(0.0, 1.0, 0.1),
    )
    s.left.go(toss, 0.32, "travel", (-0.06, 0.50, reach), "accelerate", palm=(0.0, 0.1, 1.0), fingers=(0.0, 1.0, 0.3))
    s.left.go(
        toss + 0.14,
        0.14,
        "travel",
        (-0.06, 0.34, reach + 0.28 * s.body.arm_m),
        "decelerate",
        palm=(0.0, 0.4, 0.9),
        fingers=(0.0, 0.6, 0.8),
    )
    s.left.fingers(toss, 0.08, "flat")
    rise = _high_m(s) - reach
    air = (hit - toss) / s.spec.tempo
    s.throw("ball", toss, (TOSSED_MPS[0], TOSSED_MPS[1], rise / air + 0.5 * 9.81 * air))
    s.look(toss + 0.15, "thing:ball", duration_s=0.4)
    s.right.reach(start + 0.35, 0.35, (0.45, 0.10, -0.75), palm=(-0.8, 0.3, 0.3), fingers=(0.3, 0.3, -0.9))
    s.pelvis.to(
        toss + 0.2, 0.6, yaw=-0.95 * s.number("turn"), right=-0.02, forward=0.05, up=-0.07 * s.body.leg_m * s.number("knees")
    )
    s.trunk.to(toss + 0.2, 0.6, twist=-0.35, bend=-0.16, lean=0.12)
    s.right_foot.heel.to(toss + 0.3, 0.4, 0.35)
    s.right.reach(toss + 0.15, 0.48, (0.62, -0.25, 0.32), palm=(0.1, 0.6, 0.6), fingers=(0.0, -0.1, 1.0), elbow=(1.0, -0.5, -0.1))


def _high_m(s: Score) -> float:
    """How high over the floor the tossed ball is hit."""
    return s.body.shoulder_height_m + 1.08 * s.body.arm_m + 0.36


def _high_ball(s: Score, toss: float, hit: float) -> Vector:
    """Where the racket's head meets it: a place, for the ball itself is gone a moment later."""
    air = (hit - toss) / s.spec.tempo
    return (0.06 + TOSSED_MPS[0] * air, 0.47 + TOSSED_MPS[1] * air, _high_m(s) + 0.03)


def _up_and_over(s: Score, toss: float, hit: float) -> None:
    """The racket drops behind the back, hips and trunk turn, and it meets the ball at full stretch."""
    s.right.reach(hit - 0.20, 0.28, (0.45, -0.22, 0.42), palm=(0.3, 0.9, 0.0), fingers=(0.2, -0.6, -0.6), elbow=(0.9, 0.0, 0.6))
    s.pelvis.to(hit - 0.02, 0.30, yaw=-0.05, up=0.02, forward=0.16)
    s.trunk.to(hit, 0.30, twist=0.05, bend=0.06, lean=-0.22)
    s.right_foot.heel.to(hit, 0.25, 0.9)
    _blade(
        s,
        hit,
        0.27,
        "world",
        _high_ball(s, toss, hit),
        (0.05, 0.12, 1.0),
        (0.0, 1.0, -0.1),
        "away",
        elbow=(1.0, 0.1, 0.0),
    )
    s.left.reach(hit, 0.35, (0.12, 0.30, -0.45), palm=(-0.5, -0.8, 0.0), fingers=(-0.8, 0.5, 0.0))


TENNIS_SERVE = Action(
    name="tennis_serve",
    caption="tosses a tennis ball up and serves it",
    wordings=("serves in tennis", "hits a tennis serve with a racket"),
    choreography=_serve,
    phases=("ready", "toss", "swing", "follow_through", "recover"),
    params={
        "ready_s": Range(0.5, 1.1),
        "air_s": Range(0.70, 0.92),
        "knees": Range(0.3, 1.3),
        "speed_mps": Range(11.0, 16.0),
        "turn": Range(0.8, 1.2),
    },
    props=(PropUse("racket", ("racket",), (0.97, 1.03)), PropUse("ball", ("tennis_ball",), (0.066, 0.068))),
    aliases=("serving in tennis", "tennis service"),
    tags=("sport", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ucf101": "TennisSwing"},
)


def _forehand(s: Score) -> None:
    """Split step, the shoulders turn and the racket goes back; step in, low to high through the ball, over the shoulder."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    wide = 1.5 * out
    height = s.number("height") * s.body.pelvis_height_m
    s.hold("racket", START_S)
    s.right.fingers(START_S, 0.1, "grip")
    for foot in (s.right_foot, s.left_foot):
        foot.place(0.0, 0.0, (wide, 0.0), toe_out_rad=0.15)
    s.pelvis.to(START_S, 0.1, pitch=0.22, up=-0.06 * leg)
    s.trunk.to(START_S, 0.1, bend=0.12)
    _racket_ahead(s, START_S, 0.1)
    with s.phase("ready", s.number("wait_s")) as (start, end):
        for k, up in enumerate((0.02, -0.08, -0.05)):
            s.pelvis.to(start + 0.16 * (k + 1), 0.16, up=up * leg)
    with s.phase("turn", 0.55) as (start, end):
        back = s.number("take_back")
        s.right_foot.step(start + 0.32, 0.30, (wide + 0.06, -0.14 * leg), toe_out_rad=0.9, lift_m=0.05)
        s.pelvis.to(end, 0.5, yaw=-0.75, right=0.05, up=-0.09 * leg)
        s.trunk.to(end, 0.5, twist=-0.45)
        _blade(s, start + 0.30, 0.30, "chest", (0.45, 0.35, 0.20), (0.2, 0.2, 0.95), (-0.6, 0.8, 0.0))
        _blade(s, end + 0.02, 0.35, "chest", (0.82, -0.10 * back, 0.02), (0.75, -0.75 * back, 0.25), (0.5, 0.7, -0.45),
               elbow=(0.8, -0.5, -0.5))  # fmt: skip
        s.left.go(
            end, 0.45, "chest", (-0.10, 0.42, -0.02), palm=(-0.3, 0.2, -0.9), fingers=(-0.8, 0.6, 0.0), elbow=(0.7, 0.2, -0.5)
        )
    _meet(s, s.now + 0.40, height)
    _over_the_shoulder(s)
    with s.phase("recover", 0.75) as (start, end):
        settle(s, end, 0.7, 0.22 * leg)
        _racket_ahead(s, end, 0.65)


def _meet(s: Score, hit: float, height: float) -> None:
    """A step in; the racket drops, and comes up from behind through the ball."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    with s.phase("swing", hit - s.now) as (start, _):
        s.left_foot.step(start + 0.20, 0.34, (0.8 * out, 0.28 * leg), toe_out_rad=-0.1, lift_m=0.07)
        s.pelvis.to(hit, 0.34, yaw=0.05, forward=0.15 * leg, right=-0.02, up=-0.05 * leg)
        s.trunk.to(hit + 0.02, 0.28, "accelerate", twist=0.10)
        _blade(
            s,
            hit - 0.17,
            0.22,
            "chest",
            (0.80, 0.05, -0.42),
            (0.80, -0.45, -0.45),
            (-0.3, 0.9, -0.2),
            "smooth",
            elbow=(0.7, -0.6, -0.5),
        )
        ball = (s.body.shoulder_half_m + 0.50, 0.15 * leg + 0.34, height)
        fly_in(s, "ball", hit, (0.9, s.number("from_m"), 0.35), ball)
        _blade(
            s,
            hit,
            0.24,
            "world",
            (ball[0] - 0.02, ball[1] - 0.04, ball[2]),
            (0.95, 0.25, -0.1),
            (0.0, 1.0, 0.05),
            "accelerate",
            elbow=(0.5, -0.5, -0.8),
        )
        s.throw("ball", hit, turned(s.number("speed_mps"), 0.16))


def _over_the_shoulder(s: Score) -> None:
    """On through, up, and round the neck; the other hand takes the throat."""
    leg = s.body.leg_m
    with s.phase("follow_through", 0.5) as (start, end):
        s.pelvis.to(start + 0.3, 0.35, yaw=0.55, forward=0.24 * leg, up=0.0)
        s.trunk.to(start + 0.3, 0.35, "decelerate", twist=0.40, bend=0.0)
        s.right_foot.heel.to(start + 0.15, 0.2, 0.75)
        _blade(s, start + 0.20, 0.21, "chest", (0.20, 0.95, 0.15), (0.30, 0.85, 0.45), (-0.7, 0.4, -0.3), "decelerate")
        _blade(
            s,
            end - 0.1,
            0.28,
            "chest",
            (-0.42, 0.10, 0.42),
            (-0.55, -0.55, 0.55),
            (-0.5, 0.1, -0.6),
            "decelerate",
            elbow=(0.6, 0.7, 0.1),
        )
        s.left.go(start + 0.35, 0.35, "chest", (0.10, 0.32, 0.05), palm=(-0.5, -0.6, 0.2), fingers=(-0.4, 0.3, 0.8))
        s.look(start + 0.35, "world", (0.0, 8.0, 1.2), duration_s=0.3)


def _racket_ahead(s: Score, end_s: float, duration_s: float) -> None:
    """The racket before the body, its throat in the left hand."""
    _blade(s, end_s, duration_s, "chest", (-0.06, 0.62, 0.02), (-0.35, 0.75, 0.55), (-0.9, -0.4, 0.0), elbow=(0.6, -0.4, -0.7))
    s.left.go(
        end_s, duration_s, "chest", (0.05, 0.42, -0.14), palm=(-0.6, 0.2, 0.6), fingers=(-0.3, 0.9, 0.2), elbow=(0.7, -0.3, -0.7)
    )


TENNIS_FOREHAND = Action(
    name="tennis_forehand",
    caption="plays a forehand with a tennis racket",
    wordings=("returns a tennis ball with a forehand", "swings a tennis racket at a ball"),
    choreography=_forehand,
    phases=("ready", "turn", "swing", "follow_through", "recover"),
    params={
        "wait_s": Range(0.5, 0.8),
        "take_back": Range(0.6, 1.2),
        "height": Range(0.80, 1.10),
        "from_m": Range(4.5, 7.0),
        "speed_mps": Range(10.0, 15.0),
    },
    props=(PropUse("racket", ("racket",), (0.97, 1.03)), PropUse("ball", ("tennis_ball",), (0.066, 0.068))),
    aliases=("tennis swing", "playing tennis", "forehand"),
    tags=("sport", "arms", "object"),
    acting=("right_hand",),
    taxonomy={"ucf101": "TennisSwing"},
)
