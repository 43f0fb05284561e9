"""How one clip is made: the order of the stages, and nothing else."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from .actions import action_of
from .base.errors import UserError
from .body import load_body
from .body.dress import dress
from .labels.label import label
from .motion import animate
from .props.table import build_props
from .render import find_backend
from .scene.stage import stage
from .values import Clip, ClipSpec, Quality, Scene


def make_scene(spec: ClipSpec) -> Scene:
    """Everything of a clip but its pixels: body, clothes, motion, camera, light and backdrop."""
    body = load_body(spec.body.model).shaped(spec.body)
    person, skeleton = dress(body, spec.look)
    props = build_props(spec.props, skeleton)
    motion = animate(action_of(spec).perform, spec.motion, skeleton, props, spec.fps)
    return stage(spec, skeleton, person, props, motion)


def make_clip(spec: ClipSpec, *, backend: str = "blender", quality: Quality = "standard", dense: Collection[str] = ()) -> Clip:
    """Build the clip that a spec describes. Draws no random number: same spec, same labels, bit for bit.

    `dense` names the per-pixel labels wanted besides the joints: mask, part, depth, normal, flow.
    Loads Blender into this process when `backend` is "blender"; `generator.jobs` keeps it in child processes.
    """
    scene = make_scene(spec)
    frames = find_backend(backend).render(scene, quality)
    wanted = (scene.n_frames, spec.height_px, spec.width_px, 3)
    if frames.shape != wanted or frames.dtype != np.uint8:
        raise UserError(f"backend '{backend}' gave {frames.dtype} {frames.shape} instead of uint8 {wanted}: correct it")
    return Clip(spec, frames, label(scene, spec, dense))
