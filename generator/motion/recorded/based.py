"""A take brought to one body: what its figure does, in the terms that the solver starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ...base.exact import arctan2
from ...skeletons import JOINT, SMPLX_PARENTS
from ...values import Array, Skeleton
from ..arms import palm_frame
from ..legs import Leg
from ..rotations import BODY_AXES, about, between, mix, turned, unit, unturned
from ..timing import minimum_jerk
from ..track import Track
from .base import Base
from .figure import SIDES, TRUNK, Figure, Limb, figure
from .planted import STILL_MPS, flat_sole, leaning, lowest_sole, stance
from .resampled import resampled
from .take import Take
from .touching import Touch, touches

MOST_RATE_HZ = 60.0
"""How often a take is looked at to find its contacts, at most."""

MARGIN_S = 0.5
"""How much before and after the clip is looked at for them."""

AMPLITUDES = 0.8, 1.2
"""Recorded arms swing no less and no more of what they do."""

HIGH_M = 0.05
"""A swinging foot that is so high over the floor is kept no higher."""

LEAST_M = 0.01
"""A foot that moves along the floor is off it, if no more than this."""

LOW_M = {"hip": (0.11, 0.18), "knee": (0.075, 0.13)}
"""Heights of joints at which their flesh lies on the floor, and at which it is well above."""


def based(take: Take, skeleton: Skeleton, score_times: Array, amplitude: float = 1.0) -> Base:
    """The take on a skeleton, at score seconds (T,). `amplitude`: how far arms swing about their mean, of how far they do."""
    legs = {side: Leg(skeleton, side) for side in SIDES}
    times = score_times - take.at_s + take.start_s
    last_s = (take.track.n_frames - 1) / take.fps
    rate = min(MOST_RATE_HZ, take.fps)
    first, end = max(float(times[0]) - MARGIN_S, 0.0), min(float(times[-1]) + MARGIN_S, last_s)
    dense = first + np.arange(max(int((end - first) * rate) + 1, 3)) / rate
    often = _followed(take, skeleton, legs, dense)
    soles = {
        side: flat_sole(often.feet[side], often.ankles_m[side], _ahead(often.seen, skeleton, side), 1.0 / rate) for side in SIDES
    }
    often = often.standing(soles, 0.0)
    lift = -lowest_sole([(often.marks(leg), often.feet[side]) for side, leg in legs.items()], 1.0 / rate)
    often, own = often.standing({}, lift), _followed(take, skeleton, legs, times).standing(soles, lift)
    stances = {}
    for side, leg in legs.items():
        limb, hip = often.legs[side], _joint(often, skeleton, f"{side}_hip")
        upper, lower = turned(often.pelvis, limb.upper), turned(often.pelvis, limb.lower)
        ankle = hip + leg.bones.upper_m * upper + leg.bones.lower_m * lower
        stances[side] = stance(leg, often.feet[side], often.ankles_m[side], ankle, dense)
    swung = {
        side: _swung(own.toes_m.get(side), often.toes_m.get(side), often.ankles_m[side], 1.0 / rate, len(times)) for side in SIDES
    }
    spacing = float(times[1] - times[0])
    near = replace(take, stretch=1.0)  # as near as they were
    here = own.seen if not take.others else _figure(near, take.track, skeleton, times)
    there = {role: _figure(near, track, skeleton, times) for role, track in take.others.items()}
    widths = {role: _width(skeleton, its) for role, its in {"": here, **there}.items()}
    hands = {side: touches(side, here, there, take.earlier, widths, spacing) for side in SIDES}
    arms = {side: _swinging(limb, amplitude, hands[side]) for side, limb in own.arms.items()}
    lying = {side: leaning(often.wrists_m[side], dense) for side in SIDES}
    outside = np.maximum(-times, times - last_s)
    return Base(
        pelvis=own.pelvis, pelvis_m=own.pelvis_m, trunk=own.trunk, arms=arms, legs=own.legs, feet=own.feet, stances=stances,
        swung_m=swung, touches=hands, leaning=lying, fingers=own.fingers, ground=_ground(own),
        held=minimum_jerk(outside / 0.3), times_s=times, later_s=take.at_s - take.start_s,
    )  # fmt: skip


@dataclass(frozen=True)
class _Followed:
    """A figure in the terms of `Base`, with the recording's own ankles and knees over our floor."""

    seen: Figure
    pelvis: Array
    pelvis_m: Array
    trunk: dict[str, Array]
    arms: dict[str, Limb]
    legs: dict[str, Limb]
    feet: dict[str, Array]
    fingers: dict[str, Array]
    ankles_m: dict[str, Array]
    toes_m: dict[str, Array]
    wrists_m: dict[str, Array]
    low_m: dict[str, Array]

    def standing(self, soles: dict[str, Array], lift_m: float) -> _Followed:
        """The same with each foot turned by `soles` (3, 3) in its own axes, and all of it raised."""
        raised = np.array([0.0, 0.0, lift_m])
        return replace(
            self,
            pelvis_m=self.pelvis_m + raised,
            feet={side: axes @ soles[side] if side in soles else axes for side, axes in self.feet.items()},
            toes_m={side: height + lift_m for side, height in self.toes_m.items()},
            ankles_m={side: at + raised for side, at in self.ankles_m.items()},
            wrists_m={side: at + raised for side, at in self.wrists_m.items()},
            low_m={name: height + lift_m for name, height in self.low_m.items()},
        )

    def marks(self, leg: Leg) -> Array:
        """Heel and ball (T, 2, 3) of a foot, on the sole, where the recording's ankle is."""
        marks = np.stack([leg.heel_offset, leg.ball_on_floor + leg.sole_offset])
        return np.asarray(self.ankles_m[leg.side][:, None] + marks @ np.swapaxes(self.feet[leg.side], -1, -2))


