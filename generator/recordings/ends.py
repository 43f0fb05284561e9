"""Where a skeleton's last bones end: toes, crown and finger tips, as landmarks."""

from __future__ import annotations

from .armature import Armature

LEAST_SHARE = 1e-3
"""Of the skeleton's leg: an end nearer to its joint than that says nothing."""

TIPS = ("index", "middle", "thumb")
"""Fingers whose tips are landmarks."""


def ends_of(armature: Armature, found: dict[str, int]) -> dict[str, int]:
    """Landmark -> node, for the joints that were found."""
    least = LEAST_SHARE * armature.bone_lengths[found["left_ankle"]]
    children = armature.children()
    taken = set(found.values())
    wanted = {"crown": found.get("head")}
    for side in ("left", "right"):
        wanted[f"{side}_toe"] = found.get(f"{side}_foot", found[f"{side}_ankle"])
        wanted |= {f"{side}_{finger}_tip": found.get(f"{side}_{finger}3") for finger in TIPS}
    ends = {}
    for landmark, joint in wanted.items():
        below = [] if joint is None else [node for node in children[joint] if node not in taken and not children[node]]
        below = [node for node in below if armature.bone_lengths[node] > least]
        if len(below) == 1 or (below and landmark == "crown"):  # a head may have eyes and hair beside its top
            ends[landmark] = max(below, key=armature.bone_lengths.__getitem__)
    return ends
