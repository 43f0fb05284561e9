"""Ball games: throwing and catching."""

from __future__ import annotations

import numpy as np

from ...motion.score import Score, Vector
from ..action import Action, Choice, PropUse, Range
from .moves import LONGEST_FLIGHT_S


def _throw(s: Score) -> None:
    """Wind up over the rear foot, step, and let hips, trunk, shoulder, elbow and hand follow one another to the release."""
    if s.option("kind") == "underarm":
        _underarm(s)
    else:
        _overarm(s)


def _begin_with_ball(s: Score) -> None:
    s.hold("ball")
    s.contact("right_palm", "ball", -s.real(s.spec.idle_before_s), s.number("wind_up_s") + 0.3)
    s.right.fingers(0.0, 0.0, "grip_wide")
    s.right.go(0.0, 0.0, "chest", (0.02, 0.26, -0.20), palm=(-0.85, 0.2, 0.3), fingers=(-0.2, 0.75, 0.6))
    s.left.go(0.0, 0.0, "chest", (0.06, 0.24, -0.22), palm=(-0.9, 0.1, 0.2), fingers=(-0.2, 0.75, 0.6))
    s.look(0.1, "world", (0.0, 7.0, 1.05 * s.body.eye_height_m), duration_s=0.1)


def _overarm(s: Score) -> None:
    step = s.number("step") * s.body.leg_m * s.amplitude
    _begin_with_ball(s)
    with s.phase("wind_up", s.number("wind_up_s")) as (start, end):
        _cock(s, start, end)
    plant = s.now + 0.16
    release = plant + 0.19
    s.left_foot.step(plant, 0.34, (s.body.stance_out_m * 0.9, step), toe_out_rad=0.10, lift_m=0.11)
    with s.phase("throw", release - s.now):
        s.pelvis.to(plant + 0.10, 0.24, yaw=0.30, forward=0.40 * step, up=-0.07)
        s.trunk.to(plant + 0.15, 0.22, "accelerate", twist=0.28, bend=0.10, lean=-0.16)
        _whip(s, plant, release)
        s.right_foot.heel.to(release, 0.20, 0.55)
    s.right.fingers(release, 0.05, "flat")
    s.throw("ball", release, _velocity(s.number("speed_mps"), s.number("loft_rad")))
    with s.phase("follow_through", 0.45) as (start, _):
        s.trunk.to(start + 0.16, 0.20, "decelerate", twist=0.50, bend=0.45)
        s.pelvis.to(start + 0.22, 0.26, yaw=0.45, pitch=0.28, forward=0.72 * step)
        palm, across = (0.0, 0.2, -1.0), (-0.36, 0.55, -0.62)
        s.right.reach(start + 0.09, 0.09, (0.05, 0.90, 0.05), "linear", palm=palm, fingers=(-0.1, 0.9, -0.4))
        s.right.reach(start + 0.27, 0.20, across, "decelerate", palm=(0.2, -0.6, -0.6), fingers=(-0.4, 0.5, -0.8))
        s.right_foot.heel.to(start + 0.20, 0.2, 0.90)
    _gather(s, step)


def _cock(s: Score, start: float, end: float) -> None:
    """Turn away over the rear foot; the ball goes down, back and up behind the head, the other arm points ahead."""
    time, pointing = end - start, 0.62 * s.body.arm_m + 0.1
    s.right_foot.place(start + 0.5 * time, 0.4 * time, (s.body.stance_out_m, -0.04), toe_out_rad=0.95)
    s.pelvis.to(end, 0.85 * time, yaw=-0.75, forward=-0.03, up=-0.03)
    s.trunk.to(end + 0.04, 0.80 * time, twist=-0.55, bend=-0.08, lean=0.10)
    low, behind = (0.42, -0.30, -0.62), (0.52, -0.26, 0.40)
    s.right.reach(start + 0.55 * time, 0.55 * time, low, palm=(0.0, 0.2, -1.0), fingers=(0.5, -0.5, -0.6))
    palm, fingers, elbow = (0.1, 0.75, 0.55), (0.1, -0.6, 0.8), (1.0, -0.2, -0.5)
    s.right.reach(end + 0.03, 0.60 * time, behind, palm=palm, fingers=fingers, elbow=elbow)
    s.left.go(end, 0.75 * time, "travel", (0.02, pointing, 1.02 * s.body.shoulder_height_m), palm=(0.0, 0.2, -1.0))


