"""Where things are: standing, moving, in a hand or on a body, in flight, or coming to be caught."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from ..props.base import palm_from_grip
from ..skeletons import JOINT
from ..values import Array
from .arms import Arm
from .bending import bent_paths
from .layers import SHRUNK
from .moving import TO_BODY, moved, swung, worn
from .page import Page, PropEvent
from .passing import GRAVITY_MPS2, borne, kept, passed, strung
from .posed import Posed
from .rotvec import from_rotvec, rotvec
from .springs import taut, tethered
from .timing import minimum_jerk
from .tumbling import tumble

if TYPE_CHECKING:
    from ..props.table import Prop

RESTITUTION = 0.45
LIVELY, ROLLING = 0.78, 0.88
"""Shares of its vertical and level speed that a ball keeps in the bounce before it is caught."""

TAKING_S = 0.25
"""Score seconds in which a thing taken up settles into the hand."""


def held_frames(props: dict[str, Prop], arms: dict[str, Arm]) -> dict[str, dict[str, tuple[Array, Array]]]:
    """Per hand: "prop:frame" -> (palm axes in the prop frame's (3, 3), the frame's origin from the wrist in palm axes (3,))."""
    table: dict[str, dict[str, tuple[Array, Array]]] = {"right": {}, "left": {}}
    for name, prop in props.items():
        if "grip" not in prop.frames:
            continue
        for side, arm in arms.items():
            grip = palm_from_grip(prop, side)
            for frame, pose in prop.frames.items():
                in_palm = grip @ pose
                table[side][f"{name}:{frame}"] = (in_palm[:3, :3].T, arm.effector("palm") + in_palm[:3, 3])
    return table


def static_frames(page: Page, T_world_stage: Array) -> dict[str, tuple[Array, Array]]:
    """ "prop:<name>" and "prop:<name>:<frame>" -> (axes (3, 3) right, forward, up; origin (3,)) of things that stand still.

    In the world of the performer to which `T_world_stage` (4, 4) leads.
    """
    table = {}
    for name, events in page.prop_events.items():
        first = next((event for event in events if event.mode == "static"), None)
        if first is None or first.pose is None:
            continue
        own = T_world_stage @ first.pose
        table[f"prop:{name}"] = (own[:3, :3] @ TO_BODY, own[:3, 3])
        for frame, pose in page.props[name].frames.items():
            table[f"prop:{name}:{frame}"] = (own[:3, :3] @ TO_BODY, (own @ pose)[:3, 3])
    return table


def trajectories(page: Page, bodies: dict[str, Posed], times: Array, fps: float,
                 names: Collection[str] | None = None) -> dict[str, Array]:  # fmt: skip
    """T_stage_prop (T, 4, 4) of every prop, or of `names`, for bodies by role in the stage's axes. `times` are score seconds.

    Of one that bends, (T, J, 4, 4) of its bones; unless there are `names`, which are of rigid ones.
    """
    hands = {(role, side): _palm_poses(posed, side) for role, posed in bodies.items() for side in ("right", "left")}
    rigid = {
        name: _trajectory(page, page.props[name], sorted(events, key=lambda event: event.time_s), bodies, hands, times, fps)
        for name, events in page.prop_events.items()
        if page.props[name].bending is None and (names is None or name in names)
    }
    if names is not None:
        return rigid
    paths = {**rigid, **bent_paths(page, bodies, rigid, times, fps)}
    return {name: _stowed(page, name, path, bodies, times) for name, path in paths.items()}


def _stowed(page: Page, name: str, path: Array, bodies: dict[str, Posed], times: Array) -> Array:
    """A thing's path (T, 4, 4) or (T, J, 4, 4), drawn together to a point of somebody's chest while it is out of sight."""
    for start, end, role in page.stowed.get(name, ()):
        away = (times >= start) & (times < end)
        path = path.copy()
        path[away, ..., :3, :3] *= SHRUNK
        inside = bodies[role].positions[JOINT["spine3"]][away]
        path[away, ..., :3, 3] = inside[:, None] if path.ndim == 4 else inside
    return path


def _palm_poses(posed: Posed, side: str) -> Array:
    """T_stage_palm (T, 4, 4)."""
    axes, origin = posed.axes[f"{side}_hand"], posed.origins[f"{side}_hand"]
    pose = np.tile(np.eye(4), (len(axes), 1, 1))
    pose[:, :3, :3], pose[:, :3, 3] = axes, origin
    return pose


def _trajectory(page: Page, prop: Prop, events: list[PropEvent], bodies: dict[str, Posed],
                hands: dict[tuple[str, str], Array], times: Array, fps: float) -> Array:  # fmt: skip
    path = np.tile(np.eye(4), (len(times), 1, 1))
    if not events:
        return path
    tempo = page.spec.tempo
    for k, event in enumerate(events):
        end = events[k + 1].time_s if k + 1 < len(events) else np.inf
        inside = (times >= event.time_s) & (times < end) if k else times < end
        if event.mode == "static":
            path[inside] = event.pose
        elif event.mode == "held":
            held = hands[event.role, event.hand] @ palm_from_grip(prop, event.hand)
            if k and events[k - 1].mode in ("static", "held", "worn", "moved", "swung"):
                held = _taken(held, _before(path, events[k - 1], event, times), event, times)
            path[inside] = held[inside]
        elif event.mode == "flying":
            _let_go(path, event, prop, times, fps)
        elif event.mode == "coming":
            held = hands[event.role, event.hand] @ palm_from_grip(prop, event.hand)
            caught = min(int(np.searchsorted(times, event.time_s)), len(times) - 1)
            path[inside] = held[inside]
            before = (times - event.time_s) / tempo
            path[:caught] = _incoming(held[caught], before[:caught], event, prop)
        elif event.mode == "worn":
            on_body = worn(event, bodies[event.role])
            path[inside] = (_taken(on_body, _before(path, events[k - 1], event, times), event, times) if k else on_body)[inside]
        elif event.mode in ("moved", "swung"):
            before = _before(path, events[k - 1], event, times)
            path[inside] = (moved(event, before, times) if event.mode == "moved" else swung(event, prop, before, times))[inside]
        else:
            path[inside] = _between_hands(page, prop, event, path, hands, times, fps)[inside]
    return path


def _between_hands(page: Page, prop: Prop, event: PropEvent, path: Array, hands: dict[tuple[str, str], Array], times: Array,
                    fps: float) -> Array:  # fmt: skip
    """Poses (T, 4, 4) of a thing from the event on that is between hands: borne, drawn out or strung between them, or that
    somebody keeps or catches from another."""
    if event.mode == "taut":
        return taut(page, prop, event, hands)
    if event.mode == "tethered":
        return tethered(prop, event, hands)
    if event.mode == "borne":
        return borne(prop, event, hands)
    if event.mode == "strung":
        return strung(event, hands, page.props)
    first, hand = int(np.searchsorted(times, event.time_s)), hands[event.role, event.hand]
    if event.mode == "kept":
        return kept(hand, path, first)
    held = hand @ palm_from_grip(prop, event.hand)
    caught = min(int(np.searchsorted(times, event.time_s + event.flight_s * page.spec.tempo)), len(times) - 1)
    held[first:caught] = passed(held, path, first, caught, fps)
    return np.asarray(held)


def _before(path: Array, last: PropEvent, event: PropEvent, times: Array) -> Array:
    """Where a thing is (4, 4) when it is taken: as it stands, or as another hand has it."""
    if last.mode == "static" and last.pose is not None:
        return last.pose
    return np.asarray(path[max(int(np.searchsorted(times, event.time_s)) - 1, 0)])


def _taken(held: Array, before: Array, event: PropEvent, times: Array) -> Array:
    """A thing taken from where it was `before` (4, 4): what the hand misses of its grip at first is made up over TAKING_S."""
    first = min(int(np.searchsorted(times, event.time_s)), len(times) - 1)
    left = 1.0 - minimum_jerk((times - event.time_s) / TAKING_S)
    miss = np.linalg.inv(held[first]) @ before
    turn = from_rotvec(left[:, None] * rotvec(miss[:3, :3]))
    slip = np.tile(np.eye(4), (len(times), 1, 1))
    slip[:, :3, :3], slip[:, :3, 3] = turn, left[:, None] * miss[:3, 3]
    return held @ slip


def _incoming(caught: Array, seconds: Array, event: PropEvent, prop: Prop) -> Array:
    """Poses (n, 4, 4) on the parabola that meets `caught` (4, 4) at 0 s and leaves the origin at -flight_s.

    An origin on the floor is where it bounced: before that it fell on an earlier, faster and higher parabola.
    """
    flight, rest = event.flight_s, _half_height(prop)
    origin = np.array(event.velocity)
    start = (caught[:3, 3] - origin - 0.5 * GRAVITY_MPS2 * flight**2) / flight
    since = (seconds + flight)[:, None]
    path = np.tile(caught, (len(seconds), 1, 1))
    before = start.copy()
    if origin[2] <= rest + 1e-6:
        before = start / np.array([ROLLING, ROLLING, -LIVELY])
    path[:, :3, 3] = origin + np.where(since < 0.0, before, start) * since + 0.5 * GRAVITY_MPS2 * since**2
    path[:, 2, 3] = np.maximum(path[:, 2, 3], rest)
    return path


def _let_go(path: Array, event: PropEvent, prop: Prop, times: Array, fps: float) -> None:
    """What is thrown or dropped falls freely from the event on, in place."""
    first = int(np.searchsorted(times, event.time_s))
    if event.spin_radps:
        tumble(path, first, event.velocity, event.spin_radps, prop, fps)
    else:
        _fly(path, first, event.velocity, prop, fps)


def _fly(path: Array, start: int, velocity: tuple[float, float, float], prop: Prop, fps: float) -> None:
    """Free fall with bounces from frame `start` on, in place; integrated in sixteenths of a frame."""
    if start >= len(path):
        return
    position = path[max(start - 1, 0), :3, 3].copy()
    speed = np.array(velocity, dtype=float)
    rest, step = _half_height(prop), 1.0 / (16.0 * fps)
    path[start:] = path[max(start - 1, 0)]
    for frame in range(start, len(path)):
        for _ in range(16):
            speed = speed + GRAVITY_MPS2 * step
            position = position + speed * step
            if position[2] < rest and speed[2] < 0.0:
                position[2] = rest
                speed = speed * np.array([0.8, 0.8, -RESTITUTION])
        path[frame, :3, 3] = position


def _half_height(prop: Prop) -> float:
    """How high the prop's origin lies when it rests on the floor in its own attitude."""
    return float(-prop.mesh.vertices_m[:, 2].min())
