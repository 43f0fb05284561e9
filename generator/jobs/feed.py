"""Clips of an endless series, in order, made ahead by worker processes while the caller does something else."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..base.errors import UserError
from ..base.scratch import Scratch
from ..values import Clip
from .child import FEEDER
from .hired import Hired
from .workplace import HERE, Workplace

PREFIX = "synapt-stream-"
"""How the scratch folders of streams are called."""

TRIES = 2
"""How often a clip is begun before it is given up because its worker crashed or hung."""


@dataclass(frozen=True)
class Job:
    """One clip of the series: its place there, what it is called, the action's place among the classes, its index."""

    number: int
    name: str
    action: str
    class_id: int
    index: int


class _Hand:
    """A worker and the jobs that it was told of, the one in hand first."""

    def __init__(self, child: Hired) -> None:
        self.child = child
        self.jobs: deque[Job] = deque()
        self.since_s = time.monotonic()

    def give(self, job: Job) -> None:
        if not self.jobs:
            self.since_s = time.monotonic()
        self.jobs.append(job)
        self.child.send(job)


class Feed:
    """Iterator over the clips of `jobs`, at most `ahead` of them made or in the making before they are asked for.

    The caller hands out work and takes in clips whenever it asks for the next one; no thread runs beside it. A crashed
    or hung worker is replaced, with the same clip, once; the second time `next` raises UserError. One that was lost together
    with its machine is replaced as often as that happens. `cure` and `workplace` are as in Request.
    """

    def __init__(self, maker: str, settings: Any, jobs: Iterator[Job], workers: int, ahead: int, timeout_s: float,
                 cure: Callable[[], bool] | None = None, workplace: Workplace | None = None) -> None:  # fmt: skip
        self.setup, self.jobs, self.ahead, self.timeout_s = (maker, settings), jobs, ahead, timeout_s
        self.cure, self.cured = cure, set[str]()  # machines
        self.workplace = workplace or HERE
        self.deep = -(-ahead // workers)  # jobs that one worker may have been told of
        self.hands: list[_Hand | None] = [None] * workers
        self.order: deque[Job] = deque()
        self.back: deque[Job] = deque()  # given to a worker that is no more
        self.ready: dict[int, Clip | UserError] = {}
        self.crashes: Counter[int] = Counter()
        self.scratch = Scratch(PREFIX)
        self.logs = self.scratch.path
        self.hired = 0
        self.owner = os.getpid()  # a fork of this process leaves everything alone
        self.open = True

    def __iter__(self) -> Feed:
        return self

    def __next__(self) -> tuple[Job, Clip]:
        """The next job and its clip. Closes everything before it raises, be it UserError or Ctrl-C."""
        if os.getpid() != self.owner:
            raise UserError("a stream was passed to a forked process: create it in the process that uses it")
        if not self.open:
            raise StopIteration
        try:
            self._hand_out()
            while not self.order or self.order[0].number not in self.ready:
                self._listen()
                self._hand_out()
            job = self.order.popleft()
            clip = self.ready.pop(job.number)
            if isinstance(clip, UserError):
                raise clip
            self._hand_out()
        except BaseException:
            self.close()
            raise
        return job, clip

    def close(self) -> None:
        """End the workers at once; may be called again."""
        if not self.open or os.getpid() != self.owner:
            return
        self.open = False
        for hand in self.hands:
            if hand is not None:
                hand.child.kill()
        self.hands = [None] * len(self.hands)
        self.ready.clear()
        self.scratch.remove()

    def __del__(self) -> None:
        if getattr(self, "open", False):
            self.close()

    def _hand_out(self) -> None:
        """Begin as many jobs as may be ahead, each with the worker that has fewest of those that have come up."""
        for place in range(min(len(self.hands), self.ahead)):
            if self.hands[place] is None:
                self.hands[place] = self._hire(place)
        while (self.back or len(self.order) < self.ahead) and (hand := self._freest()):
            if self.back:
                hand.give(self.back.popleft())
            else:
                self.order.append(next(self.jobs))
                hand.give(self.order[-1])

    def _freest(self) -> _Hand | None:
        """Who has fewest jobs in hand; None where nobody has come up, or everybody has enough."""
        here = [hand for hand in self.hands if hand and hand.child.here and (self.back or len(hand.jobs) < self.deep)]
        return min(here, key=lambda hand: len(hand.jobs), default=None)

    def _hire(self, place: int) -> _Hand:
        self.hired += 1
        log = self.logs / f"worker-{self.hired:05d}.log"
        return _Hand(self.workplace.hire(self.setup, log, place, single_thread=True, module=FEEDER))

    def _listen(self) -> None:
        """Take in what workers report; notice those that hang."""
        busy = {hand.child: k for k, hand in enumerate(self.hands) if hand and (hand.jobs or not hand.child.here)}
        for child in self.workplace.ready(list(busy), 1.0):
            self._hear(busy[child])
        now_s = time.monotonic()
        for place, hand in enumerate(self.hands):
            if hand and hand.jobs and now_s - hand.since_s > self.timeout_s:
                self._replace(place, f"took more than {self.timeout_s:.0f} s")

    def _hear(self, place: int) -> None:
        hand = self.hands[place]
        assert hand is not None
        if not hand.child.here:
            hand.child.arrive()
            if hand.child.gone:
                self._dismiss(place, hand)
            return
        kind, *contents = hand.child.answer()
        content = contents[0]
        if kind == "done":
            try:
                self._settle(hand, hand.child.clip(content))
            except (OSError, EOFError, RuntimeError):
                kind, content = "crashed", "its worker died while handing it over"
        if kind == "failed":
            self._settle(hand, _lost(hand.jobs[0], f"it cannot be made ({content})"))
        if kind == "crashed":
            self._replace(place, content)

    def _settle(self, hand: _Hand, result: Clip | UserError) -> None:
        """Keep what came of the job in hand; an error is raised when its turn comes, so that no clip before it is lost."""
        self.ready[hand.jobs.popleft().number] = result
        hand.since_s = time.monotonic()

    def _replace(self, place: int, reason: str) -> None:
        """Take the jobs of a crashed or hung worker back for others, but not a clip that has done so before."""
        hand = self.hands[place]
        assert hand is not None
        job = hand.jobs[0]
        if hand.child.crashed() and self.cure is not None and hand.child.machine not in self.cured:
            self._cure(hand.child, job, self.cure)
        if not hand.child.gone:
            self.crashes[job.number] += 1
        if self.crashes[job.number] >= TRIES:
            self._settle(hand, _lost(job, f"{reason}, {TRIES} times"))
        self.back.extendleft(reversed(hand.jobs))
        self._dismiss(place, hand)

    def _cure(self, child: Hired, job: Job, cure: Callable[[], bool]) -> None:
        """Have what is wrong with a machine mended; the crash doesn't count, then."""
        start_s = time.monotonic()
        self.cured.add(child.machine)
        self.crashes[job.number] -= child.call(cure)
        for other in filter(None, self.hands):  # nobody has listened to the others meanwhile
            other.since_s += time.monotonic() - start_s

    def _dismiss(self, place: int, hand: _Hand) -> None:
        hand.child.kill()
        self.hands[place] = None


def _lost(job: Job, reason: str) -> UserError:
    return UserError(f"clip {job.number} of the stream ({job.name}): {reason}; leave it out by starting at {job.number + 1}")
