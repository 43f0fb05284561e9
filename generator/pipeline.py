"""How one clip is made: the order of the stages, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec
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
from .props.table import Prop, build_props
from .render import find_backend
from .scene.facing import Telling
from .scene.stage import stage
from .sensor.develop import develop
from .sensor.develop import passes_needed as for_the_sensor
from .values import Clip, ClipSpec, Mesh, Performance, Quality, Scene


@dataclass(frozen=True)
class Performed:
    """Dressed people and things along their motion, to be filmed by any camera anywhere: what `stage` takes besides the spec."""

    people: tuple[Mesh, ...]
    props: dict[str, Prop]
    performance: Performance
    telling: Telling


def make_scene(spec: ClipSpec) -> Scene:
    """Everything of a clip but its pixels: bodies, clothes, performance, camera, light and backdrop."""
    done = perform(spec) if spec.group is None else _performed(spec)
    return stage(spec, done.people, done.props, done.performance, done.telling)


_last: dict[bytes, Performed] = {}
"""What was performed last, by what `perform` makes it of: the clips of a group come one after another, and most share it."""


def _performed(spec: ClipSpec) -> Performed:
    """As `perform`, which is not done again for the next clip of a group."""
    told = (spec.action, spec.source, spec.performance, spec.performers, spec.props, spec.bystanders, spec.fps)
    key = msgspec.json.encode(told)
    if key not in _last:
        _last.clear()
        _last[key] = perform(spec)
    return _last[key]


def perform(spec: ClipSpec) -> Performed:
    """What is to be filmed: a function of the spec's action, performance, people, things and bystanders, and of nothing else."""
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
    return Performed(meshes, things, everybody, telling_joints(action, spec.performance.side))


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
