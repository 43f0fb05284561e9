"""The layout of a dataset on disk: names of files, and what dataset.json says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated

import msgspec

from ..base.errors import UserError
from ..base.groups import Grouping, grouping
from ..base.ranges import ClipCount, Fps, Natural, Seed, SizePx
from ..base.reasons import reason_of
from ..base.shards import MOST_SHARDS, shard
from ..base.shown import plain_name
from ..values import SPEC_VERSION, Quality

SCHEMA = 2
"""Raised whenever a reader of the older layout would misread a newer dataset."""

READABLE = (1, SCHEMA)
"""1: clips of one person, whose labels name no roles."""

DENSE: tuple[str, ...] = ("mask", "part", "person", "depth", "normal", "flow", "occlusion")
"""Per-pixel labels; each is one file. `occlusion` comes with `flow`."""


PASS_KINDS: dict[str, tuple[str, int]] = {
    "mask": ("uint8", 0), "part": ("uint8", 0), "person": ("uint8", 0), "depth": ("float32", 0), "normal": ("float16", 3),
    "flow": ("float32", 2),
    "occlusion": ("bool", 0),
}  # fmt: skip
"""Label per pixel -> type of its numbers, and how many a pixel has (0: one, without an axis of its own)."""

MOST_CLASSES = 10_000

MOST_SHARES = 10_000_000
"""Shards times classes, of which each is looked at."""

MOST_HEADER_BYTES = 1 << 25
"""Of dataset.json, which names each clip that could not be made."""

MOST_SPEC_BYTES = 1 << 20


@dataclass(frozen=True)
class Settings:
    """What every clip of one dataset has in common. Clips of other settings are refused."""

    recipe: str
    seed: Seed
    body: str
    backend: str
    quality: Quality
    width_px: SizePx
    height_px: SizePx
    fps: Fps
    recipe_digest: str = ""
    """Of all that the recipe says: a changed recipe of the same name is another one."""
    twins: Annotated[str, msgspec.Meta(max_length=400)] = ""
    """Streams and how many values each has in a group of clips, "backdrop=4,camera=2"; "" where clips stand alone."""
    views: int = 1
    """Cameras that film each performance."""

    def __post_init__(self) -> None:
        grouping(self.twins, self.views)

    @property
    def grouping(self) -> Grouping:
        """How clips are numbered."""
        return grouping(self.twins, self.views)


@dataclass(frozen=True)
class Header:
    """dataset.json.

    `classes`: action -> class id, ids in order of first appearance and never renumbered. `counts`: action ->
    clips there are. `quarantined`: clip name -> why it could not be made. `sources`: action of the
    user's own -> its dotted path, recorded class -> its
    "motion:DIGEST". `sided`: classes whose mirror image is another class; None where older versions didn't say. `asked`: action
    -> clips that were asked for, from 0 on; `shards`: those of them that were to be made here ("2/8"), all where it is empty.
    UserError where a name would not do as a folder's, or two classes have one id.
    """

    schema: Natural
    spec_version: Natural
    settings: Settings
    classes: Annotated[dict[str, Natural], msgspec.Meta(max_length=MOST_CLASSES)]
    dense: tuple[str, ...] = ()
    software: dict[str, str] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    counts: dict[str, ClipCount] = field(default_factory=dict)
    quarantined: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    sided: tuple[str, ...] | None = None
    asked: dict[str, ClipCount] = field(default_factory=dict)
    shards: Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_SHARDS)] = ()

    def __post_init__(self) -> None:
        for name in (*self.classes, *self.counts, *self.quarantined, *self.sources, *(self.sided or ()), *self.asked):
            plain_name(name, "the name of a class or clip")
        for text in self.shards:
            shard(text)
        if len(self.shards) * len(self.classes) > MOST_SHARES:
            raise UserError(f"{len(self.shards):,} shards of {len(self.classes):,} classes: more than are read")
        if unknown := [label for label in self.dense if label not in DENSE]:
            raise UserError(f"there is no label per pixel called '{unknown[0]}': choose among {', '.join(DENSE)}")
        if len(set(self.classes.values())) < len(self.classes):
            raise UserError("two classes have the same id: number them differently")


def parsed_header(raw: bytes) -> Header:
    """What dataset.json, or the copy of it in the index, says. ValueError for what is none, in words for a line.

    The schema is not looked at.
    """
    try:
        return msgspec.json.decode(raw, type=Header)
    except (RecursionError, msgspec.MsgspecError, UserError) as error:
        raise ValueError(reason_of(error)) from error


@dataclass(frozen=True)
class ClipFiles:
    """Where the files of one clip lie."""

    root: Path
    action: str
    index: int

    @property
    def name(self) -> str:
        """File stem, the same as ClipSpec.name."""
        return f"{self.action}-{self.index:06d}"

    @property
    def file_name(self) -> str:
        """The video's path inside the dataset, with forward slashes."""
        return f"clips/{self.action}/{self.name}.mp4"

    @property
    def video(self) -> Path:
        """H.264 video; the last file to appear."""
        return self.root / self.file_name

    @property
    def spec(self) -> Path:
        """The ClipSpec."""
        return self.root / "specs" / self.action / f"{self.name}.json"

    @property
    def labels(self) -> Path:
        """Everything of the clip's Labels that is not per pixel, and all of the first person's."""
        return self.root / "labels" / self.action / f"{self.name}.npz"

    def person(self, role: str) -> Path:
        """The labels of a further person."""
        return self.labels.with_suffix(f".{role}.npz")

    def dense(self, label: str) -> Path:
        """One per-pixel label."""
        return self.labels.with_suffix(f".{label}.npz")

    def all(self, dense: Iterable[str] = (), others: Iterable[str] = ()) -> dict[str, Path]:
        """Column of the index -> the file whose SHA-256 stands there; `others`: the roles of further people."""
        return {
            "sha256_spec": self.spec,
            "sha256_labels": self.labels,
            **{f"sha256_labels_{role}": self.person(role) for role in others},
            "sha256": self.video,
            **{f"sha256_{label}": self.dense(label) for label in dense},
        }

    @property
    def key(self) -> tuple[str, int]:
        """(action, index)."""
        return self.action, self.index

    def exists(self, dense: tuple[str, ...] = ()) -> bool:
        """Whether spec, labels, video and the dense labels named are all there."""
        return all(path.is_file() for path in self.all(dense).values())


