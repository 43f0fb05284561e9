"""Every file is read through before any training, as training will read it; all problems are told at once."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from torch import distributed

from ...generator.base.bounded import is_regular
from ...generator.base.errors import UserError
from ...generator.base.machine import usable_cores
from ...generator.base.ranges import Share, checked
from ...generator.base.shown import shown
from ...generator.video.info import probe
from ...generator.video.read import read_through
from ..values import ClipList, Item
from .reading import stretch
from .sound import SoundVideos

SHOWN = 20
"""So many problems are told one by one; the others are counted."""

NAMED = 5
"""So many clips that were left out are named."""

LONGEST = timedelta(days=7)
"""How long one process may wait for the others' shares of the files."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Verdict:
    """What reading one video came to: for each of its items what is wrong with it, or ""; how many frames were patched up."""

    problems: tuple[str, ...]
    patched: int = 0


def check(clips: ClipList, allow_missing: float = 0.0, tell: Tell | None = None, sound: SoundVideos | None = None) -> ClipList:
    """The clips that can be read, with remarks on what was left out and what is damaged.

    All frames of every video are decoded once, and videos found sound are remembered (in `sound`, by default the user's list).
    Of a dataset of ours a video is read only where its bytes aren't those that were written. Under torchrun each process takes
    its share of the files, and all come to the same answer. `tell(done, total)` hears of progress.

    UserError with all problems, when there is a clip twice, when none is left, or when more than the share `allow_missing` can't
    be read.
    """
    allow_missing = checked(allow_missing, Share, "the share of clips that may be missing")
    verdicts = _verdicts(clips, tell or (lambda done, total: None), SoundVideos() if sound is None else sound)
    found = _by_item(clips, verdicts)
    bad = [f"{problem}" for problem in found if problem]
    twice = [f"{name} is listed {n} times: list it once" for name, n in Counter(i.id for i in clips.items).items() if n > 1]
    good = [position for position, problem in enumerate(found) if not problem]
    if twice or not good or len(bad) > allow_missing * len(clips):
        problems = twice + bad or ["it is empty"]
        more = f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        allowed = f" ({allow_missing:.1%} may be missing)" if allow_missing and bad else ""
        raise UserError(
            f"{len(problems)} problem{'s' * (len(problems) > 1)} with the {len(clips)} clips of {clips.name}{allowed}: "
            + "; ".join(problems[:SHOWN])
            + more
        )
    remarks = [*clips.remarks, *_left_out(clips, found), *_patched(clips.pick(good), len(clips), verdicts)]
    return replace(clips.pick(good), remarks=tuple(remarks)) if len(good) < len(clips) or remarks else clips


def _left_out(clips: ClipList, found: Sequence[str]) -> Iterable[str]:
    """A line on the clips that can't be read."""
    bad = [item.id for item, problem in zip(clips.items, found, strict=True) if problem]
    if bad:
        yield f"left out {len(bad)} of the {len(clips)} clips of {clips.name}, which cannot be read: {_named(bad)}"


def _patched(clips: ClipList, n_all: int, verdicts: dict[Path, Verdict]) -> Iterable[str]:
    """A line on those of `n_all` clips that are kept and whose pictures are partly guessed."""
    bad = {path: one.patched for path, one in verdicts.items() if one.patched}
    if hurt := [item.id for item in clips.items if item.path in bad]:
        of = f"{len(hurt)} of the {n_all} clips of {clips.name}"
        yield f"{of} hold damaged pictures, which decoding patches up: {_named(hurt)}"


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:NAMED]) + (f" and {len(ids) - NAMED} more" if len(ids) > NAMED else "")


def _by_item(clips: ClipList, verdicts: dict[Path, Verdict]) -> list[str]:
    """For each item what is wrong with it, or nothing."""
    problems = {path: iter(verdict.problems) for path, verdict in verdicts.items()}
    return [next(problems[item.path]) for item in clips.items]


def _verdicts(clips: ClipList, tell: Tell, sound: SoundVideos) -> dict[Path, Verdict]:
    """The verdict on every video, from this process and the others of a team."""
    items: dict[Path, list[Item]] = {}
    for item in clips.items:
        items.setdefault(item.path, []).append(item)
    team = distributed.is_available() and distributed.is_initialized()
    rank, world = (distributed.get_rank(), distributed.get_world_size()) if team else (0, 1)
    own = list(items)[rank::world]
    threads = max(1, usable_cores() // int(os.environ.get("LOCAL_WORLD_SIZE", "1")))
    found: dict[Path, Verdict] = {}
    with ThreadPoolExecutor(threads) as pool:  # decoding doesn't hold Python's lock
        try:
            for path, verdict in zip(own, pool.map(lambda path: _verdict(path, items[path], sound), own), strict=True):
                found[path] = verdict
                tell(len(found), len(own))
        finally:
            pool.shutdown(cancel_futures=True)
    if world > 1:
        parts: list[dict[Path, Verdict]] = [{}] * world
        patient = distributed.new_group(backend="gloo", timeout=LONGEST)
        distributed.all_gather_object(parts, found, group=patient)  # type: ignore[arg-type]  # who isn't in the group gets a number
        distributed.destroy_process_group(patient)  # type: ignore[arg-type]
        found = {path: verdict for part in parts for path, verdict in part.items()}
    return found


def _verdict(path: Path, items: Sequence[Item], sound: SoundVideos) -> Verdict:
    """Read one video through, unless that has been done, or its bytes are known to be right."""
    if _as_written(items[0]):
        return Verdict(("",) * len(items))
    known, patched, cut = path in sound, 0, ""
    if not known:
        try:
            patched, broken_off = read_through(path)
            cut = probe(path).cut or ("its last picture is incomplete" if broken_off else "")
        except UserError as error:
            return Verdict((str(error),) * len(items))
        if not cut and not patched:
            sound.add(path)
    return Verdict(tuple(_problem(item, cut) for item in items), patched)


def _as_written(item: Item) -> bool:
    """Whether a clip of ours has the very bytes that its index names."""
    known = item.factors.get("sha256")
    if not known or not is_regular(item.path):
        return False
    try:
        with item.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == known
    except OSError:
        return False


def _problem(item: Item, cut: str) -> str:
    """What is wrong with the stretch that an item is of a video that can be read; `cut`: why that seems to have lost its end."""
    try:
        if item.start_s > 0 or item.end_s is not None:
            stretch(item)
        if cut and item.end_s is None:
            return f"{shown(item.path)} is cut short ({cut}): restore the file, or take it off the list"
    except UserError as error:
        return str(error)
    return ""