def _whip(s: Score, plant: float, release: float) -> None:
    """The hand lags as the trunk turns, then overtakes it; the other arm is pulled in."""
    lag, ahead = (0.55, -0.34, 0.24), (0.30, 0.58, 0.70)
    s.right.reach(plant + 0.07, 0.14, lag, palm=(0.1, 0.45, 0.9), fingers=(0.15, -0.9, 0.35), elbow=(1.0, 0.2, -0.2))
    palm, fingers, elbow = (0.0, 0.95, -0.25), (0.05, 0.35, 0.9), (1.0, -0.1, -0.3)
    s.right.reach(release, 0.14, ahead, "accelerate", palm=palm, fingers=fingers, elbow=elbow)
    s.left.reach(release, 0.30, (0.16, 0.22, -0.42), elbow=(0.4, -0.8, -0.4))


def _underarm(s: Score) -> None:
    step, power = 0.8 * s.number("step") * s.body.leg_m * s.amplitude, 0.30 * s.number("speed_mps") + 2.4
    out = s.body.stance_out_m
    _begin_with_ball(s)
    with s.phase("wind_up", s.number("wind_up_s")) as (start, end):
        back = end - start
        s.right.reach(start + 0.45 * back, 0.45 * back, (0.16, 0.10, -0.92), palm=(-0.6, 0.8, 0.0), fingers=(0.0, 0.1, -1.0))
        s.right.reach(end + 0.06, 0.65 * back, (0.18, -0.72, -0.60), palm=(-0.3, 0.55, -0.7), fingers=(0.05, -0.75, -0.65))
        s.left.reach(end, 0.7 * back, (0.22, 0.55, -0.55))
        s.pelvis.to(end, 0.8 * back, yaw=-0.35, pitch=0.10, up=-0.04)
        s.trunk.to(end + 0.04, 0.8 * back, twist=-0.30, bend=0.12)
    plant = s.now + 0.12
    s.left_foot.step(plant, 0.36, (out * 0.9, step), lift_m=0.08)
    release = plant + 0.20
    with s.phase("throw", release - s.now):
        s.pelvis.to(plant + 0.10, 0.26, yaw=0.10, pitch=0.22, forward=0.50 * step, up=-0.10)
        s.trunk.to(plant + 0.15, 0.26, twist=0.12, bend=0.16)
        s.right.reach(plant + 0.09, 0.17, (0.12, 0.05, -0.97), "accelerate", palm=(0.0, 1.0, 0.0), fingers=(0.0, 0.0, -1.0))
        s.right.reach(release, 0.12, (0.10, 0.66, -0.68), "linear", palm=(0.0, 0.65, 0.75), fingers=(0.0, 0.75, -0.6))
        s.left.reach(release, 0.3, (0.40, -0.20, -0.80))
        s.right_foot.heel.to(release, 0.22, 0.5)
    s.right.fingers(release, 0.06, "flat")
    s.throw("ball", release, _velocity(power, 0.35 + s.number("loft_rad")))
    with s.phase("follow_through", 0.45) as (start, end):
        s.right.reach(start + 0.24, 0.24, (0.06, 0.82, 0.30), "decelerate", palm=(0.0, -0.3, 1.0), fingers=(0.0, 0.9, 0.4))
        s.pelvis.to(start + 0.25, 0.3, forward=0.70 * step, pitch=0.10, up=-0.03)
        s.trunk.to(start + 0.3, 0.3, bend=0.02)
        s.right_foot.heel.to(start + 0.2, 0.2, 0.85)
    _gather(s, step)


