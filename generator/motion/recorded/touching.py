"""Hands that touch in a recording, and where they must be brought so that they touch on other bodies, too."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from ...skeletons import JOINT
from ...values import Array, Contact
from ..posed import Posed
from ..rotations import dot, turned, unturned
from ..timing import minimum_jerk
from .figure import Figure
from .planted import runs

NEAR_M, FAR_M = 0.015, 0.06
"""A hand so near to flesh lies on it, and one so far away does not."""

SMOOTH_S = 0.06

BENT_RAD = 0.5, 0.9
"""A straight arm hangs beside the body; one bent more than this puts the hand there."""

PALM, TIP = 0.09, 0.17
"""How far from the wrist a palm and finger tips are, as shares of the arm's length (Winter 2009, figure 4.1)."""

Joints = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A part of a body that hands touch: a line from one point to another, and half axes (m) of the flesh around it.

    Points are the middles of joints. `center` and `radii` are in the axes of `frame` (right, forward, up), for an adult; along
    the line, flesh ends with the line.
    """

    begin: Joints
    end: Joints
    frame: str
    radii: tuple[float, float, float]
    center: tuple[float, float, float] = (0.0, 0.0, 0.0)


_HIPS, _SHOULDERS = ("left_hip", "right_hip"), ("left_shoulder", "right_shoulder")

OWN: dict[str, Place] = {
    "head": Place(("head",), ("head",), "head", (0.085, 0.11, 0.13), (0.0, 0.03, 0.08)),
    "trunk": Place(_HIPS, _SHOULDERS, "chest", (0.16, 0.12, 0.12)),
    "left_thigh": Place(("left_hip",), ("left_knee",), "pelvis", (0.08, 0.08, 0.08)),
    "right_thigh": Place(("right_hip",), ("right_knee",), "pelvis", (0.08, 0.08, 0.08)),
}
"""Where a hand may lie on one's own body."""

HELD = 0.9
"""A hand that is led there so far touches."""

OTHERS: dict[str, Place] = {
    **OWN,
    **{
        f"{side}_{name}": Place((f"{side}_{a}",), (f"{side}_{b}",), "chest", (r, r, r))
        for side in ("left", "right")
        for name, a, b, r in (("upper_arm", "shoulder", "elbow", 0.055), ("forearm", "elbow", "wrist", 0.045))
    },
}
"""Where it may lie on somebody else's; hands are led to hands besides."""


@dataclass(frozen=True)
class Touch:
    """Where a wrist is to be: a share of the way between two points of a body, `offset` (T, 3) m from there in a frame's axes.

    `role`: whose body, "" for one's own. weight (T,): how far it is to be there. `follows`: whether the
    other hand leads.
    """

    role: str
    place: Place
    along: Array
    offset: Array
    weight: Array
    follows: bool = False

    def contacts(self, landmark: str, times_s: Array, role: str) -> list[Contact]:
        """When the landmark of a hand touches which joint's bone, in the seconds of `times_s` (T,). None of the trunk, which is
        not round about a bone as limbs and heads are."""
        if self.place.begin == _HIPS:
            return []
        target = f"{self.role}:{self.place.begin[0]}".removeprefix(":")
        spans = runs(self.weight > HELD, float(times_s[1] - times_s[0]))
        return [Contact(landmark, target, float(times_s[first]), float(times_s[end - 1]), role) for first, end in spans]

    def goal(self, posed: Posed, side: str) -> Array | None:
        """The wrist's place (T, 3) in the world for the hand on a side; None while that part of the body is not solved yet.

        Hands that meet go half of the way each, from where they would be alone; whoever is solved later goes where the other
        one's hand has come to.
        """
        body = posed.others.get(self.role) if self.role else posed
        if body is None:
            return None
        offset = turned(body.axes[self.place.frame], self.offset)
        if self.place.begin[0].endswith("wrist"):
            if self.role and self.follows:
                return np.asarray(body.positions[JOINT[self.place.begin[0]]] + offset)
            other = alone(self.place.begin[0].split("_")[0])
            if other not in body.origins:
                return None
            return np.asarray(0.5 * (posed.origins[alone(side)] + body.origins[other] + offset))
        joints = [JOINT[name] for name in (*self.place.begin, *self.place.end)]
        if any(joint not in body.positions for joint in joints):
            return None
        begin, end = (_middle({name: body.positions[JOINT[name]] for name in names}, names)
                      for names in (self.place.begin, self.place.end))  # fmt: skip
        return np.asarray(begin + self.along[:, None] * (end - begin) + offset)


def alone(side: str) -> str:
    """Name of the frame where a wrist would be if it touched nothing."""
    return f"{side}_alone"


