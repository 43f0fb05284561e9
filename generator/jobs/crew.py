"""Several workers under one watch: hands out tasks, replaces the worn out, the crashed and the hung."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from ..base.errors import UserError
from ..base.groups import MOST_MEMBERS
from .hired import Hired
from .lane import Lane
from .patience import Patience
from .request import Request, Task, timeout_s
from .workplace import HERE

HOPELESS = 5
"""So many clips given up before a single one was made: something is wrong that more clips won't cure. Two are enough
when the reason is the same."""

LOST = 10
"""So often a clip may lose its worker together with the machine before that counts against it: it may be what fells them."""


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
        self.losses: Counter[Task] = Counter()
        self.made = self.started = 0
        self.reasons: list[str] = []
        self.cured: set[str] = set()  # machines
        self.hopeless = min(2, len(self.pending))
        self.workplace = request.workplace or HERE
        size = min(request.workers or self.workplace.count(request), len(self.pending))
        self.children: list[Hired | None] = [None] * size
        self.lanes = [Lane() for _ in range(size)]
        self.places = size  # how many of them may be taken: fewer after the kernel has killed a worker
        self.patience = Patience(timeout_s(request))
        share = self.workplace.share_bytes(request, size)
        self.memory_bytes = request.memory_bytes or int(0.6 * share)
        self.most_bytes = request.most_bytes or int(0.9 * share)

    def step(self, patience_s: float = 0.5) -> bool:
        """Give work to the idle, take at most one answer of each worker; False when nothing is left to do."""
        for place, child in enumerate(self.children):
            if self.pending and (self._may_hire() if child is None else child.task is None):
                self._employ(place)
        busy = {child: place for place, child in enumerate(self.children) if child and (child.task or not child.here)}
        for child in self.workplace.ready(list(busy), patience_s):
            self._hear(busy[child])
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
            self.lanes[place].doing = self.workplace.waiting
        if not child.here:
            return
        task = self._next(child)
        self.lanes[place].begin(task.name)
        child.give(task)

    def _next(self, child: Hired) -> Task:
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

    def _hire(self, place: int) -> Hired:
        request, size = self.request, len(self.children)
        self.started += 1
        log = request.work / f"worker-{self.started:05d}.log"
        cores = self.workplace.cores(place, size)
        setup = (request.root.absolute(), request.settings, request.dense, request.maker, cores)
        return self.workplace.hire(setup, log, place, single_thread=size > 1)

    def _hear(self, place: int) -> None:
        child = self.children[place]
        assert child is not None
        if child.task is None:
            self._welcome(place, child)
            return
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

    def _welcome(self, place: int, child: Hired) -> None:
        """A worker has come up, or was lost before it did."""
        child.arrive()
        self.lanes[place].rest()
        if child.gone:
            child.kill()
            self.children[place] = None

    def _bury(self, place: int, reason: str) -> None:
        """End a crashed or hung worker; its task goes to a fresh one, or is given up after some tries."""
        child = self.children[place]
        assert child is not None and child.task is not None
        task, details = child.task, child.said()
        if child.was_killed():
            self.places = max(1, self.places - 1)  # the rest have more room
        if child.crashed() and self.request.cure is not None and child.machine not in self.cured:
            self._cure(child, task, self.request.cure)
        child.kill()
        self.children[place] = None
        self.lanes[place].rest()
        if child.gone and self.losses[task] < LOST:
            self.losses[task] += 1
            self.pending.appendleft(task)
        else:
            self._try_again(task, reason, details)

    def _cure(self, child: Hired, task: Task, cure: Callable[[], bool]) -> None:
        """Have what is wrong with a machine mended; the try doesn't count, then."""
        start_s = time.monotonic()
        self.cured.add(child.machine)
        self.tries[task] -= child.call(cure)
        for other in filter(None, self.children):  # nobody has listened to the others meanwhile
            other.heard_s += time.monotonic() - start_s

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
