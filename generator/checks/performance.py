"""Whether a performance looks as it should: measures of its motion within the limits of its kind, and somebody in view."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..actions import find_action
from ..actions.recorded import TAG
from ..base.errors import UserError
from ..recordings.classes import is_motion
from ..values import Labels, PersonLabels

LIMITS: dict[str, float] = {
    "foot_slide_m": 0.2,
    "floor_depth_m": 0.05,
    "contact_error_m": 0.12,
    "bend_excess_rad": 0.2,
    "turn_step_rad": 2.0,
    "frozen_share": 0.5,
    "penetration_mean_m": 0.08,
}
"""Measures of motion (`motion.quality`) beyond which a clip is called a problem. Of 1200 performances of all 24 actions none
came above 0.13 m/s, 0.034 m, 0.08 m, 0 rad, 1.6 rad and 0, falls' feet aside. Steps are those at 15 frames/s."""

LIMITS_OF_KIND: dict[str, dict[str, float]] = {
    "gesture": {"foot_slide_m": 0.02, "turn_step_rad": 1.3},
    "daily": {"foot_slide_m": 0.02, "turn_step_rad": 1.3},
    "legs": {"foot_slide_m": 0.2},
    "dynamic": {"foot_slide_m": 0.4},
    TAG: {"foot_slide_m": 0.4, "turn_step_rad": 2.6},
    "water": {"foot_slide_m": 4.0, "floor_depth_m": 8.0, "turn_step_rad": 3.1},
}
"""Tag of an action -> what differs for it, a later tag of the action's before an earlier one. Who gestures stands still: feet
that slide there at all are a fault, and arms have no reason to whirl (at most 0.002 m/s and 0.99 rad were seen in 4,800 clips).
Who kneels down to pick a thing up steps back for it (up to 0.024 m/s); the feet of who falls slip and are dragged (0.28 m/s).
Water may be dived into, and divers twist up to four times a second. Recorded people and game figures jerk arms up faster than
ours (2.5 rad a step in 99 takes), and their feet slide as far as their files say."""

MAX_OUTSIDE = 0.9
"""Share of keypoints outside the picture from which on a clip shows nobody."""


def poor_motion(labels: Labels, fps: float, action: str = "") -> Iterator[str]:
    """What rendering again would not cure: poor motion, or nobody in view. `action`: how it is found, if not by its name."""
    limits = _limits(action or labels.action)
    for person in labels.people:
        whose = f"{person.role}'s " if len(labels.people) > 1 else ""
        for what in _poor(person, limits if person.acting else LIMITS, fps):
            yield whose + what
    if all(_is_unseen(person) for person in labels.acting):
        yield "nobody in view"


def _poor(person: PersonLabels, limits: dict[str, float], fps: float) -> Iterator[str]:
    for name, limit in limits.items():
        value = person.measures.get(name, 0.0)
        if name == "turn_step_rad":
            value *= min(1.0, fps / 15.0)  # a step from frame to frame is longer where frames are fewer
        if not value <= limit:  # NaN is beyond any limit
            yield f"{name} is {value:.3g}, at most {limit:g} is fine"
    if len(person.box_px) != len(person.coco_px) or _is_unseen(person):
        return  # that is told elsewhere
    seen, box, points = person.coco_visible == 2, person.box_px[:, None], person.coco_px
    margin = 0.1 * np.nanmax(box[..., 2:] - box[..., :2]) + 2.0
    inside = (points > box[..., :2] - margin).all(-1) & (points < box[..., 2:] + margin).all(-1)
    if (seen & ~inside).mean() > 0.02:
        yield "visible joints outside the person's box"


def _is_unseen(person: PersonLabels) -> bool:
    return bool(np.isnan(person.box_px).all() or (person.coco_visible == 0).mean() > MAX_OUTSIDE)


def _limits(action: str) -> dict[str, float]:
    """The limits that hold for an action; the general ones where it is a stranger's that isn't there."""
    try:
        tags = (TAG,) if is_motion(action) else find_action(action).tags
    except UserError:
        return LIMITS
    return LIMITS | {name: limit for tag in tags for name, limit in LIMITS_OF_KIND.get(tag, {}).items()}
