"""Both arms in the air: for joy, or because somebody said hands up."""

from __future__ import annotations

from ...motion.jump import Hop, feet_off, hop
from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import carry_over, pelvis_at

PUMP_S = 0.34
"""How long it takes to draw the fists in and throw them up again."""


def _fists(s: Score, end: float, duration: float, up: float, ease: str = "smooth", late: float = 0.04) -> None:
    """Both fists overhead in a V, `up` 0 to 1 from the ears to full stretch; one a little later and lower than the other."""
    spread = s.number("spread")
    for hand, lag, lower in ((s.right, 0.0, 0.0), (s.left, late, 0.05)):
        high = 0.35 + 0.55 * up - lower
        hand.reach(end + lag, duration, (spread, 0.28 - 0.16 * up, high), ease, palm=(-0.7, 0.6, 0.0), fingers=(0.15, 0.1, 1.0),
                   elbow=(0.9, 0.1, -0.4), effector="wrist")  # fmt: skip


def _gather(s: Score, low: float, duration: float) -> None:
    """Fists drawn in before the chest, elbows down, the body a spring."""
    for hand, lag in ((s.right, 0.0), (s.left, 0.04)):
        hand.fingers(low, 0.35, "fist")
        hand.go(low + lag, duration, "chest", (0.13, s.body.chest_front_m + 0.13, -0.06), palm=(-0.9, -0.3, 0.0),
                fingers=(-0.1, 0.3, 0.95), elbow=(0.7, -0.3, -0.8))  # fmt: skip


def _cheer(s: Score) -> None:
    """Crouch with the fists drawn in, throw them up and jump with them, pump them at each jump; then laugh it off, arms down."""
    jumps, rise = int(s.number("jumps")), s.number("rise_m") * s.amplitude
    leg = s.body.leg_m
    s.mode.channels["reach"].base = 0.0
    for k in range(jumps):
        jump = hop(s, s.now, rise, sink_m=(0.10 + 0.5 * rise) * leg, soak_m=(0.08 + 0.3 * rise) * leg, tiptoe_m=0.045 * leg,
                   sink_s=0.45 if k == 0 else 0.16, end_s=0.30 if k == jumps - 1 else 0.04,
                   before_m=0.0 if k == 0 else 0.06 * leg, after_m=0.0 if k == jumps - 1 else 0.06 * leg)  # fmt: skip
        feet_off(s, jump, 0.0, s.body.stance_out_m * 1.15, tuck=0.05 + 0.25 * rise)
        _with_jump(s, jump, first=k == 0)
        for name, end in (("crouch", jump.leave_s), ("jump", jump.end_s)) if k == 0 else (("jump", jump.end_s),):
            with s.phase(name, end - s.now):
                pass
    with s.phase("pump", PUMP_S * s.number("pumps")) as (start, _):
        for k in range(int(s.number("pumps"))):
            _fists(s, start + PUMP_S * k + 0.16, 0.17, 1.0 - s.number("pump_depth"))
            _fists(s, start + PUMP_S * k + 0.34, 0.18, 1.0, "decelerate")
            s.trunk.to(start + PUMP_S * k + 0.18, 0.18, bend=0.04, twist=s.number("twist_rad"))
            s.trunk.to(start + PUMP_S * k + 0.35, 0.18, bend=-0.12, twist=-0.6 * s.number("twist_rad"))
    with s.phase("lower", 0.66) as (_, end):
        for late, hand in enumerate((s.left, s.right)):
            hand.rest(end + 0.06 * late, 0.66)
            hand.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.head.to(end, 0.6, nod=0.0)
        s.mode.to(end, 0.5, jaw=0.05)


def _with_jump(s: Score, jump: Hop, *, first: bool) -> None:
    push, air = jump.leave_s - jump.low_s, jump.land_s - jump.leave_s
    s.mode.to(jump.low_s + 0.6 * push, 0.5 * push, balance=0.0)
    s.mode.to(jump.soaked_s, jump.soaked_s - jump.land_s, balance=1.0)
    s.pelvis.to(jump.low_s, 0.8 * (jump.low_s - jump.start_s), pitch=0.26)
    s.pelvis.to(jump.leave_s, push, pitch=-0.04)
    s.pelvis.to(jump.soaked_s, jump.soaked_s - jump.land_s + 0.05, pitch=0.16)
    s.pelvis.to(jump.end_s + 0.1, 0.3, pitch=0.0)
    s.mode.to(jump.leave_s, 0.3, jaw=0.30)
    s.head.to(jump.leave_s, 0.3, nod=-0.22)
    s.trunk.to(jump.leave_s + 0.05, push + 0.1, bend=-0.12)
    if first:
        s.trunk.to(jump.low_s, 0.4, bend=0.22)
        _gather(s, jump.low_s, 0.42)
    else:
        _fists(s, jump.low_s + 0.4 * push, 0.22, 0.35)
    _fists(s, jump.leave_s + 0.10, push + 0.08 if first else 0.7 * push + 0.1, 1.0, "decelerate")
    _fists(s, jump.soaked_s + 0.04, jump.soaked_s - jump.land_s + 0.25 * air, 0.80)


