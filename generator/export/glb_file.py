"""A GLB file being put together: nodes, meshes and animations in JSON, their numbers in one buffer (glTF 2.0)."""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np

from ..values import Array

_TYPES = {"f4": 5126, "u1": 5121, "u2": 5123, "u4": 5125}
_SHAPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
_VERTICES, _INDICES = 34962, 34963


class Glb:
    """`parts` are the JSON's lists by name; `add` puts a thing at the end of one and gives its number there."""

    def __init__(self) -> None:
        self.parts: dict[str, list[dict[str, Any]]] = {}
        self._blob = bytearray()

    def add(self, part: str, thing: dict[str, Any]) -> int:
        """The thing's number."""
        things = self.parts.setdefault(part, [])
        things.append(thing)
        return len(things) - 1

    def numbers(self, array: Array, kind: str, use: str = "") -> int:
        """Accessor of an array (N,) or (N, k), written as `kind` (f4, u1, u2, u4); `use`: "vertices", "indices" or "".

        Bounds are said of all of them; the format wants them of positions and times.
        """
        rows = np.ascontiguousarray(array, "<" + kind)
        rows = rows.reshape(len(rows), -1)
        view = self.raw(rows.tobytes(), {"vertices": _VERTICES, "indices": _INDICES}.get(use))
        accessor = {"bufferView": view, "componentType": _TYPES[kind], "count": len(rows), "type": _SHAPES[rows.shape[1]]}
        if kind == "f4" and rows.shape[1] in (1, 3):
            accessor |= {"min": rows.min(axis=0).tolist(), "max": rows.max(axis=0).tolist()}
        return self.add("accessors", accessor)

    def raw(self, data: bytes, target: int | None = None) -> int:
        """Buffer view of some bytes."""
        view = {"buffer": 0, "byteOffset": len(self._blob), "byteLength": len(data)} | ({"target": target} if target else {})
        self._blob += data + b"\0" * (-len(data) % 4)
        return self.add("bufferViews", view)

    def data(self, roots: list[int], name: str) -> bytes:
        """The whole file; `roots` are the scene's nodes."""
        document = {
            "asset": {"version": "2.0", "generator": "synapt"},
            "scene": 0,
            "scenes": [{"name": name, "nodes": roots}],
            **self.parts,
            "buffers": [{"byteLength": len(self._blob)}],
        }
        text = json.dumps(document, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(self._blob), b"BIN\0") + self._blob
        return b"glTF" + struct.pack("<II", 2, 12 + len(chunks)) + chunks
