"""The layout of a dataset on disk: names of files, and what dataset.json says."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path

from ..base.errors import UserError
from ..values import SPEC_VERSION, Quality

SCHEMA = 1
"""Raised whenever a reader of the older layout would misread a newer dataset."""

DENSE: tuple[str, ...] = ("mask", "part", "depth", "normal", "flow", "occlusion")
"""Per-pixel labels; each is one file. `occlusion` comes with `flow`."""


@dataclass(frozen=True)
class Settings:
    """What every clip of one dataset has in common. Clips of other settings are refused."""

    recipe: str
    seed: int
    body: str
    backend: str
    quality: Quality
    width_px: int
    height_px: int
    fps: float
    recipe_digest: str = ""
    """Of all that the recipe says: a changed recipe of the same name is another one."""


@dataclass(frozen=True)
class Header:
    """dataset.json.

    `classes`: action -> class id, ids in order of first appearance and never renumbered. `counts`: action ->
    clips there are. `quarantined`: clip name -> why it could not be made. `sources`: action of the
    user's own -> its dotted path.
    """

    schema: int
    spec_version: int
    settings: Settings
    classes: dict[str, int]
    dense: tuple[str, ...] = ()
    software: dict[str, str] = field(default_factory=dict)
    licences: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


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
        """Everything of Labels that is not per pixel."""
        return self.root / "labels" / self.action / f"{self.name}.npz"

    def dense(self, label: str) -> Path:
        """One per-pixel label."""
        return self.labels.with_suffix(f".{label}.npz")

    def exists(self, dense: tuple[str, ...] = ()) -> bool:
        """Whether spec, labels, video and the dense labels named are all there."""
        return all(p.is_file() for p in (self.video, self.labels, self.spec, *map(self.dense, dense)))


def header_path(root: Path) -> Path:
    """dataset.json; a folder that has it is a dataset."""
    return root / "dataset.json"


def metadata_path(root: Path) -> Path:
    """metadata.parquet."""
    return root / "metadata.parquet"


def is_left_over(root: Path) -> bool:
    """Whether a folder without dataset.json holds what else makes a dataset: specs and clips, or the index of such."""
    return (root / "clips").is_dir() and ((root / "specs").is_dir() or metadata_path(root).is_file())


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
        f"{f.name} {getattr(header.settings, f.name)}, not {getattr(settings, f.name)}"
        for f in fields(Settings)
        if getattr(header.settings, f.name) != getattr(settings, f.name)
    ]
    if differing == [f"recipe_digest {header.settings.recipe_digest}, not {settings.recipe_digest}"]:
        raise UserError(f"{root} was made when the recipe '{settings.recipe}' said something else: give another --out")
    if differing:
        raise UserError(f"{root} holds clips of {'; '.join(differing)}: give another --out or the same settings")
