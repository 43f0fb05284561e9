"""In the street: a car that brakes too late."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import shift_weight
from ..postures.falling import fall_sideways

REACTION_S = 0.28
"""Real seconds from the sight of the car to the first start."""


CAR_SHARE = 0.45
"""How far the car comes, of how far it pushes whom it hits: it stands before their feet, not over them."""


def _car_hit(s: Score) -> None:
    """Somebody stands in the road; a car comes from the left, brakes, and knocks them over; they lie where they are pushed to."""
    speed = s.number("speed_mps")
    hip = s.body.hip_half_m + s.body.hip_radius_m + 0.05
    brake_s, stop_m = 0.9, s.number("push_m")
    bumper_m = float(s.props["car"].frames["bumper"][2, 3]), -float(s.props["car"].frames["bumper"][1, 3])
    half = bumper_m[1]
    wait = s.number("wait_s")
    meets = wait + 0.75
    start_m = -hip - half - speed * (meets / s.spec.tempo) - 0.02
    ahead = s.number("ahead_m")
    s.stand("car", (start_m, ahead), -0.5 * 3.14159265, time_s=0.0)
    s.move("car", meets, meets, (-hip - half, ahead), -0.5 * 3.14159265, ease="linear")
    stands_s, at = s.real(0.6 * brake_s), (-hip - half + CAR_SHARE * stop_m, ahead)
    s.move("car", meets + stands_s, stands_s, at, -0.5 * 3.14159265, ease="decelerate")
    with s.phase("stand", wait) as (start, end):
        shift_weight(s, start, end)
        if s.option("before") == "phone":
            s.right.reach(start + 0.1, 0.1, (-0.05, 0.48, -0.28), palm=(-0.3, -0.6, 0.7), fingers=(-0.2, 0.8, 0.4))
            s.look(start, "right_hand", (0.0, 0.0, 0.0))
    with s.phase("startle", 0.75) as (start, end):
        seen = start + s.real(REACTION_S)
        s.look(seen + 0.1, "world", (-3.0, ahead, 0.9), duration_s=0.22)
        s.pelvis.to(seen + 0.3, 0.3, yaw=0.35, up=-0.05 * s.body.leg_m)
        s.trunk.to(seen + 0.3, 0.28, twist=0.35, bend=0.15)
        reach = 0.5 + 0.2 * s.amplitude
        for hand, late in ((s.left, 0.0), (s.right, 0.05)):
            hand.reach(seen + 0.28 + late, 0.26, (0.10, reach, -0.15), palm=(0.0, 0.9, 0.2), fingers=(0.2, 0.3, 0.95))
            hand.fingers(seen + 0.25, 0.2, "planted")
    s.mode.to(meets + 0.1, 0.15, balance=0.0)
    s.travel.to(meets + s.real(brake_s), s.real(brake_s), "decelerate", right=0.85 * stop_m)
    fall_sideways(s, 0.30 * s.body.leg_m + 0.85 * stop_m, gone_m=0.85 * stop_m)


CAR_HIT = Action(
    name="car_hit",
    caption="is hit by a {car} and falls",
    wordings=("is knocked down by a {car}", "stands in the road and is knocked over by a {car}"),
    choreography=_car_hit,
    phases=("stand", "startle", "buckle", "fall", "settle", "down"),
    params={
        "before": Choice(("idle", "phone"), (0.65, 0.35)),
        "wait_s": Range(0.3, 0.7),
        "speed_mps": Range(3.0, 5.5),
        "push_m": Range(0.7, 1.3),
        "ahead_m": Range(-0.25, 0.25),
        "turn": Choice(("left", "right")),
        "down_s": Range(0.6, 1.1),
        "bend_rad": Range(0.12, 0.32),
    },
    props=(PropUse("car", ("car",), (0.97, 1.03)),),
    aliases=("hit by a car", "car accident", "run over"),
    tags=("floor", "dynamic", "object"),
    taxonomy={"synapt150": "car_hit"},
)
