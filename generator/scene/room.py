"""A room round the performance: floor, walls with windows, pictures and a door, ceiling, and furniture along the walls.

The room always holds the camera. Walls and ceiling that no frame sees are left out, so that daylight comes in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ..props.shapes import Shape, box, join, metric_uv, moved, quad, turn
from ..values import Array, BackdropSpec, LampSpec
from .furnishing import FURNITURE
from .outlook import curtains, lamp_color, outlook
from .scenery import Piece, Surroundings, form, number, readable_ev, static_mesh
from .view import View

CAMERA_GAP_M = 0.5
SKY_EV = -0.5
"""Daylight in a room is dimmer than outside, the more so as its own lamp adds to it."""

LAMP_W_PER_M2 = 5.5
"""Power of the ceiling's light per area of the lamp: a white thing below it is lit to about 1."""

SKIRTING_M = 0.09
N_WALLS = 4
"""Walls in turn: at +y, -x, -y and +x of the room's own axes; each is built facing -y and turned into place."""

PURPOSES = ("living_room", "kitchen", "bedroom", "office", "gym", "corridor", "shop", "workshop")
"""Kinds of rooms with furniture of a purpose, lamps of a colour, and a view from their windows."""

TALL = frozenset({"shelf", "wardrobe", "fridge", "kitchen_run", "mirror", "board", "wall_bars", "shop_shelf", "workbench",
    "side_doors",
                  "coat_rack"})  # fmt: skip
"""What stands at no wall with windows."""

PICTURES: dict[str, tuple[float, float]] = {
    "landscape": (0.9, 0.6),
    "portrait": (0.5, 0.7),
    "square": (0.7, 0.7),
    "wide": (1.2, 0.75),
}
"""Format of a picture -> its width and height in metres."""


@dataclass(frozen=True)
class Hall:
    """Inner box of a room: its axes are turned by `yaw_rad` about z; middle (2,) m in the world, size (2,) m."""

    yaw_rad: float
    middle: Array
    size: Array
    height: float

    def wall(self, index: int) -> tuple[Array, Array, float]:
        """Turn (3, 3) and place (3,) of a wall built along x, facing -y, and its length (m)."""
        length, depth = (self.size[0], self.size[1]) if index % 2 == 0 else (self.size[1], self.size[0])
        rotation = turn("z", self.yaw_rad + index * np.pi / 2)
        place = np.array([*self.middle, 0.0]) + rotation @ np.array([0.0, depth / 2, 0.0])
        return rotation, place, float(length)


def build(spec: BackdropSpec, view: View) -> Surroundings:
    """Floor, walls, ceiling and furniture.

    Params: `yaw_rad`, `height_m`, `margin_x_m`, `margin_y_m` (free space beyond performer and camera), per wall
    W = 0..3 `wallW_windows` and `wallW_pictures` (how many), `wallW_pictureK` (a name in PICTURES) and `wallW_door`
    (0 or 1), window `sill_m`, `window_w_m`, `window_h_m`; and things K: `thingK_form` (a name in FURNITURE), `thingK_wall`
    (W), `thingK_along` (0 to 1), `thingK_size`. Those of a purpose also have `curtains` (0 or 1), `kilokelvin`, the colour
    temperature of the lamp, and what is seen through their windows: `variant` and `storey_m`, how high the floor lies.
    """
    hall = _hall(spec, view)
    width, depth = hall.size
    floor = _level(hall, width, depth, 0.0)
    meshes = [static_mesh(spec, "floor", [Piece(floor, "floor")], "ground", smooth=False)]
    fixed = [piece for w in range(N_WALLS) for piece in _wall(spec, view, hall, w)]
    lid = _level(hall, width, depth, hall.height, facing_down=True)
    if view.sees(_sampled(lid.vertices)):
        fixed.append(Piece(lid, "ceiling"))
    if fixed:
        meshes.append(static_mesh(spec, "walls", fixed, "backdrop", smooth=False))
    things = _furniture(spec, view, hall)
    if things:
        meshes.append(static_mesh(spec, "furniture", things, "backdrop", smooth=True))
    least_ev = readable_ev(spec, ("wall", "floor"))
    lamp = _ceiling_lamp(hall, view)
    if spec.kind not in PURPOSES:
        return Surroundings(tuple(meshes), (lamp,), SKY_EV, least_ev=least_ev)
    meshes += outlook(spec, view, float(np.linalg.norm(0.5 * hall.size)), SKY_EV)
    color = lamp_color(1000.0 * number(spec, "kilokelvin"))
    return Surroundings(tuple(meshes), (replace(lamp, color=color),), SKY_EV, least_ev=least_ev, under_sky=True)