def _followed(take: Take, skeleton: Skeleton, legs: dict[str, Leg], times_s: Array) -> _Followed:
    seen = _figure(take, take.track, skeleton, times_s)
    raised = np.array([0.0, 0.0, -legs["left"].sole_offset[2]])
    world = _whole_trunk(seen)
    pelvis, chest = world["pelvis"], world["spine3"]
    middle = 0.5 * (skeleton.joints_m[JOINT["left_hip"]] + skeleton.joints_m[JOINT["right_hip"]]) - skeleton.joints_m[0]
    hips_m = seen.hips_m + raised
    trunk = {name: np.swapaxes(world[before], -1, -2) @ world[name] for before, name in pairwise(TRUNK)}
    ankles = {side: seen.ankles_m[side] + raised for side in SIDES}
    return _Followed(
        seen=seen,
        pelvis=pelvis,
        pelvis_m=hips_m - pelvis @ (BODY_AXES @ middle),
        trunk=trunk,
        arms={side: _in(chest, limb) for side, limb in seen.arms.items()},
        legs={side: _in(pelvis, limb) for side, limb in seen.legs.items()},
        feet={side: _foot(seen, side, ankles[side]) for side in SIDES},
        fingers={side: _in_parents(seen, side, skeleton) for side in seen.fingers},
        ankles_m=ankles,
        toes_m=seen.toes_m,
        wrists_m={side: seen.points[f"{side}_wrist"] + raised for side in SIDES},
        low_m={
            "hip": hips_m[:, 2],
            "knee": np.min([_knee(seen, side, legs[side], ankles[side]) for side in SIDES], axis=0),
        },
    )


def _figure(take: Take, track: Track, skeleton: Skeleton, times_s: Array) -> Figure:
    spacing = float(times_s[1] - times_s[0])
    return figure(resampled(track, take.fps, times_s, spacing), take, skeleton)


def _width(skeleton: Skeleton, seen: Figure) -> float:
    """How broad our shoulders are, of the recording's."""
    theirs = np.median(np.linalg.norm(seen.points["left_shoulder"] - seen.points["right_shoulder"], axis=-1))
    ours = np.linalg.norm(skeleton.joints_m[JOINT["left_shoulder"]] - skeleton.joints_m[JOINT["right_shoulder"]])
    return float(ours / max(float(theirs), 1e-6))


def _swinging(limb: Limb, amplitude: float, held: list[Touch]) -> Limb:
    """An arm whose bones turn about their mean direction as far as `amplitude` says, where its hand touches nothing."""
    if amplitude == 1.0:
        return limb
    free = 1.0 - np.clip(sum((touch.weight for touch in held), np.zeros(len(limb.upper))), 0.0, 1.0)
    share = 1.0 + (np.clip(amplitude, *AMPLITUDES) - 1.0) * free
    found = []
    for bone in (limb.upper, limb.lower):
        mean = np.broadcast_to(unit(bone.mean(axis=0)), bone.shape)
        found.append(turned(mix(np.eye(3), between(mean, bone), share), mean))
    return replace(limb, upper=found[0], lower=found[1])


