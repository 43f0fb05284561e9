"""Things that stand about outdoors, made round their origin with their long side along x: cars, benches, lamps, fences."""

from __future__ import annotations

import numpy as np

from ...props.shapes import Shape, box, join, lathe, metric_uv, moved, quad, tube, turn, with_mirror
from ...values import Array
from ..scenery import Piece


def car(paint: str, rolls: Array) -> list[Piece]:
    """A parked car, its front at +x: rolls (4,) in [0, 1) say whether a saloon, hatchback, van or estate, and how long."""
    kind = int(rolls[0] * 4)
    length, wide = 4.0 + 0.7 * rolls[1], 1.74 + 0.08 * rolls[2]
    tall, rear, top_rear, bonnet = (
        (1.44, -0.62, -0.38, 0.95), (1.5, -0.92, -0.66, 0.98), (1.95, -0.98, -0.9, 1.3), (1.48, -0.98, -0.74, 0.96),
    )[kind]  # fmt: skip
    half, belt, low = 0.5 * length, 0.93 if kind != 2 else 1.1, 0.22
    front_glass, front_top = (bonnet / 2.1, bonnet / 2.1 - 0.34) if kind != 2 else (0.72, 0.5)
    # Outline of the lower body from the rear bumper over the belt line to the front, in shares of half the length.
    side = np.array([
        [-0.97, low], [-1.0, 0.42], [-0.99, 0.75], [-0.95, belt - 0.02], [front_glass, belt], [0.72, belt - 0.09],
        [0.93, 0.72], [1.0, 0.55], [0.99, 0.3], [0.95, low],
    ])  # fmt: skip
    body = _extruded(side * [half, 1.0], 0.5 * wide, np.array([0.9, 1.0, 0.98, 0.93, 0.94, 0.9, 0.92, 0.95, 0.97, 0.9]))
    cabin = np.array([[rear, belt - 0.01], [top_rear, tall], [front_top, tall - 0.01], [front_glass, belt - 0.01]])
    glass = _extruded(cabin * [half, 1.0], 0.46 * wide, np.array([1.0, 0.84, 0.84, 1.0]))
    roof = _extruded(
        np.array([[top_rear - 0.02, tall - 0.05], [top_rear + 0.02, tall + 0.02], [front_top - 0.02, tall + 0.02],
                  [front_top + 0.03, tall - 0.05]]) * [half, 1.0], 0.46 * wide, np.array([0.87, 0.83, 0.83, 0.87]))  # fmt: skip
    posts = []
    for share in (0.0, 0.5):
        x = half * (top_rear * (1 - share) + front_top * share)
        foot = half * (rear * (1 - share) + front_glass * share) if share == 0.0 else x + 0.03
        posts.append(tube([(foot, 0.465 * wide, belt), (x, 0.395 * wide, tall)], 0.035, 4))
    posts.append(tube([(half * front_glass, 0.455 * wide, belt), (half * front_top, 0.39 * wide, tall)], 0.03, 4))
    both = with_mirror_y(join(posts))
    wheel = lathe([(0.0, -0.1), (0.3, -0.1), (0.32, -0.07), (0.32, 0.07), (0.3, 0.1), (0.0, 0.1)], 14)
    hub = lathe([(0.0, 0.0), (0.19, 0.0), (0.19, 0.02), (0.0, 0.025)], 10)
    wheels, hubs = [], []
    for x in (-0.62 * half, 0.63 * half):
        for s in (-1.0, 1.0):
            wheels.append(moved(wheel, (x, s * (0.5 * wide - 0.09), 0.32), turn("x", np.pi / 2)))
            hubs.append(moved(hub, (x, s * (0.5 * wide + 0.012), 0.32), turn("x", -s * np.pi / 2)))
    lights = with_mirror_y(box((0.05, 0.34, 0.13), (0.965 * half, 0.32 * wide, 0.62)))
    rears = with_mirror_y(box((0.04, 0.26, 0.16), (-0.985 * half, 0.34 * wide, 0.74)))
    plates = join([box((0.02, 0.5, 0.11), (s * half * 1.002, 0.0, 0.46)) for s in (-1, 1)])
    lower = box((length * 0.94, wide * 0.9, 0.16), (0.0, 0.0, 0.24))
    return [
        Piece(metric_uv(body), paint), Piece(metric_uv(join([roof, both])), paint), Piece(metric_uv(glass), "glass"),
        Piece(metric_uv(join([*wheels, lower])), "tyre"), Piece(metric_uv(join([*hubs, plates])), "metal"),
        Piece(metric_uv(lights), "pale"), Piece(metric_uv(rears), "red"),
    ]  # fmt: skip


