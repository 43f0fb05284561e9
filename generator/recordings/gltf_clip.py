"""One animation of a glTF, sampled at an even rate: of every node its place and linear map on its parent, over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..base.errors import UserError
from ..base.shown import shown
from ..motion.rotations import matrices, mix
from ..values import Array
from .gltf_file import GltfFile, Sampler, trs

USUAL_FPS, LEAST_FPS, MOST_FPS = 30.0, 10.0, 120.0
MOST_S = 7200.0

_SIZES = {"translation": 3, "rotation": 4, "scale": 3}


@dataclass(frozen=True)
class Clip:
    """T frames at `fps` from `start_s` on. `moved_by`: node -> path (translation, rotation, scale) -> sampler; `keys`: accessor
    of times -> seconds. Values are read and sampled when they are asked for: an animation may be long and move much."""

    file: GltfFile
    what: str
    fps: float
    start_s: float
    n_frames: int
    moved_by: dict[int, dict[str, Sampler]]
    keys: dict[int, Array]

    def local(self, node: int) -> tuple[Array, Array]:
        """The node's place (T or 1, 3) and linear map (T or 1, 3, 3) on its parent. UserError for values that can't be."""
        own, moved = self.file.document.nodes[node], self.moved_by.get(node, {})
        place, linear = trs(own)
        if not moved:
            return place[None], linear[None]
        sampled = {path: self._sampled(sampler, path) for path, sampler in moved.items()}
        turn = sampled.get("rotation", matrices(_whole(np.array(own.rotation)))[None])
        scale = sampled.get("scale", np.array(own.scale)[None])
        return sampled.get("translation", place[None]), turn * scale[:, None, :]

    def _sampled(self, sampler: Sampler, path: str) -> Array:
        values, keys_s = self.file.numbers(sampler.output, _SIZES[path], f"{self.what}'s {path}s"), self.keys[sampler.input]
        wanted = len(keys_s) * (3 if sampler.interpolation == "CUBICSPLINE" else 1)
        if len(values) != wanted or sampler.interpolation not in ("LINEAR", "STEP", "CUBICSPLINE"):
            raise UserError(
                f"{self.file.said}: {self.what} has {len(values)} {path}s for {len(keys_s)} times, interpolated as "
                f"{shown(sampler.interpolation)[:20]}: export it again"
            )
        times_s = self.start_s + np.arange(self.n_frames) / self.fps
        return _sampled(keys_s, values, sampler.interpolation, times_s, path == "rotation")


def clip_of(file: GltfFile, number: int) -> Clip:
    """The animation of that number. UserError for what can't be one."""
    animation = file.document.animations[number]
    what = f"animation {number}"
    keys: dict[int, Array] = {}
    moved: dict[int, dict[str, Sampler]] = {}
    for channel in animation.channels:
        path, node = channel.target.path, channel.target.node
        if path in _SIZES and node is not None:
            file.part(file.document.nodes, node, "node")
            sampler: Sampler = file.part(animation.samplers, channel.sampler, "sampler")
            moved.setdefault(node, {})[path] = sampler
            if sampler.input not in keys:
                keys[sampler.input] = _times(file, sampler.input, what)
    if not keys:
        return Clip(file, what, USUAL_FPS, 0.0, 1, {}, {})
    start_s, end_s = min(times[0] for times in keys.values()), max(times[-1] for times in keys.values())
    if end_s - start_s > MOST_S:
        raise UserError(f"{file.said}: {what} lasts {end_s - start_s:.3g} s; at most {MOST_S:g} s are read: cut it")
    fps = _rate(list(keys.values()))
    return Clip(file, what, fps, start_s, round((end_s - start_s) * fps) + 1, moved, keys)


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
