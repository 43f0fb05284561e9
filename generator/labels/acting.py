"""How much is seen of what acts: the waving hand, the kicking foot, or the whole body of one who walks."""

from __future__ import annotations

import numpy as np

from ..actions import Action
from ..skeletons import JOINT
from ..values import FIRST, Array, Side

VISIBLE = 2
"""Of `PersonLabels.joints_visible`: inside the frame and not hidden."""

LIMB_JOINTS: dict[str, tuple[str, ...]] = {"hand": ("wrist", "index1", "pinky1"), "foot": ("knee", "ankle", "foot")}

SEEN_SHARE = 1 / 3
"""An acting limb counts as seen when this share of its joints is: a hand's edge, one side of a body in profile."""

BODY_JOINTS: tuple[str, ...] = (
    "head", *(f"{side}_{name}" for side in ("left", "right") for name in ("elbow", "wrist", "hip", "knee", "ankle")),
)  # fmt: skip
"""What acts where an action names no limb."""


def _limbs(action: Action, role: str) -> list[str]:
    """The limbs (right_hand, left_foot...) that tell a role's part; those without a role are the first performer's."""
    return [limb.rpartition(":")[2] for limb in action.acting if (limb.rpartition(":")[0] or FIRST) == role]


def acting_joints(action: Action, role: str, side: Side) -> tuple[int, ...]:
    """Indices of the joints of a role that tell the action; `acting` is written for the right side, `side` is the one that leads.

    Of a role that has no limbs that tell, the whole body does.
    """
    limbs = _limbs(action, role)
    if not limbs:
        return tuple(JOINT[name] for name in BODY_JOINTS)
    names = []
    for limb in limbs:
        own, part = limb.split("_")
        own = own if side == "right" else {"right": "left", "left": "right"}[own]
        names += [f"{own}_{name}" for name in LIMB_JOINTS[part]]
    return tuple(JOINT[name] for name in names)


def telling_joints(action: Action, side: Side) -> dict[str, tuple[int, ...]]:
    """Role -> joints of the limbs that tell its part; roles whose whole body does are left out."""
    return {role: acting_joints(action, role, side) for role in action.roles if _limbs(action, role)}


def acting_visible(joints: tuple[int, ...], joints_visible: Array, phase: Array) -> float:
    """Share of the action's frames in which at least SEEN_SHARE of the acting joints are seen.

    joints_visible (T, 55) and phase (T,) as in `PersonLabels` and `Labels`. Pauses before and after the
    action don't count, unless there is nothing but pauses.
    """
    during = phase >= 0 if (phase >= 0).any() else np.ones(len(phase), bool)
    seen = (joints_visible[during][:, list(joints)] == VISIBLE).mean(axis=1) >= SEEN_SHARE - 1e-9
    return float(seen.mean())
