"""Work that is done once per machine: the baked body, and compiled code for labels and raster."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ..base.cache import cache_dir
from ..base.compiled import STAMP, code_dir, forget, heal, sums
from ..base.errors import UserError
from ..base.interpreter import python
from ..base.lock import in_turn
from ..base.reasons import reason_of
from ..base.scratch import remove_stale
from ..base.shown import shown


def is_ready(body: str) -> bool:
    """Whether clips with this body can be made at once."""
    return _body_is_ready(body) and _stamp().is_file()


def prepare(body: str) -> None:
    """Bake the body and compile what is missing or broken, in child processes that give their memory back.

    Draws a progress bar on standard error. Raises UserError when it fails, KeyboardInterrupt after Ctrl-C and SIGTERM.
    """
    from ..body.prepared import SCRATCH

    _check_cache()
    remove_stale(SCRATCH, cache_dir())
    healed = heal()
    if is_ready(body) and not healed:
        return
    with _told_to_stop(), _alone():
        if not _body_is_ready(body):
            _bake_in_child()
        if heal() or healed or not _stamp().is_file():
            _compile_in_child()


def cure() -> bool:
    """After a process died as damaged code has them die: try the compiled code, and where it crashes, compile it all anew.

    Whether it did. Raises as `prepare`.
    """
    with _told_to_stop(), _alone():
        try:
            _in_child("_warm", "trying compiled code")
        except _Crash:
            _forget_aloud()
            _compile_in_child()
            return True
    return False


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """Take SIGTERM for Ctrl-C, so that the child at work is ended and cleaned up after; only the main thread can do that."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time prepares; another one waits, and finds most of its work done."""
    with ExitStack() as held:
        with suppress(OSError):  # somebody else's cache, in which only what is missing elsewhere is made
            held.enter_context(in_turn(cache_dir(), ".prepare.lock", "another command is preparing the cache: waiting for it"))
        yield


def _check_cache() -> None:
    """Compiled code wants a place of its own, if only to look for it: numba refuses a folder that it can't write to."""
    folder = code_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        raise UserError(_refused(error)) from error


def _refused(error: OSError) -> str:
    said = error.strerror or error
    return f"cannot write to the cache folder {cache_dir()} ({said}): free space, or set SYNAPT_CACHE to a writable folder"


def _body_is_ready(body: str) -> bool:
    if body != "anny":
        from ..body import load_body

        load_body(body)  # says what is missing
        return True
    from ..body.prepared import is_prepared

    try:
        return is_prepared()
    except OSError as error:
        place = shown(error.filename) if error.filename else "the cache"
        raise UserError(f"cannot read {place} ({reason_of(error)}): set SYNAPT_CACHE to a folder of your own") from error


def _bake_in_child() -> None:
    from ..body.prepared import SCRATCH

    try:
        _in_child("_bake", "preparing the body")
    finally:  # one that was stopped may not have come to it
        remove_stale(SCRATCH, cache_dir())


def _compile_in_child() -> None:
    """Compile what is missing, and stamp what another process has loaded and run; where what was there crashes whoever loads it,
    though each file is whole, compile it all anew."""
    try:
        _in_child("_warm", "compiling")
        _in_child("_warm", "trying compiled code")
    except _Crash:
        _forget_aloud()
        _in_child("_warm", "compiling")
        _in_child("_warm", "trying compiled code")
    _stamp().parent.mkdir(parents=True, exist_ok=True)
    _stamp().write_text(sums(), encoding="utf-8")


def _forget_aloud() -> None:
    forget()
    sys.stderr.write(f"synapt: the compiled code in {cache_dir()} crashed: removed it all, compiling anew\n")


class _Crash(UserError):
    """A child died of a signal that nobody sent."""


def _in_child(step: str, what: str) -> None:
    """Run a step in a process of its own, which has ended when this does, however it does."""
    code = f"from synapt.generator.setup import prepare; prepare._child(prepare.{step})"
    with subprocess.Popen(python("-c", code), stdout=subprocess.PIPE, text=True) as child:
        try:
            said, _ = child.communicate()
        except BaseException:
            _end(child)
            raise
    if child.returncode == _REFUSED:
        raise UserError(said)
    if child.returncode in _STOPPED:
        raise KeyboardInterrupt
    if child.returncode == -signal.SIGKILL:
        raise UserError(f"{what} was killed, as systems do when memory runs out: it takes 3 GB, allow it more")
    if child.returncode:
        kind = _Crash if child.returncode < 0 else UserError
        raise kind(f"{what} failed (code {child.returncode}, see above): run `synapt doctor`")


def _end(child: subprocess.Popen[str]) -> None:
    """End a child: a terminal's Ctrl-C has reached it, too, and it cleans up; else it is told, and killed if need be."""
    for blow in (None, signal.SIGINT, signal.SIGKILL):
        if blow:
            child.send_signal(blow)
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_S)
            return


GRACE_S = 2.0
_REFUSED, _INTERRUPTED = 2, 130
_STOPPED = (_INTERRUPTED, -signal.SIGINT, -signal.SIGTERM)
"""Exit codes of a child that somebody, or a scheduler, has told to stop."""


def _child(step: Callable[[], None]) -> None:
    """Run a step in this process; what the user can put right goes to the parent on standard output."""
    try:
        step()
    except UserError as error:
        sys.stdout.write(str(error))
        sys.exit(_REFUSED)
    except OSError as error:  # numba's files on a full disk
        sys.stdout.write(_refused(error))
        sys.exit(_REFUSED)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)  # the parent was told too, and says it


def _bake() -> None:
    from ..body.bake import bake

    bake()


def _stamp() -> Path:
    """A file that says: this state of the sources, in this place, has been compiled by this version of the compiler.

    numba keeps code by where the sources lie, so another installation of the same ones is compiled for itself.
    """
    import llvmlite

    place = hashlib.sha256(str(Path(__file__).parents[1]).encode()).hexdigest()[:8]
    return code_dir() / f"{STAMP}{llvmlite.__version__}-{place}"


WITH_ALL = "standard; sensor.share=1; sensor.rolling_share=1; sensor.sharpened_share=1"
"""A recipe whose every clip goes through all of a camera."""


def _warm() -> None:
    """Make two tiny clips with every label, so that everything is compiled."""
    from rich.console import Console

    with Console(stderr=True).status("Compiling (once)"):
        from ..motion.rotations import ROWS
        from ..pipeline import make_clip
        from ..recipes import load_recipe
        from ..sampling import sample

        for row in ROWS:
            row.load()
        for action in ("waving_a_hand", "wiping_face_with_a_towel"):  # the second has a thing that bends
            spec = sample(action, load_recipe(WITH_ALL), 0, 0, width_px=64, height_px=64, fps=4.0)
            make_clip(spec, backend="raster", quality="draft", dense=("mask", "part", "person", "depth", "normal", "flow"))