def _whole_trunk(seen: Figure) -> dict[str, Array]:
    """Axes of all joints of the trunk: those unknown lie evenly between the known ones before and after."""
    known = [k for k, name in enumerate(TRUNK) if name in seen.trunk]
    whole = {}
    for k, name in enumerate(TRUNK):
        low = max(j for j in known if j <= k)
        high = min((j for j in known if j >= k), default=low)
        share = 0.0 if high == low else (k - low) / (high - low)
        whole[name] = mix(seen.trunk[TRUNK[low]], seen.trunk[TRUNK[high]], share)
    return whole


def _in(axes: Array, limb: Limb) -> Limb:
    """A limb in the axes of what it hangs on."""
    back = np.swapaxes(axes, -1, -2)
    return Limb(
        upper=unturned(axes, limb.upper), lower=unturned(axes, limb.lower), pole=unturned(axes, limb.pole),
        end=None if limb.end is None else back @ limb.end, root=None if limb.root is None else back @ limb.root,
    )  # fmt: skip


def _foot(seen: Figure, side: str, ankle: Array) -> Array:
    """Axes (T, 3, 3) of a foot in the world; where unknown, flat near the floor and square to the shin above it."""
    limb = seen.legs[side]
    if limb.end is not None:
        return limb.end
    ahead = limb.pole + 0.05 * seen.trunk["pelvis"][:, :, 1]
    up = np.broadcast_to(np.array([0.0, 0.0, 1.0]), ahead.shape)
    flat, square = _standing_axes(up, ahead), _standing_axes(-limb.lower, ahead)
    return mix(square, flat, minimum_jerk(1.6 - ankle[:, 2] / 0.12))


def _standing_axes(up: Array, ahead: Array) -> Array:
    """Axes (T, 3, 3) with this up and, as near as may be, this forward."""
    level = ahead - np.sum(ahead * up, axis=-1, keepdims=True) * up
    forward = level / np.maximum(np.linalg.norm(level, axis=-1, keepdims=True), 1e-9)
    return np.stack([np.cross(forward, up), forward, up], axis=-1)


def _in_parents(seen: Figure, side: str, skeleton: Skeleton) -> Array:
    """Rotations (T, 15, 3, 3) of the fingers in their parents' rest axes; of the first joints in the palm's."""
    world, first = seen.fingers[side], JOINT[f"{side}_index1"]
    palm = seen.arms[side].end
    assert palm is not None
    hand = palm @ palm_frame(skeleton, side).T
    parents = [SMPLX_PARENTS[first + k] - first for k in range(15)]
    before = np.stack([world[:, p] if p >= 0 else hand for p in parents], axis=1)
    return np.asarray(np.swapaxes(before, -1, -2) @ world)


def _joint(body: _Followed, skeleton: Skeleton, name: str) -> Array:
    """Where (T, 3) a joint that is fixed to the pelvis is."""
    offset = BODY_AXES @ (skeleton.joints_m[JOINT[name]] - skeleton.joints_m[0])
    return np.asarray(body.pelvis_m + body.pelvis @ offset)


def _knee(seen: Figure, side: str, leg: Leg, ankle: Array) -> Array:
    """Height (T,) of a knee over the floor."""
    return np.asarray(ankle[:, 2] - leg.bones.lower_m * seen.legs[side].lower[:, 2])


def _ahead(seen: Figure, skeleton: Skeleton, side: str) -> Array | None:
    """Which way (T, 3) a foot points whose joints lie as ours do at rest, level; None where the recording's ends at the ankle."""
    ankle, ball = f"{side}_ankle", f"{side}_foot"
    if ball not in seen.points:
        return None
    ours = BODY_AXES @ (skeleton.joints_m[JOINT[ball]] - skeleton.joints_m[JOINT[ankle]])
    back = about("z", np.array([arctan2(ours[0], ours[1])]))[0]
    return np.asarray((seen.points[ball] - seen.points[ankle]) * np.array([1.0, 1.0, 0.0]) @ back.T)


def _swung(toes: Array | None, often: Array | None, ankle: Array, dt_s: float, n: int) -> Array:
    """How high (T,) a foot swings at least: as its recorded toes are over where they stand, within LEAST_M and HIGH_M."""
    if toes is None or often is None:
        return np.full(n, LEAST_M)
    still = np.linalg.norm(np.gradient(ankle, dt_s, axis=0), axis=-1) < STILL_MPS
    level = float(np.percentile(often[still] if still.any() else often, 15.0))
    return np.clip(toes - level, LEAST_M, HIGH_M)


def _ground(body: _Followed) -> Array:
    """How far (T,) hips or knees lie on the floor."""
    shares = [minimum_jerk((high - body.low_m[name]) / (high - low)) for name, (low, high) in LOW_M.items()]
    return np.asarray(np.maximum(*shares))
