"""Association football: the kick from a run-up, and the header."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S
from .moves import arms_down, fly_in, pace, settle, spring_up


def _kick(s: Score) -> None:
    """A few strides at an angle, the last one long and beside the ball; the leg swings through and carries the body on."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    radius = float(s.props["ball"].frames["grip"][1, 3])
    n, step = int(s.number("strides")), s.number("step_s")
    run = (0.62 * n + 0.75) * leg * s.number("stride")
    s.pelvis.to(START_S, 0.1, yaw=-s.number("angle_rad"))
    s.stand("ball", (0.4 * out, run + 0.10), height_m=radius)
    s.look(START_S, "prop:ball", duration_s=0.1)
    with s.phase("run_up", n * step + 0.30) as (start, end):
        s.trunk.to(start + 0.4, 0.4, bend=0.16)
        for k in range(n):
            foot = s.right_foot if (n - k) % 2 else s.left_foot
            ahead = run * (k + 1) / (n + 1.15)
            pace(s, foot, start + (k + 1) * step, step, ahead, body_m=ahead - 0.12 * leg, lift_m=0.10)
            for hand in (s.right, s.left):
                with_leg = hand.side != foot.side
                hand.reach(start + (k + 1) * step, step, (0.16, 0.42 if with_leg else -0.30, -0.72), effector="wrist")
        plant = end
        pace(s, s.left_foot, plant, 0.30, run - 0.02, body_m=run - 0.30 * leg, out=1.0 + 0.10 / out, toe_out_rad=0.05)
        s.pelvis.to(plant + 0.02, 0.3, up=-0.07 * leg, pitch=-0.06, yaw=-0.45)
        s.trunk.to(plant + 0.04, 0.35, twist=0.40, bend=0.08)
        s.right_foot.heel.to(plant - 0.12, 0.2, 0.6)
        s.right_foot.reach(plant + 0.06, 0.26, (0.12, -0.62, -0.52), knee=(0.15, 0.6, -0.6))
        s.left.reach(plant + 0.04, 0.35, (0.80, 0.15, 0.05))
        s.right.reach(plant + 0.04, 0.35, (0.40, -0.50, -0.60))
    _strike(s, run)
    with s.phase("recover", 0.85) as (start, end):
        s.left_foot.heel.to(start + 0.15, 0.2, 0.0)
        s.right_foot.heel.to(start + 0.3, 0.3, 0.0)
        s.right_foot.place(start + 0.32, 0.34, (out, run + 0.34))
        s.left_foot.step(start + 0.72, 0.38, (out, run + 0.30), lift_m=0.06)
        s.pelvis.to(end - 0.1, 0.65, yaw=0.0, pitch=0.0, up=0.0, forward=run + 0.28)
        s.trunk.to(end, 0.6, twist=0.0, bend=0.0)
        arms_down(s, end, 0.65)


def _strike(s: Score, run: float) -> None:
    """Hip, thigh, shin and instep through the ball, and the leg high after it, the body leaning back."""
    leg, out = s.body.leg_m, s.body.stance_out_m
    radius = float(s.props["ball"].frames["grip"][1, 3])
    hit = s.now + 0.17
    with s.phase("kick", hit - s.now):
        s.pelvis.to(hit - 0.01, 0.17, yaw=0.30, pitch=-0.10, forward=run - 0.12 * leg)
        s.trunk.to(hit, 0.18, twist=-0.25, bend=0.26)
        s.right_foot.heel.to(hit, 0.12, 0.45)
        s.right_foot.place(hit, 0.13, (0.4 * out, run + 0.10 - radius - 0.55 * s.body.foot_m), toe_out_rad=0.0, height_m=0.05,
                           ease="accelerate")  # fmt: skip
    s.contact("right_toe", "ball", hit - 0.03, hit + 0.03)
    power = s.number("speed_mps")
    s.throw("ball", hit, (-0.12 * power, power, (0.10 + 0.30 * s.number("height")) * power))
    with s.phase("follow_through", 0.45) as (start, _):
        high = 0.30 * s.number("height") * s.amplitude
        s.right_foot.heel.to(start + 0.25, 0.25, 0.2)
        s.right_foot.reach(start + 0.19, 0.20, (-0.16, 0.78, -0.42 + high), "decelerate")
        s.pelvis.to(start + 0.22, 0.24, yaw=0.55, pitch=-0.26, forward=run + 0.05)
        s.left_foot.heel.to(start + 0.2, 0.2, 0.5)
        s.left.reach(start + 0.2, 0.25, (0.05, 0.66, -0.40))
        s.right.reach(start + 0.2, 0.25, (0.62, -0.40, -0.35))
        s.look(start + 0.3, "world", (-0.5, run + 8.0, 1.0), duration_s=0.3)


