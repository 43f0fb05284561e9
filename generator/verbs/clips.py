"""Which clips of ours a person means by a path: a dataset, or the video of one clip in it."""

from __future__ import annotations

from pathlib import Path

from ..base.errors import UserError
from ..dataset import ClipFiles, Dataset
from ..dataset.folders import is_dataset


def dataset_at(path: Path, otherwise: str) -> Path:
    """The dataset that a path is or lies in. UserError where there is none, which says what to do `otherwise`."""
    if not path.exists():
        raise UserError(f"{path} is not there: name a dataset, or a clip in one")
    if path.is_dir() and is_dataset(path):
        return path
    above = path.absolute().parents  # not resolved: the folder of clips may be a link to another disk
    found = None if path.is_dir() else next((folder for folder in above if is_dataset(folder)), None)
    if found is None:
        raise UserError(f"{path} has no labels by synapt: name a dataset from `synapt render`, or a clip in one, or {otherwise}")
    return found


def clip_of(data: Dataset, path: Path, otherwise: str) -> ClipFiles:
    """The clip whose video this is. UserError where it is none of the dataset's."""
    for position in range(len(data)):
        files = data.files(position)
        if files.video.name == path.name and files.video.exists() and files.video.samefile(path):
            return files
    raise UserError(f"{path} is not one of the clips of the dataset {data.root}: name one of them, or {otherwise}")
