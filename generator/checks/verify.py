"""Checks a dataset: every clip's files against each other, against the index, and a sample against its spec."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from ..actions import find_action
from ..base.errors import UserError
from ..base.machine import usable_cores
from ..dataset import ClipFiles, Header, read_frames, read_header, read_labels, read_spec
from ..dataset.alike import differing
from ..dataset.format import metadata_path
from ..dataset.index import Row, factors, read_rows, row
from ..values import SPEC_VERSION, Array, Clip, ClipSpec, Labels
from ..video.info import probe
from .inventory import clips_of, strays
from .outline import ALIGNED, outline_contrast
from .redraw import altered, drawn_for

Rows = dict[tuple[str, int], Row]

LIMITS: dict[str, float] = {
    "foot_slide_m": 0.2,
    "floor_depth_m": 0.05,
    "contact_error_m": 0.12,
    "bend_excess_rad": 0.2,
    "turn_step_rad": 2.0,
    "frozen_share": 0.5,
}
"""Measures of motion (`motion.quality`) beyond which a clip is called a problem. Of 1200 performances of all 24 actions none
came above 0.13 m/s, 0.034 m, 0.08 m, 0 rad, 1.6 rad and 0, falls' feet aside. Steps are those at 15 frames/s."""

LIMITS_OF_KIND: dict[str, dict[str, float]] = {
    "gesture": {"foot_slide_m": 0.02, "turn_step_rad": 1.3},
    "daily": {"foot_slide_m": 0.02, "turn_step_rad": 1.3},
    "legs": {"foot_slide_m": 0.2},
    "dynamic": {"foot_slide_m": 0.4},
}
"""Tag of an action -> what differs for it, a later tag of the action's before an earlier one. Who gestures stands still: feet
that slide there at all are a fault, and arms have no reason to whirl (at most 0.002 m/s and 0.99 rad were seen in 4,800 clips).
Who kneels down to pick a thing up steps back for it (up to 0.024 m/s); the feet of who falls slip and are dragged (0.28 m/s)."""

_BUILDING = threading.Lock()
"""Decoding goes on in parallel; the generator is not meant for threads: msgspec crashes where two of them first read a recipe."""

STILL = 24
"""A repeated picture changes by up to 11 grey levels through the codec; where a person moves it is far more."""

MAX_OUTSIDE = 0.9
"""Share of keypoints outside the picture from which on a clip shows nobody."""


@dataclass(frozen=True)
class Problem:
    """`clip` is its name, or "" for the dataset.

    `cure` is what helps: rendering the clip again, writing the index again, nothing, since it lies in the spec, something
    elsewhere, since what the clip is made of is not on this machine, or the recipe, which alone would tell what the spec was.
    """

    clip: str
    what: str
    cure: Literal["rendering", "indexing", "nothing", "elsewhere", "recipe"] = "rendering"


@dataclass(frozen=True)
class Report:
    """What was found. Clips are (action, index): rendering again would cure those `broken`, and what the index says of those
    `doubted` is believed rather than their specs. `strays` are files of nobody's. `version`: of the specs; of another version
    than today's no clip can be made again, so none was compared.
    """

    checked: int
    problems: tuple[Problem, ...]
    broken: tuple[tuple[str, int], ...]
    strays: tuple[str, ...] = ()
    doubted: tuple[tuple[str, int], ...] = ()
    version: int = SPEC_VERSION


