"""Open air: ground of one or two surfaces under the sky of the environment map, with a few things standing about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..base.exact import arctan2
from ..props.shapes import Shape, box, join, lathe, metric_uv, moved, soft_box, tube, turn
from ..values import Array, BackdropSpec
from .places.land import terrain
from .places.plot import plot_of
from .scenery import Piece, Surroundings, disc, form, number, static_mesh
from .view import View

RISE_M = 1.6
"""How far the ground rises and falls before the map's horizon, so that it does not end in a straight line."""


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Ground, an optional patch of a second surface (`patch_m` radius), and things 0 .. n_things - 1.

    A thing has `thingK_form` (a name in FORMS), `thingK_azimuth_rad`, `thingK_gap_m` from the performance's edge,
    `thingK_width_m`, `thingK_height_m`, `thingK_yaw_rad`, and the surface "thingK". Those in the way are left out.
    """
    center = 0.5 * (view.low[:2] + view.high[:2])
    plot = plot_of(spec, view)
    ground = terrain(plot, "ground", RISE_M)
    patch = number(spec, "patch_m", 0.0)
    if patch > 0:
        ground.append(Piece(_worn(disc(center, (patch,), 0.002, 32), center), "patch"))
    spec = plot.with_derived(ground)
    meshes = [static_mesh(spec, "ground", ground, "ground", smooth=True)]
    things = [p for k in range(int(number(spec, "n_things", 0))) for p in _thing(spec, view, center, k)]
    if things:
        meshes.append(static_mesh(spec, "things", things, "backdrop", smooth=True))
    return Surroundings(tuple(meshes), open_air=True)


def _worn(shape: Shape, center: Array) -> Shape:
    """A level disc with an uneven edge, as wear has."""
    away = shape.vertices[:, :2] - center
    turn = arctan2(away[:, 1], away[:, 0])
    share = 1.0 + 0.2 * np.sin(2 * turn + center[0]) + 0.13 * np.sin(3 * turn) + 0.08 * np.sin(7 * turn)
    vertices = np.concatenate([center + away * share[:, None], shape.vertices[:, 2:]], axis=1)
    return replace(shape, vertices=vertices, uv=vertices[shape.faces][..., :2])


def _thing(spec: BackdropSpec, view: View, center: Array, k: int) -> list[Piece]:
    """Pieces of thing `k`, none when it would stand in the way."""
    get = {key: number(spec, f"thing{k}_{key}") for key in ("azimuth_rad", "gap_m", "width_m", "height_m", "yaw_rad")}
    width, height = get["width_m"], get["height_m"]
    reach = 0.5 * float(np.linalg.norm(view.high[:2] - view.low[:2])) + get["gap_m"] + 0.5 * width
    place = center + reach * np.array([np.cos(get["azimuth_rad"]), np.sin(get["azimuth_rad"])])
    if not view.clear_of(place, 0.5 * width):
        return []
    made = form(spec, f"thing{k}_form", FORMS)(width, height)
    rotation = turn("z", get["yaw_rad"])
    offset = (float(place[0]), float(place[1]), 0.0)
    return [Piece(moved(shape, offset, rotation), f"thing{k}" if main else "trunk") for shape, main in made]


def _block(width: float, height: float) -> list[tuple[Shape, bool]]:
    """A house or a container."""
    return [(metric_uv(box((width, width * 0.6, height), (0.0, 0.0, height / 2))), True)]


def _wall(width: float, height: float) -> list[tuple[Shape, bool]]:
    """A free wall, at most 2.2 m high."""
    low = min(height, 2.2)
    return [(metric_uv(box((width, 0.25, low), (0.0, 0.0, low / 2))), True)]


def _hedge(width: float, height: float) -> list[tuple[Shape, bool]]:
    """A clipped hedge, at most 1.8 m high."""
    low = min(height, 1.8)
    return [(soft_box((width, 0.7, low), 0.22, (0.0, 0.0, low / 2)), True)]


def _tree(width: float, height: float) -> list[tuple[Shape, bool]]:
    """A trunk and three round crowns."""
    tall = max(height, 2.5)
    span = min(width * 0.5, tall * 0.4)
    trunk = tube([(0, 0, -0.05), (0.03, 0.02, tall * 0.3), (0.0, 0.0, tall * 0.7)], [0.13, 0.1, 0.06], 8)
    crowns = [_blob(span * s, (span * x, span * y, tall * z)) for s, x, y, z in
              ((1.0, 0.0, 0.0, 0.72), (0.72, 0.55, 0.2, 0.62), (0.68, -0.5, -0.25, 0.66))]  # fmt: skip
    return [(join(crowns), True), (trunk, False)]


def _blob(radius: float, center: tuple[float, float, float]) -> Shape:
    """A round crown with uv in metres."""
    a = np.linspace(-np.pi / 2, np.pi / 2, 10)
    profile = [(radius * float(np.cos(x)) + 1e-9, 0.85 * radius * float(np.sin(x))) for x in a]
    profile[0], profile[-1] = (0.0, profile[0][1]), (0.0, profile[-1][1])
    ball = metric_uv(lathe(profile, 16))
    x, y, z = (ball.vertices / radius).T
    lumps = 1.0 + 0.10 * np.sin(6.1 * x + 1.3) * np.sin(5.3 * y + 0.7) + 0.09 * np.sin(8.7 * z + 3.0 * x + 2.1)
    return moved(replace(ball, vertices=ball.vertices * lumps[:, None]), center)


def _post(width: float, height: float) -> list[tuple[Shape, bool]]:
    """A lamp post."""
    tall = max(height, 3.2)
    arm = [(0.0, 0.0, tall), (0.25, 0.0, tall + 0.12), (0.7, 0.0, tall + 0.12)]
    head = box((0.4, 0.16, 0.08), (0.8, 0.0, tall + 0.1))
    pole = tube([(0, 0, 0), (0, 0, tall / 2), (0, 0, tall)], [0.07, 0.06, 0.05], 10)
    return [(join([pole, tube(arm, 0.035, 8), metric_uv(head)]), True)]


def _fence(width: float, height: float) -> list[tuple[Shape, bool]]:
    """Posts and two rails, 1.1 m high."""
    posts = [box((0.09, 0.09, 1.1), (x, 0.0, 0.55)) for x in np.linspace(-width / 2, width / 2, 5)]
    rails = [box((width, 0.04, 0.12), (0.0, -0.06, z)) for z in (0.45, 0.9)]
    return [(metric_uv(join([*posts, *rails])), True)]


FORMS: dict[str, Callable[[float, float], list[tuple[Shape, bool]]]] = {
    "block": _block,
    "wall": _wall,
    "hedge": _hedge,
    "tree": _tree,
    "post": _post,
    "fence": _fence,
}
"""Form -> its builder, which takes width and height in metres."""
