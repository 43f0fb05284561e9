"""How one clip is made: the order of the stages, and nothing else."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from .actions import action_of, find_action
from .base.errors import UserError
from .body import load_body
from .body.dress import dress
from .labels.acting import acting_joints, acting_limbs
from .labels.label import label
from .motion import animate, with_bystanders
from .props.table import build_props
from .render import find_backend
from .scene.stage import stage
from .values import Clip, ClipSpec, Quality, Scene


def make_scene(spec: ClipSpec) -> Scene:
    """Everything of a clip but its pixels: bodies, clothes, performance, camera, light and backdrop."""
    changes = [action_of(spec).changes] * len(spec.performers) + [find_action(one.action).changes for one in spec.bystanders]
    dressed = (
        dress(load_body(one.body.model).shaped(one.body), one.look, changing)
        for one, changing in zip(spec.people, changes, strict=True)
    )
    meshes, skeletons = zip(*dressed, strict=True)
    acting = skeletons[: len(spec.performers)]
    props = build_props(spec.props, acting[0])
    performance = animate(action_of(spec).perform, spec.performance, spec.performers, acting, props, spec.fps)
    beside = zip(spec.bystanders, skeletons[len(acting) :], strict=True)
    performance = with_bystanders(performance, [(find_action(one.action).perform, one, own) for one, own in beside])
    action, side = action_of(spec), spec.performance.side
    telling = {role: acting_joints(action, role, side) for role in action.roles if acting_limbs(action, role)}
    return stage(spec, meshes, props, performance, telling)


def make_clip(spec: ClipSpec, *, backend: str = "blender", quality: Quality = "standard", dense: Collection[str] = ()) -> Clip:
    """Build the clip that a spec describes. Draws no random number: same spec, same labels, bit for bit.

    `dense` names the per-pixel labels wanted besides the joints: mask, part, person, depth, normal, flow.
    Loads Blender into this process when `backend` is "blender"; `generator.jobs` keeps it in child processes.
    """
    scene = make_scene(spec)
    frames = find_backend(backend).render(scene, quality)
    wanted = (scene.n_frames, spec.height_px, spec.width_px, 3)
    if frames.shape != wanted or frames.dtype != np.uint8:
        raise UserError(f"backend '{backend}' gave {frames.dtype} {frames.shape} instead of uint8 {wanted}: correct it")
    return Clip(spec, frames, label(scene, spec, dense))
