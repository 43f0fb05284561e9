"""How cloth hangs: displacements that take a sheet from the skin to where the garment lies."""

from __future__ import annotations

import numpy as np

from ...base.exact import arctan2
from ...motion.rotations import dot
from ...values import Array
from ..fit import Fit
from ..sheet import Sheet
from .patterns import Params

N_ANGLES, N_LEVELS = 36, 32


def drape(skin: Array, sheet: Sheet, outward: Array, fit: Fit, p: Params, surface: str, free: Array) -> Array:
    """(N, 3) where the cloth lies, over the sheet's points `skin` (N, 3) on the body, whose normals are `outward` (N, 3).

    The cloth keeps at least `thick` m off the body everywhere, hangs from chest and hips by `loose`, and spans
    hollows, as far as it is `free` (N,): from 0 where it lies close to 1.
    """
    shift = outward * p["thick"] + _hang(skin, fit, p) + _limbs(skin, fit, p)
    for _ in range(6):
        shift = 0.4 * shift + 0.6 * (sheet.neighbours @ shift)
    cloth = skin + shift
    for _ in range(sheet.passes):
        # Only along the normal: sliding along the surface would make hems wavy.
        step = 0.5 * dot(sheet.neighbours @ cloth - cloth, outward)
        gap = dot(cloth - skin, outward) + step
        cloth = cloth + outward * (step + np.maximum(p["thick"] - gap, 0.0))[:, None]
    if surface == "bottom":
        cloth[:, 0] = _kept_apart(skin, cloth[:, 0], fit)
    return free[:, None] * cloth + (1.0 - free)[:, None] * (skin + outward * p["thick"])


def free(skin: Array, fit: Fit, p: Params, tuck_y: float | None = None) -> Array:
    """(N,) from 0 where the cloth must lie close, at the neck and below `tuck_y` where something is worn over it, to 1."""
    free = np.ones(len(skin))
    if "sleeve" in p:
        out = np.hypot(skin[:, 0], skin[:, 2] - fit.neck_z) - fit.neck_radius - p["neck_width"]
        free = np.where(skin[:, 1] > fit.neck_y - 0.12, np.clip((out - 0.005) / 0.05, 0.0, 1.0), 1.0)
    if tuck_y is not None:
        free = np.minimum(free, np.clip((skin[:, 1] - tuck_y - 0.005) / 0.05, 0.0, 1.0))
    return free


def torso_profile(skin: Array, fit: Fit, taper: float) -> tuple[Array, float, Array]:
    """Radii (N_LEVELS, N_ANGLES) m of cloth hanging round the torso, its axis' z, and the levels' heights (falling).

    Each level is at least as wide as the body there, and narrows downwards by no more than `taper` m per m.
    """
    axis_z = fit.hip_z - 0.01
    levels = np.linspace(fit.armpit_y + 0.03, fit.crotch_y - 0.02, N_LEVELS)
    step = levels[0] - levels[1]
    row = np.rint((levels[0] - skin[:, 1]) / step).astype(np.int64)
    use = (row >= 0) & (row < N_LEVELS) & _on_trunk(skin, fit)
    near = skin[use]
    angle = arctan2(near[:, 0], near[:, 2] - axis_z)
    column = np.rint(angle / (2 * np.pi) * N_ANGLES).astype(np.int64) % N_ANGLES
    radii = np.zeros((N_LEVELS, N_ANGLES))
    np.maximum.at(radii, (row[use], column), np.hypot(near[:, 0], near[:, 2] - axis_z))
    radii = _taut(radii)
    for k in range(1, N_LEVELS):
        radii[k] = np.maximum(radii[k], radii[k - 1] - taper * step)
    for k in range(N_LEVELS - 2, -1, -1):
        radii[k] = np.maximum(radii[k], radii[k + 1] - (0.3 + taper) * step)
    radii = (np.roll(radii, 1, 1) + 2 * radii + np.roll(radii, -1, 1)) / 4
    return radii, axis_z, levels


def _on_trunk(skin: Array, fit: Fit) -> Array:
    """(N,) bool: not on an arm; hips may be wider than the shoulders."""
    return (np.abs(skin[:, 0]) < 1.03 * fit.shoulder_x) | (skin[:, 1] < fit.armpit_y - 0.06)


def _taut(radii: Array) -> Array:
    """Each level's convex outline: cloth doesn't follow hollows between chest, belly or buttocks."""
    angles = np.arange(N_ANGLES) / N_ANGLES * 2 * np.pi
    facing = np.cos(angles[:, None] - angles[None])
    support = (radii[:, None, :] * facing[None]).max(axis=2)
    reach = np.where(facing[None] > 0.2, support[:, :, None] / np.maximum(facing[None], 0.2), np.inf)
    return reach.min(axis=1)


