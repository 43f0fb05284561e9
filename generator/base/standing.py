"""How far a job has come, by what its folder holds: told to whoever asks from another terminal or machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .lock import NAME, SHARE, Holder, holder, shares_at

RECENT = 100
"""The pace of a job that nobody is at is that of its last so many units."""


@dataclass(frozen=True)
class Standing:
    """`done` of `total` units (None where its files don't say), at `per_hour` (None before two). `held`: the share ("2/8", "" for
    all) -> who is at it. `set_aside`: what could not be made -> why."""

    kind: Literal["dataset", "run", "evaluation"]
    unit: str
    done: int
    total: int | None
    per_hour: float | None
    held: Mapping[str, Holder] = field(default_factory=dict)
    set_aside: Mapping[str, str] = field(default_factory=dict)
    finished: bool = False

    @property
    def left(self) -> int | None:
        """Units to go, without those set aside."""
        return None if self.total is None else max(0, self.total - self.done - len(self.set_aside))

    @property
    def left_s(self) -> float | None:
        """Seconds until it is finished at this pace; None where nobody is at it, or nobody knows."""
        return self.left / self.per_hour * 3600 if self.held and self.left is not None and self.per_hour else None

    @property
    def state(self) -> Literal["running", "finished", "stopped"]:
        """Whether somebody is at it, or else whether it is finished."""
        return "running" if self.held else "finished" if self.finished or self.left == 0 else "stopped"


def holders(folder: Path) -> dict[str, Holder]:
    """Who is at work in a folder, by their shares."""
    whole = {"": found} if (found := holder(folder, NAME)) else {}
    shares = ((name.removeprefix(SHARE).replace("-of-", "/"), holder(folder, name)) for name in shares_at(folder))
    return whole | {share: found for share, found in shares if found}


def pace(moments_s: Sequence[float], held: Mapping[str, Holder], now_s: float) -> float | None:
    """Units an hour, by when each was finished: since those at work began, else of the last ones; None before two."""
    if held:
        began_s = min(found.since_s for found in held.values())
        n = sum(moment > began_s for moment in moments_s)
        return 3600 * n / (now_s - began_s) if n and now_s > began_s else None
    last = sorted(moments_s)[-RECENT:]
    return 3600 * (len(last) - 1) / (last[-1] - last[0]) if len(last) > 1 and last[-1] > last[0] else None