def touches(side: str, own: Figure, others: Mapping[str, Figure], earlier: Collection[str], widths: Mapping[str, float],
            dt_s: float) -> list[Touch]:  # fmt: skip
    """What the hand on a side touches.

    `earlier`: whose hands lead. `widths`: role -> how broad our body is there, of the recording's scaled to our legs.
    """
    found = []
    wrist, tips = own.points[f"{side}_wrist"], _tips(own, side)
    for role, figure in {"": own, **others}.items():
        for place in (OWN if role == "" else OTHERS).values():
            if role or not place.begin[0].startswith("head") or "head" in figure.points:
                own_will = np.ones(len(wrist)) if role else _meant(side, place, own)
                found.append(_touch(role, place, figure, wrist, tips, widths[role], own_will, dt_s))
        for hand in ("left", "right"):
            if role or hand != side:
                wrists = (f"{hand}_wrist",)
                palm = _tips(figure, hand)[0] - figure.points[wrists[0]]
                found.append(
                    _hand_to_hand(
                        role, Place(wrists, wrists, "chest", (0.03, 0.03, 0.03)), figure, wrist, tips, palm, role in earlier, dt_s
                    )
                )
    return [touch for touch in found if touch.weight.max() > 0.02]


def _touch(role: str, place: Place, figure: Figure, wrist: Array, tips: tuple[Array, ...], width: float,
           meant: Array, dt_s: float) -> Touch:  # fmt: skip
    begin, end = (_middle(figure.points, names) for names in (place.begin, place.end))
    axes, line = figure.axes(place.frame), end - begin
    size = np.maximum(np.sum(line * line, axis=-1), 1e-9)
    if place.end[0].endswith("wrist"):  # beyond the end of a forearm it is the hand that is touched
        share = np.sum((tips[0] - begin) * line, axis=-1) / size
        meant = meant * minimum_jerk((0.9 - share) / 0.2)
    radii, center = np.array(place.radii), np.array(place.center)
    near, out = np.full(len(wrist), np.inf), np.zeros_like(wrist)
    for tip in tips:
        along = (
            np.clip(np.sum((tip - begin) * line, axis=-1) / size, 0.0, 1.0) if place.begin != place.end else np.zeros(len(tip))
        )
        local = unturned(axes, tip - begin - along[:, None] * line) - center
        depth = np.linalg.norm(local / radii, axis=-1)
        away = (depth - 1.0) * float(radii.min())
        push = local * np.maximum(1.0 / np.maximum(depth, 0.3) - 1.0, 0.0)[:, None]
        out = np.where((away < near)[:, None], push, out)
        near = np.minimum(near, away)
    along = (
        np.clip(np.sum((wrist - begin) * line, axis=-1) / size, 0.0, 1.0) if place.begin != place.end else np.zeros(len(wrist))
    )
    offset = unturned(axes, wrist - begin - along[:, None] * line)
    grown = np.array([width, width, 1.0]) if place.frame != "head" else np.ones(3)
    return Touch(role, place, along, offset * grown + out, _weight(near, dt_s, meant))


def _hand_to_hand(role: str, place: Place, figure: Figure, wrist: Array, tips: tuple[Array, ...], palm: Array,
                  follows: bool, dt_s: float) -> Touch:  # fmt: skip
    """A hand that is at a hand: the palms, or the tips of the one at the palm of the other, are near."""
    other = figure.points[place.begin[0]]
    near = np.min([np.linalg.norm(tip - other - palm, axis=-1) for tip in tips], axis=0) - 0.04
    return Touch(role, place, np.zeros(len(wrist)), unturned(figure.axes("chest"), wrist - other), _weight(near, dt_s), follows)


def _meant(side: str, place: Place, own: Figure) -> Array:
    """How far (T,) a hand near one's own body is there on purpose, rather than hanging beside it: arm bent, or thigh raised."""
    limb = own.arms[side]
    bent = np.arccos(np.clip(dot(limb.upper, limb.lower), -1.0, 1.0))
    meant = minimum_jerk((bent - BENT_RAD[0]) / (BENT_RAD[1] - BENT_RAD[0]))
    if place.end[0].endswith("knee"):
        thigh = own.legs[place.end[0].split("_")[0]].upper
        meant = np.maximum(meant, minimum_jerk((dot(thigh, -own.axes("chest")[:, :, 2]) - 0.8) / -0.3))
    return np.asarray(meant)


def _weight(near: Array, dt_s: float, meant: Array | float = 1.0) -> Array:
    """How far (T,) a hand at distances (T,) from flesh is held there: smooth in time."""
    weight = minimum_jerk((FAR_M - near) / (FAR_M - NEAR_M)) * meant
    return np.asarray(gaussian_filter1d(weight, SMOOTH_S / dt_s, mode="nearest"))


def _tips(figure: Figure, side: str) -> tuple[Array, Array]:
    """Palm and finger tips (T, 3) of a hand."""
    limb, points = figure.arms[side], figure.points
    shoulder, elbow, wrist = (points[f"{side}_{name}"] for name in ("shoulder", "elbow", "wrist"))
    length = float(np.median(np.linalg.norm(elbow - shoulder, axis=-1) + np.linalg.norm(wrist - elbow, axis=-1)))
    along = limb.lower if limb.end is None else limb.end[:, :, 1]
    return wrist + PALM * length * along, wrist + TIP * length * along


def _middle(points: Mapping[str, Array], names: Joints) -> Array:
    return np.asarray(sum((points[name] for name in names), np.zeros(3)) / len(names))
