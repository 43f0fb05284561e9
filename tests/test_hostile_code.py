"""What a file names is not run: dotted paths come from people. Each place in which a file names code is tried with a trap."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from made_dataset import SETTINGS, edit_header, edit_spec, write_dataset
from made_models import small
from synapt.generator import names
from synapt.generator.actions import action_of, find_action, path_of
from synapt.generator.base import named
from synapt.generator.base.errors import UserError
from synapt.generator.base.named import for_children, load, look_up, typed
from synapt.generator.body import load_body
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, read_header, read_spec
from synapt.generator.jobs.make import make
from synapt.generator.pipeline import make_clip
from synapt.generator.render import find_backend
from synapt.generator.stream import StreamSettings
from synapt.generator.stream import named as stream_named
from synapt.training.asking import open_asked
from synapt.training.config import DataConfig, ModelConfig, config_from, load_config
from synapt.training.data.targets import load_target
from synapt.training.models import build, load_model, save_model
from synapt.training.objectives import build_objective
from synapt.training.protocols.subject import open_subject

SYNAPT = Path(sys.executable).with_name("synapt")


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """Asks whether the module `trap_of_a_file` was imported, here or in a child process."""
    (tmp_path / "path").mkdir()
    sprung = tmp_path / "sprung"
    (tmp_path / "path" / "trap_of_a_file.py").write_text(f"open({str(sprung)!r}, 'w')\ndef run(*a, **k): ...\n")
    monkeypatch.syspath_prepend(str(tmp_path / "path"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    monkeypatch.setattr(named, "_typed", set())
    yield sprung.exists
    sys.modules.pop("trap_of_a_file", None)


TRAP = "trap_of_a_file:run"


def made_model(root, **model):
    folder = save_model(root / "model", small("tiny"), ("a", "b", "c", "d", "e"))
    path = folder / "config.json"
    table = json.loads(path.read_text())
    table["synapt"]["model"] |= model
    path.write_text(json.dumps(table))
    return folder


def in_a_spec(root, **changes):
    write_dataset(root, 1)
    edit_spec(root, 0, **changes)
    return read_spec(ClipFiles(root, "calm", 0))


def in_a_recipe(root, section, name):
    path = root / "recipe.toml"
    path.write_text(f'[{section}]\n{name} = "{TRAP}"\n')
    return load_config(str(path))


PLACES = {
    "a dataset's body": lambda root: load_body(TRAP),
    "a dataset's renderer": lambda root: find_backend(TRAP),
    "a clip's body": lambda root: make_clip(
        in_a_spec(root, action="waving_a_hand", performers__0__body__model=TRAP), backend="raster", quality="draft"
    ),
    "a clip's action": lambda root: action_of(in_a_spec(root, source=TRAP, action="mine")),
    "a class": lambda root: find_action(TRAP),
    "what makes a clip again": lambda root: make(root, replace(SETTINGS, body=TRAP), "waving_a_hand", 0, ()),
    "the actions of a stream": lambda root: StreamSettings((TRAP, "walking")),
    "the actions of a run": lambda root: stream_named((TRAP,), ()),
    "a model": lambda root: open_asked(made_model(root, name=TRAP)),
    "a model that is measured": lambda root: open_subject(str(made_model(root, name=TRAP))).model(2, 0, DataConfig()),
    "a recipe's model": lambda root: build(in_a_recipe(root, "model", "name").model, 2, DataConfig()),
    "a recipe's objective": lambda root: build_objective(small("tiny"), in_a_recipe(root, "objective", "kind"), [("a", "b")]),
    "a target": lambda root: load_target(TRAP, root),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_file_does_not_choose_what_is_run(place, tmp_path, trap):
    words = rf"{TRAP}' is not part of synapt, .* if it is yours, allow it with SYNAPT_\w+={TRAP}"
    with pytest.raises(UserError, match=words) as caught:
        PLACES[place](tmp_path)
    assert "\n" not in str(caught.value) and not trap()


@pytest.mark.parametrize(("place", "fix"), [("settings__body", ()), ("settings__backend", ("--fix", "--workers", "1"))])
def test_verify_runs_nothing_that_a_dataset_names(place, fix, tmp_path, trap):
    write_dataset(tmp_path / "data")
    edit_header(tmp_path / "data", **{place: TRAP, "sources": {"calm": TRAP}})
    edit_spec(tmp_path / "data", 1, source=TRAP, performers__0__body__model=TRAP)
    words = [SYNAPT, "verify", tmp_path / "data", "--sample", "0", *fix]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode in (1, 2) and "Traceback" not in done.stderr and not trap()


def test_a_dataset_by_strangers_means_is_checked_and_nothing_of_it_is_run(tmp_path, trap):
    write_dataset(tmp_path)
    edit_header(tmp_path, settings__backend=TRAP, settings__body=TRAP, sources={"calm": TRAP})
    for index in range(3):
        edit_spec(tmp_path, index, source=TRAP, performers__0__body__model=TRAP)
    report = check_dataset(tmp_path)
    assert report.checked == 3 and not trap()


def test_a_clip_of_ones_own_action_says_what_finds_it(tmp_path, trap):
    spec = in_a_spec(tmp_path, action="knocking", source="my_moves:KNOCKING")
    with pytest.raises(UserError, match="allow it with SYNAPT_ACTIONS=my_moves:KNOCKING"):
        action_of(spec)
    assert path_of("waving_a_hand", TRAP) == "waving_a_hand"  # one of ours is ours, whatever a file says
    assert action_of(replace(spec, action="waving_a_hand", source=TRAP)).name == "waving_a_hand" and not trap()


@pytest.mark.parametrize("how", ["typed", "environment", "child"])
def test_what_a_person_names_is_found(how, trap, monkeypatch):
    if how == "typed":
        assert names.body(TRAP) == TRAP
    elif how == "environment":
        monkeypatch.setenv("SYNAPT_OWN", f"other:thing, {TRAP}")
    else:
        typed(TRAP)
        code = f"from synapt.generator.base.named import look_up; print(look_up('body', '{TRAP}', {{}}).__name__)"
        done = subprocess.run(
            [sys.executable, "-c", code], env=os.environ | for_children(), capture_output=True, text=True, check=True
        )
        assert done.stdout == "run\n"
        return
    assert look_up("body", TRAP, {}).__name__ == "run"


def test_an_option_names_code_and_a_recipe_does_not(tmp_path, trap):
    config = config_from({}, [f"model.name={TRAP}", f"objective.kind={TRAP}"])
    assert look_up("model", config.model.name, {}).__name__ == "run" and trap()


def test_packages_may_declare_actions(tmp_path, monkeypatch):
    folder = tmp_path / "moves-1.0.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: moves\nVersion: 1.0\n")
    (folder / "entry_points.txt").write_text("[synapt.actions]\nhello = declared_moves:HELLO\n")
    source = """
