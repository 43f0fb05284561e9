"""What is sewn to the edges of cloth: bands of ribs or of another cloth, and the turned hem that closes it on the body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy import sparse

from ...values import Array, FabricSpec, GarmentSpec, Rgb

BANDS: dict[str, dict[str, float]] = {
    "tee": {"neck": 0.018, "sleeve": 0.016, "hem": 0.016},
    "long_sleeve": {"neck": 0.018, "sleeve": 0.025, "hem": 0.016},
    "tank": {"neck": 0.010, "sleeve": 0.010, "hem": 0.014},
    "polo": {"sleeve": 0.022, "hem": 0.014},
    "shirt": {"sleeve": 0.05, "hem": 0.012},
    "sweater": {"neck": 0.022, "sleeve": 0.05, "hem": 0.05},
    "hoodie": {"sleeve": 0.055, "hem": 0.055},
    "jacket": {"sleeve": 0.04, "hem": 0.05, "opening": 0.022},
    "trousers": {"waist": 0.035, "hem": 0.018},
    "shorts": {"waist": 0.035, "hem": 0.018},
    "leggings": {"waist": 0.03},
    "dress": {"neck": 0.012, "sleeve": 0.014},
}
"""Garment kind -> edge -> width of the band there, m."""

RIBBED = ("sweater", "hoodie", "jacket")
"""Kinds whose bands are knitted ribs, which draw the cloth in."""

RINGERS = 4
"""One of so many tops in two colours has its bands in the second."""

BELT: Rgb = (0.12, 0.09, 0.07)
CLOSED_M = 0.003
"""How far off the skin a hem ends."""


def has_belt(garment: GarmentSpec) -> bool:
    """Whether it is trousers over what is tucked in."""
    return garment.kind in ("trousers", "shorts") and garment.layer > 0


def band_field(garment: GarmentSpec, edges: Mapping[str, Array]) -> Array | None:
    """(N,) m by which points lie inside the bands' inner edges, negative in the bands; None for kinds without."""
    bands = BANDS.get(garment.kind, {})
    if not bands:
        return None
    if has_belt(garment):
        bands = {"waist": bands["waist"]}
    return np.min([np.minimum(edges[name] - width, 1.0) for name, width in bands.items() if name in edges], axis=0)


def gathered(kind: str, edges: Mapping[str, Array]) -> Array:
    """(N,) from 0 where ribs draw cloth in to 1 where it hangs free."""
    width = {name: w for name, w in BANDS.get(kind, {}).items() if name in ("sleeve", "hem")}
    if kind == "shirt":
        width = {"sleeve": width["sleeve"]}
    elif kind not in RIBBED:
        return np.ones(len(edges["hem"]))
    draw = {"sleeve": 0.9, "hem": 0.6}
    return np.min([1.0 - draw[name] * np.clip(1.0 - (edges[name] - w) / 0.035, 0.0, 1.0) for name, w in width.items()], axis=0)


def band_fabric(garment: GarmentSpec) -> FabricSpec:
    """The cloth of a garment's bands: a belt, ribs, the second colour, or what the garment is of, stitched."""
    fabric, kind = garment.fabric, garment.kind
    first: Rgb = fabric.colors[0] if fabric.colors else (0.5, 0.5, 0.5)
    if has_belt(garment):
        return replace(fabric, kind="leather", colors=(BELT,), roughness=0.5)
    if kind in ("tee", "polo", "sweater", "long_sleeve") and len(fabric.colors) > 1 and fabric.variant % RINGERS == 0:
        first = fabric.colors[1]
    shade = tuple(0.84 * c for c in first)
    return replace(fabric, kind="ribs" if kind in RIBBED else "plain", colors=(shade,), scale_m=0.08, angle_rad=0.0)  # type: ignore[arg-type]


def turned_hem(rim: Array, points: Array, on_skin: Array, outward: Array, weights: sparse.csr_matrix) \
        -> tuple[Array, Array, sparse.csr_matrix]:  # fmt: skip
    """Points, faces and weights of what closes cloth (N, 3) to the skin under it along its rim (E, 2)."""
    used, local = np.unique(rim, return_inverse=True)
    local, n = local.reshape(-1, 2), len(used)
    inner = on_skin[used] + CLOSED_M * outward[used]
    a, b = local[:, 0], local[:, 1]
    faces = np.concatenate([np.stack([b, a, n + a], 1), np.stack([b, n + a, n + b], 1)]).astype(np.int32)
    return np.concatenate([points[used], inner]), faces, sparse.vstack([weights[used]] * 2).tocsr()
