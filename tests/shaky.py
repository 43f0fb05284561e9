"""A network path that fails every tenth call, half of the times after the call was carried out and its answer lost."""

import errno
import os

from made_up import maker as sound_maker
from synapt.generator.base import stores


class Shaky:
    """fsspec's file system, but for every tenth call; `calls` and `faults` count those of all of them in this process."""

    EVERY = 10
    calls = faults = 0

    def __init__(self, files):
        self._files = files

    def __getattr__(self, name):
        does = getattr(self._files, name)

        def call(*words, **more):
            Shaky.calls += 1
            if Shaky.calls % Shaky.EVERY:
                return does(*words, **more)
            Shaky.faults += 1
            if Shaky.faults % 2:
                raise ConnectionResetError(errno.ECONNRESET, "shaken before")
            does(*words, **more)
            raise OSError(errno.EIO, "shaken after")

        return call


def shake():
    """From here on every store of this process is shaky; returns what stops it."""
    sound, waits_s = stores.Store.files, stores.WAITS_S
    stores.Store.files = property(lambda self: Shaky(sound.fget(self)))
    stores.WAITS_S = tuple(0.0 for _ in waits_s)

    def calm():
        stores.Store.files, stores.WAITS_S = sound, waits_s

    return calm


if os.environ.get("SHAKY_WORKERS"):
    shake()


def maker(root, settings, action, index, dense):
    """As made_up's; a worker that imports this for it has shaky stores where $SHAKY_WORKERS says so."""
    return sound_maker(root, settings, action, index, dense)
