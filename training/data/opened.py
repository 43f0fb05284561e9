"""A dataset of ours as a Python sequence: clips whose frames and labels are read when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from ...generator.base.errors import UserError, nearest
from ...generator.dataset import DENSE, ClipFiles, read_labels, read_spec
from ...generator.dataset import open_dataset as open_rows
from ..values import Array

if TYPE_CHECKING:
    from ...generator.dataset import ClipSpec, Labels
    from .clip_tensors import ClipTensors

Row = Mapping[str, Any]


@dataclass(frozen=True)
class DatasetClip:
    """One clip on disk. `row` holds the columns of metadata.parquet, `label` the number of its class."""

    files: ClipFiles
    row: Row
    label: int

    def __repr__(self) -> str:
        return f"<clip {self.files.name}: {self.row['caption']}>"

    @property
    def action(self) -> str:
        """Its class."""
        return str(self.row["action"])

    @property
    def caption(self) -> str:
        """A sentence that says what is done."""
        return str(self.row["caption"])

    @property
    def path(self) -> Path:
        """The video."""
        return self.files.video

    @cached_property
    def frames(self) -> Array:
        """(T, H, W, 3) uint8 sRGB. UserError when the video is missing or broken."""
        from .decode import decode, probe

        return decode(self.path, range(probe(self.path).n_frames))

    @cached_property
    def labels(self) -> Labels:
        """Camera, phases, each person's joints, boxes and body pose, and the labels per pixel that are on disk, in `dense`."""
        return read_labels(self.files, DENSE)

    @cached_property
    def spec(self) -> ClipSpec:
        """Every choice that was made; `synapt.make_clip` rebuilds the clip from it."""
        return read_spec(self.files)


@dataclass(frozen=True, repr=False)
class DatasetClips(Sequence[DatasetClip]):
    """Clips of one dataset in order of action and index: a sequence, to be sliced, filtered and split."""

    root: Path
    classes: tuple[str, ...]
    members: tuple[DatasetClip, ...]

    def __repr__(self) -> str:
        return f"<{len(self)} clips of {len(self.classes)} classes in {self.root}>"

    def __len__(self) -> int:
        return len(self.members)

    def __iter__(self) -> Iterator[DatasetClip]:
        return iter(self.members)

    @overload
    def __getitem__(self, place: int) -> DatasetClip: ...
    @overload
    def __getitem__(self, place: slice) -> DatasetClips: ...
    def __getitem__(self, place: int | slice) -> DatasetClip | DatasetClips:
        """The clip at a place, from the end where it is negative; or those of a slice, as a sequence like this one."""
        found = self.members[place]
        return found if isinstance(found, DatasetClip) else replace(self, members=found)

    def filter(self, wanted: Callable[[Row], bool]) -> DatasetClips:
        """The clips whose row (columns of metadata.parquet) `wanted` says yes to; classes and their numbers stay."""
        return replace(self, members=tuple(clip for clip in self.members if wanted(clip.row)))

    def split(self, name: str) -> DatasetClips:
        """The clips of train, val or test: no person is in two of them. UserError for a split that has none."""
        splits = {str(clip.row["split"]) for clip in self.members}
        if name not in splits:
            raise UserError(f"{self.root} has no clip of split '{name}': {nearest(name, splits)}")
        return self.filter(lambda row: row["split"] == name)

    def torch(
        self, frames: int = 16, size: int = 112, transform: Callable[[Any], Any] | None = None, jitter: bool = False
    ) -> ClipTensors:
        """A map-style `torch.utils.data.Dataset` of (video (3, frames, size, size) float32 in [0, 1], label).

        Frames are spread over the whole clip, one from the middle of each part (`jitter`: from anywhere in it, by torch's
        generator); the middle square is taken. `transform` gets the video last. Works with DataLoader and its workers.
        """
        from .clip_tensors import ClipTensors

        return ClipTensors(self, frames, size, transform, jitter)


def open_dataset(path: str | Path) -> DatasetClips:
    """The dataset that `synapt render` made at `path`. UserError where there is none."""
    data = open_rows(path)
    classes = tuple(sorted(data.header.classes, key=data.header.classes.__getitem__))
    number = {name: k for k, name in enumerate(classes)}
    members = (DatasetClip(data.files(k), row, number[row["action"]]) for k, row in enumerate(data.rows))
    return DatasetClips(data.root, classes, tuple(members))
