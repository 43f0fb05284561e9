"""Two people greet: shaking hands, a high five, an embrace."""

from __future__ import annotations

from ..motion.meeting import eye_contact, face_to_face, meeting
from ..motion.score import Score
from .action import Action, Range

_LEAN_RAD = 0.10


def _shake(a: Score, b: Score) -> None:
    """Both hold out the right hand, one a moment later; the hands close, go up and down, and part."""
    meet = meeting(a.body, b.body, a.number("stretch"), lean_rad=_LEAN_RAD)
    pumps, beat, lift = int(a.number("pumps")), a.number("beat_s"), a.number("lift_m") * a.amplitude
    late = b.real(a.number("late_s"))
    face_to_face(a, b, meet.apart_m)
    eye_contact(a, b, 0.3)

    def hold(end: float, duration: float, height: float, ease: str = "smooth") -> None:
        a.right.go(end, duration, "world", (0.0, meet.a_m, height), ease, palm=(-1.0, 0.0, -0.1), fingers=(-0.25, 0.95, -0.1),
                   elbow=(0.4, -0.5, -0.8))  # fmt: skip

    with a.phase("reach", 0.85) as (start, end):
        hold(end, 0.75, meet.height_m)
        b.right.go(end, 0.75 - late, "partner:right_hand", (0.0, -0.015, 0.012), palm=(0.0, 0.0, -1.0), fingers=(0.1, -1.0, 0.0),
                   elbow=(0.4, -0.5, -0.8))  # fmt: skip
        for one in (a, b):
            one.right.fingers(start + 0.5, 0.4, "flat")
            one.right.fingers(end + 0.12, 0.2, "cup")
            one.trunk.to(end, 0.7, bend=_LEAN_RAD + one.number("bow_rad") * (one is b), twist=0.12)
    with a.phase("shake", pumps * beat + 0.2) as (start, end):
        for k in range(pumps):
            hold(start + beat * (k + 0.5), 0.55 * beat, meet.height_m + lift, "swing")
            hold(start + beat * (k + 1.0), 0.55 * beat, meet.height_m - 0.4 * lift, "swing")
        a.contact("right_palm", "partner:right_palm", start, end)
    with a.phase("part", 0.85) as (start, end):
        for one, delay in ((a, 0.0), (b, 0.06)):
            one.right.rest(end + delay, 0.8)
            one.right.fingers(start + 0.15, 0.25, "flat")
            one.right.fingers(end, 0.5, "relaxed")
            one.trunk.to(end, 0.8, bend=0.0, twist=0.0)


HANDSHAKING = Action(
    name="handshaking",
    caption="shakes hands with {b}",
    choreography=_shake,
    phases=("reach", "shake", "part"),
    roles=("a", "b"),
    params={
        "stretch": Range(0.62, 0.82),
        "pumps": Range(2, 4, whole=True),
        "beat_s": Range(0.26, 0.38),
        "lift_m": Range(0.03, 0.09),
        "late_s": Range(0.08, 0.25),
        "bow_rad": Range(0.0, 0.12),
    },
    aliases=("shaking hands", "shake hands", "handshake", "hand shaking"),
    tags=("interaction", "greeting", "arms"),
    acting=("right_hand", "b:right_hand"),
    taxonomy={"synapt150": "handshaking", "ntu120": "A058", "hmdb51": "shake_hands", "ut_interaction": "handshake"},
)
