"""A camera that sees past large things: where one of the performance's own hides the person, the camera goes elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from ..values import Array, Camera, CameraSpec, Mesh
from .framing import FALL_M

LARGE_M = 0.7
"""Things smaller than this hide no one."""

MOST_HIDDEN = 0.25
"""Share of the person's points behind things that is let pass: more in at most one clip of many, and true to life."""

MOST_HIDDEN_IN_A_FALL = 0.06
"""The same for who falls far (from a tower), as little time as that takes and as much as there is to see in it."""

LOOKED_AT = 8
"""So many frames are looked at."""

APART_M = 0.30
"""A thing this near before a point (a seat under a thigh, a table before a wrist) is used by the person and hides no one."""

INSIDE_M = 0.25
"""A camera this near to a thing is in it."""

OTHER_PLACES = (
    (0.0, 0.35), (0.5, 0.10), (-0.5, 0.10), (1.0, 0.10), (-1.0, 0.10), (0.0, 0.7), (1.6, 0.10), (-1.6, 0.10), (2.3, 0.15),
    (3.1, 0.15),
)  # fmt: skip
"""Turns (azimuth, elevation) in rad that are tried, the smallest first."""

HIGHEST_RAD = 1.0


def clear_camera(spec: CameraSpec, points: Array, things: Sequence[Mesh], film: Callable[[CameraSpec], Camera]) -> Camera:
    """What `film` makes of the spec, or of one turned as little as needed for at most MOST_HIDDEN of the points (T, N, 3) to be
    hidden by rigid things, or in the last resort for the fewest."""
    large = [mesh for mesh in things if mesh.weights is None and np.ptp(mesh.vertices_m, axis=0).max() >= LARGE_M]
    first = film(spec)
    if not large:
        return first
    fall = float(np.ptp(points[..., 2].mean(axis=1)))
    enough = MOST_HIDDEN_IN_A_FALL if fall > FALL_M else MOST_HIDDEN
    best, least = first, hidden_share(first, points, large)
    for azimuth_rad, elevation_rad in OTHER_PLACES:
        if least <= enough:
            break
        higher = min(spec.elevation_rad + elevation_rad, max(HIGHEST_RAD, spec.elevation_rad))
        lens = film(replace(spec, azimuth_rad=spec.azimuth_rad + azimuth_rad, elevation_rad=higher))
        share = hidden_share(lens, points, large)
        if share < least:
            best, least = lens, share
    return best


def hidden_share(camera: Camera, points: Array, things: Sequence[Mesh]) -> float:
    """Share of points (T, N, 3) that things stand before, over some frames; all of a frame in which the camera is in one."""
    hidden = []
    for t in np.unique(np.linspace(0, len(points) - 1, LOOKED_AT).round().astype(int)):
        eye = np.linalg.inv(camera.T_camera_world[t])[:3, 3]
        behind = np.zeros(points.shape[1], dtype=bool)
        for mesh in things:
            pose = mesh.transforms[t if len(mesh.transforms) > 1 else 0, 0].astype(float)
            start, ends = (eye - pose[:, 3]) @ pose[:, :3], (points[t] - pose[:, 3]) @ pose[:, :3]
            behind |= _inside(start, mesh) or stopped(start, ends, mesh)
        hidden.append(behind.mean())
    return float(np.mean(hidden))


def _inside(eye: Array, mesh: Mesh) -> bool:
    low, high = mesh.vertices_m.min(axis=0) - INSIDE_M, mesh.vertices_m.max(axis=0) + INSIDE_M
    return bool((eye > low).all() and (eye < high).all())


def stopped(eye: Array, ends: Array, mesh: Mesh) -> Array:
    """Which lines of sight (N, 3) from an eye a mesh at rest stops well before their ends (Moeller and Trumbore 1997)."""
    corners = mesh.vertices_m[mesh.faces].astype(float)
    origin, edge1, edge2 = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    way = ends - eye
    far = np.linalg.norm(way, axis=1)
    across = np.cross(way[:, None], edge2[None])
    det = np.einsum("nfc,fc->nf", across, edge1)
    safe = np.where(np.abs(det) < 1e-12, np.inf, det)
    from_origin = eye - origin
    u = np.einsum("fc,nfc->nf", from_origin, across) / safe
    turned = np.cross(from_origin, edge1)
    v = way @ turned.T / safe
    at = np.einsum("fc,fc->f", edge2, turned)[None] / safe
    before = at * far[:, None] < far[:, None] - APART_M
    return np.asarray(((u >= 0.0) & (v >= 0.0) & (u + v <= 1.0) & (at > 0.0) & before).any(axis=1))
