"""Compiled code belongs to the sources it was compiled from."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from synapt.generator.base import cache, compiled
from synapt.generator.base.errors import UserError
from synapt.generator.setup import doctor, prepare

CALLER = """
from inner import half
from kernel import njit

@njit(cache=True)
def doubled(x):
    return 4 * half(x)
"""
INNER = """
from kernel import njit

@njit(cache=True, forceinline=True)
def half(x):
    return x * {factor}
"""
RUN = """
import os, sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/render"]
from base import cache
cache.keep_compiled_code()
from caller import doubled
print(doubled(1.0), os.environ["NUMBA_CACHE_DIR"])
"""


def write_sources(folder):
    """A package of two kernels, and our cache module and what it stands on beside them."""
    (folder / "base").mkdir()
    for name in ("cache.py", "errors.py"):
        shutil.copy(Path(cache.__file__).with_name(name), folder / "base" / name)
    (folder / "render").mkdir()
    (folder / "render" / "kernel.py").write_text("from numba import njit\n")
    (folder / "render" / "caller.py").write_text(CALLER)
    (folder / "render" / "inner.py").write_text(INNER.format(factor=0.5))


def run(folder, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("SYNAPT_CACHE", str(folder / "cache"))
    done = subprocess.run([sys.executable, "-c", RUN, str(folder)], capture_output=True, text=True, check=True)
    value, where = done.stdout.split(maxsplit=1)
    return float(value), where


def test_a_change_in_an_inner_function_reaches_its_callers_in_other_files(tmp_path, monkeypatch):
    write_sources(tmp_path)
    before, first = run(tmp_path, monkeypatch)
    assert run(tmp_path, monkeypatch) == (before, first) and before == 2.0
    (tmp_path / "render" / "inner.py").write_text(INNER.format(factor=0.25))
    after, second = run(tmp_path, monkeypatch)
    assert after == 1.0
    assert first != second


def test_finding_the_place_is_quick_and_a_users_choice_is_kept(monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    start = time.process_time()
    cache.keep_compiled_code()
    assert time.process_time() - start < 0.1
    chosen = Path(cache.os.environ["NUMBA_CACHE_DIR"])
    assert chosen.is_relative_to(cache.cache_dir() / "numba")
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/elsewhere")
    cache.keep_compiled_code()
    assert cache.os.environ["NUMBA_CACHE_DIR"] == "/elsewhere"


@pytest.fixture
def compiled_once(tmp_path, monkeypatch):
    """A script whose compiled function is in a cache of its own, and a call of it."""
    write_sources(tmp_path)
    _, where = run(tmp_path, monkeypatch)
    monkeypatch.setenv("NUMBA_CACHE_DIR", where.strip())
    return lambda: run(tmp_path, monkeypatch)[0]


def test_broken_compiled_code_is_found_and_compiled_anew(compiled_once, capsys):
    where = compiled.code_dir()
    files = sorted(where.rglob("*.nb[ic]"))
    assert len(files) == 4 and compiled.broken_files() == [] and compiled.heal() == 0 and doctor._compiled().ok
    for path in files:
        whole = path.read_bytes()
        size = len(whole)
        for broken in (b"", whole[: size // 2], whole[:-1], bytes(size), b"\x93" * size, whole + b"x"):
            path.write_bytes(broken)
            assert compiled.broken_files() == [path]
        found = doctor._compiled()
        assert not found.ok and "1 broken files: run `synapt prepare`" in found.note
        path.write_bytes(whole)
    files[-1].write_bytes(b"")
    assert compiled.heal() == 1 and "removed 1 broken files" in capsys.readouterr().err
    files[0].write_bytes(b"")
    files[1].write_bytes(b"")
    assert compiled.heal() == 2
    assert compiled_once() == 2.0
    assert sorted(where.rglob("*.nb[ic]")) == files and all(map(compiled._whole, files))


def test_numba_itself_dies_of_what_is_removed(compiled_once):
    broken = next(path for path in compiled.code_dir().rglob("caller.doubled*.nbi"))
    broken.write_bytes(broken.read_bytes()[:20])
    with pytest.raises(subprocess.CalledProcessError):
        compiled_once()


def test_a_full_disk_while_compiling_goes_to_the_parent_as_one_line(capsys):
    def fill():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/cache/x.nbc")

    with pytest.raises(SystemExit, match=str(prepare._REFUSED)):
        prepare._child(fill)
    said = capsys.readouterr().out
    assert (
        said.startswith("cannot write to the cache folder")
        and "(No space left on device): free space" in said
        and "\n" not in said
    )


def test_preparing_compiles_what_was_broken(compiled_once, monkeypatch):
    done = []
    monkeypatch.setattr(prepare, "_in_child", lambda step, _: done.append(step))
    monkeypatch.setattr(prepare, "_body_is_ready", lambda _: True)
    prepare.prepare("anny")
    assert done == ["_warm", "_warm"]  # the second loads what the first has left
    prepare.prepare("anny")
    assert done == ["_warm", "_warm"]  # a stamp says that it was done
    next(compiled.code_dir().rglob("*.nbc")).write_bytes(b"")
    prepare.prepare("anny")
    assert done == ["_warm"] * 4 and compiled.broken_files() == []


ROWS = """
import numpy as np
from synapt.generator.motion import rotations
a, b = np.eye(3)[:2]
frame = rotations.frame_from(a, b)
assert rotations.length(rotations.cross(a, b)) == 1.0 and rotations.dot(rotations.turned(frame, a), a) == 1.0
print((rotations.matrices(rotations.quaternions(frame)) == frame).all())
"""


def test_processes_that_compile_at_once_leave_code_that_fits_together(tmp_path, monkeypatch):
    """numba's two files of a function of rows, written by two processes, made everybody who loaded them crash."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    for _ in ("compiled", "loaded"):
        several = [
            subprocess.Popen([sys.executable, "-c", ROWS], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(3)
        ]
        assert [(*one.communicate(timeout=200), one.returncode) for one in several] == [("True\n", "", 0)] * 3


def test_another_installation_of_the_same_sources_is_compiled_for_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    here = prepare._stamp()
    monkeypatch.setattr(prepare, "__file__", "/elsewhere/synapt/generator/setup/prepare.py")
    assert prepare._stamp() != here and prepare._stamp().parent == here.parent


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda b: b"", id="empty", marks=pytest.mark.slow),
        pytest.param(lambda b: b[:20], id="cut"),
        pytest.param(lambda b: bytes(len(b)), id="zeros", marks=pytest.mark.slow),
    ],
)
def test_code_that_is_loaded_while_its_file_is_imported_is_healed_before(harm, tmp_path, monkeypatch):
    """Functions of rows are looked for on the disk by the import, which comes before any command could look."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))

    def call():
        return subprocess.run([sys.executable, "-c", ROWS], capture_output=True, text=True, check=False)

    assert call().stdout == "True\n"
    files = sorted(tmp_path.rglob("guf-*.nb[ic]"))
    assert len(files) > 4
    for path in files:
        path.write_bytes(harm(path.read_bytes()))
    again = call()
    assert (again.stdout, again.returncode) == ("True\n", 0)
    assert again.stderr.count("\n") == 1 and f"removed {len(files)} broken files" in again.stderr
    assert compiled.broken_files() == [] and call().stderr == ""


def test_code_whose_middle_was_lost_is_known_by_its_sum(compiled_once, monkeypatch):
    monkeypatch.setattr(prepare, "_in_child", lambda step, _: None)
    monkeypatch.setattr(prepare, "_body_is_ready", lambda _: True)
    prepare.prepare("anny")
    assert compiled.broken_files() == []
    path = next(compiled.code_dir().rglob("*.nbc"))
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[: middle - 50] + bytes(100) + whole[middle + 50 :])
    assert compiled.broken_files() == [path]
    assert compiled.heal() == 1 and compiled_once() == 2.0 and not prepare._stamp().is_file()
    prepare.prepare("anny")
    assert prepare._stamp().is_file() and compiled.broken_files() == []


ENDS = {
    "os.kill(os.getpid(), signal.SIGTERM)": (KeyboardInterrupt, "^$"),
    "sys.exit(130)": (KeyboardInterrupt, "^$"),
    "os.kill(os.getpid(), signal.SIGKILL)": (UserError, "was killed, as systems do when memory runs out"),
    "sys.exit(7)": (UserError, r"failed \(code 7, see above\): run `synapt doctor`"),
    "print('no anny', end=''), sys.exit(2)": (UserError, "^no anny$"),
}


@pytest.mark.parametrize("code", ENDS)
def test_how_the_child_ended_is_told_as_it_was(code, monkeypatch):
    monkeypatch.setattr(prepare, "python", lambda *_: [sys.executable, "-c", f"import os, signal, sys; {code}"])
    kind, words = ENDS[code]
    with pytest.raises(kind, match=words):
        prepare._in_child("_bake", "preparing the body")


BAKING = """
import sys, time
from pathlib import Path
from synapt.generator.base.scratch import Scratch
scratch = Scratch("bake-", Path(sys.argv[1]))
try:
    (scratch.path / "half.npz").write_bytes(b"x")
    if sys.argv[2] == "deaf":
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    (Path(sys.argv[1]) / "begun").touch()
    time.sleep(60)
