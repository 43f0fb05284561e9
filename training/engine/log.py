"""What a run writes down while it goes: log.jsonl, and TensorBoard beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from ...generator.base.bounded import MOST_TEXT_BYTES, parse_json, read_bytes
from ...generator.base.errors import UserError
from ...generator.base.files import appearing, readable_refusal

if TYPE_CHECKING:
    from .events import Events


MOST_BYTES = 1 << 30
"""Of a log: some million lines."""


class RunLog:
    """Lines of figures into RUN/log.jsonl and RUN/tb; with `run` None nothing is written.

    A run that goes on from step `start` first drops the lines that came after it, for they will come again.
    """

    def __init__(self, run: Path | None, start: int = 0) -> None:
        self.path = run / "log.jsonl" if run else None
        self.lines: list[dict[str, Any]] = []
        self._tb: Events | None = None
        if run is None or self.path is None:
            return
        self.lines = [line for line in read_log(run) if line["step"] <= start]
        with appearing(self.path) as path:
            path.write_text("".join(map(_as_line, self.lines)), encoding="utf-8")
        from .events import Events  # takes a moment to import

        with readable_refusal(run / "tb"):
            self._tb = Events(run / "tb", purge_step=start + 1)

    def write(self, kind: str, step: int, figures: Mapping[str, float], **where: int) -> None:
        """One line: `kind` "step" or "epoch", how many steps were done, and figures."""
        line = {"kind": kind, "step": step, **where, **{name: _short(value) for name, value in figures.items()}}
        self.lines.append(line)
        if self.path is not None and self._tb is not None:
            with readable_refusal(self.path), self.path.open("a", encoding="utf-8") as file:
                file.write(_as_line(line))
            with readable_refusal(self.path.with_name("tb")):
                self._tb.write(step, {f"{kind}/{name}": value for name, value in figures.items()})

    def has_epoch(self, epoch: int) -> bool:
        """Whether the end of this epoch was told."""
        return any(line["kind"] == "epoch" and line.get("epoch") == epoch for line in self.lines)

    def close(self) -> None:
        """Close the files."""
        if self._tb is not None:
            self._tb.close()


def read_log(run: Path) -> list[dict[str, Any]]:
    """The lines of a run's log.jsonl, but for one that was cut off; none when there is no such file. UserError for a huge one."""
    path = run / "log.jsonl"
    lines = []
    for text in read_bytes(path, MOST_BYTES).splitlines() if path.is_file() else []:
        try:
            line = parse_json(text, "a line", finite=False) if len(text) <= MOST_TEXT_BYTES else None
        except UserError:
            continue
        if isinstance(line, dict) and isinstance(line.get("step"), int) and 0 <= line["step"] < 2**63:
            lines.append({name: value for name, value in line.items() if not isinstance(value, int) or abs(value) < 2**63})
    return lines


def _as_line(line: Mapping[str, Any]) -> str:
    return json.dumps(line) + "\n"


def _short(value: float) -> float:
    return float(f"{value:.6g}")


class Meter:
    """Means of figures, speed, and the share of time spent waiting for data, since it was last read.

    `kept` is what `state` gave: the meter of a run that was stopped goes on where it was.
    """

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        kept = kept or {}
        self._sums: dict[str, Any] = dict(kept.get("sums", {}))
        self._n, self._clips = int(kept.get("steps", 0)), int(kept.get("clips", 0))
        self._waited_s = float(kept.get("waited_s", 0.0))
        self._since = monotonic() - float(kept.get("elapsed_s", 0.0))

    def add(self, figures: Mapping[str, Any], clips: int, waited_s: float) -> None:
        """One step's figures (tensors stay where they are), its clips in all processes, and how long it had to wait."""
        for name, value in figures.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self._n, self._clips, self._waited_s = self._n + 1, self._clips + clips, self._waited_s + waited_s

    def leave_out(self, seconds: float) -> None:
        """Time that went by with something else than steps."""
        self._since += seconds

    def state(self) -> dict[str, Any]:
        """All of it as plain data, exactly: a checkpoint keeps it."""
        sums = {name: float(value) for name, value in self._sums.items()}
        elapsed_s = monotonic() - self._since
        return {"sums": sums, "steps": self._n, "clips": self._clips, "waited_s": self._waited_s, "elapsed_s": elapsed_s}

    def read(self) -> dict[str, float]:
        """Means, clips_per_s and waiting (0 to 1), nothing when no step was added; begins anew."""
        told: dict[str, float] = {}
        if self._n:
            elapsed = max(monotonic() - self._since, 1e-9)
            told = {name: float(value) / self._n for name, value in self._sums.items()}
            told |= {"clips_per_s": self._clips / elapsed, "waiting": min(1.0, self._waited_s / elapsed)}
        self.__init__()  # type: ignore[misc]
        return told
