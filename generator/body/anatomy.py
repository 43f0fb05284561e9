"""Named points and flesh radii of a body: found once on a template, then read off every shape of its mesh."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..skeletons import JOINT, LANDMARKS, SMPLX_JOINTS
from ..values import Array, Landmark, Skeleton

_CENTRAL = {
    "nose": "head", "mouth": "head", "chin": "jaw", "forehead": "head", "crown": "head",
    "chest_front": "spine3", "belly": "spine1", "back": "spine3", "seat": "pelvis",
}  # fmt: skip
_PAIRED = {
    "eye": "head", "ear": "head", "palm": "wrist", "knuckles": "wrist", "index_tip": "index3",
    "middle_tip": "middle3", "thumb_tip": "thumb3", "heel": "ankle", "ball": "foot", "toe": "foot",
    "kneecap": "knee",
}  # fmt: skip


def landmark_joint(name: str) -> int:
    """Index of the joint that carries a landmark."""
    side, _, rest = name.partition("_")
    if rest in _PAIRED:
        joint = _PAIRED[rest]
        return JOINT[joint if joint == "head" else f"{side}_{joint}"]
    return JOINT[_CENTRAL[name]]


@dataclass(frozen=True)
class Anatomy:
    """Vertex sets that say where things are on any shape of a mesh.

    landmark (31, 2) int32: point k of `skeletons.LANDMARKS` is the mean of two vertices (or the same one twice);
    flesh (55, n) int32: the skin on which the radius around each joint is measured.
    """

    landmark: Array
    flesh: Array

    def skeleton(self, vertices_m: Array, joints_m: Array) -> Skeleton:
        """Skeleton of one shape: its joints, landmarks in their joints' frames, and mean flesh distances."""
        points = vertices_m[self.landmark].astype(np.float64).mean(axis=1)
        owners = [landmark_joint(name) for name in LANDMARKS]
        landmarks = {
            name: Landmark(owner, point - joints_m[owner]) for name, owner, point in zip(LANDMARKS, owners, points, strict=True)
        }
        gaps = np.linalg.norm(vertices_m[self.flesh] - joints_m[:, None, :], axis=2)
        return Skeleton(joints_m.astype(np.float64), landmarks, gaps.mean(axis=1))


@dataclass(frozen=True)
class Template:
    """A body in T-pose to find points on: vertices_m (V, 3); owner (V,) heaviest joint; skin, lips (V,) bool;
    eyes, ears: side -> (V,) bool; joints_m (55, 3)."""

    vertices_m: Array
    owner: Array
    skin: Array
    lips: Array
    eyes: dict[str, Array]
    ears: dict[str, Array]
    joints_m: Array

    def at(self, joint: str) -> Array:
        """Position (3,) of a joint."""
        return self.joints_m[JOINT[joint]]

    def owned(self, *joints: str) -> Array:
        """(V,) bool: skin that follows one of these joints most."""
        return self.skin & np.isin(self.owner, [JOINT[name] for name in joints])


def find_anatomy(template: Template, n_flesh: int = 24) -> Anatomy:
    """Choose the vertices of all landmarks, and the skin nearest to each joint, on a template."""
    found = _head_points(template) | _trunk_points(template)
    for side in ("left", "right"):
        found |= _hand_points(template, side) | _leg_points(template, side)
    skin = np.flatnonzero(template.skin)
    flesh = []
    for name in SMPLX_JOINTS:
        gaps = np.linalg.norm(template.vertices_m[skin] - template.at(name), axis=1)
        flesh.append(skin[np.argsort(gaps, kind="stable")[:n_flesh]])
    pairs = [found[name] for name in LANDMARKS]
    return Anatomy(np.array(pairs, np.int32), np.array(flesh, np.int32))


def _best(mask: Array, score: Array) -> tuple[int, int]:
    """The vertex of `mask` with the highest score, as a pair."""
    candidates = np.flatnonzero(mask)
    best = int(candidates[np.argmax(score[candidates])])
    return best, best


