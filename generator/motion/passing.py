"""Things that go from one person to another: taken out of a hand as they lie in it, thrown across, or borne by several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ..props.base import palm_from_grip
from ..values import Array
from .page import PropEvent
from .rotvec import from_rotvec, rotvec
from .score import Score

if TYPE_CHECKING:
    from ..props.table import Prop

GRAVITY_MPS2 = np.array([0.0, 0.0, -9.81])

Hands = dict[tuple[str, str], Array]
"""(role, side) -> T_stage_palm (T, 4, 4)."""


def take_over(s: Score, prop: str, time_s: float, hand: str = "right") -> None:
    """From `time_s` the prop moves with the hand, just as it lies in it then: what somebody else has held out until now."""
    s.page.prop_events[prop].append(PropEvent(time_s, "kept", s.role, hand))


def catch_from(s: Score, prop: str, thrown_s: float, flight_s: float, hand: str = "right") -> float:
    """The prop leaves whoever has it at `thrown_s`, flies freely for `flight_s` real seconds and is in the hand; returns when."""
    s.page.prop_events[prop].append(PropEvent(thrown_s, "passed", s.role, hand, flight_s=flight_s))
    return thrown_s + s.real(flight_s)


def bear(prop: str, grips: Sequence[tuple[Score, str, str]], time_s: float = 0.0) -> None:
    """From `time_s` several hands bear the prop: (whose, which hand, the prop's frame that it holds). It goes where they go."""
    first = grips[0][0]
    bearers = tuple((s.role, hand, frame) for s, hand, frame in grips)
    first.page.prop_events[prop].append(PropEvent(time_s, "borne", first.role, bearers=bearers))


def string(s: Score, prop: str, begin: tuple[str, str], end: tuple[str, str], time_s: float = 0.0) -> None:
    """From `time_s` the prop goes straight from one place to another: its origin at the first, its z axis towards the second.

    A place is a hand ("left") and a frame of what it holds ("bow:top"), or the palm itself (""). The prop's length stays what it
    is, so it may reach past the second place.
    """
    ends = tuple((s.role, hand, place) for hand, place in (begin, end))
    s.page.prop_events[prop].append(PropEvent(time_s, "strung", s.role, bearers=ends))


def strung(event: PropEvent, hands: Hands, props: dict[str, Prop]) -> Array:
    """Poses (T, 4, 4) of a thing whose origin is at one end and whose z axis leads to the other; x stays as level as it can."""
    begin, end = (_end(props, hands[role, hand], hand, place) for role, hand, place in event.bearers)
    pose = np.tile(np.eye(4), (len(begin), 1, 1))
    along = (end - begin) / np.linalg.norm(end - begin, axis=-1, keepdims=True)
    across = np.cross(along, np.where(np.abs(along[:, 2:]) < 0.9, [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]))
    across /= np.linalg.norm(across, axis=-1, keepdims=True)
    pose[:, :3, 0], pose[:, :3, 1], pose[:, :3, 2], pose[:, :3, 3] = across, np.cross(along, across), along, begin
    return pose


def _end(props: dict[str, Prop], palm: Array, hand: str, place: str) -> Array:
    """Points (T, 3) of a palm, or of a frame ("thing:frame") of what it holds."""
    if not place:
        return palm[:, :3, 3]
    name, _, frame = place.partition(":")
    held = palm @ palm_from_grip(props[name], hand)
    return np.asarray((held @ props[name].frames[frame])[:, :3, 3])


def kept(hand: Array, path: Array, first: int) -> Array:
    """Poses (T, 4, 4) of a thing that lies in a hand (T, 4, 4) as it did in the frame before `first`."""
    last = max(first - 1, 0)
    return np.asarray(hand @ np.linalg.inv(hand[last]) @ path[last])


def passed(held: Array, path: Array, first: int, caught: int, fps: float) -> Array:
    """Poses (caught - first, 4, 4) in free flight: from the last one before `first` to where the thing is `held` at `caught`."""
    last = max(first - 1, 0)
    seconds = (np.arange(first, caught) - last)[:, None] / fps
    whole = (caught - last) / fps
    begin, goal = path[last], held[caught]
    speed = (goal[:3, 3] - begin[:3, 3]) / whole - 0.5 * GRAVITY_MPS2 * whole
    turn = rotvec(begin[:3, :3].T @ goal[:3, :3])
    flight = np.tile(np.eye(4), (caught - first, 1, 1))
    flight[:, :3, :3] = begin[:3, :3] @ from_rotvec(seconds / whole * turn)
    flight[:, :3, 3] = begin[:3, 3] + seconds * speed + 0.5 * GRAVITY_MPS2 * seconds**2
    return flight


def borne(prop: Prop, event: PropEvent, hands: Hands) -> Array:
    """Poses (T, 4, 4) that bring the grips as near to the palms that hold them as a rigid thing can (Kabsch 1976)."""
    local = np.stack([prop.frames[frame][:3, 3] for _, _, frame in event.bearers])
    palms = np.stack([hands[role, side][:, :3, 3] for role, side, _ in event.bearers], axis=1)
    middle, center = local.mean(axis=0), palms.mean(axis=1)
    u, _, v = np.linalg.svd(np.swapaxes(palms - center[:, None], -1, -2) @ (local - middle))
    u[:, :, 2] *= np.sign(np.linalg.det(u @ v))[:, None]
    pose = np.tile(np.eye(4), (len(palms), 1, 1))
    pose[:, :3, :3] = u @ v
    pose[:, :3, 3] = center - pose[:, :3, :3] @ middle
    return pose
