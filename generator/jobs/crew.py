"""Several workers under one watch: hands out tasks, replaces the worn out, the crashed and the hung."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from itertools import islice
from multiprocessing.connection import wait
from typing import Any

from ..base.errors import UserError
from ..base.groups import MOST_MEMBERS
from ..base.machine import pinned_cores, usable_cores, usable_memory_bytes
from .child import Child
from .lane import Lane
from .patience import Patience
from .request import Request, Task, timeout_s
from .size import worker_count

HOPELESS = 5
"""So many clips given up before a single one was made: something is wrong that more clips won't cure. Two are enough
when the reason is the same."""


class Crew:
    """Workers on a list of tasks; `on_done(task, row)` or `on_lost(task, reason, details)` hears of each."""

    def __init__(
        self,
        request: Request,
        tasks: Iterable[Task],
        on_done: Callable[[Task, dict[str, Any]], None],
        on_lost: Callable[[Task, str, str], None],
    ) -> None:
        self.request = request
        self.pending = deque(tasks)
        self.on_done, self.on_lost = on_done, on_lost
        self.tries: Counter[Task] = Counter()
        self.made = self.started = 0
        self.reasons: list[str] = []
        self.cure = request.cure
        self.hopeless = min(2, len(self.pending))
        size = min(worker_count(request), len(self.pending))
        self.children: list[Child | None] = [None] * size
        self.lanes = [Lane() for _ in range(size)]
        self.places = size  # how many of them may be taken: fewer after the kernel has killed a worker
        self.patience = Patience(timeout_s(request))
        share = usable_memory_bytes() / max(1, size)
        self.memory_bytes = request.memory_bytes or int(0.6 * share)
        self.most_bytes = request.most_bytes or int(0.9 * share)

    def step(self, patience_s: float = 0.5) -> bool:
        """Give work to the idle, take at most one answer of each worker; False when nothing is left to do."""
        for place, child in enumerate(self.children):
            if self.pending and (self._may_hire() if child is None else child.task is None):
                self._employ(place)
        busy = {child.pipe: place for place, child in enumerate(self.children) if child and child.task}
        for pipe in wait(list(busy), timeout=patience_s):
            self._hear(busy[pipe])  # type: ignore[index]
        for place, child in enumerate(self.children):
            if child and child.silent_s() > (most_s := self.patience.seconds(child.warm)):
                self._bury(place, f"it gave no sign of life for more than {most_s:.0f} s")
        return bool(self.pending) or any(child and child.task for child in self.children)

    @property
    def lost(self) -> int:
        """Clips given up."""
        return len(self.reasons)

    def forget_pending(self) -> None:
        """Give out no more tasks; those in hand go on."""
        self.pending.clear()

    def stop(self) -> None:
        """End all workers: politely those without a task, at once the others."""
        for place, child in enumerate(self.children):
            if child is not None:
                (child.kill if child.task else child.dismiss)()
                self.children[place] = None

    def _employ(self, place: int) -> None:
        child = self.children[place]
        if child is None:
            child = self.children[place] = self._hire(place)
        task = self._next(child)
        self.lanes[place].begin(task.name)
        child.give(task)

    def _next(self, child: Child) -> Task:
        """The next task; of groups that share a performance a worker goes on with its own, or begins one that is nobody's."""
        own, theirs = child.group, {other.group for other in self.children if other and other is not child}
        near = list(islice(self.pending, MOST_MEMBERS * (1 + len(self.children)))) if self.pending[0].group >= 0 else []
        found = next((task for task in near if _group(task) == own), None)
        found = found or next((task for task in near if _group(task) not in theirs), None)
        if found is None:
            found = self.pending[0]
        self.pending.remove(found)
        child.group = _group(found)
        return found

    def _may_hire(self) -> bool:
        return sum(child is not None for child in self.children) < self.places

    def _hire(self, place: int) -> Child:
        request, several = self.request, len(self.children) > 1
        self.started += 1
        log = request.work / f"worker-{self.started:05d}.log"
        cores = cores_of(place, len(self.children)) if several else ()
        setup = (request.root.absolute(), request.settings, request.dense, request.maker, cores)
        return Child(setup, log, single_thread=several, place=place)

    def _hear(self, place: int) -> None:
        child = self.children[place]
        assert child is not None and child.task is not None
        kind, *content = child.answer()
        task = child.task
        if kind == "crashed":
            self._bury(place, content[0])
            return
        was_warm, silence_s = child.warm, child.heard()
        if was_warm:
            self.patience.learn(silence_s)
        if kind == "alive":
            self.lanes[place].doing = content[0]
            if content[1] > self.most_bytes:
                self._bury(place, f"its worker came to hold {content[1] / 2**30:.1f} GiB of memory")
            return
        child.task = None
        if kind == "refused":
            raise UserError(content[0])
        if kind == "failed":
            self.lanes[place].rest()
            self._fail(task, *content)
            return
        self.made += 1
        child.made += 1
        self.lanes[place].finish(time.monotonic())
        self.on_done(task, content[0])
        if child.made >= self.request.clips_per_worker or content[1] > self.memory_bytes:
            child.dismiss()
            self.children[place] = None

    def _bury(self, place: int, reason: str) -> None:
        """End a crashed or hung worker; its task goes to a fresh one, or is given up after some tries."""
        child = self.children[place]
        assert child is not None and child.task is not None
        task, details = (
            child.task,
            child.log.read_text(errors="replace")[-5000:] if child.log.exists() else "",
        )
        crashed = child.crashed()
        if child.was_killed():
            self.places = max(1, self.places - 1)  # the rest have more room
        child.kill()
        self.children[place] = None
        self.lanes[place].rest()
        if crashed and self.cure is not None:
            cure, self.cure, start_s = self.cure, None, time.monotonic()
            self.tries[task] -= cure()
            for other in filter(None, self.children):  # nobody has listened to the others meanwhile
                other.heard_s += time.monotonic() - start_s
        self._try_again(task, reason, details)

    def _fail(self, task: Task, reason: str, details: str, may_pass: bool) -> None:
        """What its maker raised it will raise again, unless it is of a kind that passes."""
        if may_pass:
            self._try_again(task, reason, details)
        else:
            self._lose(task, reason, details)

    def _try_again(self, task: Task, reason: str, details: str) -> None:
        self.tries[task] += 1
        if self.tries[task] > self.request.retries:
            self._lose(task, f"{reason}, {self.tries[task]} times", details)
        else:
            self.pending.appendleft(task)

    def _lose(self, task: Task, reason: str, details: str) -> None:
        self.reasons.append(reason)
        self.on_lost(task, reason, details)
        enough = self.hopeless if len(set(self.reasons)) == 1 else HOPELESS
        if not self.made and self.lost >= enough:
            raise UserError(f"no clip could be made: {reason} (details in {self.request.root / 'quarantine'})")


def _group(task: Task) -> tuple[str, int] | None:
    return (task.action, task.group) if task.group >= 0 else None


def cores_of(place: int, places: int) -> tuple[int, ...]:
    """The cores of worker `place` of `places`: an even share, so that they don't push each other around.

    None of their own (all may be used) where a container grants less time than its cores have: others run on them, too.
    """
    if not hasattr(os, "sched_getaffinity") or usable_cores() < pinned_cores():
        return ()
    cores = sorted(os.sched_getaffinity(0))
    if places > len(cores):
        return ()
    return tuple(cores[place * len(cores) // places : (place + 1) * len(cores) // places])
