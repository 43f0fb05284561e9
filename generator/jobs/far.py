"""A worker on a node of a Ray cluster, from where the command runs."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import ray
from ray.exceptions import GetTimeoutError, RayActorError, RayError, RayTaskError

from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.shown import shown
from ..values import Clip
from .hired import Hired
from .host import Errand

END_S = 15.0
"""So long a node has to end a worker; afterwards the worker ends with its host."""

LOST = "its node was lost"


class Far(Hired):
    """A worker whose `Host` is an actor. One question to it is always open: `pending` is what its answer will be found under."""

    def __init__(self, host: Any, errand: Errand) -> None:
        super().__init__(here=False)
        self.host = host
        self.pending = host.begin.remote(errand)
        self.why, self.last = LOST, ("", False, False)  # what its last answer said of its end: printed, crashed, killed

    def send(self, message: Any) -> None:
        """Send it anything, if it is still there."""
        with suppress(RayError):
            self.host.send.remote(message)

    def arrive(self) -> None:
        """It says that it has come up, or it is `gone`. UserError where it can't work where it is."""
        try:
            kind, said = ray.get(self.pending)
        except RayActorError as error:
            if "creation task" in str(error):  # synapt can't be imported there, or not this one
                said = _last_line(error)
                raise UserError(f"a node of the cluster can't start a worker ({said}): install synapt there") from error
            self.gone, self.why = True, _cause(error)
            return
        except RayTaskError as error:
            raise UserError(f"a node of the cluster can't start a worker ({reason_of(error.cause)})") from error
        if kind == "refused":
            raise UserError(f"a node of the cluster can't work on this: {said}")
        self.here, self.machine = True, said
        self._ask()

    def answer(self) -> tuple[Any, ...]:
        """What it reports; ("crashed", one line) when it is gone."""
        try:
            kind, *content = ray.get(self.pending)
        except RayActorError as error:
            self.gone = True
            return ("crashed", _cause(error))
        except RayTaskError as error:
            return ("crashed", f"its host failed: {reason_of(error.cause)}")
        if kind == "crashed":
            reason, *last = content
            self.last = tuple(last)
            return ("crashed", f"{reason} on {self.machine}")
        self._ask()
        return (kind, *content)

    def _ask(self) -> None:
        self.pending = self.host.answer.remote()

    def clip(self, content: Any) -> Clip:
        """The clip that came with an answer of a feeder's."""
        made: Clip = pickle.loads(content)
        return made

    def said(self) -> str:
        """The end of what it has printed, where its node lived to tell."""
        return self.last[0]

    def crashed(self) -> bool:
        """Whether it died as code does that jumps to nowhere."""
        return self.last[1]

    def was_killed(self) -> bool:
        """Whether somebody else killed it, as the kernel does when memory runs out."""
        return self.last[2]

    def call(self, function: Callable[[], bool]) -> bool:
        """Run a function on its node."""
        with suppress(RayError):
            return bool(ray.get(self.host.call.remote(function)))
        return False

    def kill(self) -> None:
        """End it at once, with whatever it started."""
        self._end(politely=False)

    def dismiss(self) -> None:
        """Ask it to end, having no task; its host ends with it."""
        self._end(politely=True)

    def _end(self, politely: bool) -> None:
        if self.here and not self.gone:
            with suppress(RayActorError, RayTaskError, GetTimeoutError):
                ray.get(self.host.end.remote(politely), timeout=END_S)
        with suppress(RayError):
            ray.kill(self.host)


def _last_line(error: RayActorError) -> str:
    """What a node printed last before it gave up."""
    return shown(str(error).strip().splitlines()[-1][:200])


def _cause(error: RayActorError) -> str:
    """In one line, why a host is no more: what its own process died of, or else that its node is away."""
    return "its node ran out of memory, and Ray ended it" if "low on memory" in str(error) else LOST
