"""Ground truth of a clip, worked out from its Scene alone, so that it is the same whichever renderer painted it."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from ..actions import action_of
from ..base.errors import UserError, nearest
from ..motion import quality
from ..motion.kinematics import joint_transforms
from ..render.bending import bending
from ..scene.lens import finished_pixels
from ..skeletons import COCO17, JOINT, PART, PART_OF_JOINT, PARTS, SMPLX_PARENTS
from ..values import Array, Camera, ClipSpec, Labels, Performer, PersonLabels, Scene, Segment
from .acting import VISIBLE, acting_joints, acting_visible
from .amass import amass_body
from .captions import caption, seen
from .passes import PASSES, Views, trace
from .penetration import penetration
from .through import through

CLOTH_M = 0.04
"""Cloth and hair over a joint: what hides it must lie this much further in front than the flesh around it."""

SLANT = 2.0
"""`radius_m` is the way to the nearest skin; looked at from elsewhere, a joint's own flesh is up to this thicker."""

LANDMARK_RADIUS_M = 0.01
"""Flesh around the points of the face, which lie on the skin."""

OUTSIDE, HIDDEN = 0, 1

NO_CLASS = -1
"""Of a clip by itself: a class has a number among the others of a dataset or a stream only, which gives it."""


def label(scene: Scene, spec: ClipSpec, dense: Collection[str] = (), traced: Views | None = None) -> Labels:
    """All labels of a clip; `dense` names the per-pixel passes wanted (mask, part, person, depth, normal, flow).

    Arrays as in `values.Labels`. A point behind the camera has NaN pixel coordinates and counts as outside. `traced`: what
    `trace` gave for `passes_needed`, if it was asked before. Raises UserError for an unknown pass.
    """
    for name in dense:
        if name not in PASSES:
            raise UserError(f"unknown label pass '{name}': {nearest(name, PASSES)}")
    views = traced or trace(scene, passes_needed(scene.camera, dense))
    bends = bending(scene.camera)
    asked = {*dense, *(("occlusion",) if "flow" in dense else ())}
    if bends:
        views = through(bends, views, asked)
    lens = scene.camera.lens
    performance = scene.performance
    phase = phases(performance.segments, scene.n_frames, scene.fps)
    inside = penetration(scene)
    return Labels(
        action=spec.action,
        class_id=NO_CLASS,
        caption=caption(spec, seen(scene)),
        segments=performance.segments,
        contacts=performance.contacts,
        phase=phase,
        K_px=lens.K_px if lens else scene.camera.K_px,
        T_camera_world=scene.camera.T_camera_world,
        people=tuple(
            _person(scene, spec, number, performer, views, phase, inside[performer.role])
            for number, performer in enumerate(performance.performers, 1)
        ),
        dense={name: array for name, array in views.dense.items() if name in asked},
        distortion=lens.distortion if lens else None,
        readout_s=lens.readout_share / scene.fps if lens else 0.0,
    )


def passes_needed(camera: Camera, dense: Collection[str]) -> set[str]:
    """What must be traced for these labels per pixel: rows read one after the other need the flow to be told apart."""
    return {*dense, *(("flow",) if camera.lens and camera.lens.readout_share else ())}


def _person(scene: Scene, spec: ClipSpec, number: int, performer: Performer, views: Views, phase: Array,
            inside: dict[str, float]) -> PersonLabels:  # fmt: skip
    """Labels of the performer who is `number` in the pass `person`."""
    joints = joint_transforms(performer)
    world = np.ascontiguousarray(joints[:, :, :3, 3])
    coco, coco_radius = _coco(performer, joints)
    joints_px, joints_depth = project_points(scene.camera, world)
    coco_px, coco_depth = project_points(scene.camera, coco)
    person = views.person == number
    own_part = np.where(person, views.part, PART["none"])
    radius_m = performer.skeleton.radius_m
    joints_visible = visibility(joints_px, joints_depth, radius_m, OWN_PARTS, views.depth, own_part)
    coco_visible = visibility(coco_px, coco_depth, coco_radius, COCO_PARTS, views.depth, own_part)
    box = boxes(person)
    telling = acting_joints(action_of(spec), performer.role, spec.performance.side)
    return PersonLabels(
        role=performer.role,
        acting=performer.acting,
        joints_world_m=world,
        joints_px=joints_px,
        joints_visible=joints_visible,
        coco_world_m=coco,
        coco_px=coco_px,
        coco_visible=coco_visible,
        box_px=box,
        body=amass_body(performer, spec.people[number - 1].body, scene.fps),
        measures={
            **quality.measures(performer, scene.performance),
            **_measures(person, coco_visible, box),
            "acting_visible": acting_visible(telling, joints_visible, phase),
            **inside,
        },
    )


def _coco(performer: Performer, joints: Array) -> tuple[Array, Array]:
    """World positions (T, 17, 3) of the COCO keypoints and the flesh around each (17,)."""
    skeleton = performer.skeleton
    points, radius = [], []
    for name in COCO17:
        mark = skeleton.landmarks.get(name)
        if name in JOINT and not name.endswith("eye"):
            points.append(joints[:, JOINT[name], :3, 3])
            radius.append(skeleton.radius_m[JOINT[name]])
        elif mark is not None:
            frame = joints[:, mark.joint]
            points.append(frame[:, :3, :3] @ mark.offset_m + frame[:, :3, 3])
            radius.append(LANDMARK_RADIUS_M)
        else:
            raise UserError(f"this body's skeleton has no landmark '{name}': its body model must give all landmarks")
    return np.stack(points, axis=1), np.array(radius)


