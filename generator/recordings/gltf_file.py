"""A glTF 2.0 file (Khronos' specification 2.0.1): its JSON checked, its buffers found, numbers taken out of its accessors."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote

import msgspec
import numpy as np

from ..base.bounded import parse_json, read_bytes
from ..base.errors import UserError
from ..base.ranges import Natural, Number, converted
from ..base.reasons import reason_of
from ..base.shown import shown
from ..motion.rotations import matrices
from ..values import Array

MOST_BYTES = 1 << 29
MOST_JSON_BYTES = 1 << 27
MOST_NUMBERS = 1 << 27
"""Taken out of one file in all; parts of it may say that they hold the same ones."""

Numbers = tuple[Number, ...]
Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 31)]


@dataclass(frozen=True)
class Node:
    """A place in the tree: either a matrix, columns first, or its three parts."""

    name: str = ""
    children: tuple[Natural, ...] = ()
    translation: Annotated[Numbers, msgspec.Meta(min_length=3, max_length=3)] = (0.0, 0.0, 0.0)
    rotation: Annotated[Numbers, msgspec.Meta(min_length=4, max_length=4)] = (0.0, 0.0, 0.0, 1.0)
    scale: Annotated[Numbers, msgspec.Meta(min_length=3, max_length=3)] = (1.0, 1.0, 1.0)
    matrix: Annotated[Numbers, msgspec.Meta(min_length=16, max_length=16)] | None = None
    mesh: Natural | None = None


@dataclass(frozen=True)
class Skin:
    """Nodes that move a mesh."""

    joints: tuple[Natural, ...]
    inverseBindMatrices: Natural | None = None


@dataclass(frozen=True)
class Target:
    """What of a node a channel moves."""

    path: str
    node: Natural | None = None


@dataclass(frozen=True)
class Channel:
    """One thing that moves, and by which sampler."""

    sampler: Natural
    target: Target


@dataclass(frozen=True)
class Sampler:
    """Accessors of times and of values."""

    input: Natural
    output: Natural
    interpolation: str = "LINEAR"


@dataclass(frozen=True)
class Animation:
    """One clip."""

    channels: tuple[Channel, ...]
    samplers: tuple[Sampler, ...]
    name: str = ""


@dataclass(frozen=True)
class Accessor:
    """Numbers in a view of a buffer."""

    componentType: Natural
    count: Count
    type: str
    bufferView: Natural | None = None
    byteOffset: Count = 0
    normalized: bool = False
    sparse: Any = None


@dataclass(frozen=True)
class View:
    """A stretch of a buffer."""

    buffer: Natural
    byteLength: Count
    byteOffset: Count = 0
    byteStride: Annotated[int, msgspec.Meta(ge=4, le=252)] | None = None
    extensions: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Buffer:
    """Bytes of the file, beside it or in its text."""

    byteLength: Count
    uri: str | None = None


@dataclass(frozen=True)
class Document:
    """The parts of a glTF's JSON that a skeleton's movement needs, as they are called there."""

    asset: dict[str, Any]
    nodes: tuple[Node, ...] = ()
    skins: tuple[Skin, ...] = ()
    animations: tuple[Animation, ...] = ()
    accessors: tuple[Accessor, ...] = ()
    bufferViews: tuple[View, ...] = ()
    buffers: tuple[Buffer, ...] = ()


_SIZES = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
_TYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5126: "<f4"}


class GltfFile:
    """An opened file. OSError where it or a buffer beside it can't be read, UserError for what is no glTF 2.0."""

    def __init__(self, path: Path) -> None:
        self.path, self.said = path, shown(path)
        raw = read_bytes(path, MOST_BYTES)
        text, self._binary = _chunks(raw, self.said) if raw[:4] == b"glTF" else (raw, b"")
        if len(text) > MOST_JSON_BYTES:
            raise UserError(f"{self.said}: its JSON has {len(text):,} bytes, at most {MOST_JSON_BYTES:,} are read")
        data = parse_json(text, self.said)
        if (
            not isinstance(data, dict)
            or not isinstance(data.get("asset"), dict)
            or data["asset"].get("version") not in ("2.0", "2.1")
        ):
            raise UserError(f"{self.said} is no glTF 2.0 (its asset.version says otherwise or is missing): export it as glTF 2.0")
        self.document = converted(data, Document, self.said)
        self._buffers: dict[int, bytes] = {}
        self._left = MOST_NUMBERS

    def numbers(self, index: int, size: int, what: str) -> Array:
        """The accessor's elements (N, size) as float64, integers normalized as it says. UserError for what can't be."""
        accessor = self.part(self.document.accessors, index, "accessor")
        if _SIZES.get(accessor.type) != size or accessor.componentType not in _TYPES or accessor.sparse is not None:
            got = (
                f"{shown(accessor.type)[:20]} of type {accessor.componentType}{', sparse' if accessor.sparse is not None else ''}"
            )
            raise UserError(f"{self.said}: {what} are {got}; wanted {size} numbers each, dense: export it again")
        self._left -= accessor.count * size
        if self._left < 0:
            raise UserError(
                f"{self.said} has more than {MOST_NUMBERS:,} numbers in its animations: split it, or give the whole file"
            )
        kind = np.dtype(_TYPES[accessor.componentType])
        if kind.kind != "f" and not accessor.normalized:
            raise UserError(f"{self.said}: {what} are whole numbers that are not normalized: wanted floats: export it again")
        element = kind.itemsize * size
        raw, stride = self._view(accessor, element, what)
        rows = np.lib.stride_tricks.as_strided(np.frombuffer(raw, np.uint8), (accessor.count, element), (stride, 1))
        found = np.ascontiguousarray(rows).view(kind).astype(float)
        if kind.kind != "f":
            found = np.maximum(found / np.iinfo(kind).max, -1.0)
        if not np.isfinite(found).all() or (found.size and np.abs(found).max() > 1e9):
            raise UserError(f"{self.said}: {what} hold numbers that are not finite or beyond 1e9: repair the file")
        return found

    def _view(self, accessor: Accessor, element: int, what: str) -> tuple[bytes, int]:
        """(the bytes from the accessor's first element on, bytes from one element to the next)."""
        if accessor.bufferView is None:
            raise UserError(f"{self.said}: {what} lie in no buffer: export it again")
        view = self.part(self.document.bufferViews, accessor.bufferView, "buffer view")
        if "EXT_meshopt_compression" in view.extensions:
            raise UserError(f"{self.said}: its animation is packed with meshopt: unpack it, e.g. with `gltf-transform copy`")
        whole = self._buffer(view.buffer)
        stride = view.byteStride or element
        start = view.byteOffset + accessor.byteOffset
        end = start + (accessor.count - 1) * stride + element
        if accessor.count < 1 or stride < element or end > min(view.byteOffset + view.byteLength, len(whole)):
            raise UserError(
                f"{self.said}: {what} would lie in bytes {start} to {end}, there are {len(whole)}: give the whole file"
            )
        return whole[start:end], stride

    def _buffer(self, index: int) -> bytes:
        if index not in self._buffers:
            buffer = self.part(self.document.buffers, index, "buffer")
            found = self._binary if buffer.uri is None and index == 0 else self._fetched(buffer.uri or "")
            if len(found) < buffer.byteLength:
                raise UserError(
                    f"{self.said}: buffer {index} says {buffer.byteLength:,} bytes, has {len(found):,}: give the whole file"
                )
            self._buffers[index] = found
        return self._buffers[index]

    def _fetched(self, uri: str) -> bytes:
        """What a buffer's URI holds: base64 in place, or a file in the same folder or below."""
        if uri.startswith("data:"):
            try:
                return base64.b64decode(uri.partition(",")[2].encode("ascii"), validate=True)
            except (binascii.Error, ValueError):
                raise UserError(f"{self.said}: a buffer's data URI is no base64: export it again") from None
        name, folder = unquote(uri), self.path.parent.resolve()
        inside = bool(name) and "\0" not in name and ":" not in name and "\\" not in name and not name.startswith("/")
        beside = folder / name if inside else folder
        if not inside or not beside.resolve().is_relative_to(folder):
            raise UserError(
                f"{self.said}: a buffer's URI is '{shown(uri)[:80]}'; wanted one of a file in the same folder: put it there"
            )
        try:
            return read_bytes(beside, MOST_BYTES)
        except OSError as error:
            raise UserError(f"{self.said}: its buffer {shown(beside)}: {reason_of(error)}: put it beside the file") from None

    def part(self, parts: tuple[Any, ...], index: int, what: str) -> Any:
        """parts[index]; UserError where there is none."""
        if index >= len(parts):
            raise UserError(f"{self.said} names {what} {index}, has {len(parts)}: export it again")
        return parts[index]


