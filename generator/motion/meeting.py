"""Where two bodies meet: how far apart they stand, and how high their hands come together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .proportions import Proportions
from .score import Score

REST_HEIGHT = 0.58
"""Where a hand that is held out to somebody comes to be, as a share of the body's height."""


@dataclass(frozen=True)
class Meeting:
    """A point over the floor at `height_m` where hands meet, `a_m` ahead of the one's ankles and `b_m` ahead of the other's."""

    height_m: float
    a_m: float
    b_m: float

    @property
    def apart_m(self) -> float:
        """How far apart the two stand, face to face."""
        return self.a_m + self.b_m


def meeting(a: Proportions, b: Proportions, stretch: float, share: float = REST_HEIGHT, lean_rad: float = 0.0) -> Meeting:
    """Where palms meet whose arms are stretched to `stretch` of their length, at heights that both bodies like alike.

    `share`: the height that each would choose, of the own body's. `lean_rad`: how far each trunk bends forward for it.
    """
    wanted = 0.5 * share * (a.height_m + b.height_m)
    reaches = [palm_reach(body, stretch, lean_rad) for body in (a, b)]
    low = max(shoulder - 0.97 * arm for shoulder, arm, _ in reaches)
    high = min(shoulder + 0.97 * arm for shoulder, arm, _ in reaches)
    height = float(np.clip(wanted, low, high)) if low <= high else 0.5 * (low + high)
    ahead = [forward + level_m(arm, shoulder - height) for shoulder, arm, forward in reaches]
    return Meeting(height, *ahead)


def palm_reach(body: Proportions, stretch: float, lean_rad: float, hand_share: float = 0.5) -> tuple[float, float, float]:
    """Height of the leaning shoulder, how far from it the palm is, and how far ahead of the ankles the shoulder is.

    `hand_share`: how far along the hand what counts as the palm is.
    """
    trunk = body.shoulder_height_m - body.pelvis_height_m
    shoulder = body.shoulder_height_m - trunk * (1.0 - float(np.cos(lean_rad)))
    return shoulder, stretch * (body.arm_m + hand_share * body.hand_m), trunk * float(np.sin(lean_rad))


def level_m(arm_m: float, drop_m: float, least: float = 0.35) -> float:
    """How far ahead of a shoulder a palm is that lies `drop_m` lower, at the end of an arm of `arm_m`; `least` of that anyway."""
    return float(np.sqrt(max(arm_m**2 - drop_m**2, (least * arm_m) ** 2)))


def face_to_face(a: Score, b: Score, apart_m: float, aside_m: float = 0.0) -> None:
    """The second stands `apart_m` before the first, who is the stage, and looks at them; `aside_m` to the first one's right."""
    b.start(aside_m, apart_m, float(np.pi))


def eye_contact(a: Score, b: Score, end_s: float, duration_s: float = 0.35) -> None:
    """Each looks into the other's face."""
    for one in (a, b):
        one.look(end_s, "partner:head", landmark="nose", duration_s=duration_s)