SOCCER_KICK = Action(
    name="soccer_kick",
    caption="runs up and kicks a football",
    wordings=("takes a run-up and shoots a football", "strikes a soccer ball after a few strides"),
    choreography=_kick,
    phases=("run_up", "kick", "follow_through", "recover"),
    params={
        "strides": Range(2, 4, whole=True),
        "step_s": Range(0.30, 0.40),
        "stride": Range(0.85, 1.2),
        "angle_rad": Range(0.0, 0.5),
        "height": Range(0.0, 1.0),
        "speed_mps": Range(9.0, 14.0),
    },
    props=(PropUse("ball", ("football",), (0.21, 0.225)),),
    aliases=("kicking a football", "penalty kick", "soccer penalty", "shooting a goal"),
    tags=("sport", "legs", "ball"),
    acting=("right_foot",),
    taxonomy={"ucf101": "SoccerPenalty", "hmdb51": "kick_ball"},
)


def _header(s: Score) -> None:
    """Eyes on the ball; a jump, the back arched and then snapped forward so that the forehead drives the ball away."""
    radius = float(s.props["ball"].frames["grip"][1, 3])
    rise, jumps = s.number("rise_m") * s.amplitude, s.option("how") == "in a jump"
    out = s.body.stance_out_m
    s.right_foot.place(0.0, 0.0, (1.1 * out, -0.12))
    s.left_foot.place(0.0, 0.0, (1.1 * out, 0.10))
    with s.phase("wait", s.number("wait_s")) as (_, end):
        s.trunk.to(end, 0.5, bend=0.10)
        for hand in (s.right, s.left):
            hand.reach(end, 0.5, (0.40, 0.30, -0.50), palm=(-0.5, 0.3, -0.7))
    if jumps:
        jump = spring_up(s, s.now - 0.05, rise, ahead_m=0.12, sink=0.20, sink_s=0.40)
        hit, up = jump.leave_s + 0.5 * (jump.land_s - jump.leave_s), rise + 0.035 * s.body.leg_m
    else:
        hit, up = s.now + 0.65, 0.0
        s.pelvis.to(hit - 0.2, 0.4, up=-0.09 * s.body.leg_m, forward=-0.05)
        s.pelvis.to(hit, 0.18, up=0.0, forward=0.06)
    with s.phase("rise", hit - s.now):
        _snap(s, hit)
    goal = (0.0, 0.016 * s.body.height_m + (0.075 if jumps else 0.045) + radius, 0.945 * s.body.height_m + up - 0.02)
    fly_in(s, "ball", hit, (s.number("from_right_m"), s.number("from_m"), 0.8), goal)
    power = s.number("speed_mps")
    s.throw("ball", hit, (0.0, power, 0.18 * power))
    s.contact("forehead", "ball", hit - 0.03, hit + 0.03)
    with s.phase("follow_through", 0.45) as (_, end):
        s.trunk.to(end, 0.35, bend=0.15)
        s.head.to(end, 0.35, nod=0.0)
        s.look(end, "world", (0.0, 6.0, 1.0), duration_s=0.3)
        for hand in (s.right, s.left):
            hand.reach(end, 0.35, (0.45, 0.25, -0.55))
    with s.phase("recover", 0.9) as (_, end):
        if jumps:
            s.trunk.to(end, 0.7, bend=0.0)
        else:
            settle(s, end, 0.8, 0.0)
        arms_down(s, end, 0.75)


def _snap(s: Score, hit: float) -> None:
    """Arched back with the arms out ahead, then trunk and neck forward at once while the elbows pull back."""
    s.trunk.to(hit - 0.10, 0.32, bend=-0.34)
    s.head.to(hit - 0.10, 0.3, nod=-0.12)
    s.trunk.to(hit + 0.05, 0.24, "strike", bend=0.34 * s.amplitude)
    s.head.to(hit + 0.05, 0.20, "strike", nod=0.35)
    for hand, late in ((s.right, 0.0), (s.left, 0.02)):
        hand.reach(hit - 0.12 + late, 0.3, (0.40, 0.62, 0.02), palm=(-0.3, 0.3, -0.9), elbow=(0.9, -0.2, -0.3))
        hand.reach(hit + 0.06 + late, 0.16, (0.46, -0.12, -0.30), palm=(-0.6, 0.2, -0.6), elbow=(0.7, -0.8, 0.0))
        hand.fingers(hit - 0.2, 0.3, "relaxed")


SOCCER_HEADER = Action(
    name="soccer_header",
    caption="heads a football {how}",
    wordings=("hits a flying football with {possessive} forehead {how}",),
    choreography=_header,
    phases=("wait", "rise", "follow_through", "recover"),
    params={
        "how": Choice(("in a jump", "from standing"), (0.65, 0.35)),
        "wait_s": Range(0.3, 0.6),
        "rise_m": Range(0.12, 0.32),
        "from_m": Range(4.0, 6.0),
        "from_right_m": Range(-1.5, 1.5),
        "speed_mps": Range(6.0, 10.0),
    },
    props=(PropUse("ball", ("football",), (0.21, 0.225)),),
    aliases=("heading a ball", "header", "heading a football"),
    tags=("sport", "trunk", "ball"),
)
