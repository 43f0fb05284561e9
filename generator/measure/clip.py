"""One clip performed without a picture, and measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..actions import action_of, find_action
from ..body import load_body
from ..body.dress import dress, shod
from ..body.outside import touchable
from ..motion import animate
from ..motion.kinematics import forward
from ..motion.quality import measures, sole_points
from ..props.table import Prop, build_props
from ..recipes import load_recipe
from ..sampling import sample
from ..skeletons import JOINT
from ..values import Array, ClipSpec, Performance, Skeleton
from .depth import depths
from .feet import balance, drifts
from .followed import plain, pose_error
from .joints import joint_angles
from .limits import QUIETEST, RANGES_DEG
from .poses import leg_m, sequence
from .stillness import standing_speeds
from .touch import Body, misses

FPS = 30.0
"""Frames a second: those of the motion capture that speeds are compared with."""

SIZE_PX = 128
"""Of the frame in which it is looked whether the acting limb is seen."""

ENDS = {"wrist": ("left_wrist", "right_wrist"), "ankle": ("left_ankle", "right_ankle"), "head": ("head",)}


@dataclass(frozen=True)
class Measured:
    """One clip's measures by name, `notes` on the worst (which joint, which contact), and its poses (`poses.sequence`)."""

    measures: dict[str, float]
    notes: dict[str, str]
    poses: Array


def measure_clip(action: str, recipe: str, seed: int, index: int) -> Measured:
    """Perform clip `index` of an action and measure everybody who acts."""
    spec = spec_of(action, recipe, seed, index)
    performance, props = performed(spec)
    bodies = bodies_of(performance)
    found, notes = measured(bodies, performance, props)
    if spec.performance.take and not spec.performance.take.layer:
        alike, _ = performed(plain(spec))
        error_deg, notes["pose_error_deg"] = pose_error(spec.performance.take, alike, mirrored=spec.performance.side == "left")
        found["pose_error_deg"] = round(error_deg, 5)
    if "water" in find_action(action).tags:  # whoever is in water is below the floor, and stands on nothing
        found = {key: value for key, value in found.items() if key not in ("foot_slide_m", "floor_depth_m", "balance_m")}
    mirrored = spec.performance.side == "left" and find_action(action).mirror_keeps_class
    compared = list(bodies.values())[: len(find_action(action).roles)]  # as many in every clip of the class
    return Measured(found, notes, sequence(compared, mirrored))


def spec_of(action: str, recipe: str, seed: int, index: int) -> ClipSpec:
    """What is measured under this number."""
    return sample(action, load_recipe(recipe), seed, index, width_px=SIZE_PX, height_px=SIZE_PX, fps=FPS)


def performed(spec: ClipSpec) -> tuple[Performance, dict[str, Prop]]:
    """The performance of a spec by those who act in it, on their bodies in their shoes, and the things of it."""
    skeletons = _skeletons(spec)
    props = build_props(spec.props, skeletons[0])
    return animate(action_of(spec).perform, spec.performance, spec.performers, skeletons, props, spec.fps), props


def _skeletons(spec: ClipSpec) -> tuple[Skeleton, ...]:
    """Of those who act: in their shoes where one acts alone; dressed where others touch their clothes."""
    bodies = [(load_body(one.body.model).shaped(one.body), one.look) for one in spec.performers]
    if len(bodies) < 2:
        return tuple(shod(*one) for one in bodies)
    meshes, skeletons = zip(*(dress(*one) for one in bodies), strict=True)
    return touchable(meshes, skeletons)


def bodies_of(performance: Performance) -> dict[str, Body]:
    """Everybody in the world, by role."""
    return {
        one.role: Body(one.role, one.skeleton, *forward(one.skeleton, one.rotations, one.pelvis_m))
        for one in performance.performers
    }


def measured(
    bodies: dict[str, Body], performance: Performance, props: dict[str, Prop]
) -> tuple[dict[str, float], dict[str, str]]:
    """Measures by name, the worst of everybody's, and notes on them."""
    found: dict[str, float] = {}
    notes: dict[str, str] = {}
    for performer, body in zip(performance.performers, bodies.values(), strict=True):
        own = measures(performer, performance)
        soles = sole_points(body.skeleton, body.rotations, body.positions)
        others = [other for other in bodies.values() if other is not body]
        values = {
            "foot_slide_m": max(drifts(soles, performance.fps), default=0.0),
            "floor_depth_m": own["floor_depth_m"],
            "balance_m": balance(body, soles),
            **depths(body, others),
            **_speeds(body, performance.fps),
            **_stillness(body, performance.fps),
        }
        joint, excess = _excess(joint_angles(body.skeleton, body.rotations, body.positions))
        if excess > found.get("joint_excess_rad", 0.0):
            notes["joint_excess_rad"] = joint
        for name, value in {**values, "joint_excess_rad": excess}.items():
            found[name] = max(found.get(name, 0.0), value)
    for contact, miss in misses(bodies, performance, props):
        name = "thing_miss_m" if contact.target in props else "contact_miss_m"
        if miss >= found.get(name, 0.0):
            found[name], notes[name] = miss, f"{contact.landmark} on {contact.target}"
    return {name: round(value, 5) for name, value in found.items()}, notes


def _excess(angles: dict[str, float]) -> tuple[str, float]:
    """The joint that is farthest beyond its range, and by how much (rad); "" and 0 where none is."""
    beyond = {name: angle - float(np.radians(RANGES_DEG[name][0])) for name, angle in angles.items()}
    worst = max(beyond, key=lambda name: beyond[name])
    return (worst, beyond[worst]) if beyond[worst] > 0 else ("", 0.0)


def _stillness(body: Body, fps: float) -> dict[str, float]:
    """How many times as fast a real person's head moves (5th percentile of the quietest seconds of standing) as this one's in
    theirs; nothing where they never stand."""
    head, hips, ankles = (
        body.positions[:, [JOINT[name] for name in names]] / leg_m(body)
        for names in (("head",), ("left_hip", "right_hip"), ("left_ankle", "right_ankle"))
    )
    speeds = standing_speeds(head[:, 0], hips, ankles, fps)
    return {"stillness": QUIETEST / max(float(speeds.min()), 1e-6)} if len(speeds) else {}


def _speeds(body: Body, fps: float) -> dict[str, float]:
    """Highest speed, acceleration and jerk of wrists, ankles and head, in legs."""
    found = {}
    own_m = leg_m(body)
    for part, names in ENDS.items():
        points = body.positions[:, [JOINT[name] for name in names]] / own_m
        for order, what in enumerate(("speed", "accel", "jerk"), 1):
            values = np.linalg.norm(np.diff(points, n=order, axis=0), axis=-1) * fps**order
            found[f"{part}_{what}"] = float(values.max(initial=0.0))
    return found