def with_mirror_y(shape: Shape) -> Shape:
    """The shape and its image across y = 0."""
    return moved(with_mirror(moved(shape, rotation=turn("z", -np.pi / 2))), rotation=turn("z", np.pi / 2))


def _extruded(outline: Array, half_width: float, share: Array) -> Shape:
    """A solid between two copies of an outline (N, 2) of (x, z), clockwise seen from -y, each point as wide as its share says."""
    n = len(outline)
    wide = half_width * np.broadcast_to(share, (n,))
    points = np.concatenate([np.stack([outline[:, 0], s * wide, outline[:, 1]], -1) for s in (-1.0, 1.0)])
    k = np.arange(n)
    nxt = (k + 1) % n
    skin = np.concatenate([np.stack([k, k + n, nxt + n], -1), np.stack([k, nxt + n, nxt], -1)])
    fan = np.arange(1, n - 1)
    ends = np.concatenate([np.stack([0 * fan, fan, fan + 1], -1), np.stack([0 * fan + n, n + fan + 1, n + fan], -1)])
    faces = np.concatenate([skin, ends])
    flat = points[faces].reshape(-1, 3)
    return Shape(flat, np.arange(len(flat)).reshape(-1, 3), np.zeros((len(faces), 3, 2)), np.zeros(len(faces), dtype=int))


def bench(length_m: float = 1.7) -> list[Piece]:
    """A park bench that looks to -y."""
    slats = [box((length_m, 0.1, 0.035), (0.0, y, 0.45)) for y in (-0.2, -0.07, 0.06)]
    slats += [moved(box((length_m, 0.03, 0.11)), (0.0, 0.2 + 0.05 * k, 0.6 + 0.15 * k), turn("x", -0.25)) for k in range(3)]
    legs = [box((0.05, 0.45, 0.05), (x, -0.02, 0.42)) for x in (-0.4 * length_m, 0.4 * length_m)]
    legs += [box((0.05, 0.05, 0.43), (s * 0.4 * length_m, y, 0.21)) for s in (-1, 1) for y in (-0.2, 0.16)]
    legs += [moved(box((0.04, 0.04, 0.6)), (s * 0.4 * length_m, 0.25, 0.68), turn("x", -0.25)) for s in (-1, 1)]
    return [Piece(metric_uv(join(slats)), "timber"), Piece(metric_uv(join(legs)), "metal")]


def lamp_post(height_m: float = 5.0) -> list[Piece]:
    """A street lamp whose arm reaches to -y."""
    pole = tube([(0, 0, 0), (0, 0, 0.9), (0, 0, 0.91), (0, 0, height_m)], [0.09, 0.09, 0.055, 0.04], 8)
    arm = tube([(0, 0, height_m - 0.05), (0, -0.5, height_m + 0.12), (0, -1.1, height_m + 0.12)], 0.03, 6)
    head = box((0.2, 0.55, 0.09), (0.0, -1.25, height_m + 0.11))
    glow = box((0.15, 0.45, 0.02), (0.0, -1.25, height_m + 0.055))
    return [Piece(join([pole, arm]), "metal", smooth=True), Piece(metric_uv(head), "metal"), Piece(metric_uv(glow), "pale")]


