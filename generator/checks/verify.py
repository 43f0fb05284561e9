"""Checks a dataset: every clip's files against each other, against the index, and a sample against its spec."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from ..actions import path_of
from ..base import named
from ..base.errors import UserError
from ..base.machine import usable_cores
from ..base.reasons import reason_of
from ..base.shards import WHOLE, Shard
from ..dataset import ClipFiles, Header, read_frames, read_header, read_labels, read_spec
from ..dataset.alike import differing
from ..dataset.format import metadata_path, motions_dir
from ..dataset.index import SINCE, Row, factors, hashed, read_rows, row
from ..recordings.classes import borrow
from ..render import BACKENDS
from ..values import SPEC_VERSION, Array, Clip, ClipSpec, Labels
from .agreement import against_each_other
from .inventory import clips_of, strays
from .outline import is_misplaced
from .performance import poor_motion
from .redraw import altered, drawn_for

Rows = dict[tuple[str, int], Row]

_BUILDING = threading.Lock()
"""Decoding goes on in parallel; the generator is not meant for threads: msgspec crashes where two of them first read a recipe."""


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


def _unknown_renderer(header: Header) -> Iterator[Problem]:
    """A renderer named in dataset.json that is neither ours nor one that the user has named: no clip can be made again."""
    try:
        named.path_of("backend", header.settings.backend, BACKENDS)
    except UserError as error:
        yield Problem("", f"dataset.json names the renderer '{header.settings.backend}': {error}", cure="elsewhere")


def check_dataset(
    root: Path, sample: int = 8, progress: Callable[[int, int, str], None] | None = None, shard: Shard = WHOLE
) -> Report:
    """Check every clip of a shard, and make the labels of `sample` of them again; what is nobody's clip is checked with shard 1.

    UserError where `root` is no dataset.
    """
    header = read_header(root)
    borrow(header.sources.values(), motions_dir(root))
    problems: list[Problem] = []
    problems += _unknown_renderer(header)
    rows = _rows(root, problems)
    clips, unfound = clips_of(root, header, rows or ())
    if unfound:
        what = f"{unfound:,} clips are listed of which there is no trace, too many to make: write the index again"
        problems.append(Problem("", what, cure="indexing"))
    everything, clips = clips, [files for files in clips if shard.holds(*files.key)]
    sample = sample if header.spec_version == SPEC_VERSION else 0
    again = set(clips[:: max(1, len(clips) // sample)][:sample]) if sample > 0 else set()
    broken: list[tuple[str, int]] = []
    doubted: list[tuple[str, int]] = []

    def check(files: ClipFiles) -> list[Problem]:
        try:
            return list(_check_clip(files, header, rows, files in again))
        except (LookupError, ValueError, TypeError, ArithmeticError, MemoryError) as error:  # of files that nobody's writer wrote
            return [Problem(files.name, f"makes no sense ({reason_of(error)})")]

    with ThreadPoolExecutor(usable_cores()) as pool:
        for done, (files, found) in enumerate(zip(clips, pool.map(check, clips), strict=True), 1):
            problems += found
            cures = {problem.cure for problem in found}
            for cure, clips_of_it in (("rendering", broken), ("recipe", doubted)):
                if cure in cures:
                    clips_of_it.append(files.key)
            if progress:
                progress(done, len(clips), "")
    if shard.number > 1:
        return Report(len(clips), tuple(problems), tuple(broken), (), tuple(doubted), header.spec_version)
    unknown = [r["file_name"] for (action, _), r in (rows or {}).items() if action not in header.classes]
    problems += [Problem(name, "is in the index, but its class is not in dataset.json", cure="indexing") for name in unknown]
    problems += _check_counts(header, everything)
    lost = tuple(strays(root, everything))
    return Report(len(clips), tuple(problems), tuple(broken), lost, tuple(doubted), header.spec_version)


def _rows(root: Path, problems: list[Problem]) -> Rows | None:
    """The index; None, and one problem, where it can't be read."""
    path = metadata_path(root)
    try:
        if not path.exists():
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
    missing = [path.name for path in files.all(header.dense).values() if not path.is_file()]
    if missing:
        why = header.quarantined.get(files.name)
        yield Problem(files.name, f"was set aside: {why}" if why else f"missing: {', '.join(missing)}")
        return
    try:
        spec, labels = read_spec(files), read_labels(files, header.dense)
        frames = read_frames(files.video, (len(labels.phase), spec.height_px, spec.width_px))
    except UserError as error:
        yield Problem(files.name, str(error))
        return
    indexed = None if rows is None else rows.get((files.action, files.index))
    digests = hashed(files.all(header.dense, [person.role for person in labels.people[1:]]))
    edited = [] if indexed is None else [name for name, digest in digests.items() if indexed.get(name, digest) != digest]
    clip, findings = Clip(spec, frames, labels), list(_against_header(spec, labels, files, header))
    if indexed is not None and "sha256_spec" in edited and not findings and _redrawn(spec, header) is None:
        others = _other_factors(spec, indexed)
        why = f"the index knows another on {_few(others)}" if others else "it is not the one that was written, SHA-256 differs"
        yield _lost_spec(files.name, spec, header, why)
        return
    findings += against_each_other(clip, files)
    yield from (Problem(files.name, what) for what in findings)
    with _BUILDING:
        poor = list(poor_motion(labels, spec.fps, path_of(spec.action, spec.source)))
    yield from (Problem(files.name, what, cure="nothing") for what in poor)
    known = indexed is None or "sha256_spec" in indexed or spec.version != SPEC_VERSION
    of_another = [] if known or indexed is None else _of_another_spec(spec, indexed, header)
    made = list(_against_spec(clip, header, files.name)) if (again or of_another) and not findings else []
    if of_another and any(problem.cure == "rendering" for problem in made):
        why = f"the index knows another on {_few(of_another)}, and other labels come from it"
        yield _lost_spec(files.name, spec, header, why)
        return
    yield from made
    if rows is not None:
        fresh = {key: value for key, value in row(spec, labels, digests).items() if spec.version >= SINCE.get(key, 0)}
        yield from _against_index(files.name, fresh, indexed, edited)


