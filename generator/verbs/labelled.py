"""Labels of a dataset at a glance: a row of frames for each label of a clip, and the labels playing side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from ..base.errors import UserError
from ..checks.agreement import lengths
from ..dataset import ClipFiles, Dataset, open_dataset, read_frames, read_labels, read_spec
from ..values import Clip
from .clips import clip_of, dataset_at
from .overlay import DENSE, passes, titled
from .sheets import LABEL_PX, MOST_LABELLED, MOST_PROBLEMS, Strip, check_count, kept, write_both

OTHERWISE = "drop --labels"
"""What to do with a path that has no labels of ours."""


def preview_labels(
    path: Path, names: Collection[str], n: int, out: Path | None, say: Callable[[str], None] = lambda line: None
) -> list[Path]:
    """Sheet and animation of the labels `names` (those of `overlay.LABELS`, or "all" there are) of clips of ours.

    `path` is a video inside a dataset, or a dataset, of which the first `n` clips of each action are taken, MOST_LABELLED in all.
    They go to `out` (.png and .gif; by default into the dataset). `say` is told what is not shown. UserError where there are no
    labels of ours, or not those asked for.
    """
    check_count(n)
    root = dataset_at(path, OTHERWISE)
    data = open_dataset(root)
    lacking = [name for name in names if name in DENSE and name not in data.header.dense]
    if lacking:
        there = ", ".join(("joints, coco, box, phase", *(name for name in passes(("all",)) if name in data.header.dense)))
        raise UserError(f"{root} was rendered without the label '{lacking[0]}': choose among {there}, or render another with it")
    chosen = _first_of_actions(data, n, say) if path.is_dir() else [clip_of(data, path, OTHERWISE)]
    strips: list[Strip] = []
    problems: list[str] = []
    for files in chosen:
        try:
            strips += kept(titled(_clip(files, names), names, LABEL_PX), len(strips))
        except UserError as error:
            problems.append(str(error))
    if not strips:
        raise UserError(problems[0])
    for line in problems[:MOST_PROBLEMS]:
        say(f"not shown: {line}")
    name = "preview-labels" if path.is_dir() else f"preview-{chosen[0].name}"
    return write_both(strips, out or root / name, data.header.settings.fps, LABEL_PX)


def _first_of_actions(data: Dataset, n: int, say: Callable[[str], None]) -> list[ClipFiles]:
    """The first `n` clips of each action; where that is too many, as many of each action as fit on a sheet."""
    found = [data.files(position) for position, row in enumerate(data) if row["index"] < n]
    if not found:
        raise UserError(f"{data.root} has no clips with an index below {n}: render some with `synapt render`")
    if len(found) > MOST_LABELLED:
        say(f"{MOST_LABELLED} of {len(found)} clips are shown: name a clip to see the labels of another")
    first = sorted(found, key=lambda files: (files.index, files.action))[:MOST_LABELLED]
    return sorted(first, key=lambda files: (files.action, files.index))


def _clip(files: ClipFiles, names: Collection[str]) -> Clip:
    """A clip with the labels that are to be drawn. UserError where its files are broken or of different sizes."""
    spec, labels = read_spec(files), read_labels(files, passes(names))
    size = (len(labels.phase), spec.height_px, spec.width_px)
    frames = read_frames(files.video, size)
    if lengths(labels) != {len(frames)} or frames.shape != (*size, 3):
        raise UserError(f"{files.video} and its labels do not match: run `synapt verify --fix {files.root}`")
    return Clip(spec, frames, labels)
