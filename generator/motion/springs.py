"""What lengthens as it is drawn: springs between hands, whose handles turn towards each other, and a chain out of a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..props.base import palm_from_grip
from ..values import Array
from .page import Page, PropEvent
from .passing import Hands
from .rotations import cross, dot, unit
from .score import Score

if TYPE_CHECKING:
    from ..props.table import Prop


def stretch(s: Score, springs: str, right: str, left: str, time_s: float = 0.0) -> None:
    """From `time_s` the hands hold the handles `right` and `left`, and the springs are stretched between their frames `hook`.

    A handle turns about the x axis of its grip, so that its hook (at -y) looks to the other hand. Springs lie along their own x
    axis, from the frame `right_end` to `left_end`, and are lengthened along it.
    """
    bearers = ((s.role, "right", right), (s.role, "left", left))
    for prop, hand in ((right, "right"), (left, "left"), (springs, "")):
        s.page.prop_events[prop].append(PropEvent(time_s, "taut", s.role, hand, bearers=bearers))


def tether(s: Score, chain: str, thing: str, frame: str, time_s: float = 0.0) -> None:
    """From `time_s` a chain leads from a frame of a thing that stands still to between the palms, as long as it has to be.

    It lies along its own z axis, from its origin to its frame `end`.
    """
    stands = s.page.prop_events[thing][0].pose
    if stands is None:
        raise ValueError(f"'{thing}' does not stand anywhere: say where it does before a chain leads from it")
    bearers = ((s.role, "right", ""), (s.role, "left", ""))
    pose = stands @ s.props[thing].frames[frame]
    s.page.prop_events[chain].append(PropEvent(time_s, "tethered", s.role, pose=pose, bearers=bearers))


def tethered(prop: Prop, event: PropEvent, hands: Hands) -> Array:
    """Poses (T, 4, 4) of a chain from its anchor to between the hands: these are affine, longer along z."""
    assert event.pose is not None
    end = np.mean([hands[role, side][:, :3, 3] for role, side, _ in event.bearers], axis=0)
    along = unit(end - event.pose[:3, 3])
    across = unit(cross(along, np.broadcast_to(event.pose[:3, 0], along.shape)))
    pose = np.tile(np.eye(4), (len(end), 1, 1))
    pose[:, :3, 0], pose[:, :3, 1] = cross(across, along), across
    pose[:, :3, 2] = (end - event.pose[:3, 3]) / prop.frames["end"][2, 3]
    pose[:, :3, 3] = event.pose[:3, 3]
    return pose


def taut(page: Page, prop: Prop, event: PropEvent, hands: Hands) -> Array:
    """Poses (T, 4, 4) of a handle in a hand, or of the springs between both: these are affine, longer along x."""
    handles = _handles(page, event, hands)
    if event.hand:
        return handles[event.hand]
    ends = {side: handles[side] @ page.props[name].frames["hook"] for _, side, name in event.bearers}
    start, end = ends["right"][:, :3, 3], ends["left"][:, :3, 3]
    local = prop.frames["left_end"][:3, 3] - prop.frames["right_end"][:3, 3]
    along = unit(end - start)
    across = unit(cross(ends["right"][:, :3, 2], along))
    pose = np.tile(np.eye(4), (len(start), 1, 1))
    pose[:, :3, 0] = (end - start) / np.linalg.norm(local)
    pose[:, :3, 1], pose[:, :3, 2] = across, cross(along, across)
    pose[:, :3, 3] = start - (pose[:, :3, :3] @ prop.frames["right_end"][:3, 3])
    return pose


def _handles(page: Page, event: PropEvent, hands: Hands) -> dict[str, Array]:
    """T_stage_prop (T, 4, 4) of the handle in each hand, its -y side turned to the other handle as far as its x axis lets it."""
    held = {side: hands[role, side] @ palm_from_grip(page.props[name], side) for role, side, name in event.bearers}
    turned = {}
    for side, other in (("right", "left"), ("left", "right")):
        pose = held[side].copy()
        x, away = pose[:, :3, 0], pose[:, :3, 3] - held[other][:, :3, 3]
        pose[:, :3, 1] = unit(away - dot(away, x)[:, None] * x)
        pose[:, :3, 2] = cross(x, pose[:, :3, 1])
        turned[side] = pose
    return turned
