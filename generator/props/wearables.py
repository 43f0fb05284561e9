"""What is put on and taken off, fitted to its wearer: a hat, glasses, a shoe."""

from __future__ import annotations

import numpy as np

from ..skeletons import JOINT
from ..values import Array, Material, PropSpec, Skeleton
from .base import Builder, Forms, Solid, form, frame, mirrored
from .fingertips import fingertip_grip
from .shapes import Shape, box, join, lathe, metric_uv, moved, painted, tube, with_mirror
from .textures import plain, speckled
from .vessels import color

HATS = ("cap", "brimmed", "bucket")
GLASSES = ("round", "square")
LEVEL = ((0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
"""y ahead, z up."""


def _mark(skeleton: Skeleton, name: str) -> Array:
    """A landmark of the body at rest, in a thing's axes (left, back, up)."""
    mark = skeleton.landmarks[name]
    x, y, z = skeleton.joints_m[mark.joint] + np.asarray(mark.offset_m)
    return np.array([x, -z, y])


def hat(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A cap with a peak, a hat with a brim or a bucket hat, round the head and its hair. Its origin is at the crown.

    `crown`: y ahead, z up; `grip` = `right_side`, `left_side`: palms on the band, fingers up and forward.
    """
    crown, forehead, ear = (_mark(skeleton, name) for name in ("crown", "forehead", "left_ear"))
    kind, s = form(spec, "shape", HATS), spec.size
    across, front = abs(float(ear[0])) + 0.008, float((forehead - crown)[1])
    long = max(1.22 * across, 0.5 * (abs(front) + 1.02 * across)) + 0.012
    middle = front + long - 0.016
    low, top = float((forehead - crown)[2]) + 0.002, 0.036
    wide, tall = across * s, top - low
    profile = {
        "cap": [(1.0, 0.0), (1.0, 0.38 * tall), (0.93, 0.66 * tall), (0.72, 0.88 * tall), (0.4, 0.97 * tall), (0.0, tall)],
        "brimmed": [
            (1.0, 0.0),
            (1.0, 0.38 * tall),
            (0.97, 0.9 * tall),
            (0.86, 1.05 * tall),
            (0.4, 1.0 * tall),
            (0.0, 0.96 * tall),
        ],
        "bucket": [
            (1.0, 0.0),
            (1.0, 0.38 * tall),
            (0.92, 0.94 * tall),
            (0.84, 1.0 * tall),
            (0.4, 1.02 * tall),
            (0.0, 1.02 * tall),
        ],
    }[kind]
    inner = [(max(r - 0.06, 0.0), max(z - 0.008, 0.0)) for r, z in reversed(profile)]
    shell = _oval(lathe([(r * wide, z) for r, z in [*inner, *profile]], 28), long / across)
    parts = [painted(moved(shell, (0.0, middle, low)), 0)]
    if kind == "cap":
        parts.append(painted(moved(_peak(wide, long * s), (0.0, middle, low)), 1))
    else:
        out, drop = (1.55, -0.012) if kind == "brimmed" else (1.38, -0.045)
        rim = lathe(
            [
                (0.97 * wide, 0.006),
                (0.97 * wide, -0.001),
                (out * wide, drop - 0.001),
                (out * wide, drop + 0.005),
                (0.99 * wide, 0.009),
            ],
            28,
        )
        parts.append(painted(moved(_oval(rim, 0.5 + 0.5 * long / across), (0.0, middle, low)), 0))
    band = _oval(lathe([(1.0 * wide, 0.004), (1.03 * wide, 0.006), (1.03 * wide, 0.026), (1.0 * wide, 0.028)], 28), long / across)
    parts.append(painted(moved(band, (0.0, middle, low)), 1))
    materials = (
        Material("felt", speckled(color(spec, 0, (0.25, 0.3, 0.5)), 0.04, spec.variant), 0.9),
        Material("band", plain(color(spec, 1, (0.1, 0.1, 0.12))), 0.8),
    )
    right = frame((-1.03 * wide, middle, low + 0.016), tuple(_unit(0.0, -0.5, 0.87)), (1.0, 0.0, 0.0))
    frames = {"crown": frame((0.0, 0.0, 0.0), *LEVEL), "grip": right, "right_side": right, "left_side": mirrored(right)}
    return Solid(join(parts), materials, frames)


def _oval(shape: Shape, ratio: float) -> Shape:
    """A turned solid made longer from front to back."""
    return Shape(shape.vertices * (1.0, ratio, 1.0), shape.faces, shape.uv, shape.material)


def _peak(wide: float, long: float) -> Shape:
    """The peak of a cap: a crescent ahead of the band, bent down at its sides."""
    angles = np.linspace(-1.0, 1.0, 13)
    sine, cosine = np.sin(angles), np.cos(angles)
    reach = 0.075 * np.cos(angles * 1.45) + 0.004
    near = np.stack([0.99 * wide * sine, -0.99 * long * cosine, 0.006 - 0.010 * angles**2], axis=-1)
    far = np.stack([1.02 * wide * sine, -long * cosine - reach, -0.006 - 0.028 * angles**2], axis=-1)
    top = np.concatenate([near, far])
    n = len(near)
    k = np.arange(n - 1)
    upper = np.concatenate([np.stack([k, n + k, n + k + 1], -1), np.stack([k, n + k + 1, k + 1], -1)])
    ring = np.concatenate([np.arange(n), np.arange(2 * n - 1, n - 1, -1)])
    after = np.roll(ring, -1)
    wall = np.concatenate([np.stack([ring, after, after + 2 * n], -1), np.stack([ring, after + 2 * n, ring + 2 * n], -1)])
    faces = np.concatenate([upper, upper[:, ::-1] + 2 * n, wall])
    vertices = np.concatenate([top, top - (0.0, 0.0, 0.004)])
    return metric_uv(Shape(vertices, faces, np.zeros((len(faces), 3, 2)), np.zeros(len(faces), int)), 0.2)


def glasses(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """Glasses before the wearer's own eyes, temples out. Their origin is at the tip of the nose.

    `nose`: y ahead, z up; `grip`: a right palm whose fingertips have the front end of the right temple, from below;
    `right_hinge`, `left_hinge`: those ends.
    """
    nose, eye, ear = (_mark(skeleton, name) for name in ("nose", "left_eye", "left_ear"))
    eye, ear = eye - nose, ear - nose
    half, r = abs(float(eye[0])), 0.003 * spec.size
    lens = min(0.026, 0.86 * half) * spec.size
    y, z = float(eye[1]) - 0.020, float(eye[2]) - 0.004
    turned = np.linspace(0.0, 2.0 * np.pi, 25)[:-1]
    squarish = 1.0 if form(spec, "shape", GLASSES) == "round" else 0.55
    x_ring = half + lens * np.sign(np.cos(turned)) * np.abs(np.cos(turned)) ** squarish
    z_ring = z + 0.84 * lens * np.sign(np.sin(turned)) * np.abs(np.sin(turned)) ** squarish
    loop = np.stack([x_ring, np.full_like(x_ring, y), z_ring], axis=-1)
    ring = join([tube(loop[[a, (a + 1) % 24]], r, 6) for a in range(24)])
    hinge, end = (
        np.array([half + lens, y, z + 0.3 * lens]),
        np.array([abs(float(ear[0])) + 0.006, float(ear[1]) + 0.01, z + 0.3 * lens]),
    )
    outer = np.array([max(half + lens, end[0] - 0.004), y + 0.008, hinge[2]])
    temple = tube(
        [tuple(hinge), tuple(outer), tuple(0.5 * (outer + end)), tuple(end), tuple(end + np.array([0.0, 0.018, -0.022]))], r, 6
    )
    inner = half - lens
    bridge = tube([(inner, y, z + 0.2 * lens), (0.0, y - 0.003, z + 0.42 * lens), (-inner, y, z + 0.2 * lens)], r, 6)
    materials = (Material("frame", plain(color(spec, 0, (0.08, 0.08, 0.1))), 0.35),)
    along, out = _unit(0.15, 0.25, 0.95), np.array([1.0, 0.0, 0.0])
    out = _unit(*(out - (out @ along) * along))
    point = outer * (-1.0, 1.0, 1.0)
    palm = np.stack([np.cross(along, out), along, out], axis=-1)
    frames = {
        "nose": frame((0.0, 0.0, 0.0), *LEVEL),
        "grip": fingertip_grip(skeleton, point, up=tuple(palm[2]), forward=tuple(palm[1])),
        "right_hinge": frame(point, *LEVEL),
        "left_hinge": frame(outer, *LEVEL),
    }
    return Solid(painted(join([with_mirror(join([ring, temple])), bridge]), 0), materials, frames)


def _unit(x: float, y: float, z: float) -> Array:
    vector = np.array([x, y, z])
    return np.asarray(vector / np.linalg.norm(vector))


def shoe(spec: PropSpec, skeleton: Skeleton) -> Solid:
    """A shoe that goes over the wearer's foot and what is on it, heel to +y. Its origin is under the ankle, on the sole.

    `opening`: the middle of its collar; `heel`, `toe`: its ends.
    """
    ankle = skeleton.joints_m[JOINT["right_ankle"]]
    heel, toe, ball = (_mark(skeleton, f"right_{name}") for name in ("heel", "toe", "ball"))
    back, ahead = float(heel[1] + ankle[2]) + 0.026, float(toe[1] + ankle[2]) - 0.028
    high = float(ankle[1] - ball[2]) + skeleton.sole_drop_m
    half = (0.19 * (back - ahead) + 0.006) * spec.size
    stations = np.array([0.0, 0.06, 0.25, 0.45, 0.66, 0.82, 0.94, 1.0])
    widths = np.array([0.45, 0.72, 0.84, 0.88, 1.06, 0.98, 0.7, 0.3]) * half
    heights = np.array([0.92, 1.0, 1.02, 0.90, 0.66, 0.50, 0.40, 0.24]) * (high + 0.055)
    angles = np.linspace(0.0, 2.0 * np.pi, 17)[:-1]
    rings = []
    for share, width, tall in zip(stations, widths, heights, strict=True):
        y = back + share * (ahead - back)
        x = width * np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** 0.7
        z = 0.5 * tall * (1.0 + np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** 0.6) - 0.012
        rings.append(np.stack([x, np.full_like(x, y), z], axis=-1))
    body = painted(_skin(np.array(rings)), 0)
    sole = painted(metric_uv(box((1.9 * half, 0.86 * (back - ahead), 0.022), (0.0, 0.5 * (back + ahead), -0.003)), 0.3), 1)
    collar_y, top = back - 0.27 * (back - ahead), high + 0.045
    collar = painted(
        moved(
            _oval(lathe([(0.80 * half, 0.0), (0.86 * half, 0.0), (0.9 * half, 0.05), (0.84 * half, 0.05)], 20), 1.25),
            (0.0, collar_y, top - 0.05),
        ),
        2,
    )
    materials = (
        Material("upper", speckled(color(spec, 0, (0.3, 0.2, 0.15)), 0.03, spec.variant), 0.5),
        Material("sole", plain(color(spec, 1, (0.9, 0.9, 0.88))), 0.8),
        Material("collar", plain(color(spec, 2, (0.15, 0.15, 0.17))), 0.9),
    )
    frames = {
        "opening": frame((0.0, collar_y, top), *LEVEL),
        "heel": frame((0.0, back, 0.5 * high), *LEVEL),
        "toe": frame((0.0, ahead, 0.03), *LEVEL),
    }
    return Solid(join([body, sole, collar]), materials, frames)


def _skin(rings: Array) -> Shape:
    """A smooth closed solid through rings (R, S, 3) of points, turned so that its faces look out."""
    count, around = rings.shape[:2]
    vertices = np.concatenate([rings.reshape(-1, 3), rings[0].mean(axis=0)[None], rings[-1].mean(axis=0)[None]])
    faces = []
    for r in range(count - 1):
        for k in range(around):
            a, b = r * around + k, r * around + (k + 1) % around
            faces += [(a, b, b + around), (a, b + around, a + around)]
    for k in range(around):
        nxt = (k + 1) % around
        faces.append((count * around, nxt, k))
        faces.append((count * around + 1, (count - 1) * around + k, (count - 1) * around + nxt))
    solid = np.array(faces)
    corners = vertices[solid] - vertices.mean(axis=0)
    if np.einsum("fi,fi->f", np.cross(corners[:, 0], corners[:, 1]), corners[:, 2]).sum() < 0.0:
        solid = solid[:, ::-1]
    return metric_uv(Shape(vertices, solid, np.zeros((len(solid), 3, 2)), np.zeros(len(solid), int)), 0.2)


KINDS: dict[str, Builder] = {"hat": hat, "glasses": glasses, "shoe": shoe}
"""Kind -> builder; `size` is a factor on how loosely it fits."""

FORMS: Forms = {"hat": {"shape": HATS}, "glasses": {"shape": GLASSES}}
"""Kind -> part -> its forms."""
