"""Which node of a file's skeleton is which joint, by the tree's shape alone: two legs, two arms, a head."""

from __future__ import annotations

import itertools

import numpy as np

from ..skeletons import SMPLX_JOINTS
from .armature import Armature
from .conventions import trunk_of
from .upright import stands

PAIR_SHARE = 0.05
"""Two limbs of one body differ by no more than this share of their length."""


def by_shape(armature: Armature) -> dict[str, int]:
    """SMPL-X joint -> node; {} where the tree has another shape or its rest pose doesn't tell left from right.

    The pelvis is where two chains alike (the legs) and a third part, and that third comes to a place where two more alike (the
    arms) part. Chains of three joints are hip, knee, ankle, of four with the ball of the foot; three or four of an arm likewise.
    """
    children = armature.children()
    chains = _chains(armature, children)
    pelvis, legs = _fork(children, chains, range(len(armature.names)))
    if pelvis < 0:
        return {}
    rest_of = [n for n in range(len(armature.names)) if pelvis in armature.path(n) and not _on(armature, n, legs)]
    chest, arms = _fork(children, chains, [node for node in rest_of if node != pelvis])
    if chest < 0:
        return {}
    limbs = [_joints(armature, children, leg, "hip knee ankle foot".split(), 3) for leg in legs]
    limbs += [_joints(armature, children, arm, "collar shoulder elbow wrist".split(), 3, drop_first=True) for arm in arms]
    if not all(limbs):
        return {}
    sides = _sides(armature, pelvis, chest, limbs)
    if not sides:
        return {}
    found: dict[str, int] = {}
    for pair in (limbs[:2], limbs[2:]):
        for limb in pair:
            side = sides[limb[next(iter(limb))]]
            found |= {f"{side}_{joint}": node for joint, node in limb.items()}
    if len([name for name in found if name.startswith("left")]) != len([name for name in found if name.startswith("right")]):
        return {}
    others = [node for node in children[chest] if not _on(armature, node, arms)]
    if len(others) > 1:
        return {}
    way = _down(children, others[0]) if others else []
    way = [node for node in way if children[node]] or way
    neck, head = (way[0], way[-1]) if len(way) > 1 else (None, way[0] if way else None)
    found |= trunk_of(armature, found, neck, head)
    if not stands({name: armature.rest[node] for name, node in found.items()}):
        return {}
    return {name: found[name] for name in SMPLX_JOINTS if name in found}


def _down(children: list[list[int]], node: int) -> list[int]:
    """The node and what hangs on it, as far as nothing parts."""
    way = [node]
    while len(children[way[-1]]) == 1:
        way.append(children[way[-1]][0])
    return way


def _chains(armature: Armature, children: list[list[int]]) -> dict[int, float]:
    """First node of a chain -> its length as far as nothing parts; chains that part at their end (a hand) are chains, too."""
    n = len(armature.names)
    counts, lengths = [1] * n, [0.0] * n
    for node in reversed(range(n)):
        if len(children[node]) == 1:
            (child,) = children[node]
            counts[node] += counts[child]
            lengths[node] = armature.bone_lengths[child] + lengths[child]
    return {node: lengths[node] for node in range(n) if counts[node] >= 3}


def _fork(children: list[list[int]], chains: dict[int, float], nodes: range | list[int]) -> tuple[int, list[int]]:
    """The topmost node with two chains alike and something else; (-1, []) where there is none."""
    for node in nodes:
        own = sorted((child for child in children[node] if child in chains), key=lambda child: -chains[child])
        for a, b in itertools.pairwise(own):
            alike = abs(chains[a] - chains[b]) <= PAIR_SHARE * chains[a]
            if alike and len(_down(children, a)) == len(_down(children, b)) and len(children[node]) >= 3:
                return node, [a, b]
    return -1, []


def _on(armature: Armature, node: int, tops: list[int]) -> bool:
    return any(top in armature.path(node) for top in tops)


def _joints(
    armature: Armature, children: list[list[int]], top: int, names: list[str], least: int, drop_first: bool = False
) -> dict[str, int]:
    """The joints of a limb that begins at `top`; {} where it has another number of them."""
    way = [node for node in _down(children, top) if armature.names[node]]
    if len(way) == least:
        names = names[1:] if drop_first else names[:least]
    return dict(zip(names, way, strict=True)) if len(way) == len(names) else {}


def _sides(armature: Armature, pelvis: int, chest: int, limbs: list[dict[str, int]]) -> dict[int, str]:
    """First node of each limb -> side, where toes in the rest pose tell front from back."""
    rest = armature.rest
    up = rest[chest] - rest[pelvis]
    feet = []
    for leg in limbs[:2]:
        last = leg.get("foot", leg["ankle"])
        ends = [node for node, parent in enumerate(armature.parents) if parent == last]
        feet.append(rest[ends[0] if ends else last] - rest[leg["ankle"]])
    front = feet[0] + feet[1]
    left = np.cross(up, front)
    if np.linalg.norm(left) <= 1e-3 * np.linalg.norm(up) ** 2:
        return {}
    sides: dict[int, str] = {}
    for a, b in (limbs[:2], limbs[2:]):
        first, second = next(iter(a.values())), next(iter(b.values()))
        last_a, last_b = list(a.values())[-1], list(b.values())[-1]
        apart = float(left @ (rest[last_a] - rest[last_b]))
        if apart == 0.0:
            return {}
        sides |= {first: "left" if apart > 0 else "right", second: "right" if apart > 0 else "left"}
    return sides
