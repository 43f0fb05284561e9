"""BVH (Biovision hierarchy): a skeleton as nested text, then rows of numbers. Any names, rotation orders and units.

After Meredith & Maddock, Motion Capture File Formats Explained (Sheffield, 2001). A joint's rotation is the product of its
channels' in the order in which they are named; what its position channels say takes the place of its offset.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..base.bounded import read_bytes
from ..base.errors import UserError
from ..base.shown import shown
from ..values import Array
from .armature import MOST_NODES, Armature
from .chain import chained, placed, turned_by
from .tracked import joints_of, tracked
from .values import Recording

MOST_BYTES = 1 << 28
"""Of a file: more than an hour of a body with fingers at 120 fps."""

MOST_POSES = 10_000_000
"""Frames times joints: each takes some hundred bytes."""

MOST_DEPTH = 200
MOST_FPS, USUAL_FPS = 2000.0, 30.0

_MOTION = re.compile(rb"^[ \t]*MOTION[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_FRAMES = re.compile(rb"\s*Frames\s*:?\s*(\S+)", re.IGNORECASE)
_TIME = re.compile(rb"\s*Frame[ \t]*Time[ \t]*:?[ \t]*([^\s]*)", re.IGNORECASE)
_CHANNEL = re.compile(r"([XYZ])(position|rotation)", re.IGNORECASE)


@dataclass
class _Node:
    """A joint as it is written; `channels` are (axis, whether a rotation, column of the motion), rotations outermost first."""

    name: str
    parent: int
    offset: tuple[float, float, float] = (0.0, 0.0, 0.0)
    channels: list[tuple[int, bool, int]] = field(default_factory=list)


_UP = {"": None, "y": 1, "z": 2}


def read(path: Path, up: str = "") -> tuple[Recording, ...]:
    """The one take of a BVH file. `up`: "y" or "z" where somebody knows which is, "" to see it from the motion.

    OSError where it can't be read, UserError for what is no BVH of a person.
    """
    if up not in _UP:
        raise UserError(f"{shown(path)}: up is said to be {shown(up)}; in a BVH file it is y or z: say which")
    raw = read_bytes(path, MOST_BYTES)
    motion = _MOTION.search(raw)
    if motion is None:
        raise UserError(f"{shown(path)} has no line 'MOTION': wanted a BVH file, HIERARCHY and MOTION: give the right file")
    nodes = _hierarchy(raw[: motion.start()].decode("utf-8-sig", "replace"), shown(path))
    offsets = np.array([node.offset for node in nodes])
    parents = tuple(node.parent for node in nodes)
    armature = Armature(tuple(node.name for node in nodes), parents, placed(parents, offsets))
    found = joints_of(path, armature)
    numbers, fps, said_time = _motion(raw, motion.end(), sum(len(node.channels) for node in nodes), len(nodes), shown(path))
    replaces = _positions_replace(nodes, numbers)
    pose = chained(parents, lambda node: _local(nodes[node], numbers, replaces), list(found.values()))
    track, notes = tracked(path, armature, found, *pose, up=_UP[up])
    return (Recording("", fps, (track,), notes=(*said_time, *notes)),)


def _hierarchy(text: str, said: str) -> list[_Node]:
    """The nodes of the part before MOTION."""
    nodes: list[_Node] = []
    stack: list[int] = []
    column, new = 0, False
    for line in re.sub(r"([{}])", r"\n\1\n", text).split("\n"):
        words = line.split()
        if not words or words == ["HIERARCHY"]:
            continue
        kind = words[0].upper()
        if kind in ("ROOT", "JOINT") or (kind == "END" and len(words) == 2):
            name = "" if kind == "END" else " ".join(words[1:])
            if (kind == "ROOT") != (not stack) or len(nodes) >= MOST_NODES or len(stack) >= MOST_DEPTH:
                raise UserError(_wrong(said, line, f"at most {MOST_NODES} joints, {MOST_DEPTH} deep, each inside its parent"))
            nodes.append(_Node(name, stack[-1] if stack else -1))
            new = True
        elif kind == "{" and new:
            stack.append(len(nodes) - 1)
            new = False
        elif kind == "}" and stack and not new:
            stack.pop()
        elif kind == "OFFSET" and stack:
            nodes[stack[-1]].offset = _offset(words, said, line)
        elif kind == "CHANNELS" and stack and not nodes[stack[-1]].channels:
            nodes[stack[-1]].channels = _channels(words, column, said, line)
            column += len(nodes[stack[-1]].channels)
        else:
            raise UserError(_wrong(said, line, "ROOT, JOINT, End Site, OFFSET, CHANNELS and brackets in their order, each once"))
    if stack or new or not nodes:
        raise UserError(f"{said}: its HIERARCHY ends inside a joint or is empty: wanted a whole one: give the whole file")
    return nodes


def _wrong(said: str, line: str, wanted: str) -> str:
    return f"{said}: '{shown(line.strip())[:60]}' in its HIERARCHY; wanted {wanted}: repair the file"


def _offset(words: list[str], said: str, line: str) -> tuple[float, float, float]:
    try:
        x, y, z = (float(word) for word in words[1:])
    except ValueError:
        raise UserError(_wrong(said, line, "OFFSET and three numbers")) from None
    if not max(abs(x), abs(y), abs(z)) <= 1e9:
        raise UserError(_wrong(said, line, "OFFSET and three finite numbers"))
    return x, y, z


def _channels(words: list[str], column: int, said: str, line: str) -> list[tuple[int, bool, int]]:
    found = [_CHANNEL.fullmatch(word) for word in words[2:]]
    names = [word.lower() for word in words[2:]]
    if len(words) < 2 or words[1] != str(len(found)) or not all(found) or len(set(names)) < len(names):
        raise UserError(_wrong(said, line, "CHANNELS, how many, and as many of Xposition ... Zrotation"))
    return [("xyz".index(name[0]), name.endswith("rotation"), column + k) for k, name in enumerate(names)]


def _motion(raw: bytes, start: int, columns: int, n_nodes: int, said: str) -> tuple[Array, float, tuple[str, ...]]:
    """(numbers (T, columns), frames a second, what was guessed of them)."""
    frames = _FRAMES.match(raw, start)
    if frames is None or not re.fullmatch(rb"\d{1,12}", frames[1]):
        raise UserError(f"{said}: no 'Frames: N' after MOTION: wanted how many there are: repair the file")
    count, time = int(frames[1]), _TIME.match(raw, frames.end())
    if not 1 <= count <= MOST_POSES // n_nodes or columns == 0:
        raise UserError(
            f"{said}: {count:,} frames of {columns} channels; wanted 1 to {MOST_POSES // n_nodes:,} frames: give another file"
        )
    fps, notes = _rate(time[1] if time else b"")
    body = raw[time.end() if time else frames.end() :]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of text after the numbers, which are counted here
        try:
            numbers = np.fromstring(body.decode("latin-1"), dtype=float, sep=" ")
        except ValueError:
            numbers = np.empty(0)
    if numbers.size != count * columns:
        raise UserError(
            f"{said} declares {count} frames of {columns} channels, {count * columns} numbers; it has {numbers.size}: "
            "give the whole file, or correct 'Frames:'"
        )
    if not np.abs(numbers).max() <= 1e9:
        raise UserError(f"{said} has numbers in its MOTION that are not finite or beyond 1e9: repair the file")
    return numbers.reshape(count, columns), fps, notes


def _rate(text: bytes) -> tuple[float, tuple[str, ...]]:
    """(frames a second, what was guessed)."""
    try:
        step_s = float(text)
    except ValueError:
        step_s = 0.0
    if not 1.0 / MOST_FPS <= step_s <= 10.0:
        told = "missing" if not text else shown(text[:20].decode("latin-1"))
        return USUAL_FPS, (f"frame rate: Frame Time is {told}, taken for {USUAL_FPS:g} fps",)
    fps = 1.0 / step_s
    return (round(fps) if abs(fps - round(fps)) < 1e-3 * fps else fps), ()  # 0.0333333 is thirty


def _positions_replace(nodes: list[_Node], numbers: Array) -> bool:
    """Whether position channels below the root are places (as usual), rather than what is added to the offsets."""
    as_place = as_change = 0.0
    for node in nodes:
        for axis, turns, column in node.channels:
            if node.parent >= 0 and nodes[node.parent].parent >= 0 and not turns:
                as_place += float(np.abs(numbers[:, column] - node.offset[axis]).mean())
                as_change += float(np.abs(numbers[:, column]).mean())
    return as_place <= as_change


def _local(node: _Node, numbers: Array, replaces: bool) -> tuple[Array, Array]:
    """A node's place (T, 3) and rotation (T, 3, 3) on its parent."""
    place = np.repeat(np.array(node.offset)[None], len(numbers), axis=0)
    for axis, turns, column in node.channels:
        if not turns and (replaces or node.parent < 0):
            place[:, axis] = numbers[:, column]
        elif not turns:
            place[:, axis] += numbers[:, column]
    about = [(axis, column) for axis, turns, column in node.channels if turns]
    return place, turned_by([axis for axis, _ in about], np.radians(numbers[:, [column for _, column in about]]))
