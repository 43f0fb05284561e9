"""A photographer's seamless sweep: floor and wall in one curve round the stage, open where no frame looks."""

from __future__ import annotations

import numpy as np

from ..props.shapes import Shape, join, welded
from ..values import Array, BackdropSpec, LampSpec
from .scenery import Piece, Surroundings, number, readable_ev, static_mesh
from .view import View

SEGMENTS = 48
KEY_W = 60.0
SKY_EV = -0.4
"""The lamp adds to what the map gives."""


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """One surface, "paper". Params: `margin_m` round performer and camera, `height_m`, `bend_m` (curve's radius)."""
    center = 0.5 * (view.low[:2] + view.high[:2])
    performer = 0.5 * float(np.linalg.norm(view.high[:2] - view.low[:2]))
    camera = float(np.linalg.norm(view.positions[:, :2] - center, axis=1).max())
    bend = number(spec, "bend_m")
    radius = max(performer + number(spec, "margin_m"), camera + 0.5) + bend
    height = _unseen_height(max(number(spec, "height_m"), float(view.positions[:, 2].max()) + 0.5), radius, center, view)
    a = np.linspace(0.0, np.pi / 2, 7)
    curve = [(radius - bend + bend * np.sin(x), bend - bend * np.cos(x)) for x in a]
    profile = np.array([(0.0, 0.0), (0.4 * (radius - bend), 0.0), *curve, (radius, 0.5 * (bend + height)), (radius, height)])
    floor = static_mesh(spec, "floor", [Piece(_swept(profile[:3], center), "paper")], "ground", smooth=True)
    sectors = [_swept(profile[2:], center, k) for k in range(SEGMENTS)]
    seen = [s for s in sectors if view.sees(s.vertices)]
    key, least_ev = (_key_lamp(center, view),), readable_ev(spec, ("paper",))
    if not seen:
        return Surroundings((floor,), key, SKY_EV, least_ev=least_ev)
    sweep = static_mesh(spec, "sweep", [Piece(welded(join(seen), 1e-5), "paper")], "backdrop", smooth=True)
    return Surroundings((floor, sweep), key, SKY_EV, least_ev=least_ev)


def _key_lamp(center: Array, view: View) -> LampSpec:
    """A large softbox above, on the camera's side: the sweep keeps much of the map's light away."""
    towards = view.positions[:, :2].mean(axis=0) - center
    towards = towards / max(float(np.linalg.norm(towards)), 1e-6)
    x, y = center + 2.2 * towards
    return LampSpec((float(x), float(y), 3.6), 2.2, KEY_W, (1.0, 0.98, 0.95))


def _unseen_height(height: float, radius: float, center: Array, view: View) -> float:
    """The height, raised by quarters until no frame sees the sweep's upper edge (or it is 25 m high)."""
    angles = np.linspace(0, 2 * np.pi, 4 * SEGMENTS)
    edge = np.stack([center[0] + radius * np.cos(angles), center[1] + radius * np.sin(angles), 0 * angles], -1)
    while height < 25.0 and view.sees(edge + np.array([0.0, 0.0, height])):
        height *= 1.25
    return height


def _swept(profile: Array, center: Array, sector: int | None = None) -> Shape:
    """Inner side of a turned profile (N, 2) of (radius, height) about a vertical axis; all round, or one sector."""
    n = SEGMENTS if sector is None else 1
    angles = 2 * np.pi * ((sector or 0) + np.arange(n + 1)) / SEGMENTS
    xy = profile[:, None, :1] * np.stack([np.cos(angles), np.sin(angles)], -1)[None] + center
    vertices = np.concatenate([xy, np.broadcast_to(profile[:, None, 1:], (*xy.shape[:2], 1))], -1)
    i, j = (k.ravel() for k in np.meshgrid(np.arange(len(profile) - 1), np.arange(n), indexing="ij"))
    a, b, c, d = (p * (n + 1) + q for p, q in ((i, j), (i, j + 1), (i + 1, j + 1), (i + 1, j)))
    faces = np.concatenate([np.stack([a, d, c], -1), np.stack([a, c, b], -1)])
    flat = vertices.reshape(-1, 3)
    corners = flat[faces]
    keep = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) > 1e-9
    faces = faces[keep]
    # Metres round and up the sweep, so that the paper's grain isn't drawn out on the wall.
    up = np.concatenate([[0.0], np.linalg.norm(np.diff(profile, axis=0), axis=1).cumsum()])
    laid = np.stack(np.broadcast_arrays(angles[None] * profile[-1, 0], up[:, None]), -1).reshape(-1, 2)
    uv = flat[:, :2] if sector is None else laid
    return Shape(flat, faces, uv[faces], np.zeros(len(faces), dtype=int))
