"""What is asked of a render, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..actions import class_name
from ..base.errors import UserError
from ..base.places import is_private
from ..base.ranges import LEAST_FPS, MOST_CLIPS, MOST_FPS, MOST_SIZE_PX
from ..base.shards import WHOLE, Shard
from ..dataset import Settings
from ..dataset.format import work_dir

if TYPE_CHECKING:
    from .workplace import Workplace

MAKER = "synapt.generator.jobs.make:make"
"""The function that makes clip (root, settings, action, index, dense)."""


@dataclass(frozen=True)
class Request:
    """Clips 0 to n - 1 of each action (canonical names), in the dataset at `root`.

    `workers` None picks a number for backend and machine. `timeout_s`: how long a worker may give no sign of life at most (None:
    by the settings). `retries`: how often a clip is tried again whose worker crashed, hung or met a fault that may pass. A worker
    is replaced after `clips_per_worker` clips, or when it holds more than `memory_bytes` after one (None: its share of 60 % of
    all); one that holds more than `most_bytes` (None: its share of 90 %) is ended at once, and the clip counts as failed.
    Only clips of the `shard` are made. `maker` names the function that makes them. `cure` is called once on each machine, when
    the first worker crashes (SIGSEGV and its like), and tells whether it found why and mended it: that try doesn't count, then.
    `workplace` is where workers run; None is this machine.
    """

    root: Path
    settings: Settings
    actions: tuple[str, ...]
    n: int
    dense: tuple[str, ...] = ()
    workers: int | None = None
    timeout_s: float | None = None
    retries: int = 2
    clips_per_worker: int = 200
    memory_bytes: int | None = None
    most_bytes: int | None = None
    maker: str = MAKER
    cure: Callable[[], bool] | None = None
    shard: Shard = WHOLE
    workplace: Workplace | None = None

    @property
    def n_clips(self) -> int:
        """Clips asked for, of the shard."""
        return sum(len(self.shard.indices(class_name(action), self.n)) for action in self.actions)

    @property
    def work(self) -> Path:
        """Scratch folder; may be deleted whenever nobody renders this shard."""
        return work_dir(self.root) if self.shard.is_whole else work_dir(self.root) / self.shard.file_name

    def __post_init__(self) -> None:
        settings = self.settings
        if self.n <= 0:
            raise UserError(f"n is {self.n}: ask for at least 1 clip")
        if self.n > MOST_CLIPS:
            raise UserError(f"n is {self.n}: a dataset holds up to {MOST_CLIPS} clips of an action, take several seeds")
        if not -(2**63) <= settings.seed < 2**63:
            raise UserError(f"seed is {settings.seed}: choose a whole number of 64 bits, e.g. {settings.seed % 2**32}")
        if not self.actions:
            raise UserError("no action was named: give --action NAME, or --set NAME")
        if settings.width_px % 2 or settings.height_px % 2 or min(settings.width_px, settings.height_px) < 16:
            even = "x".join(str(max(16, size + size % 2)) for size in (settings.width_px, settings.height_px))
            got = f"{settings.width_px}x{settings.height_px}"
            raise UserError(f"size is {got}: videos need even sizes from 16 on, try {even}")
        if max(settings.width_px, settings.height_px) > MOST_SIZE_PX:
            raise UserError(f"size is {settings.width_px}x{settings.height_px}: at most {MOST_SIZE_PX} pixels a side")
        if not LEAST_FPS <= settings.fps <= MOST_FPS:
            raise UserError(f"fps is {settings.fps:g}: choose from {LEAST_FPS:g} to {MOST_FPS:g}")
        if is_private(self.root):
            raise UserError(
                f"{self.root} is of this process alone, and clips are made by others: give a folder, or s3:// or gs://"
            )
        if self.workers is not None and self.workers < 1:
            raise UserError(f"workers is {self.workers}: ask for at least 1")


@dataclass(frozen=True)
class Task:
    """One clip to make."""

    action: str
    index: int
    class_id: int
    source: str = ""
    """Dotted path of an action of the user's own."""
    group: int = -1
    """Number of the group of clips that it is one of; -1 where each stands alone."""

    @property
    def name(self) -> str:
        """File stem of the clip."""
        return f"{self.action}-{self.index:06d}"


@dataclass(frozen=True)
class Outcome:
    """What came of a render: clips made, clips found, clips given up and why, clips left to make."""

    made: int
    found: int
    quarantined: dict[str, str]
    left: int
    interrupted: bool


_SECONDS_PER_FRAME = {"draft": 1.0, "standard": 5.0, "high": 15.0}
"""Some twenty times what a frame of 256x256 takes on one slow core."""


def timeout_s(request: Request) -> float:
    """Seconds of silence after which a worker counts as hung until it is known how long frames take here (see `Patience`): far
    beyond any whole clip, starting and compiling included."""
    if request.timeout_s is not None:
        return request.timeout_s
    settings = request.settings
    area = max(1.0, settings.width_px * settings.height_px / 256**2)
    frames = 8.0 * settings.fps
    return 180.0 + frames * _SECONDS_PER_FRAME[settings.quality] * area
