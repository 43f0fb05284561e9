"""What was measured of a machine, as it is kept in JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from ...generator.base.bounded import read_json
from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ...generator.base.reasons import reason_of

Seconds = Annotated[float, msgspec.Meta(ge=0, le=1e7)]
Rate = Annotated[float, msgspec.Meta(gt=0, le=1e9)]
Number = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Word = Annotated[str, msgspec.Meta(max_length=200)]

MOST_ROWS = 1000
FORMAT = 1


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Clips of one tier, size and place, by `workers` processes at once.

    Seconds are one worker's means: to make a clip's scene, to load it into the renderer (with the first frame's share beyond a
    frame's), to render one frame, and for labels, sensor, encoding and writing of one. `frames_per_clip` at 15 frames/s.
    `n_frames` were rendered for it, by all workers. `clip_bytes` are a clip's files, 0 where none was finished at 15 frames/s.
    """

    tier: Word
    backend: Word
    size_px: Number
    place: Word
    workers: Number
    scene_s: Seconds
    load_s: Seconds
    frame_s: Seconds
    after_s: Seconds
    frames_per_clip: Rate
    n_frames: Number
    clip_bytes: Annotated[float, msgspec.Meta(ge=0, le=1e12)] = 0.0

    @property
    def clip_s(self) -> float:
        """Seconds that one worker takes for a clip."""
        return self.scene_s + self.load_s + self.frames_per_clip * (self.frame_s + self.after_s)

    @property
    def clips_per_hour(self) -> float:
        """Of all workers together."""
        return 3600 * self.workers / self.clip_s

    @property
    def name(self) -> str:
        """Tier, size and place, by which cells are compared."""
        return f"{self.tier} {self.size_px} {self.place}"


class Learning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Clips a second: that a process loads, and that a training step on `device` takes in, of `frames` x `size_px` pixels.

    A step was of `batch` clips; the model has `n_params` parameters (0: not counted yet when it was measured).
    """

    model: Word
    device: Word
    frames: Number
    size_px: Number
    loaded_per_s: Rate
    learned_per_s: Rate
    batch: Number = 8
    n_params: Annotated[int, msgspec.Meta(ge=0, le=10**13)] = 0

    @property
    def loaders_needed(self) -> float:
        """Processes that load as fast as the step takes in."""
        return self.learned_per_s / self.loaded_per_s


class Machine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was measured: its processor, cores that may be used, memory, graphics cards."""

    processor: Word
    cores: Number
    memory_gib: Rate
    cards: Annotated[int, msgspec.Meta(ge=0, le=1000)]


class Bench(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of one run of `synapt bench`, at a moment (ISO 8601), by a version of synapt."""

    machine: Machine
    cells: Annotated[list[Cell], msgspec.Meta(max_length=MOST_ROWS)]
    learning: Annotated[list[Learning], msgspec.Meta(max_length=MOST_ROWS)]
    took_s: Seconds
    at: Word
    version: Word
    format: Annotated[int, msgspec.Meta(ge=FORMAT, le=FORMAT)] = FORMAT


def write_bench(path: Path, bench: Bench) -> None:
    """Keep it. UserError where the disk refuses."""
    with appearing(path) as temporary:
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(bench), indent=2) + b"\n")


def read_bench(path: Path) -> Bench:
    """What an earlier run kept. UserError for a file that is none, or is damaged."""
    if not path.exists():
        raise UserError(f"there is no {path}: give the JSON file of an earlier `synapt bench`")
    try:
        return msgspec.convert(read_json(path), Bench)
    except msgspec.ValidationError as error:
        raise UserError(f"{path} is no result of `synapt bench` ({reason_of(error)}): give the file that one wrote") from error
