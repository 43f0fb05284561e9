"""How one clip is made: the order of the stages, and nothing else."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from .actions import action_of, doing
from .base.alive import sign
from .base.errors import UserError
from .body import load_body
from .body.dress import dress
from .body.outside import touchable
from .labels.acting import telling_joints
from .labels.label import label, passes_needed
from .labels.passes import trace
from .motion import animate, with_bystanders
from .motion.bystanders import owned
from .props.table import build_props
from .render import find_backend
from .scene.stage import stage
from .sensor.develop import develop
from .sensor.develop import passes_needed as for_the_sensor
from .values import Clip, ClipSpec, Quality, Scene


def make_scene(spec: ClipSpec) -> Scene:
    """Everything of a clip but its pixels: bodies, clothes, performance, camera, light and backdrop."""
    action = action_of(spec)
    changes = [action.changes] * len(spec.performers) + [doing(one.action).changes for one in spec.bystanders]
    dressed = (
        dress(load_body(one.body.model).shaped(one.body), one.look, changing)
        for one, changing in zip(spec.people, changes, strict=True)
    )
    meshes, skeletons = zip(*dressed, strict=True)
    acting = touchable(meshes, skeletons[: len(spec.performers)])
    props = build_props(spec.props, acting[0])
    performance = animate(action.perform, spec.performance, spec.performers, acting, props, spec.fps)
    beside = [
        (doing(one.action).perform, one, own, build_props(one.props, own))
        for one, own in zip(spec.bystanders, skeletons[len(acting) :], strict=True)
    ]
    theirs = {owned(one.performer.role, name): prop for _, one, _, things in beside for name, prop in things.items()}
    things, everybody = {**props, **theirs}, with_bystanders(performance, beside)
    return stage(spec, meshes, things, everybody, telling_joints(action, spec.performance.side))


def make_clip(spec: ClipSpec, *, backend: str = "blender", quality: Quality = "standard", dense: Collection[str] = ()) -> Clip:
    """Build the clip that a spec describes. Draws no random number: same spec, same labels, bit for bit.

    `dense` names the per-pixel labels wanted besides the joints: mask, part, person, depth, normal, flow.
    Loads Blender into this process when `backend` is "blender"; `generator.jobs` keeps it in child processes.
    """
    scene = make_scene(spec)
    return film(scene, spec, backend=backend, quality=quality, dense=dense)


def film(scene: Scene, spec: ClipSpec, *, backend: str, quality: Quality, dense: Collection[str] = ()) -> Clip:
    """The clip of a scene: painted, labelled, and developed as the spec's sensor would."""
    sign("rendering")
    frames = find_backend(backend).render(scene, quality)
    wanted = (scene.n_frames, spec.height_px, spec.width_px, 3)
    if frames.shape != wanted or frames.dtype != np.uint8:
        raise UserError(f"backend '{backend}' gave {frames.dtype} {frames.shape} instead of uint8 {wanted}: correct it")
    camera = scene.camera
    sign("labels")
    traced = trace(scene, {*passes_needed(camera, dense), *for_the_sensor(camera, spec.sensor)})
    return Clip(spec, develop(frames, traced, camera, spec.sensor, scene.fps), label(scene, spec, dense, traced))
