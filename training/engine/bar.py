"""What of a run is shown while it goes: a bar of steps on a terminal, elsewhere a line an epoch and how long it will take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from ...generator.base.pace import Pace, duration


class Bar:
    """A bar of the epoch's steps on a terminal; elsewhere a plain line an epoch, and one with an estimate.

    Silent without a console. `n_steps` are those of the whole run, of which `start` were taken before.
    """

    def __init__(self, console: Console | None, n_steps: int, per_epoch: int, start: int = 0) -> None:
        self.console, self.per_epoch, self.n_epochs, self._start = console, per_epoch, n_steps // per_epoch, start
        self.pace = Pace(n_steps, start)
        self._task = None
        self._bar: Progress | None = None
        if console is not None and console.is_terminal:
            epoch, left = TextColumn("epoch {task.fields[epoch]}"), TextColumn("{task.fields[left]}")
            columns = (epoch, BarColumn(), MofNCompleteColumn(), TextColumn("steps"), _Figures(), left)
            self._bar = Progress(*columns, console=console, transient=True)
            self._task = self._bar.add_task("", total=per_epoch, figures={}, left="getting the first clips", **self._place(start))
            self._bar.start()

    def step(self, done: int, figures: Mapping[str, float] | None) -> None:
        """`done` steps of the run were taken; `figures` None keeps those last shown."""
        self.pace.reach(done)
        left_s = self.pace.left_s
        left = "" if left_s is None else f"about {duration(left_s)} left"
        if self._bar is not None and self._task is not None:
            changed: dict[str, Any] = {} if figures is None else {"figures": figures}
            self._bar.update(self._task, left=left, **self._place(done - 1, done), **changed)
        elif self.console is not None and self.pace.due():
            epoch, within = (done - 1) // self.per_epoch + 1, (done - 1) % self.per_epoch + 1
            self.console.print(
                f"epoch {epoch}/{self.n_epochs}, step {within}/{self.per_epoch}: {left} for the whole run", highlight=False,
                soft_wrap=True,
            )  # fmt: skip

    def epoch(self, epoch: int, figures: Mapping[str, float]) -> None:
        """An epoch's figures, as a line that stays."""
        if self.console is not None:
            self.console.print(f"epoch {epoch}/{self.n_epochs}  {_told(figures)}", highlight=False, soft_wrap=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def _place(self, step: int, done: int | None = None) -> dict[str, Any]:
        """The epoch that step `step` (from 0) is in, and how far it is when `done` steps of the run were taken."""
        epoch = min(step // self.per_epoch, self.n_epochs - 1)
        reached = step if done is None else done
        return {"epoch": f"{epoch + 1}/{self.n_epochs}", "completed": reached - epoch * self.per_epoch}


class _Figures(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(_told(task.fields["figures"]))


def _told(figures: Mapping[str, float]) -> str:
    """Loss, the other figures, speed, and waiting."""
    rest = {name: value for name, value in figures.items() if name not in ("clips_per_s", "waiting", "lr", "grad_norm")}
    words = [f"{name} {value:.3f}" for name, value in rest.items()]
    if "clips_per_s" in figures:
        words += [f"{figures['clips_per_s']:.1f} clips/s", f"{figures['waiting']:.0%} waiting for data"]
    return "  ".join(words)
