"""Skirts: a tube of cloth that hangs from the waist round both legs, moved by both."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from ...base.exact import arctan2
from ...motion.skirt_bones import BELOW, LEAST
from ...skeletons import JOINT, N_BONES, SKIRT_BONES
from ...values import Array, GarmentSpec, Material, Skeleton
from ..fit import Fit
from ..piece import Piece
from ..protocol import ShapedBody
from ..sheet import sheet_of
from . import cloth_uv
from .drape import N_ANGLES, sample_profile, torso_profile
from .patterns import Params

COLUMNS = 64
ROW_M = 0.03
CLEAR_M = 0.014
"""How far off a raised thigh's skin cloth is drawn in."""


def make_skirt(
    garment: GarmentSpec,
    p: Params,
    body: ShapedBody,
    fit: Fit,
    skin_weights: sparse.csr_matrix,
    material: Material,
    surface: str,
) -> Piece:
    """A skirt from the waist (`rise`) to `length` of the leg, widening by `flare` m per m below the hips."""
    sheet = sheet_of(body)
    skin = sheet.mix @ body.vertices_m.astype(np.float64)
    waist = fit.hip_y + p["rise"] * (fit.waist_y - fit.hip_y)
    hem = fit.crotch_y + p["length"] * (fit.ankle_y - fit.crotch_y)
    rows = max(3, round((waist - hem) / ROW_M)) + 1
    heights = np.linspace(waist, hem, rows)
    angles = np.arange(COLUMNS) / COLUMNS * 2 * np.pi
    radii, axis_z = _radii(skin, fit, p, heights, angles)
    radii = radii + _pleats(angles, heights, fit, p)
    points = np.stack(
        [
            radii * np.sin(angles),
            np.broadcast_to(heights[:, None], radii.shape),
            axis_z + radii * np.cos(angles),
        ],
        axis=-1,
    ).reshape(-1, 3)
    faces, corner = _tube(rows)
    along = np.repeat(heights, COLUMNS + 1)
    around = np.tile(np.arange(COLUMNS + 1) / COLUMNS * 2 * np.pi * 0.17, rows)
    uv = cloth_uv.to_fabric(np.stack([around, along], axis=-1)[corner], garment.fabric)
    weights = _weights(points, skin, sheet.mix @ skin_weights, fit, body.skeleton)
    return Piece(points, faces, uv, weights, surface, material)


def _radii(skin: Array, fit: Fit, p: Params, heights: Array, angles: Array) -> tuple[Array, float]:
    """Radii (rows, COLUMNS) of the tube: the body's at waist and hips, then hanging with the flare."""
    profile, axis_z, levels = torso_profile(skin, fit, 3.0)  # close to the body: nothing hangs from the chest
    grid_y, grid_a = np.meshgrid(heights, angles, indexing="ij")
    radii = sample_profile(profile, levels, grid_y, grid_a)
    legs = skin[(skin[:, 1] < fit.crotch_y + 0.05) & (skin[:, 1] > heights[-1] - 0.02)]
    if len(legs):
        column = np.rint(arctan2(legs[:, 0], legs[:, 2] - axis_z) / (2 * np.pi) * N_ANGLES).astype(int) % N_ANGLES
        row = np.clip(np.rint((heights[0] - legs[:, 1]) / (heights[0] - heights[1])).astype(int), 0, len(heights) - 1)
        wide = np.zeros((len(heights), N_ANGLES))
        np.maximum.at(wide, (row, column), np.hypot(legs[:, 0], legs[:, 2] - axis_z))
        fine = np.interp(angles, np.arange(N_ANGLES + 1) / N_ANGLES * 2 * np.pi, np.arange(N_ANGLES + 1))
        radii = np.maximum(radii, wide[:, np.rint(fine).astype(int) % N_ANGLES])
    step = heights[0] - heights[1]
    for k in range(1, len(heights)):
        flare = p["flare"] if heights[k] < fit.hip_y else 0.0
        radii[k] = np.maximum(radii[k], radii[k - 1] + flare * step)
    for _ in range(3):
        radii = (np.roll(radii, 1, 1) + 2 * radii + np.roll(radii, -1, 1)) / 4
    return radii + p["thick"] + 0.002, axis_z


