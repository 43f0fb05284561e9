"""Too warm: air fanned into the face."""

from __future__ import annotations

from ...motion.score import Score, Vector
from ..action import Action, Choice, PropUse, Range
from ..poses import START_S, free_hand


def _fan_at(s: Score, end: float, duration: float, swung: float, ease: str = "swing") -> None:
    """Hand or fan beside the chin, its face to the own face; `swung` -1 away, 1 towards it, from the wrist and the forearm."""
    reach = s.number("reach_m") * s.amplitude
    near = swung * 0.45 * reach
    out, up = s.number("out_m"), s.number("up_m")
    tip = 0.75 * swung * s.amplitude
    if "fan" in s.props:
        s.right.bring(end, duration, "fan", "leaf", "chin", frame="chest", at=(0.9 * out + 0.03, 0.19 - near, up - 0.03),
                      y_axis=(-0.25, 0.35 - tip, 1.0), z_axis=(-0.30, -1.0, 0.35 - tip),
                      elbow=(0.8, 0.0, -0.9), ease=ease)  # fmt: skip
        return
    palm: Vector = (-0.55, -0.85, 0.30 - 0.5 * tip)
    s.right.touch(end, duration, "chin", (out, 0.20 - near, up - 0.03), "chest", ease, palm=palm,
                  fingers=(-0.40, 0.25 - tip, 1.0), elbow=(0.8, 0.0, -0.9))  # fmt: skip


def _fan(s: Score) -> None:
    """A hand comes up beside the face and flaps towards it, quickly, from the wrist; the head goes back, breath is blown out."""
    fans = "fan" in s.props
    if fans:
        s.hold("fan", START_S)
        s.right.fingers(START_S, 0.1, "grip_thin")
    beat, flaps = s.number("beat_s"), int(s.number("flaps"))
    with s.phase("raise", 0.8) as (start, end):
        if not fans:
            s.right.fingers(end, 0.5, "flat")
        _fan_at(s, end, 0.75, -1.0, "smooth")
        _other(s, start, end)
        s.trunk.to(end, 0.7, bend=-s.number("back_rad"), lean=0.03)
        s.head.to(end, 0.6, nod=-1.2 * s.number("back_rad"), tilt=0.06)
        s.mode.to(end, 0.5, jaw=0.10)
    with s.phase("fan", beat * flaps) as (start, end):
        for k in range(flaps):
            _fan_at(s, start + beat * (k + 0.5), 0.55 * beat, 1.0)
            _fan_at(s, start + beat * (k + 1.0), 0.55 * beat, -1.0)
        _sway(s, start, end)
    with s.phase("lower", 0.8) as (_, end):
        s.right.rest(end + 0.05, 0.75)
        if not fans:
            s.right.fingers(end, 0.5, "relaxed")
        s.left.rest(end, 0.7)
        s.left.fingers(end, 0.5, "relaxed")
        s.trunk.to(end, 0.7, bend=0.0, lean=0.0)
        s.head.to(end, 0.6, nod=0.0, tilt=0.0, turn=0.0)
        s.mode.to(end, 0.4, jaw=0.0)


def _other(s: Score, start: float, end: float) -> None:
    """The other hand pulls at the collar, rests on the hip or hangs."""
    if s.option("other") != "collar":
        free_hand(s, s.left, s.option("other"), end)
        return
    s.left.fingers(end, 0.4, "pinch")
    s.left.touch(end + 0.1, 0.8, "chin", (-0.015, -0.005, -0.16), "chest", palm=(-0.5, -0.85, 0.0), fingers=(-0.85, -0.3, 0.5),
                 elbow=(0.8, -0.1, -0.8), effector="index_tip")  # fmt: skip


def _sway(s: Score, start: float, end: float) -> None:
    """The head turns into the draught, the collar is plucked away from the neck."""
    for k in range(int((end - start) / 0.5)):
        side = 1.0 if k % 2 else -1.0
        s.head.to(start + 0.5 * (k + 1), 0.5, turn=0.16 * side, tilt=0.06 + 0.05 * side)
        if s.option("other") == "collar":
            s.left.again(start + 0.5 * k + 0.25, 0.24, at=(0.0, 0.035, -0.165))
            s.left.again(start + 0.5 * k + 0.50, 0.24, at=(-0.015, -0.005, -0.16))


FAN_SELF = Action(
    name="fan_self",
    caption="fans {possessive} face",
    choreography=_fan,
    phases=("raise", "fan", "lower"),
    params={
        "beat_s": Range(0.30, 0.40),
        "flaps": Range(4, 5, whole=True),
        "reach_m": Range(0.10, 0.20),
        "out_m": Range(0.10, 0.19),
        "up_m": Range(-0.05, 0.04),
        "back_rad": Range(0.02, 0.16),
        "other": Choice(("collar", "hip", "side"), (0.4, 0.3, 0.3)),
    },
    props=(PropUse("fan", ("none", "folding_fan", "sheet"), (0.9, 1.1)),),
    wordings=("is too warm and fans {reflexive}", "fans air into {possessive} face with {possessive} {side} hand"),
    aliases=("fanning", "use a fan with hand or paper feeling warm", "feeling warm", "fanning oneself"),
    tags=("health", "arms"),
    acting=("right_hand",),
    taxonomy={"synapt150": "fan_self", "ntu120": "A049"},
)
