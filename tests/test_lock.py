"""A folder is held by one process, in whatever container: the kernel's lock counts, and no process' number."""

import errno
import fcntl
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.base.files import readable_refusal
from synapt.generator.base.interpreter import python
from synapt.generator.base.lock import NAME, Lock, holds_nothing, in_turn, only_one
from synapt.generator.base.scratch import UNLOCKED_S, Scratch, remove_stale

HOLD = """
import sys
from pathlib import Path
from synapt.generator.base.lock import Lock
from synapt.generator.base.scratch import Scratch
kept = Scratch("work-", Path(sys.argv[1])) if sys.argv[2] == "scratch" else Lock(Path(sys.argv[1]))
print(getattr(kept, "path", ""), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder():
    """Starts a process that holds a folder, or a scratch folder in one, until it is killed; `apart`: one that sees no process of
    ours, and that calls itself number 1, as in a container."""
    started = []

    def hold(folder, what, apart=False):
        command = python("-c", HOLD, str(folder), what)
        command = ["unshare", "-Urpf", "--kill-child", "--mount-proc", *command] if apart else command
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process, Path(process.stdout.readline().strip())

    yield hold
    for process in started:
        process.kill()
        process.wait()


NAMESPACES = subprocess.run(["unshare", "-Urpf", "true"], capture_output=True).returncode == 0
APART = [False, pytest.param(True, marks=pytest.mark.skipif(not NAMESPACES, reason="no namespaces of one's own here"))]


@pytest.mark.parametrize("apart", APART)
def test_a_scratch_folder_in_use_stays_and_that_of_a_killed_process_goes(tmp_path, holder, apart):
    process, path = holder(tmp_path, "scratch", apart)
    (path / "half").write_text("x")
    (tmp_path / "work-of-nobody").mkdir()  # without a lock: not to be judged
    (tmp_path / "other").mkdir()
    ours = Scratch("work-", tmp_path)
    assert {item.name for item in tmp_path.iterdir()} == {path.name, ours.path.name, "work-of-nobody", "other"}
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while path.exists() and time.monotonic() < deadline:  # a namespace ends a moment after the process that made it
        remove_stale("work-", tmp_path)
    assert {item.name for item in tmp_path.iterdir()} == {ours.path.name, "work-of-nobody", "other"}
    ours.remove()
    ours.remove()
    assert {item.name for item in tmp_path.iterdir()} == {"work-of-nobody", "other"}


def test_a_folder_taken_for_a_stale_one_before_it_was_locked_is_replaced_by_another(tmp_path, monkeypatch):
    """Between being made and being locked it can't be told from one that was left behind."""
    tries = []

    class Late(Lock):
        def __init__(self, folder, **more):
            tries.append(folder)
            if len(tries) == 1:
                (folder / NAME).touch()
                remove_stale("work-", tmp_path)  # as another process would
            super().__init__(folder, **more)

    monkeypatch.setattr("synapt.generator.base.scratch.Lock", Late)
    scratch = Scratch("work-", tmp_path)
    assert len(set(tries)) == 2 and [item for item in tmp_path.iterdir()] == [scratch.path] and scratch.path == tries[-1]


@pytest.mark.parametrize("apart", APART)
def test_the_second_is_refused_or_waits_until_the_first_has_ended(tmp_path, holder, apart, capsys):
    process, _ = holder(tmp_path, "folder", apart)
    with pytest.raises(UserError, match="another command is writing into"), only_one(tmp_path):
        pass
    entered = []
    waiting = threading.Thread(target=lambda: _enter(tmp_path, entered))
    waiting.start()
    waiting.join(0.3)
    assert entered == [] and capsys.readouterr().err == "synapt: wait a little\n"
    process.kill()
    waiting.join(20)
    assert entered == [1] and holds_nothing(tmp_path) and list(tmp_path.iterdir()) == []


def _enter(folder, entered):
    with in_turn(folder, waiting="wait a little"):
        entered.append(1)


def test_many_in_turn_are_never_two_at_once(tmp_path):
    code = """
import os, sys
from pathlib import Path
from synapt.generator.base.lock import in_turn
folder = Path(sys.argv[1])
for _ in range(200):
    with in_turn(folder):
        os.close(os.open(folder / "inside", os.O_CREAT | os.O_EXCL))
        os.unlink(folder / "inside")
"""
    several = [subprocess.Popen(python("-c", code, str(tmp_path)), stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [(one.communicate(timeout=60)[1], one.returncode) for one in several] == [("", 0)] * 4
    assert list(tmp_path.iterdir()) == []


def test_a_file_system_without_locks_holds_nobody_up_and_nobody_is_judged_there(tmp_path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))))
    with only_one(tmp_path), only_one(tmp_path), in_turn(tmp_path):
        assert holds_nothing(tmp_path)
    first, second = Scratch("work-", tmp_path), Scratch("work-", tmp_path)
    assert first.path.is_dir() and second.path.is_dir()
    first.remove()
    second.remove()
    assert [item.name for item in tmp_path.iterdir()] == [NAME] and holds_nothing(tmp_path)


def test_a_fork_of_the_holder_does_not_hold_on(tmp_path):
    lock = Lock(tmp_path)
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(write)
        os.read(read, 1)  # until the parent closes its end
        os._exit(0)
    try:
        lock.release()
        Lock(tmp_path).release()
    finally:
        os.close(write)
        os.waitpid(child, 0)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(UserError, match=r"cannot write .*: something other than a folder is in the way"),
        only_one(tmp_path / "file"),
    ):
        pass


def test_a_link_called_like_the_lock_is_neither_followed_nor_removed(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "data"
    folder.mkdir()
    (folder / NAME).symlink_to(outside)
    for there in (False, True):
        if there:
            outside.write_text("mine")
        with pytest.raises(UserError, match=r"a symbolic link is in the way, remove .*\.lock$"), only_one(folder):
            pass
        assert outside.exists() is there and (folder / NAME).is_symlink()
    assert outside.read_text() == "mine"


def test_scraps_of_versions_that_knew_no_lock_go_after_a_day(tmp_path):
    old, new, kept = (tmp_path / name for name in ("bake-17", "bake-18", "kept"))
    for folder in (old, new, kept):
        folder.mkdir()
        (folder / "half.npz").write_text("x")
    (tmp_path / "bake-link").symlink_to(kept)
    day_ago = time.time() - UNLOCKED_S - 60
    for folder in (old, kept):
        os.utime(folder, (day_ago, day_ago))
    remove_stale("bake-", tmp_path)
    assert {item.name for item in tmp_path.iterdir()} == {"bake-18", "bake-link", "kept"} and (kept / "half.npz").exists()


def test_what_stands_in_the_way_inside_is_named(tmp_path):
    (tmp_path / "inner").write_text("")
    with pytest.raises(UserError, match=rf"in the way at {tmp_path / 'inner'}, name another"), readable_refusal(tmp_path):
        (tmp_path / "inner").mkdir()
