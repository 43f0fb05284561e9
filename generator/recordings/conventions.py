"""Which node of a file's skeleton is which joint, by its name: CMU, Mixamo, Bandai-Namco, Rokoko, Unreal, Rigify, SMPL, VRM..."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ..skeletons import SMPLX_JOINTS
from .armature import Armature

SURE: dict[str, str] = {
    **dict.fromkeys(("upleg", "upperleg", "thigh", "femur", "legupper"), "hip"),
    **dict.fromkeys(("knee", "lowerleg", "lowleg", "shin", "calf", "tibia", "leglower"), "knee"),
    "ankle": "ankle",
    **dict.fromkeys(("toe", "toes", "toebase", "ball"), "foot"),
    **dict.fromkeys(("collar", "clavicle", "clavicula", "thorax"), "collar"),
    **dict.fromkeys(("arm", "upperarm", "uparm", "shldr", "humerus", "armupper"), "shoulder"),
    **dict.fromkeys(("elbow", "forearm", "lowerarm", "lowarm", "radius", "armlower"), "elbow"),
    "wrist": "wrist",
    "eye": "eye",
}
"""Words for one joint in every convention."""

UNSURE = ("hip", "leg", "foot", "shoulder", "hand")
"""Words for different joints: what each means is known from the words beside it (`_settled`)."""

FINGERS = {"thumb": "thumb", "index": "index", "middle": "middle", "mid": "middle", "ring": "ring", "pinky": "pinky",
           "little": "pinky"}  # fmt: skip

PREFIXES = frozenset(
    "mixamorig def org bip bone character j jnt joint b c ctrl rig skel armature valvebiped human humanoid avatar bend f".split()
)
"""Words that say nothing of the joint."""

HELPERS = frozenset("twist roll ik pole helper adj meta metacarpal palm in target weapon prop".split())
"""Words of nodes that are no joint of a body."""

ENDS = frozenset("end nub leaf tip top site effector".split())
"""Words of nodes that mark where a bone ends."""

REQUIRED: tuple[str, ...] = ("pelvis", *(f"{side}_{joint}" for joint in ("hip", "knee", "ankle", "shoulder", "elbow", "wrist")
                                         for side in ("left", "right")))  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What a node's name says: side "left", "right" or "", and its other words in lower case, numbers left out."""

    side: str
    rest: tuple[str, ...]

    @property
    def key(self) -> str:
        """The words in one."""
        return "".join(self.rest)