def sample_profile(radii: Array, levels: Array, y: Array, angle: Array) -> Array:
    """Radii at heights y and angles, bilinear; beyond the levels the nearest one's."""
    row = np.clip((levels[0] - y) / (levels[0] - levels[1]), 0.0, N_LEVELS - 1.001)
    column = (angle / (2 * np.pi) * N_ANGLES) % N_ANGLES
    r0, c0 = row.astype(np.int64), column.astype(np.int64) % N_ANGLES
    tr, tc = row - r0, column - np.floor(column)
    c1 = (c0 + 1) % N_ANGLES
    upper = radii[r0, c0] * (1 - tc) + radii[r0, c1] * tc
    lower = radii[r0 + 1, c0] * (1 - tc) + radii[r0 + 1, c1] * tc
    return upper * (1 - tr) + lower * tr


def _hang(skin: Array, fit: Fit, p: Params) -> Array:
    """Horizontal shift that brings the torso's cloth out to the hanging profile; fades out under the arms."""
    loose = p.get("loose", 0.0)
    trousers = "sleeve" not in p
    radii, axis_z, levels = torso_profile(skin, fit, 0.05 + 1.2 * (1.0 - min(loose, 1.0) * (not trousers)))
    dx, dz = skin[:, 0], skin[:, 2] - axis_z
    radius = np.hypot(dx, dz)
    fade = np.clip((fit.armpit_y + 0.02 - skin[:, 1]) / 0.10, 0.0, 1.0)
    wanted = sample_profile(radii, levels, skin[:, 1], arctan2(dx, dz)) + 0.002 + 0.012 * loose
    extra = np.maximum(wanted - radius, 0.0) * fade * (0.5 + 0.5 * min(loose, 1.0))
    extra = np.where(_on_trunk(skin, fit), extra, 0.0) / np.maximum(radius, 0.02)
    below = np.clip((skin[:, 1] - fit.crotch_y + 0.04) / 0.04, 0.0, 1.0)
    if trousers:  # they span the seat, but go between the legs
        below = np.clip((skin[:, 1] - fit.crotch_y - 0.02) / 0.05, 0.0, 1.0)
        extra = np.minimum(extra, 0.02 / np.maximum(radius, 0.02))
    return np.stack([dx * extra, np.zeros_like(dx), dz * extra], axis=1) * below[:, None]


def _limbs(skin: Array, fit: Fit, p: Params) -> Array:
    """Shift away from the axes of arms and legs that makes sleeves and trouser legs wider than the limb."""
    loose = p.get("loose", 0.0)
    shift = np.zeros_like(skin)
    if "sleeve" in p:
        end = fit.shoulder_x + max(p["sleeve"], 0.05) * (fit.wrist_x - fit.shoulder_x)
        along = np.clip((np.abs(skin[:, 0]) - fit.shoulder_x) / (end - fit.shoulder_x), 0.0, 1.0)
        on_arm = skin[:, 1] > fit.armpit_y - 0.02
        width = 0.004 + 0.016 * loose if p["sleeve"] < 0.7 else 0.002 + 0.010 * loose
        around = skin[:, 1:] - np.array([fit.arm_y, fit.arm_z])
        around /= np.maximum(np.linalg.norm(around, axis=1, keepdims=True), 0.02)
        shift[:, 1:] += around * (width * along * on_arm)[:, None]
    if "rise" in p:
        shift += _legs(skin, fit, p, loose)
    return shift


def _legs(skin: Array, fit: Fit, p: Params, loose: float) -> Array:
    x, z = fit.leg_axis(skin[:, 1])
    dx, dz = skin[:, 0] - np.sign(skin[:, 0]) * x, skin[:, 2] - z
    radius = np.maximum(np.hypot(dx, dz), 0.01)
    knee = radius[np.abs(skin[:, 1] - fit.knee_y) < 0.03]
    ankle = radius[np.abs(skin[:, 1] - fit.ankle_y - 0.06) < 0.03]
    at_knee = float(np.median(knee)) + 0.018 * loose
    at_hem = (1 - loose) * (float(np.median(ankle)) + 0.004) + loose * (at_knee + 0.012)
    heights = np.array([fit.ankle_y - 0.05, fit.knee_y, fit.crotch_y])
    wanted = np.interp(skin[:, 1], heights, [at_hem, at_knee, 0.0])
    thigh = 0.012 * loose * np.clip((fit.crotch_y + 0.02 - skin[:, 1]) / 0.1, 0.0, 1.0)
    extra = np.maximum(wanted - radius, thigh) * np.clip((fit.crotch_y - skin[:, 1]) / 0.05, 0.0, 1.0)
    extra = np.where(skin[:, 1] < fit.ankle_y - 0.03, 0.0, extra) / radius
    return np.stack([dx * extra, np.zeros_like(dx), dz * extra], axis=1)


def _kept_apart(skin: Array, x: Array, fit: Fit) -> Array:
    """Cloth of one leg stays on its side of the middle plane."""
    own = np.sign(skin[:, 0])
    low = (skin[:, 1] < fit.crotch_y) & (np.abs(skin[:, 0]) > 1e-3)
    return np.where(low, own * np.maximum(own * x, 0.0015), x)
