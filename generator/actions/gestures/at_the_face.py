"""Hands at the face: a finger on the lips, a yawn, a nose that is blown."""

from __future__ import annotations

from ...motion.limbs import Hand
from ...motion.score import Score
from ..action import Action, Choice, PropUse, Range
from ..poses import free_hand


def _finger_on_lips(s: Score, end: float, duration: float, off: float, ease: str = "smooth") -> None:
    """The index upright before the lips, its side to them."""
    s.right.touch(
        end,
        duration,
        "mouth",
        (0.0, 0.012 + off, 0.038),
        ease=ease,
        palm=(-0.95, -0.3, 0.0),
        fingers=(-0.22, 0.05, 1.0),
        elbow=(0.8, 0.25, -0.8),
        effector="index_tip",
    )


def _hush(s: Score) -> None:
    """A look to who is loud, the head comes forward, the index goes upright to the lips and stays there; eyes go round."""
    aside = 0.8 if s.option("towards") == "right" else -0.8 if s.option("towards") == "left" else 0.0
    with s.phase("raise", 0.7) as (start, end):
        s.look(start + 0.3, "world", (aside, 2.5, s.body.eye_height_m))
        s.right.fingers(end - 0.15, 0.4, "point")
        _finger_on_lips(s, end, 0.65, 0.0)
        s.trunk.to(end, 0.6, bend=s.number("lean_rad"), twist=-0.12 * aside)
        s.head.to(end, 0.5, nod=0.10)
        s.mode.to(end, 0.5, shrug=s.number("shrug"))
        free_hand(s, s.left, s.option("free_hand"), end)
    with s.phase("hush", s.number("hold_s")) as (start, end):
        s.contact("right_index_tip", "nose", start, start)
        for k in range(int(s.number("times")) - 1):
            at = start + 0.5 + 0.55 * k
            _finger_on_lips(s, at, 0.22, 0.05 * s.amplitude)
            _finger_on_lips(s, at + 0.25, 0.2, 0.0, "decelerate")
            s.head.to(at, 0.2, nod=0.02)
            s.head.to(at + 0.25, 0.2, nod=0.14)
        s.look(start + 0.7 * (end - start), "world", (-0.6 * aside - 0.5, 2.5, s.body.eye_height_m))
    with s.phase("lower", 0.75) as (_, end):
        s.right.rest(end, 0.7)
        s.right.fingers(end, 0.5, "relaxed")
        free_hand(s, s.left, "side", end)
        s.trunk.to(end, 0.6, bend=0.0, twist=0.0)
        s.head.to(end, 0.5, nod=0.0)
        s.mode.to(end, 0.5, shrug=0.0)