def check_dataset(root: Path, sample: int = 8, progress: Callable[[int, int, str], None] | None = None) -> Report:
    """Check every clip, and make the labels of `sample` of them again. Raises UserError if it is no dataset."""
    header = read_header(root)
    problems: list[Problem] = []
    rows = _rows(root, problems)
    clips = clips_of(root, header, rows or ())
    sample = sample if header.spec_version == SPEC_VERSION else 0
    again = set(clips[:: max(1, len(clips) // sample)][:sample]) if sample > 0 else set()
    broken: list[tuple[str, int]] = []
    doubted: list[tuple[str, int]] = []

    def check(files: ClipFiles) -> list[Problem]:
        return list(_check_clip(files, header, rows, files in again))

    with ThreadPoolExecutor(usable_cores()) as pool:
        for done, (files, found) in enumerate(zip(clips, pool.map(check, clips), strict=True), 1):
            problems += found
            cures = {problem.cure for problem in found}
            for cure, clips_of_it in (("rendering", broken), ("recipe", doubted)):
                if cure in cures:
                    clips_of_it.append((files.action, files.index))
            if progress:
                progress(done, len(clips), "")
    unknown = [r["file_name"] for (action, _), r in (rows or {}).items() if action not in header.classes]
    problems += [Problem(name, "is in the index, but its class is not in dataset.json", cure="indexing") for name in unknown]
    problems += _check_counts(header, clips)
    return Report(len(clips), tuple(problems), tuple(broken), tuple(strays(root, clips)), tuple(doubted), header.spec_version)


def _rows(root: Path, problems: list[Problem]) -> Rows | None:
    """The index; None, and one problem, where it can't be read."""
    path = metadata_path(root)
    try:
        if not path.is_file():
            raise UserError(f"{path.name} is missing")
        return {(r["action"], r["index"]): r for r in read_rows(path)}
    except UserError as error:
        problems.append(Problem("", str(error).split(": run `")[0], cure="indexing"))
        return None


def _check_counts(header: Header, clips: list[ClipFiles]) -> Iterator[Problem]:
    """More clips than were counted; of fewer, each one missing is named anyway."""
    for action in header.classes:
        count, there = header.counts.get(action, 0), sum(files.exists() for files in clips if files.action == action)
        if there > count:
            yield Problem("", f"{action}: dataset.json counts {count} clips, there are {there}", cure="indexing")


def _check_clip(files: ClipFiles, header: Header, rows: Rows | None, again: bool) -> Iterator[Problem]:
    missing = [p.name for p in (files.spec, files.labels, files.video, *map(files.dense, header.dense)) if not p.is_file()]
    if missing:
        why = header.quarantined.get(files.name)
        yield Problem(files.name, f"was set aside: {why}" if why else f"missing: {', '.join(missing)}")
        return
    try:
        spec, labels = read_spec(files), read_labels(files, header.dense)
        frames = read_frames(files.video)
    except UserError as error:
        yield Problem(files.name, str(error))
        return
    findings = [
        *_against_header(spec, labels, files, header),
        *_against_each_other(Clip(spec, frames, labels), files),
    ]
    yield from (Problem(files.name, what) for what in findings)
    yield from (Problem(files.name, what, cure="nothing") for what in _motion(labels, spec.fps, spec.action_path))
    indexed = None if rows is None else rows.get((files.action, files.index))
    of_another = [] if indexed is None or spec.version != SPEC_VERSION else _of_another_spec(spec, indexed, header)
    made = list(_against_spec(Clip(spec, frames, labels), header, files.name)) if (again or of_another) and not findings else []
    if of_another and any(problem.cure == "rendering" for problem in made):
        why = f"the index knows another on {_few(of_another)}, and other labels come from it"
        yield Problem(files.name, f"its spec is damaged ({why}): restore the recipe '{header.settings.recipe}'", cure="recipe")
        return
    yield from made
    if rows is not None:
        fresh = row(spec, labels, hashlib.sha256(files.video.read_bytes()).hexdigest())
        yield from _against_index(files.name, fresh, indexed)


def _against_index(name: str, fresh: Row, indexed: Row | None) -> Iterator[Problem]:
    if indexed is None:
        yield Problem(name, "is not in the index", cure="indexing")
    elif indexed["sha256"] != fresh["sha256"]:
        yield Problem(name, "its video is not the one that was written (SHA-256 differs)")
    elif others := [key for key in fresh if not _equal(fresh[key], indexed.get(key))]:
        yield Problem(name, f"the index says otherwise on {', '.join(others)}", cure="indexing")


def _of_another_spec(spec: ClipSpec, indexed: Row, header: Header) -> list[str]:
    """Where the index was written from another spec than this one, if its seed can't tell which of them is right."""
    others = [key for key, value in factors(spec).items() if key in indexed and not _equal(value, indexed[key])]
    if others:
        with _BUILDING:
            return others if drawn_for(spec, header.settings) is None else []
    return []


def _equal(a: object, b: object) -> bool:
    return a == b or (isinstance(a, float) and math.isnan(a) and (b is None or (isinstance(b, float) and math.isnan(b))))


def _against_header(spec: ClipSpec, labels: Labels, files: ClipFiles, header: Header) -> Iterator[str]:
    settings = header.settings
    got = (spec.version, spec.seed, spec.body.model, spec.width_px, spec.height_px, spec.fps)
    wanted = (header.spec_version, settings.seed, settings.body, settings.width_px, settings.height_px, settings.fps)
    if got != wanted:
        yield f"its spec was made with other settings: {got}, not {wanted}"
    if spec.name != files.name or labels.action != files.action:
        yield f"its files hold clip {spec.name} of {labels.action}"
    if labels.class_id != header.classes[files.action]:
        yield f"class id {labels.class_id}, not {header.classes[files.action]}"
    if got == wanted and spec.name == files.name:
        with _BUILDING:
            elsewhere = altered(spec, settings)
        if elsewhere:
            yield f"its spec is not what its seed draws: {_few(elsewhere)}"


def _against_each_other(clip: Clip, files: ClipFiles) -> Iterator[str]:
    """Video against labels: size, rate, length, somebody in view, and pixels that move where the person does."""
    spec, labels, frames = clip.spec, clip.labels, clip.frames
    if frames.shape[1:] != (spec.height_px, spec.width_px, 3):
        yield f"frames are {frames.shape[2]}x{frames.shape[1]}, not {spec.width_px}x{spec.height_px}"
    if abs((rate := probe(files.video).fps) - spec.fps) > 0.01:
        yield f"the video runs at {rate:g} frames/s, not {spec.fps:g}"
    lengths = {len(a) for a in (frames, labels.phase, labels.joints_px, labels.coco_px, labels.box_px, labels.K_px)}
    lengths |= {len(a) + (name in ("flow", "occlusion")) for name, a in labels.dense.items()}
    if len(lengths) != 1:
        yield f"video and labels have different numbers of frames: {sorted(lengths)}"
        return
    if not np.isfinite(labels.joints_world_m).all():
        yield "joints that are not finite"
    if frames.std() < 2.0:
        yield "a picture of one colour"
    elif len(frames) > 1 and np.abs(frames[1:].astype(np.int16) - frames[0]).max() < STILL:
        yield "a video that stands still"


def _limits(action: str) -> dict[str, float]:
    """The limits that hold for an action; the general ones where it is a stranger's that isn't there."""
    try:
        with _BUILDING:
            tags = find_action(action).tags
    except UserError:
        return LIMITS
    return LIMITS | {name: limit for tag in tags for name, limit in LIMITS_OF_KIND.get(tag, {}).items()}


def _motion(labels: Labels, fps: float, action: str = "") -> Iterator[str]:
    """What rendering again would not cure: poor motion, or nobody in view. `action`: how it is found, if not by its name."""
    for name, limit in _limits(action or labels.action).items():
        value = labels.measures.get(name, 0.0)
        if name == "turn_step_rad":
            value *= min(1.0, fps / 15.0)  # a step from frame to frame is longer where frames are fewer
        if not value <= limit:  # NaN is beyond any limit
            yield f"{name} is {value:.3g}, at most {limit:g} is fine"
    seen = labels.coco_visible == 2
    if np.isnan(labels.box_px).all() or (labels.coco_visible == 0).mean() > MAX_OUTSIDE:
        yield "nobody in view"
        return
    box, points = labels.box_px[:, None], labels.coco_px
    margin = 0.1 * np.nanmax(box[..., 2:] - box[..., :2]) + 2.0
    inside = (points > box[..., :2] - margin).all(-1) & (points < box[..., 2:] + margin).all(-1)
    if (seen & ~inside).mean() > 0.02:
        yield "visible joints outside the person's box"


def _against_spec(clip: Clip, header: Header, name: str) -> Iterator[Problem]:
    """Labels made again from the spec are the same, and the pictures show the person where they say."""
    asked = [name for name in header.dense if name != "occlusion"]
    try:
        with _BUILDING:
            from ..labels.label import label
            from ..pipeline import make_scene

            scene = make_scene(clip.spec)
            labels = label(scene, clip.spec, {*asked, "mask"})
    except UserError as error:
        yield Problem(name, f"cannot be made again: {error}", cure="elsewhere")
        return
    except (LookupError, ValueError, TypeError, ArithmeticError) as error:  # what a spec is good for that means nothing
        yield Problem(name, f"nothing can be made from its spec ({type(error).__name__}: {error})", cure="elsewhere")
        return
    mask = labels.dense["mask"]
    kept = {name: array for name, array in labels.dense.items() if name in header.dense}
    others = differing(replace(labels, dense=kept), clip.labels)
    if others:
        yield Problem(name, f"made again from its spec, these labels differ: {_few(others)}")
    elif mask.shape == clip.frames.shape[:3] and outline_contrast(clip.frames, mask) < ALIGNED:
        yield Problem(name, "the person in the pictures is not where the labels say")
    elif header.settings.backend == "raster":
        with _BUILDING:
            from ..render import find_backend

            frames = find_backend("raster").render(scene, header.settings.quality)
        if frames.shape != clip.frames.shape or _psnr_db(frames, clip.frames) < 25:
            yield Problem(name, "made again from its spec, the pictures differ")


def _few(names: list[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _psnr_db(a: Array, b: Array) -> float:
    error = float(np.mean((a.astype(np.float32) - b.astype(np.float32)) ** 2))
    return 10 * math.log10(255.0**2 / max(error, 1e-6))
