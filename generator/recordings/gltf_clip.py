"""One animation of a glTF, sampled at an even rate: of every node its place and linear map on its parent, over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..base.errors import UserError
from ..motion.rotations import matrices, mix
from ..values import Array
from .gltf_file import Animation, GltfFile, Sampler, trs

USUAL_FPS, LEAST_FPS, MOST_FPS = 30.0, 10.0, 120.0
MOST_S = 7200.0
MOST_FRAMES = 200_000

_SIZES = {"translation": 3, "rotation": 4, "scale": 3}


@dataclass(frozen=True)
class Clip:
    """T frames at `fps`. `moved`: node -> path ("translation", "rotation", "scale") -> (T, 3) or, rotations, (T, 3, 3)."""

    file: GltfFile
    fps: float
    n_frames: int
    moved_by: dict[int, dict[str, Array]]

    @property
    def moved(self) -> set[int]:
        """Nodes that the animation moves."""
        return set(self.moved_by)

    def local(self, node: int) -> tuple[Array, Array]:
        """The node's place (T or 1, 3) and linear map (T or 1, 3, 3) on its parent."""
        own = self.file.document.nodes[node]
        moved = self.moved_by.get(node)
        place, linear = trs(own)
        if not moved:
            return place[None], linear[None]
        turn = moved.get("rotation", matrices(_whole(np.array(own.rotation)))[None])
        scale = moved.get("scale", np.array(own.scale)[None])
        return moved.get("translation", place[None]), turn * scale[:, None, :]


def clip_of(file: GltfFile, number: int) -> Clip:
    """The animation of that number. UserError for what can't be one."""
    animation = file.document.animations[number]
    what = f"animation {number}"
    keys: dict[int, Array] = {}
    for channel in animation.channels:
        if channel.target.path in _SIZES and channel.target.node is not None:
            sampler: Sampler = file.part(animation.samplers, channel.sampler, "sampler")
            if sampler.input not in keys:
                keys[sampler.input] = _times(file, sampler.input, what)
    if not keys:
        return Clip(file, USUAL_FPS, 1, {})
    start_s, end_s = min(times[0] for times in keys.values()), max(times[-1] for times in keys.values())
    fps = _rate(list(keys.values()))
    n_frames = round((end_s - start_s) * fps) + 1
    if end_s - start_s > MOST_S or n_frames * len(animation.channels) > 50 * MOST_FRAMES:
        raise UserError(f"{file.said}: {what} lasts {end_s - start_s:.3g} s; at most {MOST_S:g} s are read: cut it")
    times_s = start_s + np.arange(n_frames) / fps
    return Clip(file, fps, n_frames, _moved(file, animation, keys, times_s, what))


def _times(file: GltfFile, accessor: int, what: str) -> Array:
    """Seconds (K,) of keys."""
    times = file.numbers(accessor, 1, f"{what}'s times")[:, 0]
    if not (np.diff(times) > 0).all() or times[0] < 0:
        raise UserError(f"{file.said}: {what}'s times don't grow from 0 on: repair the file")
    return times


def _rate(keys: list[Array]) -> float:
    """The rate at which it was made, as far as its densest keys tell."""
    densest = max(keys, key=len)
    if len(densest) < 3:
        return USUAL_FPS
    fps = 1.0 / float(np.median(np.diff(densest)))
    fps = round(fps) if abs(fps - round(fps)) < 0.02 * fps else fps
    return float(min(fps, MOST_FPS)) if fps >= LEAST_FPS else USUAL_FPS


def _moved(
    file: GltfFile, animation: Animation, keys: dict[int, Array], times_s: Array, what: str
) -> dict[int, dict[str, Array]]:
    moved: dict[int, dict[str, Array]] = {}
    for channel in animation.channels:
        path, node = channel.target.path, channel.target.node
        if path not in _SIZES or node is None:
            continue
        file.part(file.document.nodes, node, "node")
        sampler = file.part(animation.samplers, channel.sampler, "sampler")
        values = file.numbers(sampler.output, _SIZES[path], f"{what}'s {path}s")
        own = keys[sampler.input]
        wanted = len(own) * (3 if sampler.interpolation == "CUBICSPLINE" else 1)
        if len(values) != wanted or sampler.interpolation not in ("LINEAR", "STEP", "CUBICSPLINE"):
            raise UserError(f"{file.said}: {what} has {len(values)} {path}s for {len(own)} times: export it again")
        moved.setdefault(node, {})[path] = _sampled(own, values, sampler.interpolation, times_s, path == "rotation")
    return moved


def _sampled(keys_s: Array, values: Array, how: str, times_s: Array, turns: bool) -> Array:
    """Values (T, ...) at `times_s`, held before the first key and after the last; quaternions become matrices."""
    if how == "CUBICSPLINE":
        before, values, after = values.reshape(len(keys_s), 3, -1).transpose(1, 0, 2)
    a = np.clip(np.searchsorted(keys_s, times_s + 1e-6, side="right") - 1, 0, len(keys_s) - 1)
    b = np.minimum(a + 1, len(keys_s) - 1)
    step = keys_s[b] - keys_s[a]
    share = np.clip((times_s - keys_s[a]) / np.where(step > 0, step, 1.0), 0.0, 1.0)
    if how == "STEP" or len(keys_s) == 1:
        return matrices(_whole(values[a])) if turns else values[a]
    if how == "LINEAR":
        if turns:
            return mix(matrices(_whole(values[a])), matrices(_whole(values[b])), share)
        return values[a] + share[:, None] * (values[b] - values[a])
    s, d = share[:, None], step[:, None]
    curve = (2 * s**3 - 3 * s**2 + 1) * values[a] + d * (s**3 - 2 * s**2 + s) * after[a]
    curve += (3 * s**2 - 2 * s**3) * values[b] + d * (s**3 - s**2) * before[b]
    return matrices(_whole(curve)) if turns else curve


def _whole(quaternions: Array) -> Array:
    """Quaternions (..., 4); those of no length become the one that turns nothing."""
    return np.where(np.linalg.norm(quaternions, axis=-1, keepdims=True) > 1e-9, quaternions, [0.0, 0.0, 0.0, 1.0])