def project_points(camera: Camera, points_m: Array) -> tuple[Array, Array]:
    """Places (T, N, 2) px in the finished picture and depths (T, N) m of world points (T, N, 3); NaN px behind the camera."""
    rotation, shift = camera.T_camera_world[:, :3, :3], camera.T_camera_world[:, :3, 3]
    seen = points_m @ rotation.transpose(0, 2, 1) + shift[:, None]
    depth = seen[..., 2]
    if camera.lens:
        with np.errstate(divide="ignore", invalid="ignore"):
            rays = np.where(depth[..., None] > 0, seen[..., :2] / depth[..., None], np.nan)
        return finished_pixels(camera.lens, rays, camera.width_px, camera.height_px), depth
    with np.errstate(divide="ignore", invalid="ignore"):
        pixels = (seen @ camera.K_px.transpose(0, 2, 1))[..., :2] / depth[..., None]
    return np.where(depth[..., None] > 0, pixels, np.nan), depth


def visibility(pixels: Array, depth_m: Array, radius_m: Array, own: Array, scene_depth_m: Array, own_part: Array) -> Array:
    """(T, N) uint8: 0 outside the frame, 1 hidden, 2 visible, for points at pixels (T, N, 2) and depths (T, N).

    A joint lies inside flesh: radius_m (N,) is how deep, own (N, parts) which parts of the person it belongs to. It is
    hidden when the surface seen at its pixel (scene_depth_m, (T, H, W)) lies in front of it by more than its own flesh and
    cloth, or is not of its parts and in front by more than radius and cloth. So a hand behind the trunk is hidden by the
    person's own trunk, and the knee inside its own trousers is not. own_part (T, H, W) says which part of this person is
    seen, `PART["none"]` where it is a thing or somebody else: another's trunk is no flesh of one's own.
    """
    height, width = scene_depth_m.shape[1:]
    inside = (depth_m > 0) & (pixels >= 0).all(axis=-1) & (pixels[..., 0] < width) & (pixels[..., 1] < height)
    cell = np.where(inside[..., None], pixels, 0.0).astype(np.int64)
    at = (np.arange(len(pixels))[:, None], cell[..., 1], cell[..., 0])
    in_front = depth_m - scene_depth_m[at]
    own_flesh = own[np.arange(own.shape[0])[None], own_part[at]]
    hidden = in_front > np.where(own_flesh, SLANT, 1.0) * radius_m + CLOTH_M
    return np.where(inside, np.where(hidden, HIDDEN, VISIBLE), OUTSIDE).astype(np.uint8)


def _own_parts() -> Array:
    """(55, parts) bool: the parts that meet at each joint, its own and its parent's."""
    own = np.zeros((len(PART_OF_JOINT), len(PARTS)), bool)
    for joint, (part, parent) in enumerate(zip(PART_OF_JOINT, SMPLX_PARENTS, strict=True)):
        own[joint, [part, PART_OF_JOINT[max(parent, 0)]]] = True
    return own


def _coco_parts() -> Array:
    """(17, parts) bool, the same for the COCO keypoints; the face's belong to the head."""
    face = np.arange(len(PARTS)) == PART["head"]
    return np.stack([OWN_PARTS[JOINT[name]] if i >= 5 else face for i, name in enumerate(COCO17)])


OWN_PARTS = _own_parts()
COCO_PARTS = _coco_parts()


def boxes(person: Array) -> Array:
    """(T, 4) float32: x_min, y_min, x_max, y_max around each frame's true pixels (T, H, W); NaN if there are none."""
    out = np.full((len(person), 4), np.nan, np.float32)
    for t, mask in enumerate(person):
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows):
            out[t] = columns[0], rows[0], columns[-1] + 1, rows[-1] + 1
    return out


def phases(segments: tuple[Segment, ...], n_frames: int, fps: float) -> Array:
    """(T,) int16: index of the segment that holds the time t / fps of each frame; -1 where none does."""
    time = np.arange(n_frames) / fps
    out = np.full(n_frames, -1, np.int16)
    for i, segment in enumerate(segments):
        out[(time >= segment.start_s) & (time < segment.end_s)] = i
    return out


def _measures(person: Array, coco_visible: Array, box: Array) -> dict[str, float]:
    """How well the clip shows its person, who is seen at the true pixels of person (T, H, W).

    person_share and person_share_least: mean and least share of the pixels that show the person; border_share: share of
    frames where the person touches the frame's border; keypoints_visible, keypoints_hidden, keypoints_outside: shares
    of the COCO keypoints; box_height_share: mean height of the box over the frame's.
    """
    share = person.mean(axis=(1, 2))
    edges = (person[:, 0], person[:, -1], person[:, :, 0], person[:, :, -1])
    touching = np.stack([edge.any(axis=1) for edge in edges]).any(axis=0)
    height = np.nan_to_num(box[:, 3] - box[:, 1]) / person.shape[1]
    return {
        "person_share": float(share.mean()),
        "person_share_least": float(share.min()),
        "border_share": float(touching.mean()),
        "keypoints_visible": float((coco_visible == VISIBLE).mean()),
        "keypoints_hidden": float((coco_visible == HIDDEN).mean()),
        "keypoints_outside": float((coco_visible == OUTSIDE).mean()),
        "box_height_share": float(height.mean()),
    }