def bin_() -> list[Piece]:
    """A litter bin on a post."""
    body = lathe([(0.0, 0.12), (0.2, 0.12), (0.24, 0.85), (0.2, 0.9), (0.0, 0.9)], 10)
    return [Piece(metric_uv(body), "dark"), Piece(tube([(0, 0.2, 0), (0, 0.2, 0.5), (0, 0.2, 1.0)], 0.035, 6), "metal")]


def bollard() -> list[Piece]:
    """A post against cars."""
    return [Piece(lathe([(0.07, 0.0), (0.07, 0.8), (0.05, 0.9), (0.0, 0.92)], 8), "dark", smooth=True)]


def sign_post() -> list[Piece]:
    """A round traffic sign on a pole."""
    disc = moved(lathe([(0.0, -0.01), (0.3, -0.01), (0.3, 0.01), (0.0, 0.01)], 16), (0.0, -0.05, 2.4), turn("x", np.pi / 2))
    inner = moved(
        lathe([(0.0, -0.005), (0.21, -0.005), (0.21, 0.005), (0.0, 0.005)], 16), (0.0, -0.066, 2.4), turn("x", np.pi / 2)
    )
    return [Piece(tube([(0, 0, 0), (0, 0, 1.2), (0, 0, 2.75)], 0.03, 6), "metal"), Piece(disc, "red"), Piece(inner, "pale")]


def fence(length_m: float, height_m: float = 1.1, name: str = "timber") -> list[Piece]:
    """Posts and rails."""
    n = max(2, round(length_m / 2.0) + 1)
    posts = [box((0.1, 0.1, height_m + 0.1), (x, 0.0, 0.5 * height_m)) for x in np.linspace(-0.5, 0.5, n) * length_m]
    rails = [box((length_m, 0.035, 0.1), (0.0, -0.06, z * height_m)) for z in (0.38, 0.68, 0.95)]
    return [Piece(metric_uv(join([*posts, *rails])), name)]


def mesh_fence(length_m: float, height_m: float = 3.0) -> list[Piece]:
    """A sports ground's fence: posts, rails and a wide net of wires."""
    n = max(2, round(length_m / 3.0) + 1)
    posts = [tube([(x, 0, 0), (x, 0, 0.5 * height_m), (x, 0, height_m)], 0.035, 6) for x in np.linspace(-0.5, 0.5, n) * length_m]
    rails = [box((length_m, 0.04, 0.04), (0.0, 0.0, z)) for z in (0.1, 0.5 * height_m, height_m)]
    wires = [box((0.012, 0.012, height_m), (x, 0.0, 0.5 * height_m)) for x in np.arange(-0.5 * length_m, 0.5 * length_m, 0.5)]
    wires += [box((length_m, 0.012, 0.012), (0.0, 0.0, z)) for z in np.arange(0.5, height_m, 0.5)]
    return [Piece(metric_uv(join([*posts, *rails, *wires])), "metal")]


def railing(length_m: float, height_m: float = 1.0) -> list[Piece]:
    """A metal railing of upright bars."""
    bars = [
        box((0.018, 0.018, height_m - 0.1), (x, 0.0, 0.5 * height_m)) for x in np.arange(-0.5 * length_m, 0.5 * length_m, 0.14)
    ]
    rails = [box((length_m, 0.045, 0.045), (0.0, 0.0, z)) for z in (0.1, height_m)]
    posts = [box((0.05, 0.05, height_m), (x, 0.0, 0.5 * height_m)) for x in np.arange(-0.5, 0.51, 0.5) * length_m]
    return [Piece(metric_uv(join([*bars, *rails, *posts])), "metal")]


def cone() -> list[Piece]:
    """A traffic cone."""
    body = lathe([(0.15, 0.03), (0.1, 0.24)], 10)
    band = lathe([(0.1, 0.24), (0.075, 0.38)], 10)
    tip = lathe([(0.075, 0.38), (0.03, 0.62), (0.0, 0.62)], 10)
    foot = box((0.38, 0.38, 0.03), (0.0, 0.0, 0.015))
    return [Piece(metric_uv(join([body, tip, foot])), "orange"), Piece(metric_uv(band), "pale")]