def _gather(s: Score, step_m: float) -> None:
    """The rear foot comes up beside the front one and everything comes to rest, eyes on the ball's way."""
    with s.phase("recover", 0.75) as (start, end):
        s.right_foot.heel.to(start + 0.40, 0.35, 0.0)
        s.right_foot.step(start + 0.52, 0.44, (s.body.stance_out_m, 0.92 * step_m), lift_m=0.06)
        s.pelvis.to(end, 0.6, yaw=0.0, pitch=0.0, up=0.0, forward=0.92 * step_m)
        s.trunk.to(end, 0.6, twist=0.0, bend=0.0, lean=0.0)
        for hand, late in ((s.right, 0.05), (s.left, 0.0)):
            hand.rest(start + 0.62 + late, 0.62)
            hand.fingers(end, 0.4, "relaxed")


def _velocity(speed_mps: float, loft_rad: float) -> Vector:
    return (0.0, speed_mps * float(np.cos(loft_rad)), speed_mps * float(np.sin(loft_rad)))


THROWING = Action(
    name="throwing",
    caption="throws a ball {kind}",
    choreography=_throw,
    phases=("wind_up", "throw", "follow_through", "recover"),
    params={
        "kind": Choice(("overarm", "underarm"), (0.68, 0.32)),
        "wind_up_s": Range(0.80, 1.1),
        "step": Range(0.45, 0.80),
        "speed_mps": Range(7.0, 11.0),
        "loft_rad": Range(0.02, 0.30),
    },
    props=(PropUse("ball", ("ball",), (0.065, 0.10)),),
    aliases=("throw", "throwing a ball", "throw ball", "pitching"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand",),
    taxonomy={"synapt150": "throwing", "ntu120": "A007", "hmdb51": "throw"},
)


def _catch(s: Score) -> None:
    """Eyes on the ball all the way, hands out to meet it, and give with it towards the body."""
    radius = float(s.props["ball"].frames["grip"][1, 3])
    two = radius > 0.055 or s.option("hands") == "two"
    height, give = s.number("height"), 0.22 * s.amplitude
    with s.phase("ready", s.number("wait_s")) as (start, end):
        s.pelvis.to(end, 0.6, pitch=0.12, up=-0.05)
        s.trunk.to(end, 0.6, bend=0.10)
        _hands_out(s, end, 0.65, two, radius + 0.10, 0.30, 0.5 * height)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "cup")
    meet = s.now + 0.30
    with s.phase("catch", 0.30):
        _hands_out(s, meet, 0.32, two, radius, 0.46, height)
        s.trunk.to(meet, 0.3, bend=0.10 - 0.3 * height)
        if two:
            s.left.go(meet, 0.10, "right_hand", (0.0, 0.0, 2.0 * radius), palm=(0.0, 0.0, -1.0), fingers=(0.0, 1.0, 0.0))
    _fly_in(s, meet, radius, height)
    with s.phase("absorb", 0.45) as (start, end):
        s.right.fingers(start + 0.05, 0.08, "grip_wide" if radius < 0.055 else "cup")
        _hands_in(s, start + 0.22, two, radius, give, height)
        s.pelvis.to(start + 0.18, 0.2, pitch=0.16, up=-0.08)
        s.contact("right_palm", "ball", meet, 60.0)
        if two:
            s.contact("left_palm", "ball", meet, 60.0)
    with s.phase("hold", 1.0) as (start, end):
        s.pelvis.to(end, 0.6, pitch=0.0, up=0.0)
        s.trunk.to(end, 0.6, bend=0.0)
        s.right.go(end, 0.6, "chest", (radius, 0.24 + radius, -0.28), palm=(-1.0, 0.1, 0.2), fingers=(-0.1, 0.85, 0.45))
        if not two:
            s.left.rest(end, 0.7)