def _hall(spec: BackdropSpec, view: View) -> Hall:
    """Box, in axes turned by the yaw, round performer and cameras with the wanted margins."""
    yaw = number(spec, "yaw_rad")
    axes = turn("z", yaw)[:2, :2]
    corners = np.array([[x, y] for x in (view.low[0], view.high[0]) for y in (view.low[1], view.high[1])])
    margin = np.array([number(spec, "margin_x_m"), number(spec, "margin_y_m")])
    stage, cameras = corners @ axes, view.positions[:, :2] @ axes
    low = np.minimum(stage.min(axis=0) - margin, cameras.min(axis=0) - CAMERA_GAP_M)
    high = np.maximum(stage.max(axis=0) + margin, cameras.max(axis=0) + CAMERA_GAP_M)
    top = max(float(view.high[2]), float(view.positions[:, 2].max())) + 0.3
    return Hall(yaw, axes @ (0.5 * (low + high)), high - low, max(number(spec, "height_m"), top))


def _ceiling_lamp(hall: Hall, view: View) -> LampSpec:
    """A broad even light under the ceiling over the performance: small ones would burn out a raised hand."""
    center = 0.5 * (view.low + view.high)[:2]
    local = (center - hall.middle) @ turn("z", hall.yaw_rad)[:2, :2]
    side = float(np.clip(1.7 * (0.5 * hall.size - np.abs(local)).min(), 1.0, 7.0))
    place = (float(center[0]), float(center[1]), hall.height - 0.03)
    return LampSpec(place, side, LAMP_W_PER_M2 * side * side, (1.0, 0.97, 0.92))


def _level(hall: Hall, width: float, depth: float, z: float, *, facing_down: bool = False) -> Shape:
    """Floor or ceiling, in cells of at most 2 m (large triangles shade badly in some renderers)."""
    columns, rows = max(1, int(np.ceil(width / 2))), max(1, int(np.ceil(depth / 2)))
    x, y = np.linspace(-width / 2, width / 2, columns + 1), np.linspace(-depth / 2, depth / 2, rows + 1)
    cells = []
    for i in range(columns):
        for j in range(rows):
            corners = np.array([[x[i], y[j], z], [x[i + 1], y[j], z], [x[i + 1], y[j + 1], z], [x[i], y[j + 1], z]])
            cells.append(quad(corners[::-1] if facing_down else corners))
    return moved(metric_uv(join(cells)), (*hall.middle, 0.0), turn("z", hall.yaw_rad))


def _sampled(vertices: Array) -> Array:
    """Points (M, 3) spread over the rectangle or box that vertices span in their own plane: vertices and midpoints."""
    middle = vertices.mean(axis=0)
    shares = np.linspace(0.15, 1.0, 6)
    return np.concatenate([middle + s * (vertices - middle) for s in shares] + [middle[None]])


def _wall(spec: BackdropSpec, view: View, hall: Hall, index: int) -> list[Piece]:
    """One wall with what hangs on it and its skirting; nothing when no frame sees it."""
    rotation, place, length = hall.wall(index)
    grid = np.array([[x, 0.0, z] for x in np.linspace(-length / 2, length / 2, 41) for z in np.linspace(0, hall.height, 9)])
    if not view.sees(grid @ rotation.T + place):
        return []
    get = {key: number(spec, f"wall{index}_{key}", 0.0) for key in ("windows", "pictures", "door")}
    openings, slots = _openings(spec, int(get["windows"]), length, hall.height)
    pieces = [Piece(_pierced(length, hall.height, openings), "wall")]
    pieces += [Piece(_window_frame(*opening), "trim") for opening in openings]
    if number(spec, "curtains", 0.0):
        pieces += [Piece(curtains(*opening), "curtain") for opening in openings]
    if get["door"] and not openings and length > 2.4:
        pieces += _door(-length / 2 + 0.9)
        slots = [x for x in slots if x > -length / 2 + 2.0]
    pieces += [piece for k, x in enumerate(slots[: int(get["pictures"])]) for piece in _picture(spec, index, k, x)]
    skirting = box((length, 0.02, SKIRTING_M), (0.0, -0.01, SKIRTING_M / 2))
    pieces.append(Piece(metric_uv(skirting), "trim"))
    return [Piece(moved(piece.shape, place, rotation), piece.surface) for piece in pieces]


Opening = tuple[float, float, float, float]
"""Left, right, sill and lintel of a window, m along and up the wall."""


