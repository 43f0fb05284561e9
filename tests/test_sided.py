"""Whether left and right tell classes apart is said by the actions, on disk and in a stream; names tell only elsewhere."""

import json
from pathlib import Path

import pytest
from synapt.generator import stream
from synapt.generator.actions import ACTIONS, find_action
from synapt.generator.base import named
from synapt.generator.dataset import Settings, read_header
from synapt.generator.jobs import Request, render_many
from synapt.generator.jobs.render import remake
from synapt.training.config import DataConfig, ModelConfig, StreamConfig, TrainConfig
from synapt.training.data.clips import open_clips
from synapt.training.data.streamed import Streamed, stream_list
from synapt.training.data.targets import load_target
from synapt.training.models import build

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
SLAP, LEFT, MAKER = "sided_actions:SLAP", "sided_actions:LEFT", "sided_actions:maker"
OWN = """
from dataclasses import replace
from made_up import maker as made_up
from synapt.generator.actions import class_name, find_action
WAVE = find_action("waving_a_hand")
SLAP = replace(WAVE, name="slap_with_the_good_hand", aliases=(), mirror_keeps_class=False)
LEFT = replace(WAVE, name="left_over", aliases=(), mirror_keeps_class=True)
def maker(root, settings, action, index, dense):
    return made_up(root, settings, class_name(action), index, dense)
"""


@pytest.fixture(autouse=True)
def actions_of_a_user(tmp_path, monkeypatch):
    (tmp_path / "sided_actions.py").write_text(OWN)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", f"{Path(__file__).parent}:{tmp_path}")
    monkeypatch.setattr(named, "_typed", {SLAP, LEFT})


def render(root, *actions):
    render_many(Request(root, SETTINGS, actions, 2, workers=1, maker=MAKER))
    return read_header(root).sided


def test_a_dataset_says_which_of_its_classes_are_others_in_a_mirror(tmp_path, monkeypatch):
    root = tmp_path / "data"
    assert render(root, "walking", LEFT) == ()  # whatever the name seems to say
    assert not open_clips(root).directional
    assert render(root, "walking", SLAP) == ("slap_with_the_good_hand",)
    assert open_clips(root).directional
    parts = {"group": r"clips/(\w+)/", "folds": 2}  # made-up clips are all of one person
    assert load_target("folder", root, **parts).folds[0].train.directional
    assert not load_target("folder", root, directional=False, **parts).folds[0].train.directional
    monkeypatch.setattr(named, "_typed", set())
    remake(root, [("walking", 0)], workers=1, maker=MAKER)
    assert read_header(root).sided == ("slap_with_the_good_hand",)  # though nobody said where the action is


def test_a_dataset_of_before_is_read_by_the_names_of_its_classes(tmp_path):
    for name, guessed in (("calm", False), ("kick_left", True)):
        root = tmp_path / name
        render(root, "walking", name)
        table = json.loads((root / "dataset.json").read_text())
        assert table.pop("sided") == []
        (root / "dataset.json").write_text(json.dumps(table))
        assert read_header(root).sided is None and open_clips(root).directional is guessed
        remake(root, [("walking", 0)], workers=1, maker=MAKER)
        assert read_header(root).sided is None  # of an action that is unknown here, it is not known now either
    assert render(tmp_path / "all", "walking") == ()


def test_a_stream_says_it_of_its_actions_however_they_are_spelt():
    for own, sided in ((SLAP, ("slap_with_the_good_hand",)), (LEFT, ())):
        names = stream.named(("Walking", own), ())
        assert stream.sided(names) == sided
        assert stream_list(names).directional is bool(sided)
        config = TrainConfig(
            stream=StreamConfig(actions=names), data=DataConfig(frames=4, size_px=24, workers=1), model=ModelConfig("tiny")
        )
        loader = Streamed(config, build(config.model, 2, config.data).spec)
        assert loader.directional is bool(sided)
        assert stream.provenance(loader.settings, 4).sided == sided
        loader.close()


def test_none_of_the_library_is_another_class_in_a_mirror_by_its_name_alone():
    for name in ACTIONS:
        assert stream.sided((name,)) == (() if find_action(name).mirror_keeps_class else (name,))