CHEERING_UP = Action(
    name="cheering_up",
    caption="throws {possessive} fists up and cheers",
    choreography=_cheer,
    phases=("crouch", "jump", "pump", "lower"),
    params={
        "jumps": Range(1, 2, whole=True),
        "rise_m": Range(0.07, 0.15),
        "pumps": Range(1, 2, whole=True),
        "pump_depth": Range(0.2, 0.7),
        "spread": Range(0.20, 0.50),
        "twist_rad": Range(0.02, 0.14),
    },
    wordings=("jumps for joy with both arms up", "cheers with {possessive} fists in the air"),
    aliases=("cheer up", "cheering", "cheer", "jumping for joy"),
    tags=("gesture", "arms", "legs"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "cheering_up", "ntu120": "A022"},
)


def _hands_up(s: Score, end: float, duration: float, lag: float = 0.07) -> None:
    """Both open palms to the front beside the head, or fingers laced behind it."""
    high, out = s.number("height"), s.number("out")
    for hand, late in ((s.right, 0.0), (s.left, lag)):
        hand.fingers(end, 0.5, "flat")
        hand.reach(end + late, duration, (out, 0.20, high), palm=(-0.1, 1.0, 0.05), fingers=(0.12, 0.0, 1.0),
                   elbow=(1.0, -0.1, -0.55))  # fmt: skip


def _kneel(s: Score, start: float, end: float) -> None:
    """One knee after the other to the floor, hands still up."""
    length, out = end - start, 1.05 * s.body.hip_half_m
    s.mode.to(start + 0.2, 0.2, balance=0.0)
    pelvis_at(
        s, end, 0.95 * length, height_m=s.body.thigh_m + s.body.knee_radius_m + s.body.hip_below_pelvis_m + 0.01, forward_m=0.0
    )
    s.mode.to(start + 0.4, 0.3, reach=0.0)
    for foot, late in ((s.right_foot, 0.0), (s.left_foot, 0.22)):
        foot.kneel(start + (0.72 + late) * length, 0.62 * length, (out, 0.03), height_m=s.body.knee_radius_m)
        carry_over(foot, start + (0.72 + late) * length, 0.62 * length, 0.13)
        s.contact(f"{foot.side}_knee", "floor", end + 0.1, end + 0.6)
    s.trunk.to(start + 0.6 * length, 0.5 * length, bend=0.16)
    s.trunk.to(end + 0.1, 0.4 * length, bend=0.02)


def _surrender(s: Score) -> None:
    """A start, a step back, and the hands go up, palms to the front; they stay there, trembling; perhaps down on the knees."""
    kneels = s.option("way") == "kneeling"
    with s.phase("raise", s.number("raise_s")) as (start, end):
        s.look(start + 0.15, "world", (0.0, 3.0, s.body.eye_height_m), duration_s=0.2)
        s.trunk.to(start + 0.25, 0.25, bend=-0.08)
        s.trunk.to(end, 0.4, bend=0.0)
        _hands_up(s, end, end - start - 0.07)
        s.mode.to(end, 0.5, shrug=0.10)
        if s.option("step") == "back" and not kneels:
            s.right_foot.step(start + 0.45, 0.35, (s.body.stance_out_m, -s.number("back_m")), lift_m=0.04)
            s.left_foot.step(start + 0.80, 0.35, (s.body.stance_out_m, -s.number("back_m")), lift_m=0.04)
            s.travel.to(start + 0.80, 0.75, forward=-s.number("back_m"))
    if kneels:
        with s.phase("kneel", 1.05) as (start, end):
            _kneel(s, start, end)
    with s.phase("hold", s.number("hold_s") * (0.62 if kneels else 1.25)) as (start, end):
        for k in range(int((end - start) / 0.55)):
            way = 1.0 if k % 2 else -1.0
            for hand, own in ((s.right, 1.0), (s.left, -0.7)):
                at = (s.number("out") + 0.015 * way * own, 0.20, s.number("height") + 0.025 * way * own)
                hand.again(start + 0.55 * (k + 1), 0.5, at=at)
            s.head.to(start + 0.55 * (k + 1), 0.45, turn=0.14 * way, nod=0.05 * way)
            s.trunk.to(start + 0.55 * (k + 1), 0.5, lean=0.03 * way)


SURRENDER = Action(
    name="surrender",
    caption="raises both hands and surrenders",
    choreography=_surrender,
    phases=("raise", "kneel", "hold"),
    params={
        "way": Choice(("standing", "kneeling"), (0.65, 0.35)),
        "raise_s": Range(0.75, 1.05),
        "hold_s": Range(1.5, 2.1),
        "height": Range(0.30, 0.80),
        "out": Range(0.22, 0.50),
        "step": Choice(("back", "none")),
        "back_m": Range(0.10, 0.25),
    },
    wordings=("puts {possessive} hands up and keeps them there", "gives {reflexive} up with both palms raised"),
    aliases=("surrendering", "hands up", "giving up"),
    tags=("gesture", "arms"),
    acting=("right_hand", "left_hand"),
    taxonomy={"synapt150": "surrender"},
)