def parasol(height_m: float, cloth: str) -> list[Piece]:
    """An open sunshade."""
    k, n = np.arange(8), 8
    hem = np.stack([1.3 * np.cos(2 * np.pi * k / n), 1.3 * np.sin(2 * np.pi * k / n), np.full(n, height_m - 0.45)], -1)
    points = np.concatenate([hem, [[0.0, 0.0, height_m]]])
    faces = np.stack([np.full(n, n), k, (k + 1) % n], -1)
    roof = metric_uv(Shape(points, faces, np.zeros((n, 3, 2)), 0 * k))
    return [Piece(roof, cloth), Piece(tube([(0, 0, 0), (0, 0, 1.0), (0, 0, height_m)], 0.025, 6), "pale")]


def lounger(cloth: str) -> list[Piece]:
    """A reclining chair for the sun, its head at +x."""
    flat = box((1.3, 0.6, 0.06), (-0.3, 0.0, 0.33))
    back = moved(box((0.75, 0.6, 0.06)), (0.62, 0.0, 0.52), turn("y", -0.6))
    legs = join([box((0.05, 0.05, 0.32), (x, y, 0.16)) for x in (-0.85, 0.3) for y in (-0.26, 0.26)])
    return [Piece(metric_uv(join([flat, back])), cloth), Piece(metric_uv(legs), "pale")]


def heap(radius_m: float, height_m: float, seed: int, name: str) -> list[Piece]:
    """A loose heap of sand, earth or snow."""
    n, rows = 18, (1.0, 0.78, 0.5, 0.24, 0.05)
    angles = 2 * np.pi * np.arange(n) / n
    lumps = 1.0 + 0.12 * np.sin(3 * angles + seed) + 0.07 * np.sin(5 * angles + 2.3 * seed)
    rings = [np.stack([radius_m * r * lumps * np.cos(angles), radius_m * r * lumps * np.sin(angles),
                       np.full(n,
                       height_m * (1 - r) ** 1.15 * 1.0) + 0.05 * height_m * np.sin(4 * angles + 9 * r) * (r < 0.9)], -1)
             for r in rows]  # fmt: skip
    rings[0][:, 2] = -0.05
    points = np.concatenate([*rings, [[0.0, 0.0, height_m]]])
    k = np.arange(n)
    faces = []
    for row in range(len(rows) - 1):
        a, b = row * n + k, row * n + (k + 1) % n
        faces += [np.stack([a, b, b + n], -1), np.stack([a, b + n, a + n], -1)]
    last = (len(rows) - 1) * n
    faces.append(np.stack([last + k, last + (k + 1) % n, np.full(n, len(points) - 1)], -1))
    all_faces = np.concatenate(faces)
    return [
        Piece(
            metric_uv(Shape(points, all_faces, np.zeros((len(all_faces), 3, 2)), np.zeros(len(all_faces), dtype=int))),
            name,
            smooth=True,
        )
    ]


def stripe(a: tuple[float, float], b: tuple[float, float], width_m: float, name: str, z: float = 0.006) -> Piece:
    """A line painted on the ground from a to b."""
    start, end = np.array(a), np.array(b)
    along = (end - start) / max(float(np.linalg.norm(end - start)), 1e-9)
    side = 0.5 * width_m * np.array([-along[1], along[0]])
    corners = np.array([start - side, end - side, end + side, start + side])
    return Piece(metric_uv(quad(np.concatenate([corners, np.full((4, 1), z)], axis=1))), name)


def arc(center: tuple[float, float], radius_m: float, start: float, end: float, width_m: float, name: str) -> list[Piece]:
    """A line painted along an arc of a circle."""
    n = max(6, int(abs(end - start) / 0.2))
    angles = np.linspace(start, end, n + 1)
    points = np.array(center) + radius_m * np.stack([np.cos(angles), np.sin(angles)], -1)
    return [stripe(tuple(points[k]), tuple(points[k + 1]), width_m, name, 0.0062) for k in range(n)]