def header_path(root: Path) -> Path:
    """dataset.json; a folder that has it is a dataset."""
    return root / "dataset.json"


def metadata_path(root: Path) -> Path:
    """metadata.parquet."""
    return root / "metadata.parquet"


def motions_dir(root: Path) -> Path:
    """Folder of the recorded classes that clips were drawn from, a file each; there is none without such."""
    return root / "motions"


def is_left_over(root: Path) -> bool:
    """Whether a folder without dataset.json holds what else makes a dataset: specs and clips, or the index of such."""
    return (root / "clips").is_dir() and ((root / "specs").is_dir() or metadata_path(root).is_file())


def key_of(name: str) -> tuple[str, int] | None:
    """(action, index) of a clip by its name; None for what is the name of none."""
    return (name[:-7], int(name[-6:])) if is_index(name[-6:]) and name[-7:-6] == "-" else None


def is_index(digits: str) -> bool:
    """Whether this is the end of a clip's name: six digits."""
    return len(digits) == 6 and digits.isascii() and digits.isdecimal()


def work_dir(root: Path) -> Path:
    """Scratch folder of a render at work; may be deleted whenever none is."""
    return root / ".work"


def check_same(root: Path, header: Header, settings: Settings) -> None:
    """Raise UserError unless `settings` may add clips to the dataset in `root`."""
    if header.spec_version != SPEC_VERSION:
        raise UserError(
            f"{root} was made by spec version {header.spec_version}, this is {SPEC_VERSION}: "
            "give another --out, or use the version that made it"
        )
    differing = [
        f"{f.name} {_said(getattr(header.settings, f.name))}, not {_said(getattr(settings, f.name))}"
        for f in fields(Settings)
        if f.name != "recipe_digest" and getattr(header.settings, f.name) != getattr(settings, f.name)
    ]
    if not differing and header.settings.recipe_digest != settings.recipe_digest:
        raise UserError(f"{root} was made before the recipe '{settings.recipe}' was changed: give another --out")
    if differing:
        raise UserError(f"{root} holds clips of {'; '.join(differing)}: give another --out or the same settings")


def _said(value: object) -> object:
    return "none" if value == "" else value
