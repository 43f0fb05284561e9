"""Figures for TensorBoard, written by the thread that trains: what the disk refuses is heard at once, and by whom it concerns."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.summary.writer.record_writer import RecordWriter
from torch.utils.tensorboard.summary import scalar


class Events:
    """A new file of events in `folder`. What older files there say of steps from `purge_step` on does not count any more.

    OSError from any method where the disk refuses; TensorBoard reads a file that ends in the middle of a record.
    """

    def __init__(self, folder: Path, purge_step: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        now = time.time()
        self._file = (folder / f"events.out.tfevents.{now:017.6f}.{socket.gethostname()}.{os.getpid()}").open("xb")
        self._records = RecordWriter(self._file)
        self._put(Event(wall_time=now, file_version="brain.Event:2"))
        self._put(Event(wall_time=now, step=purge_step, session_log=SessionLog(status=SessionLog.START)))
        self._records.flush()

    def write(self, step: int, figures: Mapping[str, float]) -> None:
        """Some figures of one step, by their tags; they are in the file when this returns."""
        now = time.time()
        for tag, value in figures.items():
            self._put(Event(wall_time=now, step=step, summary=scalar(tag, value)))
        self._records.flush()

    def close(self) -> None:
        """Close the file; what it could not take was told before."""
        with suppress(OSError):
            self._records.close()

    def _put(self, event: Event) -> None:
        self._records.write(event.SerializeToString())