def _on_midline(t: Template, height_m: float, *joints: str) -> Array:
    """(V,) bool: skin of these joints near the sagittal plane, within 12 mm of a height."""
    x, y = t.vertices_m[:, 0], t.vertices_m[:, 1]
    return t.owned(*joints) & (np.abs(x) < 0.008) & (np.abs(y - height_m) < 0.012)


def _head_points(t: Template) -> dict[str, tuple[int, int]]:
    x, y, z = t.vertices_m.T
    found = {}
    for side in ("left", "right"):
        found[f"{side}_eye"] = _best(t.eyes[side], z)
        ear = t.vertices_m[t.ears[side]].mean(axis=0)
        found[f"{side}_ear"] = _best(t.ears[side], -np.linalg.norm(t.vertices_m - ear, axis=1))
    eye_y = float(y[found["left_eye"][0]])
    middle = t.owned("head", "jaw", "left_eye", "right_eye") & (np.abs(x) < 0.008)
    found["nose"] = _best(middle & (y < eye_y) & (y > eye_y - 0.07), z)
    lips = t.lips & (np.abs(x) < 0.008)
    split = y[lips].mean()
    upper, lower = _best(lips & (y > split), z)[0], _best(lips & (y <= split), z)[0]
    found["mouth"] = (upper, lower)
    found["chin"] = _best(middle & (y < split - 0.025) & (y > split - 0.06), z)
    found["forehead"] = _best(middle & (np.abs(y - eye_y - 0.06) < 0.012), z)
    found["crown"] = _best(t.owned("head"), y)
    return found


def _trunk_points(t: Template) -> dict[str, tuple[int, int]]:
    x, y, z = t.vertices_m.T
    chest_y = 0.5 * (t.at("spine3")[1] + t.at("neck")[1])
    trunk = ("pelvis", "spine1", "spine2", "spine3", "neck", "left_collar", "right_collar")
    behind = t.owned("pelvis", "left_hip", "right_hip") & (z < t.at("left_hip")[2] - 0.03)
    low = t.at("left_hip")[1] - 0.09
    seat = [_best(behind & (np.abs(side * x - 0.07) < 0.03) & (np.abs(y - low) < 0.015), -z)[0] for side in (1, -1)]
    return {
        "chest_front": _best(_on_midline(t, chest_y, *trunk), z),
        "back": _best(_on_midline(t, chest_y, *trunk), -z),
        "belly": _best(_on_midline(t, t.at("spine2")[1] - 0.02, *trunk), z),
        "seat": (seat[0], seat[1]),
    }


def _hand_points(t: Template, side: str) -> dict[str, tuple[int, int]]:
    y = t.vertices_m[:, 1]
    wrist, knuckle = t.at(f"{side}_wrist"), t.at(f"{side}_middle1")
    hand = t.owned(*(f"{side}_{name}" for name in ("wrist", "middle1", "index1", "ring1")))

    def beside(point: Array) -> Array:
        return hand & (np.linalg.norm(t.vertices_m[:, [0, 2]] - point[[0, 2]], axis=1) < 0.013)

    found = {
        f"{side}_palm": _best(beside(0.4 * wrist + 0.6 * knuckle), -y),
        f"{side}_knuckles": _best(beside(knuckle), y),
    }
    for finger in ("index", "middle", "thumb"):
        last = f"{side}_{finger}3"
        along = t.vertices_m @ (t.at(last) - t.at(f"{side}_{finger}2"))
        found[f"{side}_{finger}_tip"] = _best(t.owned(last), along)
    return found


def _leg_points(t: Template, side: str) -> dict[str, tuple[int, int]]:
    _, y, z = t.vertices_m.T
    ankle, ball, knee = t.at(f"{side}_ankle"), t.at(f"{side}_foot"), t.at(f"{side}_knee")
    foot = t.owned(f"{side}_ankle", f"{side}_foot")
    leg = t.owned(f"{side}_hip", f"{side}_knee")
    return {
        f"{side}_heel": _best(foot & (z < ankle[2] - 0.005), -y),
        f"{side}_ball": _best(foot & (np.abs(z - ball[2]) < 0.015), -y),
        f"{side}_toe": _best(foot & (z > z[foot].max() - 0.015), -y),
        f"{side}_kneecap": _best(leg & (np.abs(y - knee[1]) < 0.012), z),
    }