HUSH = Action(
    name="hush",
    caption="puts a finger on {possessive} lips to ask for silence",
    choreography=_hush,
    phases=("raise", "hush", "lower"),
    params={
        "towards": Choice(("ahead", "right", "left")),
        "lean_rad": Range(0.02, 0.28),
        "shrug": Range(0.0, 0.2),
        "times": Range(1, 2, whole=True),
        "hold_s": Range(1.2, 1.9),
        "free_hand": Choice(("side", "hip"), (0.7, 0.3)),
    },
    wordings=("hushes somebody with a finger on the lips", "says hush with a finger before {possessive} mouth"),
    aliases=("hushing", "finger on lips", "shush"),
    tags=("gesture", "arms", "head"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A067"},
)


def _yawn(s: Score) -> None:
    """A deep breath lifts chest and shoulders, the head goes back, the mouth opens wide, behind a hand or not; the other
    arm, or both, are stretched."""
    wide, back, length = s.number("wide"), s.number("back_rad") * s.amplitude**0.5, s.number("yawn_s")
    covers, stretch = s.option("hand") != "open", s.option("other_arm")
    with s.phase("draw_in", 0.9) as (start, end):
        s.mode.to(start + 0.4, 0.4, gaze=0.2)
        s.head.to(end, 0.8, nod=-0.6 * back, tilt=0.05)
        s.trunk.to(end, 0.8, bend=-0.6 * back)
        s.mode.to(end, 0.6, shrug=0.2, jaw=0.6 * wide)
        if covers:
            _at_mouth(s, end, 0.8, s.option("hand"))
    with s.phase("yawn", length) as (start, end):
        s.mode.to(start + 0.35 * length, 0.35 * length, jaw=wide, shrug=0.3)
        s.head.to(start + 0.40 * length, 0.40 * length, nod=-back, tilt=-0.06)
        s.head.to(start + 0.72 * length, 0.30 * length, nod=-0.75 * back, tilt=0.10)
        s.head.to(end, 0.26 * length, nod=-back, tilt=0.02)
        s.trunk.to(start + 0.5 * length, 0.5 * length, bend=-0.9 * back, lean=0.03)
        for hand in (s.left,) if covers else (s.left, s.right):
            _stretch_out(hand, stretch, start + 0.40 * length, length)
    with s.phase("let_go", 1.1) as (start, end):
        s.mode.to(start + 0.5, 0.45, jaw=0.0, shrug=-0.05)
        s.head.to(start + 0.6, 0.55, nod=0.16, tilt=0.0)
        s.trunk.to(start + 0.7, 0.65, bend=0.10, lean=0.0)
        s.mode.to(end, 0.5, gaze=1.0, shrug=0.0)
        s.head.to(end + 0.1, 0.4, nod=0.02)
        s.trunk.to(end + 0.2, 0.5, bend=0.03)
        for late, hand in enumerate((s.right, s.left)):
            hand.rest(end - 0.05 + 0.08 * late, 0.85)
            hand.fingers(end, 0.5, "relaxed")


def _stretch_out(hand: Hand, how: str, end: float, length: float) -> None:
    """A fist stretched up, or drawn back beside the head, elbow out."""
    if how == "up":
        at, palm, fingers, elbow = (0.42, -0.08, 0.84), (-0.3, 0.6, 0.4), (0.3, -0.3, 0.9), (0.9, -0.2, 0.0)
    else:
        at, palm, fingers, elbow = (0.46, -0.10, 0.22), (-0.6, 0.5, 0.0), (-0.3, -0.1, 0.9), (1.0, -0.3, -0.1)
    hand.reach(end, 1.1, at, palm=palm, fingers=fingers, elbow=elbow)
    hand.fingers(end - 0.15 * length, 0.5, "fist")


def _at_mouth(s: Score, end: float, duration: float, how: str) -> None:
    """The fingers before the open mouth, or a loose fist; the elbow down, so that the arm leaves the face free."""
    s.right.fingers(end, 0.5, "fist" if how == "fist" else "flat")
    s.right.touch(end, duration, "mouth", (-0.01, 0.06 if how == "fist" else 0.045, -0.01), palm=(-0.35, -0.92, 0.0),
                  fingers=(-0.55, 0.1, 0.8), elbow=(0.35, 0.3, -1.0), effector="knuckles")  # fmt: skip


YAWNING = Action(
    name="yawning",
    caption="yawns",
    choreography=_yawn,
    phases=("draw_in", "yawn", "let_go"),
    params={
        "hand": Choice(("palm", "fist", "open"), (0.6, 0.25, 0.15)),
        "other_arm": Choice(("up", "out"), (0.6, 0.4)),
        "wide": Range(0.48, 0.58),
        "back_rad": Range(0.32, 0.46),
        "yawn_s": Range(1.6, 2.2),
    },
    wordings=("is tired and yawns deeply", "opens {possessive} mouth wide in a yawn"),
    aliases=("yawn", "being sleepy"),
    tags=("gesture", "head", "arms"),
    acting=("right_hand",),
    taxonomy={"ntu120": "A103"},
)


def _to_nose(s: Score, end: float, duration: float, off: float, ease: str = "smooth") -> None:
    """Both hands with the handkerchief before the nose, fingers on either side of it."""
    for hand, late in ((s.right, 0.0), (s.left, 0.04)):
        hand.touch(
            end + late,
            duration,
            "nose",
            (0.022, 0.030 + off, -0.035 - 0.5 * off),
            ease=ease,
            palm=(-0.75, -0.65, 0.1),
            fingers=(-0.30, -0.15, 0.95),
            elbow=(0.85, 0.2, -0.7),
        )


def _blow(s: Score) -> None:
    """The handkerchief goes up in both hands, the head bows into it, and jerks with every blow; a wipe, and down."""
    blows, every = int(s.number("blows")), s.number("every_s")
    s.hold("tissue", -9.0)
    s.right.fingers(-9.0, 0.1, "cup")
    with s.phase("raise", 0.85) as (start, end):
        s.look(start + 0.35, "right_hand")
        s.left.fingers(end, 0.5, "cup")
        _to_nose(s, end, 0.8, 0.0)
        s.head.to(end, 0.6, nod=0.20)
        s.trunk.to(end, 0.7, bend=0.5 * s.number("bow_rad"))
        s.mode.to(end, 0.5, gaze=0.2)
    with s.phase("blow", blows * every) as (start, end):
        for k in range(blows):
            at, side = start + k * every, s.number("turn_rad") * (1.0 if k % 2 else -1.0)
            s.head.to(at + 0.22, 0.22, nod=0.10, turn=side)
            s.trunk.to(at + 0.22, 0.22, bend=0.4 * s.number("bow_rad"))
            s.mode.to(at + 0.22, 0.2, shrug=s.number("shrug"))
            s.head.to(at + 0.36, 0.12, "accelerate", nod=0.38)
            s.trunk.to(at + 0.38, 0.14, "accelerate", bend=s.number("bow_rad") * s.amplitude**0.5)
            s.mode.to(at + 0.40, 0.12, shrug=0.02)
            _to_nose(s, at + 0.36, 0.14, -0.004)
        s.contact("right_index_tip", "nose", start, start)
    with s.phase("wipe", 0.55) as (start, end):
        s.left.rest(end + 0.1, 0.6)
        s.left.fingers(end, 0.4, "relaxed")
        for k, aside in enumerate((0.035, 0.0)):
            s.right.touch(
                start + 0.27 * (k + 1),
                0.25,
                "nose",
                (0.022 + aside, 0.034, -0.04),
                palm=(-0.6, -0.8, 0.0),
                fingers=(-0.45, -0.1, 0.9),
                elbow=(0.85, 0.2, -0.7),
            )
        s.head.to(end, 0.4, nod=0.10, turn=0.0)
    with s.phase("lower", 0.8) as (_, end):
        s.right.rest(end, 0.75)
        s.trunk.to(end, 0.7, bend=0.0)
        s.head.to(end, 0.6, nod=0.0)
        s.mode.to(end, 0.6, gaze=1.0, shrug=0.0)


BLOW_NOSE = Action(
    name="blow_nose",
    caption="blows {possessive} nose into a handkerchief",
    choreography=_blow,
    phases=("raise", "blow", "wipe", "lower"),
    params={
        "blows": Range(2, 3, whole=True),
        "every_s": Range(0.50, 0.72),
        "bow_rad": Range(0.16, 0.42),
        "turn_rad": Range(0.0, 0.15),
        "shrug": Range(0.08, 0.26),
    },
    props=(PropUse("tissue", ("handkerchief",), (0.85, 1.2)),),
    wordings=("holds a handkerchief to {possessive} nose with both hands and blows",),
    aliases=("blowing nose", "blowing the nose", "wiping the nose"),
    tags=("gesture", "head", "arms", "object"),
    acting=("right_hand", "left_hand"),
    taxonomy={"ntu120": "A105"},
)
