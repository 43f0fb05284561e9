"""Compiled code belongs to the sources it was compiled from."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from synapt.generator import cache

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
import importlib.util, os, sys
sys.path.insert(0, sys.argv[1] + "/render")
spec = importlib.util.spec_from_file_location("cache", sys.argv[1] + "/cache.py")
cache = importlib.util.module_from_spec(spec)
spec.loader.exec_module(cache)
cache.keep_compiled_code()
from caller import doubled
print(doubled(1.0), os.environ["NUMBA_CACHE_DIR"])
"""


def run(folder, monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("SYNAPT_CACHE", str(folder / "cache"))
    done = subprocess.run([sys.executable, "-c", RUN, str(folder)], capture_output=True, text=True, check=True)
    value, where = done.stdout.split(maxsplit=1)
    return float(value), where


def test_a_change_in_an_inner_function_reaches_its_callers_in_other_files(tmp_path, monkeypatch):
    shutil.copy(cache.__file__, tmp_path / "cache.py")
    (tmp_path / "render").mkdir()
    (tmp_path / "render" / "kernel.py").write_text("from numba import njit\n")
    (tmp_path / "render" / "caller.py").write_text(CALLER)
    (tmp_path / "render" / "inner.py").write_text(INNER.format(factor=0.5))
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
