"""What a recorded body does, in terms that hold for every body: axes of its parts and directions of its limbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...skeletons import JOINT
from ...values import Array, Skeleton
from ..rotations import BODY_AXES, between, cross, dot, frame_from, length, unit
from ..track import Track
from .placed import hips
from .take import Take

SIDES = ("left", "right")
TRUNK = ("pelvis", "spine1", "spine2", "spine3", "neck", "head")

STRAIGHT = 0.03
"""How far out of line a joint must be, as a share of the limb, to tell by itself which way the limb is bent."""


@dataclass(frozen=True)
class Limb:
    """An arm or leg: unit directions of its bones (T, 3), which way its middle joint points, and the axes of hand or foot.

    `end` (T, 3, 3) has the columns of a palm (thumb's side if right, fingers, out of the palm) or foot (right, forward, up); None
    where unknown. `root` (T, 3, 3): axes of the collar, None where unknown and for legs.
    """

    upper: Array
    lower: Array
    pole: Array
    end: Array | None
    root: Array | None = None


@dataclass(frozen=True)
class Figure:
    """A body in the axes of the stage, (right, forward, up), lengths in metres of the performer; z is over standing ankles.

    points: name -> (T, 3). trunk: joint -> axes (T, 3, 3), for those of TRUNK that are known, pelvis always. hips_m, ankles_m
    (T, 3), toes_m: heights (T,) of the ball, else of the tip of the toes, where known. fingers: side -> world rotations
    (T, 15, 3, 3) of the joints, rest -> world, where known.
    """

    points: dict[str, Array]
    trunk: dict[str, Array]
    hips_m: Array
    ankles_m: dict[str, Array]
    toes_m: dict[str, Array]
    arms: dict[str, Limb]
    legs: dict[str, Limb]
    fingers: dict[str, Array]

    def axes(self, frame: str) -> Array:
        """Axes (T, 3, 3) of pelvis, chest or head, or of what is known next to it."""
        order = {"pelvis": TRUNK, "chest": ("spine3", "spine2", "neck", "spine1", "head", "pelvis"), "head": TRUNK[::-1]}[frame]
        return self.trunk[next(name for name in order if name in self.trunk)]


def figure(track: Track, take: Take, skeleton: Skeleton) -> Figure:
    """Read a track as its take lays it out. `skeleton`: the body that shall follow, whose rest pose says what "at rest" is."""
    turn, shift = take.T_stage_track[:3, :3], take.T_stage_track[:3, 3]
    middle = (hips(track) @ turn.T + shift) * take.scale
    further = (take.stretch - 1.0) * middle * np.array([1.0, 1.0, 0.0])
    points = {name: (track.positions_m[:, k] @ turn.T + shift) * take.scale + further for k, name in enumerate(track.joints)}
    reader = _Reader(track, turn, points, skeleton)
    trunk = reader.trunk()
    return Figure(
        points=points,
        trunk=trunk,
        hips_m=middle + further,
        ankles_m={side: points[f"{side}_ankle"] for side in SIDES},
        toes_m={side: points[name][:, 2] for side in SIDES for name in (f"{side}_toe", f"{side}_foot") if name in points},
        arms={side: reader.arm(side) for side in SIDES},
        legs={side: reader.leg(side, trunk["pelvis"]) for side in SIDES},
        fingers={side: found for side in SIDES if (found := reader.fingers(side)) is not None},
    )


class _Reader:
    """A track's points and turns on the stage, and how its rest pose is to ours."""

    def __init__(self, track: Track, turn: Array, points: dict[str, Array], skeleton: Skeleton) -> None:
        self.points, self.skeleton = points, skeleton
        self.ours = skeleton.joints_m @ BODY_AXES.T
        self.turns: dict[str, Array] = {}
        if track.rotations is None or track.rest_m is None:
            return
        rest = dict(zip(track.joints, track.rest_m, strict=True))
        across = sum(rest[f"right_{name}"] - rest[f"left_{name}"] for name in ("hip", "shoulder"))
        right = unit(across * np.array([1.0, 1.0, 0.0]))
        self.facing = np.stack([right, cross(np.array([0.0, 0.0, 1.0]), right), np.array([0.0, 0.0, 1.0])], axis=-1)
        self.rest = {name: at @ self.facing for name, at in rest.items()}
        self.turns = {name: turn @ track.rotations[:, k] @ self.facing for k, name in enumerate(track.joints) if name in JOINT}

    # -- trunk

    def trunk(self) -> dict[str, Array]:
        """Axes of the trunk's joints that are known."""
        if self.turns:
            found = {name: self.turns[name] for name in TRUNK if name in self.turns}
            if "head" not in found and "neck" in found:  # a body of one joint there: that is its head
                found["head"] = found.pop("neck")
            return found
        hip_right = self._between("left_hip", "right_hip")
        chest_right = self._between("left_shoulder", "right_shoulder")
        low, high = ("spine1" if "spine1" in self.points else ""), ("neck" if "neck" in self.points else "")
        found = {
            "pelvis": self._measured(hip_right, self._middle("hip"), low or self._shoulders(), right_first=True),
            "spine3": self._measured(chest_right, low or self._middle("hip"), high or self._shoulders(), right_first=False),
        }
        crown = next((name for name in ("crown", "head") if name in self.points), "")
        base = next((name for name in ("head", "neck") if name in self.points and name != crown), "")
        if crown and base:
            eyes = "left_eye" in self.points and "right_eye" in self.points
            across = self._between("left_eye", "right_eye") if eyes else (found["spine3"][:, :, 0], np.array([1.0, 0.0, 0.0]))
            found["head"] = self._measured(across, base, crown, right_first=False)
        return found

    def _middle(self, what: str) -> tuple[Array, Array]:
        """The middle between two sides' joints, in the world (T, 3) and at rest (3,)."""
        left, right = JOINT[f"left_{what}"], JOINT[f"right_{what}"]
        points = 0.5 * (self.points[f"left_{what}"] + self.points[f"right_{what}"])
        return points, 0.5 * (self.ours[left] + self.ours[right])

    def _shoulders(self) -> tuple[Array, Array]:
        return self._middle("shoulder")

    def _at(self, where: str | tuple[Array, Array]) -> tuple[Array, Array]:
        """A point by name or already looked up, in the world and on our body at rest."""
        if not isinstance(where, str):
            return where
        if where in JOINT:
            return self.points[where], self.ours[JOINT[where]]
        mark = self.skeleton.landmarks[where]
        return self.points[where], self.ours[mark.joint] + BODY_AXES @ np.asarray(mark.offset_m)

    def _between(self, a: str, b: str) -> tuple[Array, Array]:
        """Vector from one point to another, in the world (T, 3) and on our body at rest (3,)."""
        (a_world, a_rest), (b_world, b_rest) = self._at(a), self._at(b)
        return b_world - a_world, b_rest - a_rest

    def _measured(self, right: tuple[Array, Array], low: str | tuple[Array, Array], high: str | tuple[Array, Array], *,
                  right_first: bool) -> Array:  # fmt: skip
        """Axes (T, 3, 3) of what turned our body's rest pose so that these two vectors lie as they do."""
        (low_world, low_rest), (high_world, high_rest) = self._at(low), self._at(high)
        up = (high_world - low_world, high_rest - low_rest)
        first, second = (right, up) if right_first else (up, right)
        return np.asarray(frame_from(*(pair[0] for pair in (first, second))) @ frame_from(first[1], second[1]).T)

    # -- limbs

    def arm(self, side: str) -> Limb:
        """An arm: with the collar's axes and the palm's where they are known."""
        sign = 1.0 if side == "right" else -1.0
        upper, lower, bend = self._bones(f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
        back = None
        if self.turns:
            back = self._limb_turn(f"{side}_shoulder", f"{side}_elbow") @ np.array([0.0, -1.0, 0.0])
        return Limb(upper, lower, _pole(bend, back), self._palm(side, sign), self.turns.get(f"{side}_collar"))

    def leg(self, side: str, pelvis: Array) -> Limb:
        """A leg, with the foot's axes where they are known."""
        upper, lower, bend = self._bones(f"{side}_hip", f"{side}_knee", f"{side}_ankle")
        foot = self._foot(side, lower)
        if self.turns:
            ahead = self._limb_turn(f"{side}_hip", f"{side}_knee") @ np.array([0.0, 1.0, 0.0])
        else:
            ahead = unit(pelvis[:, :, 1] + (0.7 * foot[:, :, 1] if foot is not None else 0.0))
        return Limb(upper, lower, _pole(bend, ahead), foot)

    def _bones(self, root: str, middle: str, end: str) -> tuple[Array, Array, Array]:
        """Directions of two bones, and how far the joint between them is out of the line through the ends, limb lengths."""
        a, b, c = (self.points[name] for name in (root, middle, end))
        chord = unit(c - a)
        out: Array = (b - a) - dot(b - a, chord)[:, None] * chord
        whole: Array = length(b - a) + length(c - b)
        return unit(b - a), unit(c - b), out / whole[:, None]

    def _limb_turn(self, joint: str, child: str) -> Array:
        """Turn (T, 3, 3) of a bone from our rest pose, in the stage's axes; the smallest turn leads from ours to the file's."""
        ours = unit(self.ours[JOINT[child]] - self.ours[JOINT[joint]])
        return np.asarray(self.turns[joint] @ between(ours, unit(self.rest[child] - self.rest[joint])))

    def _palm(self, side: str, sign: float) -> Array | None:
        """Axes (T, 3, 3) of the palm, from the hand's turn, else from where the knuckles are, else unknown."""
        wrist, elbow = f"{side}_wrist", f"{side}_elbow"
        knuckles = [f"{side}_{name}" for name in ("middle1", "index1", "pinky1")]
        known = all(name in self.points for name in knuckles)
        if wrist in self.turns:
            if known:
                return np.asarray(self.turns[wrist] @ _palm_axes([self.rest[name] for name in (wrist, *knuckles)], sign))
            ours = _palm_axes([self.ours[JOINT[name]] for name in (wrist, *knuckles)], sign)
            a, b = (wrist, knuckles[0]) if knuckles[0] in self.rest else (elbow, wrist)
            straight = unit(self.ours[JOINT[wrist]] - self.ours[JOINT[elbow]])
            return np.asarray(self.turns[wrist] @ between(straight, unit(self.rest[b] - self.rest[a])) @ ours)
        return _palm_axes([self.points[name] for name in (wrist, *knuckles)], sign) if known else None

    def _foot(self, side: str, shin: Array) -> Array | None:
        """Axes (T, 3, 3) of the foot, from its turn, else from where the toes are, else unknown."""
        ankle, toes = f"{side}_ankle", f"{side}_foot"
        ours = self.ours[JOINT[toes]] - self.ours[JOINT[ankle]]
        level = np.array([1.0, 1.0, 0.0])
        if ankle in self.turns:
            if toes not in self.rest:
                return self.turns[ankle]
            theirs = (self.rest[toes] - self.rest[ankle]) * level
            if float(np.linalg.norm(theirs)) < 0.3 * float(np.linalg.norm(self.rest[toes] - self.rest[ankle])):
                return self.turns[ankle]
            return np.asarray(self.turns[ankle] @ between(unit(ours * level), unit(theirs)))
        if toes not in self.points:
            return None
        along = unit(self.points[toes] - self.points[ankle])
        right = cross(along, -shin)
        return np.asarray(frame_from(along, right) @ frame_from(ours, np.array([1.0, 0.0, 0.0])).T)

    def fingers(self, side: str) -> Array | None:
        """World rotations (T, 15, 3, 3) of finger joints, rest -> world, where the recording turns them."""
        first = JOINT[f"{side}_index1"]
        names = [name for name, k in JOINT.items() if first <= k < first + 15]
        if not all(name in self.turns for name in names):
            return None
        wrist, middle = f"{side}_wrist", f"{side}_middle1"
        ours = unit(self.ours[JOINT[middle]] - self.ours[JOINT[wrist]])
        hand = between(ours, unit(self.rest[middle] - self.rest[wrist]))
        found = []
        for name in sorted(names, key=JOINT.__getitem__):
            child, fit = f"{name[:-1]}{int(name[-1]) + 1}", hand
            if child in self.rest:
                bone = hand @ unit(self.ours[JOINT[child]] - self.ours[JOINT[name]])
                fit = between(bone, unit(self.rest[child] - self.rest[name])) @ hand
            found.append(self.turns[name] @ fit @ BODY_AXES)
        return np.stack(found, axis=1)


def _palm_axes(joints: Sequence[Array], sign: float) -> Array:
    """Axes (..., 3, 3) of a palm as `arms.palm_frame` has them, from wrist, middle, index and small finger (..., 3)."""
    wrist, middle, index, pinky = joints
    across = (index - pinky) * sign
    frame = frame_from(middle - wrist, cross(across, middle - wrist))
    return np.stack([frame[..., 2], frame[..., 0], frame[..., 1]], axis=-1)


def _pole(bend: Array, straight: Array | None) -> Array:
    """Where the middle joint points (T, 3): as it is bent, and as `straight` (T, 3) says the more the straighter the limb is."""
    return bend if straight is None else bend + STRAIGHT * straight
