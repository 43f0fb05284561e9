"""Where the backgrounds of the cue conflict come from: clips of the generator, or a folder of the user's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...generator.base.errors import UserError
from ...generator.base.seeds import draws
from ..bias import plates, views
from ..data.clips import open_clips
from ..values import Array, ClipList
from .conditions import without_actor
from .renders import Performance

GENERATOR = "generator"
Lent = dict[str, tuple[Array, float]]


def from_generator(performance: Performance) -> Lent:
    """The emptied clips that were rendered along with a performance."""
    return {name: without_actor(version) for name, version in performance.lenders.items()}


@dataclass(frozen=True)
class Folder:
    """Backgrounds of a folder's clips, whose classes are (some of) the model's; for a set whose places go with its classes."""

    clips: ClipList
    size_px: int

    def lend(self, performance: Performance, partner: str) -> Lent:
        """A background of a clip of the performance's own class and one of the partner's; nothing where a class has none."""
        job, found = performance.job, {}
        for name, action in (("same", job.action), ("other", partner)):
            chosen = [item for item in self.clips.items if self.clips.classes[item.label] == action]
            if chosen:
                item = chosen[int(draws("audit background", job.seed, job.name, name).integers(len(chosen)))]
                found[name] = self._empty(views.see(item, self.size_px))
        return found if len(found) == 2 else {}

    @staticmethod
    def _empty(seen: views.Seen) -> tuple[Array, float]:
        """The clip without its person: by masks or boxes before each frame, else the one picture of what stays."""
        if seen.person is None:
            return plates.median_plate(seen.frames)[None], 0.0
        return plates.emptied(seen.frames, seen.person, still_camera=False)


def open_folder(path: Path, classes: tuple[str, ...], size_px: int) -> Folder:
    """UserError unless at least two of the model's classes have clips there."""
    clips = open_clips(path)
    shared = {clips.classes[item.label] for item in clips.items} & set(classes)
    if len(shared) < 2:
        raise UserError(
            f"{path} has clips of {len(shared)} of the model's classes ({', '.join(classes[:6])}...): at least two folders "
            "must be named like them"
        )
    return Folder(clips, size_px)


def partner_of(action: str, number: int, seed: int, among: tuple[str, ...]) -> str:
    """Another class, drawn for the performance."""
    others = [name for name in among if name != action]
    return others[int(draws("audit partner", seed, action, number).integers(len(others)))]
