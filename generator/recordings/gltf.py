"""glTF and GLB: the people whose skeletons it animates, one recording for each of its animations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import numpy as np

from ..base.errors import UserError
from ..base.shown import shown
from ..motion.rotations import frame_from
from ..motion.track import Track
from ..values import Array
from .armature import MOST_NODES, Armature
from .chain import chained
from .gltf_clip import Clip, clip_of
from .gltf_file import GltfFile, trs
from .tracked import joints_of, tracked
from .upright import stands
from .values import Recording

MOST_FILE_NODES, MOST_SKINS = 50_000, 1_000
MOST_POSES = 10_000_000
"""Frames times joints of all animations: each takes some hundred bytes."""

Y_UP = 1


@dataclass(frozen=True)
class _Person:
    """One skeleton: its nodes' numbers in the file, in the armature's order, and which is which joint."""

    nodes: tuple[int, ...]
    armature: Armature
    found: dict[str, int]
    rest_axes: Array


def companions(path: Path) -> tuple[Path, ...]:
    """The files beside a .gltf in which its numbers are; none of a .glb, nor of a file that `read` would refuse."""
    try:
        document = GltfFile(path).document if path.suffix.lower() == ".gltf" else None
    except (OSError, UserError):
        return ()
    uris = [buffer.uri for buffer in document.buffers if buffer.uri and not buffer.uri.startswith("data:")] if document else []
    folder = path.parent.resolve()
    found = ((folder / unquote(uri)).resolve() for uri in dict.fromkeys(uris) if "\0" not in uri and "%00" not in uri)
    return tuple(each for each in found if each.is_relative_to(folder) and each.is_file())


def read(path: Path) -> tuple[Recording, ...]:
    """One recording for each animation. OSError where it can't be read, UserError for what is no animated person."""
    file = GltfFile(path)
    parents = _parents(file)
    people = _people(file, parents)
    takes = []
    names: dict[str, int] = {}
    animations = range(len(file.document.animations))
    poses = sum(clip_of(file, number).n_frames for number in animations) * sum(len(person.found) for person in people)
    if poses > MOST_POSES:
        raise UserError(f"{shown(path)} has {poses:,} poses of joints in its animations, {MOST_POSES:,} are read: split the file")
    for number in animations:
        clip = clip_of(file, number)
        tracks = [_track(file, person, clip) for person in people if clip.moved_by.keys() & set(person.nodes)]
        if tracks:
            name = shown(file.document.animations[number].name) or f"animation {number + 1}"
            names[name] = names.get(name, 0) + 1
            name = name if names[name] == 1 else f"{name} {names[name]}"
            notes = tuple(dict.fromkeys(note for _, said in tracks for note in said))
            takes.append(Recording(name, clip.fps, tuple(track for track, _ in tracks), notes=notes))
    if not takes:
        n = len(file.document.animations)
        raise UserError(
            f"{shown(path)} has {n} animations, none of a person's skeleton: wanted one: export it with its animation"
        )
    return tuple(takes)


def _parents(file: GltfFile) -> list[int]:
    """Of every node; -1 for a root. UserError for cycles and nodes with two parents."""
    nodes = file.document.nodes
    if not 1 <= len(nodes) <= MOST_FILE_NODES:
        raise UserError(f"{file.said} has {len(nodes):,} nodes, 1 to {MOST_FILE_NODES:,} are wanted: export less")
    parents = [-1] * len(nodes)
    for number, node in enumerate(nodes):
        for child in node.children:
            file.part(nodes, child, "node")
            if parents[child] >= 0 or child == number:
                raise UserError(f"{file.said}: node {child} hangs on two others or on itself: wanted a tree: export it again")
            parents[child] = number
    seen = 0
    level = [number for number, parent in enumerate(parents) if parent < 0]
    while level:
        seen += len(level)
        level = [child for number in level for child in nodes[number].children]
    if seen < len(nodes):
        raise UserError(
            f"{file.said}: {len(nodes) - seen} of its nodes hang on one another in a circle: wanted a tree: export it again"
        )
    return parents


def _people(file: GltfFile, parents: list[int]) -> list[_Person]:
    """Everybody: of each skin (skins that share joints are one body's), or of all nodes where nothing is skinned."""
    if len(file.document.skins) > MOST_SKINS:
        raise UserError(f"{file.said} has {len(file.document.skins):,} skins, at most {MOST_SKINS:,} are read: export less")
    groups: list[set[int]] = []
    for skin in file.document.skins:
        joints = set(skin.joints)
        for joint in joints:
            file.part(file.document.nodes, joint, "node")
        shared = [group for group in groups if group & joints]
        groups = [group for group in groups if not group & joints] + [joints.union(*shared)]
    groups = groups or [{number for number, node in enumerate(file.document.nodes) if node.mesh is None}]
    people, first = [], None
    for group in groups:
        try:
            people.append(_person(file, parents, group))
        except UserError as error:  # a skinned thing beside the people
            first = first or error
    if not people and first:
        raise first
    return people