finally:
    scratch.remove()
"""


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("ears", ["", "deaf"])
def test_prepare_that_is_stopped_ends_its_child_and_leaves_nothing(blow, ears, tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path))
    monkeypatch.setattr(prepare, "_check_cache", lambda: None)
    monkeypatch.setattr(prepare, "heal", lambda: 0)
    monkeypatch.setattr(prepare, "_body_is_ready", lambda _: False)
    monkeypatch.setattr(prepare, "GRACE_S", 0.3)
    monkeypatch.setattr(prepare, "python", lambda *_: [sys.executable, "-c", BAKING, str(tmp_path), ears])
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background has it ignored
    begun, handler = tmp_path / "begun", signal.getsignal(signal.SIGTERM)

    def stop():
        while not begun.exists():
            time.sleep(0.01)
        os.kill(os.getpid(), blow)

    threading.Thread(target=stop).start()
    try:
        with pytest.raises(KeyboardInterrupt):
            prepare.prepare("anny")
    finally:
        signal.signal(signal.SIGINT, before)
    assert list(tmp_path.iterdir()) == [begun] and signal.getsignal(signal.SIGTERM) == handler


def test_one_broken_file_has_all_that_may_name_it_compiled_anew(compiled_once):
    files = sorted(compiled.code_dir().rglob("*.nb[ic]"))
    assert len(files) > 2
    files[0].write_bytes(b"")
    assert compiled.heal() == 1 and list(compiled.code_dir().rglob("*.nb[ic]")) == []
    assert compiled_once() == 2.0


def test_code_that_crashes_whoever_loads_it_is_compiled_anew_once(compiled_once, monkeypatch):
    """Each file can be read, but they don't fit each other: there is nothing broken to be found."""
    crashes = f"""
import os, signal
from pathlib import Path
if list(Path({str(compiled.code_dir())!r}).rglob("*.nbc")):
    os.kill(os.getpid(), signal.SIGSEGV)
"""
    monkeypatch.setattr(prepare, "python", lambda *_: [sys.executable, "-c", crashes])
    monkeypatch.setattr(prepare, "_body_is_ready", lambda _: True)
    prepare.prepare("anny")
    assert prepare._stamp().is_file() and compiled.broken_files() == []
    prepare._stamp().unlink()
    monkeypatch.setattr(prepare, "python", lambda *_: [sys.executable, "-c", "import os; os.kill(os.getpid(), 11)"])
    with pytest.raises(UserError, match=r"compiling failed \(code -11"):
        prepare.prepare("anny")


