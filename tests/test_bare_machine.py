"""What a bare server lacks: a home, a name for the user, a locale. Help works, the rest says what to set, or does without."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest
from synapt.generator.base.cache import cache_dir
from synapt.generator.base.errors import UserError

SYNAPT = str(Path(sys.executable).with_name("synapt"))
NOBODY = ["unshare", "-U", "--map-user=54321"]
NAMESPACES = subprocess.run([*NOBODY, "true"], capture_output=True).returncode == 0


def alone(*words, cwd, **variables):
    """Run the command as somebody without a home, of whom no list of users knows."""
    return subprocess.run([*NOBODY, "env", "-i", *(f"{k}={v}" for k, v in variables.items()), SYNAPT, *words],
                          cwd=cwd, capture_output=True, text=True, timeout=200)  # fmt: skip


@pytest.mark.skipif(not NAMESPACES, reason="no namespaces of one's own here")
def test_without_a_home_help_works_and_the_rest_names_the_variable(tmp_path):
    for words in (("--help",), ("render", "--help"), ("--version",)):
        done = alone(*words, cwd=tmp_path)
        assert done.returncode == 0 and done.stdout and not done.stderr
    for words in (("prepare",), ("render", "--action", "waving", "--out", "data"), ("doctor",)):
        done = alone(*words, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1) and "set SYNAPT_CACHE to a folder" in done.stderr
    assert list(tmp_path.iterdir()) == []  # no folder called ~


def test_the_cache_is_where_its_variable_says_or_in_the_users_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path))
    assert cache_dir() == tmp_path
    monkeypatch.delenv("SYNAPT_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_dir() == tmp_path / ".cache" / "synapt"
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", lambda _: (_ for _ in ()).throw(KeyError("uid not found")))
    with pytest.raises(UserError, match="no home folder to keep a cache in: set SYNAPT_CACHE"):
        cache_dir()


def test_names_in_umlauts_need_no_locale(tmp_path):
    """Python then takes names to be ASCII, and every other byte for itself."""
    out = tmp_path / "Übung" / "ä"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    for words in (("render", "--action", "waving", "--n", "2", "--quality", "draft", "--size", "32", "--fps", "4"), ("verify",)):
        place = ["--out", str(out)] if words[0] == "render" else [str(out)]
        done = subprocess.run([SYNAPT, *words, *place], env=environment, capture_output=True, timeout=200)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert (out / "metadata.parquet").is_file() and len(list(out.glob("clips/*/*.mp4"))) == 2
