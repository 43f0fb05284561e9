"""What the solver takes from a recording for one body: axes and directions to start from, before anything is put on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...base.exact import arctan2
from ...values import Array, Contact
from ..posed import Placed, Posed
from ..rotations import BODY_AXES, about, mix, turned, unit
from ..target import LimbTarget
from ..timing import minimum_jerk
from .figure import Limb
from .planted import Planting, Stance
from .touching import Touch, alone

if TYPE_CHECKING:
    from ..arms import Arm
    from ..legs import Leg, Stood


@dataclass(frozen=True)
class Base:
    """A recorded movement on one body at the solver's times, T of them.

    pelvis (T, 3, 3) and pelvis_m (T, 3) in the world; trunk: joint -> axes in those of the joint before it. arms are in the
    chest's axes, legs in the pelvis', feet's axes in the world. All by side: stances of the feet; swung_m: height (T,) that the
    front of a swinging foot has at least; touches of the hand; leaning: where it leans on the floor; fingers: rotations
    (T, 15, 3, 3) in their parents', where known. ground (T,): how far the body lies or kneels on the floor. held (T,): 1 where
    the recording is over and its first or last frame held. times_s (T,) are seconds of the recording, `later_s` what score
    seconds are later.
    """

    pelvis: Array
    pelvis_m: Array
    trunk: dict[str, Array]
    arms: dict[str, Limb]
    legs: dict[str, Limb]
    feet: dict[str, Array]
    stances: dict[str, Stance]
    swung_m: dict[str, Array]
    touches: dict[str, list[Touch]]
    leaning: dict[str, tuple[Planting, ...]]
    fingers: dict[str, Array]
    ground: Array
    held: Array
    times_s: Array
    later_s: float

    def contacts(self, role: str) -> list[Contact]:
        """Contacts of heels, balls and palms with the floor, and of palms with bodies, in score seconds."""
        times_s = self.times_s + self.later_s
        return (
            [
                contact
                for side, its in self.touches.items()
                for touch in its
                for contact in touch.contacts(f"{side}_palm", times_s, role)
            ]
            + [
                Contact(f"{side}_{name}", "floor", first + self.later_s, last + self.later_s, role)
                for side, its in self.stances.items()
                for name, spans in its.marks.items()
                for first, last in spans
            ]
            + [
                Contact(f"{side}_palm", "floor", one.start_s + self.later_s, one.end_s + self.later_s, role)
                for side, its in self.leaning.items()
                for one in its
            ]
        )

    def heading(self) -> tuple[Array, Array]:
        """Axes (T, 3, 3) of the floor under the pelvis, which face where it faces, and their origin (T, 3)."""
        ahead = self.pelvis[:, :, 1] - self.pelvis[:, 2:, 1] * self.pelvis[:, :, 2]
        yaw = arctan2(-ahead[:, 0], ahead[:, 1])
        return about("z", yaw), self.pelvis_m * np.array([1.0, 1.0, 0.0])

    def leg(self, leg: Leg, posed: Posed) -> tuple[Stood, Array]:
        """A leg whose hip is placed: ankle (T, 3), foot's axes (T, 3, 3), pole (T, 3), how far it stands (T,).

        And how far (T,) the toes are bent back, so that they don't go through the floor.
        """
        limb, pelvis = self.legs[leg.side], posed.axes["pelvis"]
        reach = leg.bones.upper_m * limb.upper + leg.bones.lower_m * limb.lower
        ankle, axes = posed.origins[f"{leg.side}_hip"] + turned(pelvis, reach), self.feet[leg.side]
        stance = self.stances[leg.side]
        heel, standing = stance.heel(self.times_s), np.zeros(len(ankle))
        for one in stance.plantings:
            weight = one.weight(self.times_s)
            if weight.max() > 0.0:
                at, turn = one.stood(leg, self.times_s, heel)
                ankle = ankle + (at - ankle) * weight[:, None]
                axes = mix(axes, turn, weight)
                standing = np.maximum(standing, weight)
        return (ankle, axes, unit(turned(pelvis, limb.pole)), standing), _toes_back(leg, ankle, axes)

    def collar(self, arm: Arm, chest: Array) -> Array | None:
        """World rotation (T, 3, 3) of a collar under a chest with these axes; None where the recording knows none."""
        root = self.arms[arm.side].root
        return None if root is None else np.asarray(chest @ root @ BODY_AXES)

    def hand(self, arm: Arm, shoulder: Array, posed: Posed) -> Placed:
        """Where the wrist of an arm is that hangs on this shoulder (T, 3), and how the palm is turned, if that is known."""
        limb, chest = self.arms[arm.side], posed.axes["chest"]
        reach = arm.bones.upper_m * limb.upper + arm.bones.lower_m * limb.lower
        point = shoulder + turned(chest, reach)
        posed.set(alone(arm.side), chest, point)
        for touch in self.touches[arm.side]:
            goal = touch.goal(posed, arm.side)
            if goal is not None:
                point = point + (goal - point) * touch.weight[:, None]
        for one in self.leaning[arm.side]:
            point = point + (one.at_m - point) * one.weight(self.times_s)[:, None]
        palm = None if limb.end is None else chest @ limb.end
        y_axis, z_axis = (None, None) if palm is None else (palm[:, :, 1], palm[:, :, 2])
        return Placed(point, y_axis, z_axis, unit(turned(chest, limb.pole)), RECORDED)


RECORDED = LimbTarget("shoulder", (0.0, 0.0, -1.0), "rest")
"""What a hand at rest is brought to, where there is a recording: its own way in it."""


NEAR_M = 0.06
"""Under a raised heel toes are bent back while the ball is on the floor, and less and less until it is so high over it."""

MOST_BACK_RAD = 1.2


def _toes_back(leg: Leg, ankle: Array, axes: Array) -> Array:
    """How far (T,) the toes of feet with these ankles (T, 3) and axes (T, 3, 3) are bent back."""
    ball = ankle[:, 2] + turned(axes, leg.ball_offset)[:, 2]
    near = minimum_jerk(1.0 - (ball - leg.ball_height) / NEAR_M)
    return np.asarray(near * np.clip(np.arcsin(np.clip(-axes[:, 2, 1], 0.0, 1.0)), 0.0, MOST_BACK_RAD))