from dataclasses import replace
from synapt.generator.actions import find_action
HELLO = replace(find_action("waving"), name="hello", aliases=())
"""
    (tmp_path / "declared_moves.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    named._declared.cache_clear()
    try:
        assert find_action("hello").name == "hello" and path_of("hello", "elsewhere:HELLO") == "hello"
    finally:
        named._declared.cache_clear()
        sys.modules.pop("declared_moves", None)


def test_the_two_look_ups_differ_in_what_they_take():
    assert load("thing", typed("json:loads")) is json.loads
    with pytest.raises(UserError, match="unknown body 'any': did you mean anny"):
        look_up("body", "any", {"anny": "json:loads"})
    with pytest.raises(UserError, match=r"unknown body '\\x1b\[2J:x'"):
        look_up("body", "\x1b[2J:x", {})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"width": 10**9}, "option 'width' of model tiny is 1000000000: expected `int` <= 4096"),
        ({"width": "4"}, "option 'width' of model tiny is 4: expected `int`, got `str`"),
        ({"stages": 60}, "at most 4096"),
        ({"blocks": float("nan")}, "option 'blocks' of model tiny is nan"),
        ({"depth": 3}, "has no option 'depth'"),
    ],
)
def test_options_of_a_model_are_those_that_it_takes(options, words):
    with pytest.raises(UserError, match=words):
        build(ModelConfig("tiny", options=options), 2, DataConfig())


def test_a_model_is_of_the_weights_beside_it_and_of_no_other_file(tmp_path):
    other = save_model(tmp_path / "other", small("tiny", seed=9), ("a", "b", "c", "d", "e"))
    folder = made_model(tmp_path, weights=str(other))
    model = load_model(folder)
    assert torch.equal(model.state_dict()["head.weight"], small("tiny").state_dict()["head.weight"])
    assert open_subject(str(folder)).config.weights == str(folder)


def test_headers_keep_what_a_person_named(tmp_path):
    """The path lies in the files, for people; what finds the action is what they name."""
    write_dataset(tmp_path, 1)
    edit_header(tmp_path, sources={"calm": "my_moves:CALM"})
    assert read_header(tmp_path).sources == {"calm": "my_moves:CALM"}