@pytest.mark.slow
def test_whole_files_that_do_not_fit_each_other_are_tried_and_compiled_anew(tmp_path, monkeypatch, capsys):
    """A wrapper of another compilation names its function by another number: each file is whole, and whoever loads them dies."""
    counted = "from numba import njit\nfor k in range(5): njit(lambda x: x + 1)(k)\n"  # numbers that the first one didn't give
    own, other = tmp_path / "own", tmp_path / "other"
    for folder, code in ((own, ROWS), (other, counted + ROWS)):
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "NUMBA_CACHE_DIR": str(folder)}, check=True)
    for path in other.glob("*/guf-*.nbc"):
        shutil.copy(path, next(own.glob("motion_*")))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(own))
    prepare._stamp().write_text(compiled.sums())
    assert compiled.broken_files() == []
    assert subprocess.run([sys.executable, "-c", ROWS], check=False).returncode == -signal.SIGSEGV
    monkeypatch.setattr(prepare, "python", lambda *_: [sys.executable, "-c", ROWS])
    capsys.readouterr()
    assert prepare.cure() and not prepare.cure()
    said = capsys.readouterr().err
    assert "crashed: removed it all, compiling anew" in said and said.count("\n") == 1
    assert subprocess.run([sys.executable, "-c", ROWS], check=False).returncode == 0
    assert prepare._stamp().is_file() and compiled.broken_files() == []


def test_what_was_compiled_is_stamped_once_another_process_has_run_it(tmp_path, monkeypatch):
    """The process that compiles goes on with what it has in memory: only the next one sees that the files don't fit."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    once = str(tmp_path / "once")
    crash = f"import os, pathlib; p = pathlib.Path({once!r}); p.exists() and os.kill(os.getpid(), 11); p.touch()"
    monkeypatch.setattr(prepare, "python", lambda *_: [sys.executable, "-c", crash])
    monkeypatch.setattr(prepare, "_body_is_ready", lambda _: True)
    with pytest.raises(UserError, match=r"code -11"):
        prepare.prepare("anny")
    assert not prepare._stamp().exists()