def _hands_out(s: Score, end: float, duration: float, two: bool, apart: float, ahead: float, up: float) -> None:
    """Palms facing each other around the ball's way, or one hand open towards it; fingers down for a low ball."""
    point = (0.0, 0.75, 0.65 + up) if up > -0.2 else (0.0, 0.80, -0.60)
    if two:
        for hand in (s.right, s.left):
            hand.go(
                end,
                duration,
                "chest",
                (apart, ahead, up),
                palm=(-1.0, 0.12, 0.0),
                fingers=point,
                elbow=(0.6, -0.4, -0.8),
            )
        return
    s.right.go(
        end,
        duration,
        "chest",
        (0.16, 1.1 * ahead, up + 0.04),
        palm=(-0.25, 1.0, 0.1),
        fingers=(0.1, 0.2, 1.0 if up > -0.2 else -1.0),
        elbow=(0.5, -0.4, -0.8),
    )
    s.left.go(end, duration, "chest", (0.24, 0.22, -0.25), palm=(-0.7, 0.4, 0.2), fingers=(0.0, 0.9, 0.4))


def _hands_in(s: Score, end: float, two: bool, radius: float, give: float, height: float) -> None:
    """Give with the ball: it takes a moment to stop."""
    if two:
        s.right.go(
            end,
            0.22,
            "chest",
            (radius, 0.46 - give, 0.6 * height - 0.08),
            "decelerate",
            palm=(-1.0, 0.12, 0.0),
            fingers=(0.0, 0.8, 0.6),
            elbow=(0.6, -0.4, -0.8),
        )
        return
    s.right.go(
        end,
        0.22,
        "chest",
        (0.20, 0.50 - give, 0.8 * height - 0.02),
        "decelerate",
        palm=(-0.3, 1.0, 0.1),
        fingers=(0.1, 0.2, 1.0 if height > -0.2 else -1.0),
        elbow=(0.5, -0.4, -0.8),
    )


def _fly_in(s: Score, meet: float, radius: float, height: float) -> None:
    """The ball comes in low enough for any room: straight if it has been in the air for long enough, else off a bounce.

    It is in flight from the clip's first frame on; the eyes follow it in.
    """
    whole = s.spec.idle_before_s + meet / s.spec.tempo
    goal = np.array([0.0, 0.5, s.body.shoulder_height_m + height])
    across, far = s.number("from_right_m"), s.number("from_m")
    if whole <= LONGEST_FLIGHT_S:
        flight, origin = whole, np.array([across, far, 1.35])
    else:
        flight = 0.62 + 0.16 * (height + 0.3)
        origin = np.array([0.45 * across, 0.45 * far, radius])
    s.catch("ball", meet, flight, (float(origin[0]), float(origin[1]), float(origin[2])))
    s.look(meet - s.real(flight) - 0.1, "world", (across, far, 1.4), duration_s=0.2)
    rise = 0.5 * 9.81 * flight**2
    for share in (0.0, 0.3, 0.55, 0.8, 1.0):
        x, y, z = origin + share * (goal - origin) + np.array([0.0, 0.0, rise * share * (1.0 - share)])
        time = meet - (1.0 - share) * s.real(flight)
        s.look(time, "world", (float(x), float(y), float(z)), duration_s=0.25 * s.real(flight))


CATCH = Action(
    name="catch",
    caption="catches a ball",
    choreography=_catch,
    phases=("ready", "catch", "absorb", "hold"),
    params={
        "wait_s": Range(0.57, 0.9),
        "hands": Choice(("one", "two"), (0.5, 0.5)),
        "height": Range(-0.30, 0.25),
        "from_m": Range(4.0, 7.0),
        "from_right_m": Range(-1.2, 1.2),
    },
    props=(PropUse("ball", ("ball",), (0.065, 0.24)),),
    aliases=("catching", "catching a ball", "catch ball"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand",),
    taxonomy={"synapt150": "catch", "hmdb51": "catch"},
)