def _person(file: GltfFile, parents: list[int], joints: set[int]) -> _Person:
    """A skeleton's joints with all that they hang on and all that hangs on them, parents first."""
    nodes = file.document.nodes
    kept = set(joints)
    for joint in joints:
        while parents[joint] >= 0 and parents[joint] not in kept:
            joint = parents[joint]
            kept.add(joint)
    ordered: list[int] = []
    own = set(joints)
    level = [number for number in sorted(kept) if parents[number] not in kept]
    while level and len(ordered) <= MOST_NODES:
        ordered += level
        level = [c for n in level for c in nodes[n].children if c in kept or (nodes[c].mesh is None and n in own)]
        own.update(c for c in level if c not in kept)
    if len(ordered) > MOST_NODES:
        raise UserError(f"{file.said}: a skeleton of more than {MOST_NODES:,} nodes is not read: export a person's alone")
    index = {number: k for k, number in enumerate(ordered)}
    own_parents = tuple(index.get(parents[number], -1) for number in ordered)
    local = [trs(nodes[number]) for number in ordered]
    places, maps = chained(own_parents, lambda k: (local[k][0][None], local[k][1][None]), range(len(ordered)))
    if not (np.isfinite(places).all() and np.isfinite(maps).all()):
        raise UserError(f"{file.said}: its skeleton's places overflow: wanted a person's: repair the file")
    armature = Armature(tuple(nodes[n].name or f"node {n}" for n in ordered), own_parents, places[0])
    found = joints_of(file.path, armature)
    bound = _bound(file, ordered, own_parents, found, places[0], maps[0])
    rest, axes = bound if bound is not None else (places[0], maps[0])
    return _Person(tuple(ordered), Armature(armature.names, own_parents, rest), found, _axes(axes))


def _bound(
    file: GltfFile, ordered: list[int], parents: tuple[int, ...], found: dict[str, int], places: Array, maps: Array
) -> tuple[Array, Array] | None:
    """The pose in which a skin was bound (places (N, 3), maps (N, 3, 3)), where that stands; None otherwise.

    It is a T or an A more often than the pose in which the nodes were left. Nodes that aren't skinned follow their parents.
    """
    index = {number: k for k, number in enumerate(ordered)}
    at, axes, known = places.copy(), maps.copy(), set()
    for skin in file.document.skins:
        if skin.inverseBindMatrices is None or not set(skin.joints) <= set(ordered):
            continue
        inverse = file.numbers(skin.inverseBindMatrices, 16, "inverse bind matrices").reshape(-1, 4, 4)
        if len(inverse) < len(skin.joints) or not (np.abs(np.linalg.det(inverse)) > 1e-12).all():
            continue
        for joint, whole in zip(skin.joints, np.linalg.inv(inverse.transpose(0, 2, 1)), strict=False):
            at[index[joint]], axes[index[joint]] = whole[:3, 3], whole[:3, :3]
            known.add(index[joint])
    for k, parent in enumerate(parents):
        if k not in known and parent in known:
            place, linear = trs(file.document.nodes[ordered[k]])
            at[k], axes[k] = at[parent] + axes[parent] @ place, axes[parent] @ linear
            known.add(k)
    if not all(node in known for node in found.values()) or not np.isfinite(at).all():
        return None
    longer = _leg(places, found) / max(_leg(at, found), 1e-9)
    at = at * longer
    return (at, axes) if stands({name: at[node] for name, node in found.items()}) else None


def _leg(at: Array, found: dict[str, int]) -> float:
    hip, knee, ankle = (at[found[f"left_{joint}"]] for joint in ("hip", "knee", "ankle"))
    return float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee))


def _axes(maps: Array) -> Array:
    """The rotations (..., 3, 3) in linear maps that scale, too."""
    return frame_from(maps[..., :, 0], maps[..., :, 1])


def _track(file: GltfFile, person: _Person, clip: Clip) -> tuple[Track, tuple[str, ...]]:
    """One person's movement in one animation."""
    positions, maps = chained(person.armature.parents, lambda k: clip.local(person.nodes[k]), list(person.found.values()))
    n = clip.n_frames
    positions, maps = np.broadcast_to(positions, (n, *positions.shape[1:])), np.broadcast_to(maps, (n, *maps.shape[1:]))
    rotations = _axes(maps) @ np.swapaxes(person.rest_axes[list(person.found.values())], -1, -2)
    return tracked(file.path, person.armature, person.found, positions, rotations, up=Y_UP)
