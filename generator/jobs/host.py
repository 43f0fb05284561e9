"""What stands on a machine of a cluster, in a process of its own: it starts one worker there, and passes on what is said.

The worker is a child process as on any machine (`Child`); this is plain code, which knows nothing of what carries its messages.
"""

from __future__ import annotations

import os
import pickle
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..base.cache import keep_compiled_code
from ..base.errors import UserError
from ..base.reasons import reason_of
from ..base.scratch import Scratch
from ..dataset import read_header
from ..dataset.format import motions_dir
from ..dataset.provenance import software, unlike
from ..recordings.classes import borrow
from ..render.blender.devices import choose
from ..setup.prepare import prepare
from ..values import SPEC_VERSION
from .child import FEEDER, Child

PREFIX = "synapt-host-"
"""How the scratch folders of hosts are called."""

EVERY_S = 1.0
"""Signs of life are passed on so often: each is a message through the network."""


SEEN_WITHIN_S = 20.0
"""A file made on one machine is seen by others of a network disk at once, or when they next ask."""


@dataclass(frozen=True)
class Errand:
    """What a worker is to be started for.

    `module`, `setup` and `single_thread` are as for Child. `root` is the dataset's folder (None: nothing is written), `ticket` a
    file in it and what it says, which a machine on the same disk can read. `software` and `spec_version` are those of whoever
    asks, as are `environment` (what of it matters) and `folder`, where he stands.
    """

    module: str
    setup: tuple[Any, ...]
    single_thread: bool
    n_cores: int
    body: str
    backend: str
    root: Path | None
    ticket: tuple[Path, str] | None
    environment: Mapping[str, str]
    folder: str
    software: Mapping[str, str]
    spec_version: int = SPEC_VERSION


class Host:
    """One worker of this machine; `send` and `end` may be called while `answer` waits."""

    def __init__(self) -> None:
        self.child: Child | None = None

    def begin(self, errand: Errand) -> tuple[str, str]:
        """("here", machine) when the worker was started, ("refused", one line) where this machine won't do."""
        os.environ.update(errand.environment)
        with suppress(OSError):  # where a person's own modules may lie
            os.chdir(errand.folder)
        try:
            _check(errand)
            keep_compiled_code()
            prepare(errand.body)
            if errand.backend == "blender":
                os.environ.setdefault("SYNAPT_THREADS", str(max(1, errand.n_cores)))
                choose()
            self.scratch = Scratch(PREFIX)
            log = self.scratch.path / "worker.log"
            self.child = Child(errand.setup, log, errand.single_thread, place=0, module=errand.module)
        except (UserError, OSError) as error:
            return ("refused", f"{socket.gethostname()}: {reason_of(error)}")
        self.hands_over = errand.module == FEEDER
        return ("here", socket.gethostname())

    def send(self, message: Any) -> None:
        """Pass a message to the worker."""
        assert self.child is not None
        self.child.send(message)

    def answer(self) -> tuple[Any, ...]:
        """What the worker reports, as from Child, signs of life about once a second; a feeder's clip comes with it, pickled.

        ("crashed", one line, the end of what it printed, whether as of damaged code, whether it was killed) when it is gone.
        """
        assert self.child is not None
        until_s, sign = time.monotonic() + EVERY_S, None
        while sign is None or self.child.pipe.poll(max(0.0, until_s - time.monotonic())):
            message = self.child.answer()
            if message[0] == "alive":
                sign = message
                if time.monotonic() < until_s:
                    continue
                return sign
            return self._whole(message)
        return sign

    def _whole(self, message: tuple[Any, ...]) -> tuple[Any, ...]:
        assert self.child is not None
        if message[0] == "done" and self.hands_over:
            try:
                return ("done", pickle.dumps(self.child.clip(message[1]), protocol=5))
            except (OSError, EOFError, RuntimeError):
                message = ("crashed", "its worker died while handing it over")
        if message[0] == "crashed":
            return (*message, self.child.said(), self.child.crashed(), self.child.was_killed())
        return message

    def call(self, function: Callable[[], bool]) -> bool:
        """Run a function in this process."""
        return function()

    def end(self, politely: bool) -> None:
        """End the worker, and remove what was kept for it."""
        if self.child is not None:
            (self.child.dismiss if politely else self.child.kill)()
            self.scratch.remove()
            self.child = None


def _check(errand: Errand) -> None:
    """UserError where this machine would make other clips, or write them elsewhere."""
    differing = unlike(errand.software, software(), errand.body, errand.backend)
    if errand.spec_version != SPEC_VERSION or differing:
        raise UserError(
            f"it has another {', '.join(differing) or 'synapt'} than where the command runs, and would make other clips: install "
            "the same versions on all nodes"
        )
    if errand.root is None:
        return
    until_s = time.monotonic() + SEEN_WITHIN_S
    while not _reads(*errand.ticket):  # type: ignore[misc]
        if time.monotonic() > until_s:
            raise UserError(f"it does not see {errand.root}: give a folder on a disk that all nodes share as --out")
        time.sleep(1.0)
    borrow(read_header(errand.root).sources.values(), motions_dir(errand.root))


def _reads(path: Path, text: str) -> bool:
    with suppress(OSError):
        return path.read_text(encoding="utf-8") == text
    return False
