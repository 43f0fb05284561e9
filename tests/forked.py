"""`synapt` run in a fork of a server that has imported it: as in a process of its own, without a second of importing."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["synapt.cli", "forked_warm"])
"""One server for each process of tests, started when the first needs it; it has one thread and no state of the tests."""

HERE = str(Path(__file__).parent)

LONGEST_S = 280


def _main(words: tuple[str, ...], folder: str, out: str, err: str) -> None:
    from synapt.cli import main

    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", buffering=1) for number in (1, 2))
    os.environ.pop("PYTHONPATH", None)
    os.chdir(folder)
    sys.argv = ["synapt", *words]
    main()


def begun(*words: object, cwd: Path, out: str = os.devnull, err: str = os.devnull) -> Any:
    """The command of these words in the folder `cwd`, started: the child."""
    child = SERVER.Process(target=_main, args=(tuple(map(str, words)), str(cwd), out, err))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", HERE)  # Python 3.11's server does not get our sys.path
        child.start()
    return child


def synapt(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command of these words in the folder `cwd`; what it said and how it ended."""
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        child = begun(*words, cwd=cwd, out=out.name, err=err.name)
        child.join(LONGEST_S)
        if child.exitcode is None:
            child.kill()
            child.join()
        said = [Path(file.name).read_text(encoding="utf-8") for file in (out, err)]
        return subprocess.CompletedProcess(words, child.exitcode or 0, *said)
