"""What keeps arms out of other people's clothes: how far somebody's arm must go to be out of another's dressed surface."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ..base.jit import njit
from ..base.outside import Outside
from ..skeletons import JOINT, SMPLX_JOINTS
from ..values import Array
from .posed import Posed

REACH_M = 0.12
"""How far from a surface its inside is looked for."""

BESIDE_M = 0.03
"""Who is inside has the nearest point straight outwards, but for so much aside, or for as much as they are deep."""

TOUCH_M = 0.004
"""So deep is touching."""

FAR_M, MOST_M = 0.16, 0.16
"""No wrist and no elbow is led away further than this."""

UPPER = 0.15
"""Of the way out of an upper arm, that the wrist goes, too."""

SMOOTH_S = 0.05
NEAR_M = 0.30
"""Arms whose joints are further from all of the other's aren't looked at."""

SIDES = ("left", "right")
_FINGERS = tuple(name for name in SMPLX_JOINTS if name[-1] in "123" and "spine" not in name)
ARM = {
    side: {
        "hand": [JOINT[name] for name in (f"{side}_elbow", f"{side}_wrist", *_FINGERS) if name.startswith(side)],
        "elbow": [JOINT[f"{side}_{name}"] for name in ("elbow", "shoulder")],
    }
    for side in SIDES
}
"""Whose surface must be out of others for a hand, and for an elbow, to be in its place."""

ARMS = sorted({joint for side in ARM.values() for joints in side.values() for joint in joints})
SOLID = [
    JOINT[name]
    for name in ("pelvis", "spine1", "spine2", "spine3", "neck", "head", "jaw",
                 *(f"{side}_{part}" for side in SIDES for part in ("hip", "collar", "shoulder")))
]  # fmt: skip
"""Whose surface arms are kept out of: hands and forearms, which meet on purpose, are not."""

_BETWEEN = [JOINT[name] for name in ("pelvis", "spine2", "neck", "head", "left_hip", "right_hip", "left_elbow", "right_elbow",
                                     "left_shoulder", "right_shoulder")]  # fmt: skip


@dataclass(frozen=True)
class Way:
    """How far a wrist and an elbow (T, 3) are led out of the others."""

    wrist: Array
    elbow: Array

    @staticmethod
    def none(n: int) -> Way:
        """They stay."""
        return Way(np.zeros((n, 3)), np.zeros((n, 3)))


def led_out(ways: dict[str, Way], posed: Posed, fps: float) -> dict[str, Way]:
    """The ways of both arms by side, with what the posed body's arms are still in its others added."""
    for other in posed.others.values():
        if posed.skeleton.outside is None or other.skeleton.outside is None:
            continue
        frames = _close(posed, other)
        if len(frames):
            out = _out(posed, other, frames, len(ways["left"].wrist))
            ways = {side: _on(way, *out[side], fps) for side, way in ways.items()}
    return ways


def _on(way: Way, far: Array, near: Array, fps: float) -> Way:
    wrist, elbow = (
        gaussian_filter1d(push, SMOOTH_S * fps, axis=0, mode="nearest") if push.any() else push
        for push in (far + UPPER * near, near)
    )
    return Way(_short(way.wrist + wrist, FAR_M), _short(way.elbow + elbow, MOST_M))


def _short(push: Array, most_m: float) -> Array:
    far = np.linalg.norm(push, axis=1, keepdims=True)
    return np.asarray(push * np.minimum(1.0, most_m / np.maximum(far, 1e-9)))


def _close(posed: Posed, other: Posed) -> Array:
    """Frames in which an arm is near the other body."""
    arms = [JOINT[f"{side}_{name}"] for side in SIDES for name in ("shoulder", "elbow", "wrist", "middle1")]
    own = np.stack([posed.positions[joint] for joint in arms], axis=1)
    its = np.stack([other.positions[joint] for joint in _BETWEEN], axis=1)
    return np.flatnonzero((np.linalg.norm(own[:, :, None] - its[:, None], axis=-1) < NEAR_M).any(axis=(1, 2)))


