"""Texture coordinates of clothes in metres of cloth, with seams where a tailor would put them."""

from __future__ import annotations

import numpy as np

from ...base.exact import arctan2
from ...values import Array, FabricSpec
from ..fit import Fit


def metric_uv(points: Array, faces: Array, fit: Fit) -> Array:
    """(F, 3, 2) m: across the cloth (round torso, arm or leg) and along it.

    Front and back are separate charts that meet at the sides; sleeves are charts of their own, with their seam below.
    """
    corners = points[faces].astype(np.float64)
    middle = corners.mean(axis=1)
    # A broad trunk is wider than its shoulders: under the armpit only what lies well out is an arm's.
    under = np.maximum(fit.armpit_y + 0.005 - middle[:, 1], 0.0)
    arm = (np.abs(middle[:, 0]) > fit.shoulder_x + 2.0 * under) & (under < 0.055)
    leg = middle[:, 1] < fit.crotch_y
    uv = _round_vertical(corners, middle, np.zeros(len(faces)), np.full((len(faces), 3), fit.hip_z), 0.15)
    uv = _over_shoulders(uv, corners, middle, fit)
    if leg.any():
        x, z = fit.leg_axis(corners[leg, :, 1])
        side = np.sign(middle[leg, 0])
        uv[leg] = _round_vertical(corners[leg], middle[leg], side[:, None] * x, z, 0.075)
    if arm.any():
        angle = arctan2(corners[arm, :, 2] - fit.arm_z, corners[arm, :, 1] - fit.arm_y)
        uv[arm] = np.stack([_unwrapped(angle) * 0.055, np.abs(corners[arm, :, 0])], axis=-1)
    return uv


def plain_uv(points: Array, faces: Array, fit: Fit) -> Array:
    """(F, 3, 2) m: across and along bands and shoes, for cloth that is too narrow for a seam to show."""
    corners = points[faces]
    x, y, z = corners[..., 0], corners[..., 1], corners[..., 2]
    arm = ((np.abs(x[:, 0]) > fit.shoulder_x) & (y[:, 0] > fit.armpit_y - 0.06))[:, None]
    return np.stack([np.where(arm, y, x) + z, np.where(arm, x, y)], axis=-1)


def to_fabric(uv_m: Array, fabric: FabricSpec) -> Array:
    """Metres of cloth (..., 2) to pattern repeats, the pattern turned by the fabric's angle; float32."""
    c, s = np.cos(fabric.angle_rad), np.sin(fabric.angle_rad)
    turned = uv_m @ np.array([[c, s], [-s, c]])
    return (turned / max(fabric.scale_m, 1e-3)).astype(np.float32)


def _round_vertical(corners: Array, middle: Array, axis_x: Array, axis_z: Array, radius: float) -> Array:
    axis_x = np.broadcast_to(np.reshape(axis_x, (len(corners), -1)), corners.shape[:2])
    back = middle[:, 2] < axis_z.mean(axis=1)
    dx, dz = corners[..., 0] - axis_x, corners[..., 2] - axis_z
    flip = np.where(back, -1.0, 1.0)[:, None]
    angle = _unwrapped(arctan2(flip * dx, flip * dz))
    return np.stack([angle * radius + np.where(back, 0.31, 0.0)[:, None], corners[..., 1]], axis=-1)


def _over_shoulders(uv: Array, corners: Array, middle: Array, fit: Fit) -> Array:
    """Above the armpits the cloth is laid flat and over the shoulders, where turning round the trunk's axis fails."""
    t = np.clip((corners[..., 1] - fit.armpit_y + 0.06) / 0.10, 0.0, 1.0)[..., None]
    side = np.where(middle[:, 2] < fit.hip_z, -1.0, 1.0)[:, None]
    top = np.clip((corners[..., 1] - fit.arm_y + 0.02) / 0.05, 0.0, 1.0)
    up = corners[..., 1] - side * 0.8 * top * (corners[..., 2] - fit.hip_z)
    flat = np.stack([side * corners[..., 0] + np.where(side < 0, 0.31, 0.0), up], axis=-1)
    return uv * (1.0 - t) + flat * t


def _unwrapped(angle: Array) -> Array:
    """Angles (F, 3) of one face's corners brought within half a turn of the first."""
    return angle[:, :1] + (angle - angle[:, :1] + np.pi) % (2 * np.pi) - np.pi