def _pleats(angles: Array, heights: Array, fit: Fit, p: Params) -> Array:
    """Waves that grow towards the hem, so that wide skirts fall in folds."""
    depth = 0.03 * p["flare"] * np.clip((fit.hip_y - heights) / 0.4, 0.0, 1.5)
    return depth[:, None] * (1.0 + np.sin(9 * angles) * 0.7 + np.sin(14 * angles + 1.0) * 0.3)[None]


def _tube(rows: int) -> tuple[Array, Array]:
    """Faces over (rows x COLUMNS) points, and the same corners over (rows x (COLUMNS + 1)) texture points."""
    k, c = np.meshgrid(np.arange(rows - 1), np.arange(COLUMNS), indexing="ij")
    k, c = k.ravel(), c.ravel()

    def quads(width: int, nxt: Array) -> Array:
        a, b = k * width + c, k * width + nxt
        d, e = (k + 1) * width + c, (k + 1) * width + nxt
        return np.concatenate([np.stack([a, d, e], 1), np.stack([a, e, b], 1)])

    return quads(COLUMNS, (c + 1) % COLUMNS).astype(np.int32), quads(COLUMNS + 1, c + 1)


def _weights(points: Array, skin: Array, cloth_weights: sparse.csr_matrix, fit: Fit, skeleton: Skeleton) -> sparse.csr_matrix:
    """At the waist the body's own; lower down both legs', shared across the middle so that no leg comes through."""
    _, nearest = cKDTree(skin).query(points)
    own = cloth_weights[nearest]
    x, y = points[:, 0], points[:, 1]
    left = _step((x + 0.075) / 0.15)
    down = _step((fit.hip_y + 0.06 - y) / (fit.hip_y + 0.06 - fit.crotch_y + 0.04))
    shin = _step((fit.knee_y + 0.10 - y) / 0.20)
    on_thigh, on_shin = (_drawn_in(points, skin, skeleton, joint) for joint in ("left_hip", "left_knee"))
    bones, shares = [], []
    for name, side in (("left", left), ("right", 1 - left)):
        for joint, level, drawn in ((f"{name}_hip", 1 - shin, on_thigh), (f"{name}_knee", shin, on_shin)):
            bones += [JOINT[joint], SKIRT_BONES[joint]]
            shares += [side * level * (1 - drawn), side * level * drawn]
    rows = np.arange(len(points))
    legs = sparse.csr_matrix(
        (np.concatenate(shares), (np.tile(rows, len(bones)), np.repeat(bones, len(rows)))), shape=(len(points), N_BONES)
    )
    return (sparse.diags(1 - down) @ own + sparse.diags(down) @ legs).tocsr()


def _drawn_in(points: Array, skin: Array, skeleton: Skeleton, joint: str) -> Array:
    """(N,) in [0, 1]: how much a point hangs on a leg's skirt bone, so that a raised leg has it lying on the skin, not in it."""
    upper, lower = skeleton.joints_m[JOINT[joint]], skeleton.joints_m[JOINT[BELOW[joint]]]
    slope = (lower - upper) / (lower[1] - upper[1])

    def off_axis(at: Array) -> Array:
        """(M, 3) how far out from the left or right leg's axis, how far before it, how far behind it."""
        apart = np.abs(at) * [1, 0, 0] + at * [0, 1, 1] - upper - slope * (at[:, 1:2] - upper[1])
        return np.stack([apart[:, 0], apart[:, 2], -apart[:, 2]], axis=1)

    rows = np.unique(points[:, 1])[::-1]
    row_of = np.searchsorted(-rows, -points[:, 1])
    near = (skin[:, 1] > rows[-1] - ROW_M) & (skin[:, 1] < rows[0] + ROW_M)
    level = np.clip(np.rint((rows[0] - skin[near, 1]) / (rows[0] - rows[1])).astype(int), 0, len(rows) - 1)
    flesh = np.zeros((len(rows), 3))
    np.maximum.at(flesh, level, off_axis(skin[near]))
    left = (flesh[row_of] + CLEAR_M) / np.maximum(off_axis(points), 1e-6)
    return np.clip((1.0 - left) / (1.0 - LEAST[[0, 1, 1]]), 0.0, 1.0).max(axis=1)


def _step(t: Array) -> Array:
    t = np.clip(t, 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)
