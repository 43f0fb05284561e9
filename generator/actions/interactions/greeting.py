"""Two people greet by their hands: they shake them, or slap them together overhead."""

from __future__ import annotations

from ...motion.meeting import Meeting, eye_contact, face_to_face, meeting
from ...motion.score import Hand, Score
from ..action import Action, Choice, Range
from ..poses import free_hand

_LEAN_RAD = 0.10

_SHAKE_SHARE = 0.61
"""Where hands are shaken, as a share of the body's height: so high that arms are level enough for people to stand apart."""


def _shake(a: Score, b: Score) -> None:
    """Both hold out the right hand, one a moment later; the hands close, go up and down, and part."""
    meet = meeting(a.body, b.body, a.number("stretch"), _SHAKE_SHARE, _LEAN_RAD)
    pumps, beat, lift = int(a.number("pumps")), a.number("beat_s"), a.number("lift_m") * a.amplitude
    late = b.real(a.number("late_s"))
    face_to_face(a, b, meet.apart_m)
    eye_contact(a, b, 0.3)

    def hold(end: float, duration: float, height: float, ease: str = "smooth") -> None:
        a.right.go(end, duration, "world", (0.0, meet.a_m, height), ease, palm=(-1.0, 0.0, -0.1), fingers=(-0.22, 0.95, -0.14),
                   elbow=(0.4, -0.5, -0.8))  # fmt: skip

    with a.phase("reach", 0.85) as (start, end):
        hold(end, 0.75, meet.height_m)
        b.right.go(end - 0.3, 0.55 - late, "chest", (0.06, 0.5 * b.body.arm_m, -0.26), palm=(-1.0, 0.0, 0.0),
                   fingers=(0.0, 0.95, -0.2), elbow=(0.4, -0.5, -0.8))  # fmt: skip
        b.right.go(end, 0.4, "partner:right_hand", (0.0, 0.003, 0.009), palm=(0.0, 0.0, -1.0), fingers=(-0.42, -0.9, 0.0),
                   elbow=(-0.4, 0.5, -0.8))  # fmt: skip
        for one in (a, b):
            one.right.fingers(start + 0.5, 0.4, "flat")
            one.right.fingers(end + 0.12, 0.2, "clasp")
            one.trunk.to(end, 0.7, bend=_LEAN_RAD + one.number("bow_rad") * (one is b), twist=0.12)
    with a.phase("shake", pumps * beat + 0.2) as (start, end):
        for k in range(pumps):
            hold(start + beat * (k + 0.5), 0.55 * beat, meet.height_m + lift, "swing")
            hold(start + beat * (k + 1.0), 0.55 * beat, meet.height_m - 0.4 * lift, "swing")
        a.contact("right_palm", "partner:right_palm", start, end)
        b.head.to(start + 0.5 * beat, 0.3, nod=0.14)
        b.head.to(start + 1.6 * beat, 0.3, nod=0.0)
    with a.phase("part", 0.85) as (start, end):
        for one, delay in ((a, 0.0), (b, 0.06)):
            one.right.rest(end + delay, 0.72)
            one.right.fingers(start + 0.12, 0.2, "flat")
            one.right.fingers(end, 0.5, "relaxed")
            one.trunk.to(end, 0.8, bend=0.0, twist=0.0)


HANDSHAKING = Action(
    name="handshaking",
    caption="shakes hands with {b}",
    choreography=_shake,
    phases=("reach", "shake", "part"),
    roles=("a", "b"),
    params={
        "stretch": Range(0.84, 0.96),
        "pumps": Range(2, 4, whole=True),
        "beat_s": Range(0.26, 0.38),
        "lift_m": Range(0.03, 0.09),
        "late_s": Range(0.08, 0.25),
        "bow_rad": Range(0.0, 0.12),
    },
    aliases=("shaking hands", "shake hands", "handshake", "hand shaking"),
    tags=("interaction", "greeting", "arms"),
    acting=("right_hand", "b:right_hand"),
    taxonomy={"synapt150": "handshaking", "ntu120": "A058", "ut_interaction": "handshake", "hmdb51": "shake_hands"},
)


_SLAP_SHARE = 0.97
"""Where palms are slapped together, as a share of the body's height: over the shoulders, near the crown."""