def words_of(name: str) -> Words:
    """Take a node's name apart: "mixamorig:LeftUpLeg", "DEF-thigh.L", "l_upper_leg" and "Bip01 L Thigh" say the same."""
    plain = re.split(r"[:|]", name)[-1]
    parts = [part.lower() for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", plain)]
    side, rest = "", []
    for part in parts:
        here, left = _side(part)
        side = side or here
        if left and left not in PREFIXES:
            rest.append(left)
    return Words(side, tuple(rest))


def _side(part: str) -> tuple[str, str]:
    """(side, what is left of the word)."""
    if part in ("l", "r"):
        return ("left" if part == "l" else "right"), ""
    for side in ("left", "right"):
        if part.startswith(side):
            return side, part[len(side) :]
    if part[0] in "lr" and (part[1:] in SURE or part[1:] in UNSURE or part[1:] in FINGERS):
        return ("left" if part[0] == "l" else "right"), part[1:]
    return "", part


def by_name(armature: Armature) -> dict[str, int]:
    """SMPL-X joint -> node, for every joint that names tell; {} where they don't tell of a whole body.

    Names of SMPL-X itself are taken at their word.
    """
    exact = {name: node for node, name in reversed(list(enumerate(armature.names))) if name in SMPLX_JOINTS}
    if all(name in exact for name in REQUIRED):
        return {name: exact[name] for name in SMPLX_JOINTS if name in exact}
    said = [words_of(name) for name in armature.names]
    found: dict[str, int] = {}
    for side in ("left", "right"):
        found |= {f"{side}_{joint}": node for joint, node in _settled(said, side).items()}
    if any(name not in found for name in REQUIRED[1:]):
        return {}
    if any(not _hang_together(armature, found, side) for side in ("left", "right")):
        return {}
    trunk = trunk_of(armature, found, _first(said, "neck"), _first(said, "head"))
    if not trunk:
        return {}
    jaw = _first(said, "jaw")
    for side in ("left", "right"):
        found |= _fingers(armature, said, side, found[f"{side}_wrist"])
    found |= trunk | ({"jaw": jaw} if jaw is not None else {})
    return {name: found[name] for name in SMPLX_JOINTS if name in found}


def _first(said: list[Words], *keys: str) -> int | None:
    """The topmost node in the middle of the body of one of these names."""
    return next((node for node, words in enumerate(said) if not words.side and words.key in keys), None)


def _settled(said: list[Words], side: str) -> dict[str, int]:
    """Joint (without its side) -> node, of one side of the body."""
    sure: dict[str, int] = {}
    unsure: dict[str, int] = {}
    for node, words in enumerate(said):
        if words.side != side or HELPERS & set(words.rest):
            continue
        if words.key in SURE:
            sure.setdefault(SURE[words.key], node)
        elif words.key in UNSURE:
            unsure.setdefault(words.key, node)
    if "shoulder" in unsure:  # over an upper arm it is the collar bone
        sure.setdefault("collar" if "shoulder" in sure else "shoulder", unsure["shoulder"])
    if "hip" in unsure:
        sure.setdefault("hip", unsure["hip"])
    if "leg" in unsure:  # under a thigh it is the shin
        sure.setdefault("knee" if "hip" in sure else "hip", unsure["leg"])
    if "foot" in unsure:
        sure.setdefault("foot" if "ankle" in sure else "ankle", unsure["foot"])
    if "hand" in unsure:
        sure.setdefault("wrist", unsure["hand"])
    return sure


def _hang_together(armature: Armature, found: dict[str, int], side: str) -> bool:
    """Whether each joint of the limbs hangs on the one before it."""
    for chain in (("hip", "knee", "ankle", "foot"), ("collar", "shoulder", "elbow", "wrist")):
        nodes = [found[f"{side}_{joint}"] for joint in chain if f"{side}_{joint}" in found]
        if any(upper == lower or upper not in armature.path(lower) for upper, lower in itertools.pairwise(nodes)):
            return False
    return True


def trunk_of(armature: Armature, limbs: dict[str, int], neck: int | None, head: int | None) -> dict[str, int]:
    """Pelvis, spine, neck and head from where the limbs hang; {} where these hang on nothing in common."""
    pelvis = armature.common(limbs["left_hip"], limbs["right_hip"])
    roots = [limbs.get(f"{side}_collar", limbs[f"{side}_shoulder"]) for side in ("left", "right")]
    chest = armature.common(*roots)
    if pelvis < 0 or chest < 0 or pelvis in (limbs["left_hip"], limbs["right_hip"]) or chest in roots:
        return {}
    found = {"pelvis": pelvis} | _spine(armature, armature.below(chest, armature.common(pelvis, chest)), pelvis)
    if head is not None:
        way = armature.below(head, chest)[:-1]
        neck = neck if neck in way else (way[0] if way else None)
    elif neck is not None and chest not in armature.path(neck):
        neck = None
    return found | ({"neck": neck} if neck is not None else {}) | ({"head": head} if head is not None else {})


def _spine(armature: Armature, nodes: list[int], pelvis: int) -> dict[str, int]:
    """The three of SMPL-X from however many there are: what carries the arms is the third, the lowest the first."""
    nodes = [node for node in nodes if node != pelvis]
    if len(nodes) < 3:
        return dict(zip(("spine3",) if len(nodes) == 1 else ("spine1", "spine3"), nodes, strict=False))
    at = [sum(armature.bone_lengths[n] for n in nodes[: k + 1]) for k in range(len(nodes))]
    middle = min(range(1, len(nodes) - 1), key=lambda k: abs(at[k] - 0.5 * (at[0] + at[-1])))
    return {"spine1": nodes[0], "spine2": nodes[middle], "spine3": nodes[-1]}


def _fingers(armature: Armature, said: list[Words], side: str, wrist: int) -> dict[str, int]:
    """Up to three joints of each finger, and its tip where that is a node."""
    chains: dict[str, list[int]] = {}
    for node, words in enumerate(said):
        finger = next((FINGERS[word] for word in words.rest if word in FINGERS), None)
        if finger and not HELPERS & set(words.rest) and wrist in armature.path(node):
            chain = chains.setdefault(finger, [])
            if not chain or chain[-1] in armature.path(node):
                chain.append(node)
    return {
        f"{side}_{finger}{k}": node
        for finger, chain in chains.items()
        for k, node in enumerate((n for n in chain if not ENDS & set(said[n].rest)), 1)
        if k <= 3
    }