def _lost_spec(name: str, spec: ClipSpec, header: Header, why: str) -> Problem:
    cure = f": restore the recipe '{header.settings.recipe}'" if spec.version == SPEC_VERSION else ""
    return Problem(name, f"its spec is damaged ({why}){cure}", cure="recipe")


def _redrawn(spec: ClipSpec, header: Header) -> ClipSpec | None:
    with _BUILDING:
        return drawn_for(spec, header.settings)


def _against_index(name: str, fresh: Row, indexed: Row | None, edited: list[str]) -> Iterator[Problem]:
    """`edited`: columns of the files that are others than those that were written. A spec among them is what its seed draws."""
    if indexed is None:
        yield Problem(name, "is not in the index", cure="indexing")
    elif others := [column.removeprefix("sha256").strip("_") or "video" for column in edited if column != "sha256_spec"]:
        yield Problem(name, f"not what was written: its {' and '.join(others)} (SHA-256 differs)")
    elif others := [
        key for key in fresh if not _equal(fresh[key], indexed.get(key)) and (key in indexed or not key.startswith("sha256"))
    ]:
        yield Problem(name, f"the index says otherwise on {', '.join(others)}", cure="indexing")


def _of_another_spec(spec: ClipSpec, indexed: Row, header: Header) -> list[str]:
    """Where the index was written from another spec than this one, if its seed can't tell which of them is right."""
    others = _other_factors(spec, indexed)
    return others if others and _redrawn(spec, header) is None else []


def _other_factors(spec: ClipSpec, indexed: Row) -> list[str]:
    return [key for key, value in factors(spec).items() if key in indexed and not _equal(value, indexed[key])]


def _equal(a: object, b: object) -> bool:
    return a == b or (isinstance(a, float) and math.isnan(a) and (b is None or (isinstance(b, float) and math.isnan(b))))


def _against_header(spec: ClipSpec, labels: Labels, files: ClipFiles, header: Header) -> Iterator[str]:
    settings = header.settings
    got = (spec.version, spec.seed, spec.body_model, spec.width_px, spec.height_px, spec.fps)
    wanted = (header.spec_version, settings.seed, settings.body, settings.width_px, settings.height_px, settings.fps)
    if got != wanted:
        yield f"its spec was made with other settings: {got}, not {wanted}"
    if spec.name != files.name or labels.action != files.action:
        yield f"its files hold clip {spec.name} of {labels.action}"
    if (people := [(person.role, person.acting) for person in labels.people]) != _people(spec):
        yield f"its labels are of {_named(people)}, its spec is of {_named(_people(spec))}"
    if labels.class_id != header.classes[files.action]:
        yield f"class id {labels.class_id}, not {header.classes[files.action]}"
    if got == wanted and spec.name == files.name:
        with _BUILDING:
            elsewhere = altered(spec, settings)
        if elsewhere:
            yield f"its spec is not what its seed draws: {_few(elsewhere)}"


def _people(spec: ClipSpec) -> list[tuple[str, bool]]:
    """Role of everybody, and whether they act."""
    return [*((one.role, True) for one in spec.performers), *((one.performer.role, False) for one in spec.bystanders)]


def _named(people: list[tuple[str, bool]]) -> str:
    return ", ".join(role if acting else f"{role} (not acting)" for role, acting in people)


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
        yield Problem(name, f"nothing can be made from its spec ({reason_of(error)})", cure="elsewhere")
        return
    mask = labels.dense["mask"]
    kept = {name: array for name, array in labels.dense.items() if name in header.dense}
    others = differing(replace(labels, dense=kept), clip.labels)
    if others:
        yield Problem(name, f"made again from its spec, these labels differ: {_few(others)}")
    elif mask.shape == clip.frames.shape[:3] and is_misplaced(clip.frames, mask):
        yield Problem(name, "the people in the pictures are not where the labels say")
    elif header.settings.backend == "raster":
        with _BUILDING:
            from ..pipeline import film

            frames = film(scene, clip.spec, backend="raster", quality=header.settings.quality).frames
        if frames.shape != clip.frames.shape or _psnr_db(frames, clip.frames) < 25:
            yield Problem(name, "made again from its spec, the pictures differ")


def _few(names: list[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def _psnr_db(a: Array, b: Array) -> float:
    error = float(np.mean((a.astype(np.float32) - b.astype(np.float32)) ** 2))
    return 10 * math.log10(255.0**2 / max(error, 1e-6))