def _out(posed: Posed, other: Posed, frames: Array, n: int) -> dict[str, tuple[Array, Array]]:
    """Side -> (n, 3) m twice: the ways out for whichever point of hand and forearm, and of the whole arm, is deepest in."""
    points, _, joint = placed(posed, ARMS, frames)
    marks, normals, _ = placed(other, SOLID, frames)
    belongs = {(side, part): np.isin(joint, joints) for side, its in ARM.items() for part, joints in its.items()}
    found = np.zeros((len(belongs), n, 3))
    _ways_out(points, marks, normals, np.array(list(belongs.values())), frames, found)
    out = dict(zip(belongs, found, strict=True))
    return {side: (out[side, "hand"], out[side, "elbow"]) for side in SIDES}


@njit(cache=True, nogil=True)
def _ways_out(points: Array, marks: Array, normals: Array, belongs: Array, frames: Array, out: Array) -> None:  # noqa: C901
    """Fill out (K, n, 3) for K sets of points, which belongs (K, N) tells, at `frames` (T,); points (T, N, 3), marks and normals
    (T, M, 3): the way straight out for the point of each that is furthest behind its nearest mark.
    """
    around = np.empty(marks.shape[1], np.int64)
    worst = np.empty(belongs.shape[0])
    for t in range(points.shape[0]):
        n_around = 0
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for n in range(points.shape[1]):
            for c in range(3):
                low[c], high[c] = min(low[c], points[t, n, c]), max(high[c], points[t, n, c])
        for m in range(marks.shape[1]):
            if (
                low[0] - REACH_M < marks[t, m, 0] < high[0] + REACH_M
                and low[1] - REACH_M < marks[t, m, 1] < high[1] + REACH_M
                and low[2] - REACH_M < marks[t, m, 2] < high[2] + REACH_M
            ):
                around[n_around] = m
                n_around += 1
        worst[:] = 0.0
        for n in range(points.shape[1]):
            best, which = REACH_M * REACH_M, -1
            for place in range(n_around):
                m = around[place]
                x, y = points[t, n, 0] - marks[t, m, 0], points[t, n, 1] - marks[t, m, 1]
                if x * x + y * y >= best:
                    continue
                z = points[t, n, 2] - marks[t, m, 2]
                square = x * x + y * y + z * z
                if square < best:
                    best, which = square, m
            if which < 0:
                continue
            depth = 0.0
            for c in range(3):
                depth -= (points[t, n, c] - marks[t, which, c]) * normals[t, which, c]
            if depth <= TOUCH_M or np.sqrt(max(best - depth * depth, 0.0)) > max(BESIDE_M, depth):
                continue
            depth -= TOUCH_M
            for k in range(belongs.shape[0]):
                if belongs[k, n] and depth > worst[k]:
                    worst[k] = depth
                    for c in range(3):
                        out[k, frames[t], c] = depth * normals[t, which, c]


def placed(posed: Posed, joints: list[int], frames: Array) -> tuple[Array, Array, Array]:
    """Where points of the dressed surface of some joints are at some frames (T, N, 3), their normals, and joints (N,)."""
    outside = posed.skeleton.outside
    assert isinstance(outside, Outside)
    chosen = np.isin(outside.joint, joints)
    joint = outside.joint[chosen]
    offsets, normals = outside.points_m[chosen] - posed.skeleton.joints_m[joint], outside.normals[chosen]
    points, ways = np.empty((len(frames), len(joint), 3)), np.empty((len(frames), len(joint), 3))
    for one in np.unique(joint):
        its = np.flatnonzero(joint == one)
        turn = np.swapaxes(posed.rotations[one][frames], -1, -2)
        points[:, its] = posed.positions[one][frames][:, None] + offsets[its] @ turn
        ways[:, its] = normals[its] @ turn
    return points, ways, joint