def _chunks(raw: bytes, said: str) -> tuple[bytes, bytes]:
    """(JSON, binary) of a GLB."""
    if len(raw) < 20 or struct.unpack_from("<I", raw, 4)[0] != 2:
        raise UserError(f"{said} is a GLB of another version than 2, or cut off: export it as glTF 2.0")
    whole = struct.unpack_from("<I", raw, 8)[0]
    if whole > len(raw):
        raise UserError(f"{said} says that it has {whole:,} bytes, has {len(raw):,}: give the whole file")
    parts: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= whole:
        size, kind = struct.unpack_from("<I4s", raw, at)
        if at + 8 + size > whole:
            raise UserError(f"{said}: a part of it says {size:,} bytes, {whole - at - 8:,} are left: give the whole file")
        parts.setdefault(kind, raw[at + 8 : at + 8 + size])
        at += 8 + size + (-size % 4)
    if b"JSON" not in parts:
        raise UserError(f"{said} has no JSON part: wanted a GLB file: give the right file")
    return parts[b"JSON"].rstrip(b" \0"), parts.get(b"BIN\0", b"")


def trs(node: Node) -> tuple[Array, Array]:
    """A node's place (3,) and linear map (3, 3) on its parent where nothing moves it."""
    if node.matrix is not None:
        whole = np.array(node.matrix).reshape(4, 4).T
        return whole[:3, 3], whole[:3, :3]
    rotation = np.array(node.rotation)
    turn = matrices(rotation) if np.linalg.norm(rotation) > 1e-9 else np.eye(3)
    return np.array(node.translation), turn * np.array(node.scale)