def _high_five(a: Score, b: Score) -> None:
    """Hands go up and back, swing together overhead, slap, bounce off and come down."""
    lean = 0.08
    meet = meeting(a.body, b.body, a.number("stretch"), _slap_share(a, b), lean)
    both, back, late = a.option("hands") == "both", a.number("back_m") * a.amplitude, b.real(a.number("late_s"))
    aside = 0.0 if both else a.number("aside_m")
    face_to_face(a, b, meet.apart_m, aside)
    eye_contact(a, b, 0.3)
    with a.phase("raise", 0.9) as (start, end):
        for one, delay in ((a, 0.0), (b, late)):
            for hand in _slapping(one, both):
                hand.fingers(start + 0.5, 0.4, "flat")
                hand.go(end - 0.06 + 0.4 * delay, 0.62 - 0.4 * delay, "chest", (0.17, 0.21 - back, 0.31), palm=(0.0, 0.9, 0.35),
                        fingers=(0.1, -0.3, 0.95), elbow=(0.8, 0.1, -0.6))  # fmt: skip
            one.trunk.to(end, 0.5, bend=-0.05, twist=0.0 if both else -0.16)
            one.look(end - 0.1, "partner:right_hand", duration_s=0.35)
            if not both:
                free_hand(one, one.left, a.option("other") if one is a else "side", end)
    hit = a.now + a.number("swing_s")
    with a.phase("slap", a.number("swing_s") + 0.14):
        _slap(a, b, meet, hit, aside, both)
    with a.phase("lower", 1.3) as (start, end):
        for one, delay in ((a, 0.0), (b, 0.07)):
            eye_contact(a, b, start + 0.3)
            for hand in _slapping(one, both):
                hand.reach(start + 0.62 + delay, 0.5, (0.26, 0.22, -0.62), elbow=(0.5, -0.7, -0.5))
                hand.rest(end - 0.1 + delay, 0.7)
                hand.fingers(end, 0.5, "relaxed")
            one.trunk.to(end, 0.7, bend=0.0, twist=0.0)
            free_hand(one, one.left, "side", end, 0.7)
        b.head.to(start + 0.3, 0.25, nod=0.12)
        b.head.to(start + 0.65, 0.3, nod=0.0)


def _slap_share(a: Score, b: Score) -> float:
    """Where palms meet, as a share of the mean of both heights: kind to the shorter one, who has to reach up."""
    heights = (a.body.height_m, b.body.height_m)
    wanted = (_SLAP_SHARE + a.number("height")) * (1.3 * min(heights) + 0.7 * max(heights))
    arms = (a.number("stretch") * (body.arm_m + 0.5 * body.hand_m) for body in (a.body, b.body))
    highest = min(body.shoulder_height_m + 0.85 * arm for body, arm in zip((a.body, b.body), arms, strict=True))
    return min(wanted, 2.0 * highest) / sum(heights)


def _slapping(one: Score, both: bool) -> tuple[Hand, ...]:
    return (one.right, one.left) if both else (one.right,)


def _slap(a: Score, b: Score, meet: Meeting, hit: float, aside: float, both: bool) -> None:
    """The palms meet at `hit`, give a little, and bounce apart."""
    swing, give = a.number("swing_s"), 0.08
    tilt = min(max(1.3 * (b.body.height_m - a.body.height_m), -0.5), 0.5)  # the taller one's palm faces down a little
    for mine in _slapping(a, both):
        across = (a.body.shoulder_half_m + b.body.shoulder_half_m) * 0.5 if both else 0.5 * aside + 0.01
        for end, duration, ahead, ease in ((hit, swing, 0.0, "accelerate"), (hit + give, give, 0.012, "linear"),
                                           (hit + 0.26, 0.2, -0.14, "decelerate")):  # fmt: skip
            mine.go(end, duration, "world", (across, meet.a_m + ahead, meet.height_m - 0.3 * max(-ahead, 0.0)), ease,
                    palm=(0.0, 1.0, tilt), fingers=(0.0, -tilt, 1.0), elbow=(0.7, -0.2, -0.8))  # fmt: skip
        theirs = b.left if both and mine is a.right else b.right
        frame = f"partner:{mine.side}_hand"
        palm, fingers = (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)
        elbow = (0.5 if theirs is b.right else -0.5, -0.8, 0.4)  # out and down, in the axes of the palm that they meet
        for end, duration, off, ease in ((hit, swing, 0.004, "accelerate"), (hit + give, give, 0.004, "linear")):
            theirs.go(end, duration, frame, (0.0, 0.0, off), ease, palm=palm, fingers=fingers, elbow=elbow)
        theirs.go(hit + 0.28, 0.2, "chest", (0.14, 0.26, 0.25), "decelerate", palm=(0.0, 1.0, -0.1), fingers=(0.0, 0.1, 1.0),
                  elbow=(0.7, -0.2, -0.8))  # fmt: skip
        a.contact(f"{mine.side}_palm", f"partner:{theirs.side}_palm", hit, hit + give)
    for one in (a, b):
        one.trunk.to(hit, swing, bend=0.08, twist=0.0 if both else 0.14)


HIGH_FIVE = Action(
    name="high_five",
    caption="gives {b} a high five",
    choreography=_high_five,
    phases=("raise", "slap", "lower"),
    roles=("a", "b"),
    params={
        "stretch": Range(0.74, 0.9),
        "height": Range(-0.06, 0.05),
        "hands": Choice(("one", "both"), (0.75, 0.25)),
        "back_m": Range(0.02, 0.12),
        "swing_s": Range(0.2, 0.3),
        "late_s": Range(0.08, 0.25),
        "aside_m": Range(0.12, 0.3),
        "other": Choice(("side", "hip"), (0.7, 0.3)),
    },
    aliases=("high five", "high-fiving", "high fives", "give me five"),
    tags=("interaction", "greeting", "arms"),
    acting=("right_hand", "b:right_hand"),
)
