"""What a motion file holds, in the one form that everything after the readers knows."""

from __future__ import annotations

from dataclasses import dataclass

from ..motion.track import Track
from ..values import Segment


@dataclass(frozen=True)
class Recording:
    """One take of a file: one person or several who move in one world, on one clock.

    name: which of the file's takes it is, "" where there is one only. caption: what the file itself says of it.
    segments: labelled stretches that the file itself has. notes: what the reader guessed, each a short sentence that a user is
    told ("units: centimetres (the skeleton is 172 high)").
    """

    name: str
    fps: float
    people: tuple[Track, ...]
    caption: str = ""
    segments: tuple[Segment, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def n_frames(self) -> int:
        """T."""
        return self.people[0].n_frames

    @property
    def duration_s(self) -> float:
        """From the first frame to the last."""
        return (self.n_frames - 1) / self.fps