def _openings(spec: BackdropSpec, wanted: int, length: float, height: float) -> tuple[list[Opening], list[float]]:
    """Windows spread evenly along a wall, as many as fit, and the places left between them for pictures."""
    width, sill = number(spec, "window_w_m", 1.2), number(spec, "sill_m", 0.9)
    lintel = min(sill + number(spec, "window_h_m", 1.3), height - 0.25)
    n = min(wanted, int(length // (width + 0.6)))
    pitch = length / max(n, 1)
    centers = [-length / 2 + pitch * (k + 0.5) for k in range(n)]
    openings = [(x - width / 2, x + width / 2, sill, lintel) for x in centers]
    if n > 0:
        slots = [0.5 * (a + b) for a, b in pairwise(centers) if b - a - width > 1.0]
    else:
        places = max(1, int(length // 1.8))
        slots = [-length / 2 + length / places * (k + 0.5) for k in range(places)]
    return openings, slots


def _pierced(length: float, height: float, openings: list[Opening]) -> Shape:
    """A wall in the plane y = 0 facing -y, with rectangular holes side by side."""
    panels, left = [], -length / 2
    for a, b, sill, lintel in openings:
        panels += [_panel(left, a, 0.0, height), _panel(a, b, 0.0, sill), _panel(a, b, lintel, height)]
        left = b
    panels.append(_panel(left, length / 2, 0.0, height))
    return metric_uv(join(panels))


def _panel(left: float, right: float, low: float, high: float) -> Shape:
    return quad(np.array([[left, 0.0, low], [right, 0.0, low], [right, 0.0, high], [left, 0.0, high]]))


def _window_frame(left: float, right: float, sill: float, lintel: float) -> Shape:
    """Reveal, frame, mullion and sill board of a window."""
    x, z, w, h = 0.5 * (left + right), 0.5 * (sill + lintel), right - left, lintel - sill
    bars = [
        box((w + 0.06, 0.16, 0.05), (x, 0.06, lintel)),
        box((w + 0.16, 0.24, 0.04), (x, 0.04, sill)),
        box((0.05, 0.16, h), (left, 0.06, z)),
        box((0.05, 0.16, h), (right, 0.06, z)),
        box((0.045, 0.05, h), (x, 0.1, z)),
        box((w, 0.05, 0.04), (x, 0.1, sill + 0.66 * h)),
    ]
    return metric_uv(join(bars))


def _picture(spec: BackdropSpec, wall: int, k: int, x: float) -> list[Piece]:
    """The k-th framed picture of a wall, at eye height; two motifs take turns."""
    w, h = form(spec, f"wall{wall}_picture{k}", PICTURES)
    image = _panel(x - w / 2, x + w / 2, 1.55 - h / 2, 1.55 + h / 2)
    rim = box((w + 0.07, 0.03, h + 0.07), (x, -0.015, 1.55))
    motif = "picture" if (wall + k) % 2 else "poster"
    return [Piece(moved(image, (0.0, -0.032, 0.0)), motif), Piece(metric_uv(rim), "frame")]


def _door(x: float) -> list[Piece]:
    """A closed door with a frame and a knob."""
    leaf = box((0.86, 0.04, 2.02), (x, -0.01, 1.01))
    frame = [box((0.08, 0.07, 2.1), (x + side * 0.47, -0.02, 1.05)) for side in (-1, 1)]
    lintel = box((1.02, 0.07, 0.08), (x, -0.02, 2.06))
    knob = box((0.12, 0.05, 0.03), (x + 0.34, -0.05, 1.0))
    return [Piece(metric_uv(leaf), "door"), Piece(metric_uv(join([*frame, lintel, knob])), "trim")]


def _furniture(spec: BackdropSpec, view: View, hall: Hall) -> list[Piece]:
    """Things along the walls, in order; one that is in the way, out of sight or in another's place is left out."""
    pieces: list[Piece] = []
    taken: list[tuple[Array, float]] = []
    for k in range(int(number(spec, "n_things", 0))):
        get = {key: number(spec, f"thing{k}_{key}") for key in ("wall", "along", "size")}
        wall = int(get["wall"]) % N_WALLS
        rotation, place, length = hall.wall(wall)
        made, width, depth = form(spec, f"thing{k}_form", FURNITURE)(get["size"])
        room = length - width - 0.3
        center = place + rotation @ np.array([room * (get["along"] - 0.5), -depth / 2 - 0.03, 0.0])
        if room <= 0 or (spec.params[f"thing{k}_form"] in TALL and number(spec, f"wall{wall}_windows", 0.0)):
            continue
        n = max(1, int(np.ceil(width / max(depth, 0.5))))
        along = (np.arange(n) - 0.5 * (n - 1)) * (width / n)
        foot, radius = [center[:2] + rotation[:2, 0] * x for x in along], 0.55 * max(depth, width / n)
        crowded = any(np.linalg.norm(at - other) < radius + reach for other, reach in taken for at in foot)
        if crowded or not all(view.clear_of(at, radius) for at in foot):
            continue
        x, y = 0.5 * width, 0.5 * depth
        corners = np.array([[a, b, z] for a in (-x, 0.0, x) for b in (-y, y) for z in (0.1, 0.6, 1.2, 1.8)])
        if not view.sees(corners @ rotation.T + center):
            continue
        taken += [(at, radius) for at in foot]
        pieces += [Piece(moved(shape, center, rotation), _surface_of(k, whose)) for shape, whose in made]
    return pieces


def _surface_of(k: int, whose: bool | str) -> str:
    """The surface of a part of thing k: its own, the frames', or a named one."""
    return whose if isinstance(whose, str) else f"thing{k}" if whose else "frame"
