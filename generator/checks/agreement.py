"""Whether a clip's files agree: the video with the labels, and the labels with each other; quick enough for every clip."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from ..dataset import ClipFiles
from ..dataset.together import round_all
from ..scene.lens import finished_pixels
from ..skeletons import SURFACE
from ..values import Array, Clip, Labels, Lens
from ..video.info import probe

STILL = 24
"""A repeated picture changes by up to 11 grey levels through the codec; where a person moves it is far more."""

NEAR_S, NEAR_PX, NEAR_M = 1e-6, 0.05, 0.1
"""So near to the end of a phase or the border of the picture a label may say either; nearer to the camera a pixel may be off."""


def against_each_other(clip: Clip, files: ClipFiles) -> Iterator[str]:
    """What of a clip doesn't fit the rest: size, rate, length, pictures without a person who moves, labels among themselves."""
    spec, labels, frames = clip.spec, clip.labels, clip.frames
    if frames.shape[1:] != (spec.height_px, spec.width_px, 3):
        yield f"frames are {frames.shape[2]}x{frames.shape[1]}, not {spec.width_px}x{spec.height_px}"
    if abs((rate := probe(files.video).fps) - spec.fps) > 0.01:
        yield f"the video runs at {rate:g} frames/s, not {spec.fps:g}"
    counts = {len(frames), *lengths(labels)}
    if len(counts) != 1:
        yield f"video and labels have different numbers of frames: {sorted(counts)}"
        return
    if frames.std() < 2.0:
        yield "a picture of one colour"
    elif len(frames) > 1 and np.abs(frames[1:].astype(np.int16) - frames[0]).max() < STILL:
        yield "a video that stands still"
    yield from _among_themselves(labels, spec.fps, spec.width_px, spec.height_px)


def lengths(labels: Labels) -> set[int]:
    """Numbers of frames of which the labels tell; one where they agree."""
    names = ("joints_world_m", "joints_px", "joints_visible", "coco_world_m", "coco_px", "coco_visible", "box_px")
    found = {len(getattr(labels, name)) for name in ("phase", "K_px", "T_camera_world")}
    found |= {len(getattr(person, name)) for person in labels.people for name in names}
    found |= set() if labels.distortion is None else {len(labels.distortion)}
    return found | {len(array) + (name in ("flow", "occlusion")) for name, array in labels.dense.items()}


def _among_themselves(labels: Labels, fps: float, width_px: int, height_px: int) -> Iterator[str]:
    """What follows from other labels, and doesn't: phases from the segments, pixels from the camera, boxes from the mask."""
    if not _phases_fit(labels, fps):
        yield "its phases are not where its segments are"
    for person, what in product(labels.people, ("joints", "coco")):
        world, pixels, visible = (getattr(person, f"{what}_{kind}") for kind in ("world_m", "px", "visible"))
        if not np.isfinite(world).all():
            yield f"{what} that are not finite"
            continue
        depth, wanted = _projected(labels, world, fps, width_px, height_px)
        sure = depth > NEAR_M
        if not (np.abs(pixels - wanted) <= NEAR_PX + 1e-4 * np.abs(wanted))[sure].all() or np.isfinite(pixels[depth < 0]).any():
            yield f"its {what} are not where its camera sees them"
        if not _visibility_fits(visible, wanted, depth, width_px, height_px):
            yield f"its {what} are said to be seen where they are not in the picture"
    if not _boxes_fit(labels):
        yield "its boxes are not round the person in its masks"


def _phases_fit(labels: Labels, fps: float) -> bool:
    times_s = np.arange(len(labels.phase)) / fps
    wanted, sure = np.full(len(times_s), -1), np.ones(len(times_s), bool)
    for k, segment in enumerate(labels.segments):
        wanted[(times_s >= segment.start_s) & (times_s < segment.end_s)] = k
        sure &= (np.abs(times_s - segment.start_s) > NEAR_S) & (np.abs(times_s - segment.end_s) > NEAR_S)
    return bool((labels.phase == wanted)[sure].all())


def _projected(labels: Labels, world: Array, fps: float, width_px: int, height_px: int) -> tuple[Array, Array]:
    """Depths (T, N) m of points (T, N, 3) before the clip's camera, and their pixels (T, N, 2)."""
    rotation, shift = labels.T_camera_world[:, :3, :3], labels.T_camera_world[:, :3, 3]
    seen = np.einsum("tij,tnj->tni", rotation, world.astype(np.float64)) + shift[:, None]
    if labels.distortion is not None:
        lens = Lens(labels.K_px, labels.distortion, labels.readout_s * fps)
        with np.errstate(all="ignore"):
            rays = np.where(seen[..., 2:] > 0, seen[..., :2] / seen[..., 2:], np.nan)
            return seen[..., 2], finished_pixels(lens, rays, width_px, height_px)
    with np.errstate(all="ignore"):
        return seen[..., 2], np.einsum("tij,tnj->tni", labels.K_px, seen)[..., :2] / seen[..., 2:]


def _visibility_fits(visible: Array, pixels: Array, depth: Array, width_px: int, height_px: int) -> bool:
    """Whether exactly the points in the picture are hidden or visible."""
    with np.errstate(invalid="ignore"):
        margin = np.minimum(pixels, np.array([width_px, height_px]) - pixels).min(axis=-1)  # inside the picture, px
    inside = (depth > NEAR_M) & (margin > NEAR_PX)
    outside = (depth < 0) | ((depth > NEAR_M) & (margin < -NEAR_PX))
    return bool(np.isin(visible[inside], (1, 2)).all() and (visible[outside] == 0).all())


def _boxes_fit(labels: Labels) -> bool:
    """Whether each box is round its person, and all of them together round what shows people, as far as there are masks."""
    seen, boxes = labels.dense, [person.box_px for person in labels.people]
    own = "person" not in seen or all(_box_fits(box, seen["person"] == k) for k, box in enumerate(boxes, 1))
    people = (seen["mask"] > 0) & (seen["mask"] < SURFACE["prop"]) if "mask" in seen else None
    return own and (people is None or _box_fits(round_all(boxes), people))


def _box_fits(box_px: Array, person: Array) -> bool:
    for found, picture in zip(box_px, person, strict=True):
        rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
        wanted = [columns[0], rows[0], columns[-1] + 1, rows[-1] + 1] if len(rows) else [np.nan] * 4
        if not np.array_equal(found, wanted, equal_nan=True):
            return False
    return True
