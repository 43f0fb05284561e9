"""Retching and sneezing: what the body does by itself."""

from __future__ import annotations

from ...motion.score import Score
from ..action import Action, Choice, Range
from ..poses import ON_CLOTH_M


def _hand_to_mouth(s: Score, end: float, duration: float, ease: str = "smooth") -> None:
    """A cupped right hand over mouth and nose."""
    s.right.touch(end, duration, "mouth", (-0.005, 0.028, 0.0), ease=ease, palm=(-0.12, -0.97, 0.12), fingers=(-0.80, -0.1, 0.55),
                  elbow=(0.75, 0.35, -0.8))  # fmt: skip


def _on_belly(s: Score, end: float, duration: float) -> None:
    """The left forearm across the belly."""
    s.left.touch(end, duration, "belly", (-0.02, ON_CLOTH_M, 0.0), "chest", palm=(0.0, -1.0, 0.0), fingers=(-0.98, 0.05, 0.05),
                 elbow=(0.8, -0.3, -0.6))  # fmt: skip


def _on_thigh(s: Score, end: float, duration: float) -> None:
    """The left hand propped on the thigh above the knee."""
    at = (s.body.hip_half_m + 0.03, 0.20, -0.62 * s.body.thigh_m)
    s.left.go(end, duration, "pelvis", at, palm=(-0.1, -0.8, -0.6), fingers=(-0.35, 0.4, -0.85), elbow=(0.9, -0.4, 0.1))


def _retch(s: Score) -> None:
    """It rises: a hand to the belly, a hand to the mouth. The body bends low and heaves; then it comes up and wipes the mouth."""
    deep, heaves, every = s.number("deep_rad"), int(s.number("heaves")), s.number("every_s")
    mouth = s.option("hand") == "mouth"
    with s.phase("rise", 0.8) as (start, end):
        s.mode.to(end, 0.5, gaze=0.0)
        s.left.fingers(end, 0.4, "cup")
        s.right.fingers(end, 0.4, "cup")
        _on_belly(s, start + 0.6, 0.55)
        _hand_to_mouth(s, end - 0.05, 0.65)
        s.trunk.to(end, 0.6, bend=0.22)
        s.head.to(start + 0.35, 0.35, nod=-0.08)
        s.head.to(end, 0.4, nod=0.25)
        s.mode.to(end, 0.4, shrug=0.12)
    with s.phase("heave", 0.45 + every * heaves) as (start, end):
        low = start + 0.45
        s.pelvis.to(low, 0.5, pitch=0.55 * deep, forward=-0.13 * s.body.leg_m * deep, up=-0.05 * s.body.leg_m)
        s.trunk.to(low, 0.5, bend=0.45 * deep)
        s.head.to(low, 0.45, nod=0.10)
        if s.option("other") == "thigh":
            _on_thigh(s, low + 0.05, 0.45)
        if not mouth:
            s.right.touch(low, 0.4, "mouth", (0.10, 0.06, -0.20), palm=(-0.6, 0.0, 0.5), fingers=(-0.2, 0.9, -0.4),
                          elbow=(0.8, 0.2, -0.6))  # fmt: skip
        _heaves(s, low, heaves, every, deep)
    with s.phase("recover", 0.95) as (start, end):
        s.pelvis.to(end, 0.95, pitch=0.05, forward=0.0, up=-0.01)
        s.trunk.to(end, 0.95, bend=0.18)
        s.head.to(end, 0.8, nod=0.12)
        s.mode.to(start + 0.3, 0.3, jaw=0.03, shrug=0.03)
        _hand_to_mouth(s, start + 0.4, 0.35)
        s.right.again(start + 0.62, 0.22, at=(0.05, 0.028, -0.005))  # wipes it
        s.right.rest(end + 0.1, 0.45)
        s.left.rest(end + 0.2, 0.8)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "relaxed")


def _heaves(s: Score, low: float, heaves: int, every: float, deep: float) -> None:
    """Each heave folds the back, drives the head forward and opens the jaw; then the breath comes back."""
    for k in range(heaves):
        at = low + every * k
        strong = (1.0, 0.8, 0.9)[k % 3] * s.amplitude
        s.trunk.to(at + 0.24, 0.22, bend=0.45 * deep + 0.32 * strong)
        s.trunk.to(at + every, every - 0.26, bend=0.45 * deep)
        s.pelvis.to(at + 0.26, 0.24, pitch=0.55 * deep + 0.10 * strong)
        s.pelvis.to(at + every, every - 0.28, pitch=0.55 * deep)
        s.head.to(at + 0.22, 0.18, nod=-0.28 * strong)
        s.head.to(at + every, every - 0.24, nod=0.12)
        s.mode.to(at + 0.20, 0.16, jaw=0.42, shrug=0.18)
        s.mode.to(at + every, every - 0.22, jaw=0.10, shrug=0.08)


NAUSEA_VOMITING = Action(
    name="nausea_vomiting",
    caption="bends over and vomits",
    choreography=_retch,
    phases=("rise", "heave", "recover"),
    params={
        "deep_rad": Range(0.70, 1.10),
        "heaves": Range(2, 3, whole=True),
        "every_s": Range(0.42, 0.48),
        "hand": Choice(("mouth", "away"), (0.55, 0.45)),
        "other": Choice(("belly", "thigh"), (0.6, 0.4)),
    },
    wordings=("feels sick and retches with a hand on {possessive} belly", "is sick and throws up"),
    aliases=("vomiting", "nausea", "throwing up", "feeling sick", "nausea or vomiting condition"),
    tags=("health", "trunk"),
    taxonomy={"synapt150": "nausea_vomiting", "ntu120": "A048"},
)


