"""Struck overhead in a jump: the volleyball spike."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, PropUse, Range
from .moves import arms_down, fly_in, pace, spring_up, turned


def _spike(s: Score) -> None:
    """Left, right, left; both arms swing through, up they go; the right one cocks and whips over the ball."""
    leg, step = s.body.leg_m, s.number("step_s")
    run = s.number("run_up") * leg
    radius = float(s.props["ball"].frames["grip"][1, 3])
    rise = s.number("rise_m") * s.amplitude
    with s.phase("approach", 2.6 * step + 0.1) as (start, end):
        pace(s, s.left_foot, start + step, step, 0.30 * run, body_m=0.22 * run)
        pace(s, s.right_foot, start + 1.95 * step, 0.95 * step, 0.95 * run, body_m=0.72 * run, toe_out_rad=-0.1)
        pace(s, s.left_foot, end, 0.8 * step, 1.0 * run, body_m=0.95 * run, toe_out_rad=-0.35)
        s.trunk.to(start + 2.0 * step, 0.6, bend=0.25)
        for hand, late in ((s.right, 0.0), (s.left, 0.03)):
            hand.reach(start + step + late, 0.9 * step, (0.14, 0.45, -0.78), effector="wrist")
            hand.reach(end - 0.12 + late, 1.2 * step, (0.20, -0.62, -0.60), effector="wrist")
    jump = spring_up(s, s.now - 0.30, rise, at_m=run, ahead_m=0.20, sink=0.24, sink_s=0.34, tuck=0.10)
    air = jump.land_s - jump.leave_s
    hit = jump.leave_s + 0.52 * air
    with s.phase("jump", hit - s.now):
        _arms_up(s, jump.low_s, jump.leave_s, hit)
    ahead = run + 0.016 * s.body.height_m + 0.10 + 0.24
    tip = 0.62 * s.body.arm_m + s.body.shoulder_height_m + 0.82 * rise + 0.42 * s.body.arm_m
    goal = (s.body.shoulder_half_m, ahead + 0.05, tip + 0.02)
    fly_in(s, "ball", hit, (-s.number("from_m"), ahead + 0.1, 0.9 * s.body.shoulder_height_m), goal)
    s.throw("ball", hit, turned(s.number("speed_mps"), -0.30))
    s.right.go(
        hit - 0.02, 0.15, "thing:ball", (0.0, -radius, 0.3 * radius), "accelerate", palm=(0.0, 0.9, -0.4), fingers=(0.0, 0.4, 0.9)
    )
    s.contact("right_palm", "ball", hit - 0.03, hit + 0.03)
    with s.phase("land", jump.soaked_s - s.now) as (start, _):
        s.trunk.to(hit + 0.14, 0.18, "decelerate", twist=0.30, bend=0.38)
        s.right.reach(hit + 0.12, 0.13, (0.05, 0.85, 0.30), "linear", palm=(0.0, 0.2, -1.0))
        s.right.reach(hit + 0.30, 0.20, (0.0, 0.60, -0.65), "decelerate")
        s.left.reach(hit + 0.20, 0.3, (0.35, 0.10, -0.75))
        s.look(hit + 0.3, "world", (0.0, ahead + 4.0, 0.6), duration_s=0.25)
    with s.phase("recover", 0.85) as (start, end):
        s.trunk.to(end, 0.6, twist=0.0, bend=0.0)
        arms_down(s, end, 0.7)


def _arms_up(s: Score, low: float, leave: float, hit: float) -> None:
    """Both swing up in front; the left one points at the ball, the right elbow goes back beside the ear."""
    s.trunk.to(leave + 0.05, 0.3, bend=-0.12, twist=-0.35)
    for hand, late in ((s.right, 0.0), (s.left, 0.02)):
        hand.reach(low + 0.10 + late, 0.28, (0.15, 0.50, -0.70), "away", effector="wrist")
    s.right.reach(leave + 0.06, 0.24, (0.25, 0.35, 0.55), "home", effector="wrist")
    s.left.reach(leave + 0.09, 0.27, (0.05, 0.60, 0.75), "home", effector="wrist", palm=(0.0, 0.7, -0.5))
    s.right.reach(hit - 0.16, 0.20, (0.38, -0.22, 0.50), palm=(0.0, 0.6, 0.8), fingers=(0.1, -0.6, 0.8), elbow=(1.0, -0.3, 0.3))
    s.trunk.to(hit + 0.02, 0.24, "strike", twist=0.10, bend=0.10)
    s.right.fingers(hit - 0.1, 0.3, "flat")


VOLLEYBALL_SPIKE = Action(
    name="volleyball_spike",
    caption="runs up, jumps and spikes a volleyball",
    wordings=("smashes a volleyball down in mid-air", "leaps and spikes a volleyball"),
    choreography=_spike,
    phases=("approach", "jump", "land", "recover"),
    params={
        "step_s": Range(0.30, 0.40),
        "run_up": Range(1.1, 1.7),
        "rise_m": Range(0.24, 0.42),
        "from_m": Range(3.4, 4.8),
        "speed_mps": Range(9.0, 14.0),
    },
    props=(PropUse("ball", ("volleyball",), (0.205, 0.215)),),
    aliases=("spiking a volleyball", "volleyball spiking", "spike"),
    tags=("sport", "arms", "ball"),
    acting=("right_hand",),
    taxonomy={"ucf101": "VolleyballSpiking"},
)
