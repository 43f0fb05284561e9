"""A module of one's own beside the command: found in the working directory, in workers too; nothing there shadows anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from synapt.generator.base import named
from synapt.generator.base.errors import UserError
from synapt.generator.base.named import load, look_up, typed
from synapt.generator.dataset import read_header

SYNAPT = str(Path(sys.executable).with_name("synapt"))
DRAFT = ("--n", "2", "--quality", "draft", "--size", "48", "--fps", "4", "--workers", "2")

MOVES = """
from dataclasses import replace
from my_words import CAPTION
from synapt.generator.actions import find_action
HELLO = replace(find_action("waving"), name="hello", aliases=(), caption=CAPTION)

def slip(s):
    with s.phase("raise", 0.7) as (start, end):
        s.trunk.to(end, 0.3, pitch=0.3)

SLIP = replace(HELLO, choreography=slip, phases=("raise",))
BLANK = replace(HELLO, caption="waves {colour}")
"""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory with a user's modules, and with files called like modules of Python and of ours."""
    (tmp_path / "my_moves.py").write_text(MOVES)
    (tmp_path / "my_words.py").write_text('CAPTION = "says hello"\n')
    for name in ("random", "numpy", "synapt", "queue", "av"):
        (tmp_path / f"{name}.py").write_text(f'raise SystemExit("{name} was imported from the working directory")\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(named, "_typed", set())
    yield tmp_path
    for name in ("my_moves", "my_words", "broken_moves"):
        sys.modules.pop(name, None)


def synapt(*words, **more):
    return subprocess.run([SYNAPT, *map(str, words)], capture_output=True, text=True, timeout=280, **more)


def test_an_action_beside_the_command_is_rendered_by_workers(here):
    done = synapt("render", "--action", "my_moves:HELLO", *DRAFT, "--out", "data", cwd=here)
    assert done.returncode == 0, done.stderr
    assert "data: 2 clips there, 2 made now" in done.stdout
    assert read_header(here / "data").sources == {"hello": "my_moves:HELLO"}
    listed = {**os.environ, "SYNAPT_ACTIONS": "my_moves:HELLO"}
    more = synapt("render", "--action", "hello", *DRAFT[2:], "--n", "3", "--out", "data", cwd=here, env=listed)
    assert more.returncode == 0 and "data: 3 clips there, 1 made now" in more.stdout, more.stderr
    fewer = synapt("render", "--action", "hello", *DRAFT[2:], "--n", "1", "--out", "data", cwd=here, env=listed)
    assert "data: 3 clips there, 0 made now" in fewer.stdout


@pytest.mark.parametrize(
    ("name", "words"), [("SLIP", "my_moves.py:9: no channel is called 'pitch'"), ("BLANK", "caption 'waves {colour}' cannot be")]
)
def test_a_slip_is_one_line_before_anything_is_made(here, name, words):
    done = synapt("render", "--action", f"my_moves:{name}", *DRAFT, "--out", "data", cwd=here)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith("synapt: action 'hello': ") and words in done.stderr
    assert not (here / "data").exists()


def test_what_no_person_named_is_not_looked_for_in_the_working_directory(here):
    with pytest.raises(UserError, match="No module named 'my_moves'"):
        load("body", named.Dotted("my_moves:HELLO"))
    with pytest.raises(UserError, match="is not part of synapt"):
        look_up("action", "my_moves:HELLO", {})
    assert str(here) not in sys.path
    assert load("action", typed("my_moves:HELLO")).caption == "says hello"
    assert look_up("action", "my_moves:HELLO", {}).name == "hello"


def test_a_module_that_is_nowhere_says_where_it_was_looked_for(here):
    with pytest.raises(UserError, match=rf"No module named 'mine'.*no mine\.py lies in {here}; go to its folder, or name that"):
        load("action", typed("mine:HELLO"))


def test_a_file_called_like_a_module_of_pythons_is_told(here):
    with pytest.raises(UserError, match=r"has no attribute 'HELLO': .*random\.py is called so, too; give your file another name"):
        load("action", typed("random:HELLO"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\nprint(y)\n", r"broken_moves\.py:2: NameError: name 'y' is not defined"),
        ("x = (\n", r"broken_moves\.py:1: '\(' was never closed"),
        ("import no_such_thing\n", r"broken_moves\.py:1: No module named 'no_such_thing'"),
        ("assert False\n", r"broken_moves\.py:1: AssertionError"),
    ],
)
def test_a_module_that_does_not_load_names_its_line(here, text, words):
    (here / "broken_moves.py").write_text(text)
    with pytest.raises(UserError, match=words) as caught:
        load("action", typed("broken_moves:HELLO"))
    assert "\n" not in str(caught.value)