def _into(s: Score, how: str, end: float, duration: float, ease: str = "smooth") -> None:
    """Hand, both hands or the crook of the elbow before nose and mouth."""
    if how == "elbow":
        s.right.touch(end, duration, "chin", (-0.20, 0.05, 0.02), "chest", ease, palm=(-0.4, -0.6, -0.6),
                      fingers=(-0.85, -0.35, 0.3), elbow=(0.35, 0.9, 0.35))  # fmt: skip
        return
    _hand_to_mouth(s, end, duration, ease)
    if how == "both":
        s.left.touch(end + 0.03, duration, "mouth", (0.015, 0.048, -0.012), ease=ease, palm=(-0.2, -0.95, 0.1),
                     fingers=(-0.70, -0.1, 0.7), elbow=(0.75, 0.35, -0.8))  # fmt: skip


def _sneeze(s: Score) -> None:
    """Ah: the head goes back in two pulls, the chest fills, the hand comes up. Tshoo: everything snaps forward. Once more?"""
    how, times, wind = s.option("into"), int(s.number("times")), s.number("wind_s")
    fold, back = s.number("fold_rad") * s.amplitude, s.number("back_rad") * s.amplitude
    for k in range(times):
        with s.phase("wind_up", wind if k == 0 else 0.6 * wind) as (start, end):
            _wind_up(s, how, start, end, back, first=k == 0)
        with s.phase("sneeze", 0.48) as (start, end):
            _snap(s, how, start, end, fold)
    with s.phase("recover", 1.0) as (start, end):
        s.trunk.to(start + 0.7, 0.7, bend=0.05)
        s.pelvis.to(start + 0.7, 0.7, pitch=0.0, up=0.0, forward=0.0)
        s.head.to(start + 0.7, 0.7, nod=0.05, turn=0.0)
        s.mode.to(start + 0.5, 0.4, gaze=1.0, shrug=0.0, jaw=0.0)
        if how != "elbow":  # a wipe of the nose
            s.right.touch(start + 0.42, 0.3, "nose", (0.03, 0.02, -0.012), palm=(-0.5, -0.8, 0.0), fingers=(-0.7, 0.1, 0.7),
                          elbow=(0.75, 0.35, -0.8), effector="index_tip")  # fmt: skip
        s.right.rest(end + 0.05, 0.6)
        s.left.rest(end, 0.6)
        for hand in (s.right, s.left):
            hand.fingers(end, 0.4, "relaxed")


def _wind_up(s: Score, how: str, start: float, end: float, back: float, *, first: bool) -> None:
    length = end - start
    s.mode.to(start + 0.4, 0.4, gaze=0.1)
    for share, part in ((0.5, 0.6), (0.93, 1.0)):  # the breath comes in two pulls
        s.head.to(start + share * length, 0.42 * length, nod=-0.55 * part * back)
        s.trunk.to(start + share * length, 0.42 * length, bend=-0.30 * part * back)
        s.mode.to(start + share * length, 0.4 * length, jaw=0.22 * part, shrug=0.20 * part)
    for hand in (s.right, s.left) if how == "both" else (s.right,):
        hand.fingers(end, 0.5, "cup")
        hand.go(end, (0.75 if first else 0.9) * length, "chest", (0.10, 0.30, 0.02), palm=(-0.5, -0.8, 0.1),
                fingers=(-0.5, 0.1, 0.85), elbow=(0.7, 0.1, -0.8))  # fmt: skip
    s.pelvis.to(end, 0.6 * length, pitch=-0.05, forward=0.01)


def _snap(s: Score, how: str, start: float, end: float, fold: float) -> None:
    turn = -0.45 if how == "elbow" else 0.0
    _into(s, how, start + 0.14, 0.16, "decelerate")
    s.head.to(start + 0.17, 0.15, "accelerate", nod=0.40, turn=turn)
    s.trunk.to(start + 0.20, 0.18, "accelerate", bend=fold)
    s.pelvis.to(start + 0.22, 0.18, "decelerate", pitch=0.35 * fold, up=-0.045 * s.body.leg_m, forward=-0.03)
    s.mode.to(start + 0.15, 0.1, jaw=0.05)
    s.mode.to(start + 0.25, 0.2, shrug=0.16)
    s.trunk.to(end, 0.25, bend=0.75 * fold)
    s.head.to(end, 0.24, nod=0.28)
    if how != "elbow":
        s.contact("right_palm", "mouth", start + 0.14, end)


SNEEZING = Action(
    name="sneezing",
    caption="sneezes",
    choreography=_sneeze,
    phases=("wind_up", "sneeze", "recover"),
    params={
        "into": Choice(("hand", "elbow", "both"), (0.45, 0.3, 0.25)),
        "times": Range(1, 2, whole=True),
        "wind_s": Range(0.85, 0.98),
        "fold_rad": Range(0.40, 0.85),
        "back_rad": Range(0.6, 1.1),
    },
    wordings=("draws a breath and sneezes", "has to sneeze"),
    aliases=("sneeze", "sneeze cough", "coughing"),
    tags=("health", "head", "trunk"),
    acting=("right_hand",),
    taxonomy={"synapt150": "sneezing", "ntu120": "A041"},
)
