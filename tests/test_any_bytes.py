"""Any bytes at all, and any damage to a sound file: a value or one line, for everything that reads a file of somebody else's.

The motion files' readers have such tests beside their own (`test_recordings_*`); docs/reliability.md lists all.
"""

import functools
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_runs import make_run
from made_up import make_clip
from made_videos import numbered, write
from synapt.generator.actions.action_file import read_action_file
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import ClipFiles, Header, Settings, read_header, read_labels, read_spec, write_clip
from synapt.generator.dataset.format import SCHEMA, metadata_path
from synapt.generator.dataset.index import kept_header, read_rows
from synapt.generator.dataset.write import write_index
from synapt.generator.recipes import load_recipe
from synapt.generator.render.environment import read_map
from synapt.generator.values import SPEC_VERSION
from synapt.generator.video.info import probe
from synapt.generator.video.read import glance, read_through, read_video
from synapt.training.bench.values import Bench, Machine, read_bench, write_bench
from synapt.training.config import load_config
from synapt.training.engine.log import read_log
from synapt.training.models import load_model
from synapt.training.models.catalogue import read_catalogue
from synapt.training.models.weights import read_tensors
from synapt.training.runs import read_sources
from synapt.training.standing import standings

RECIPE = b'about = "x"\n\n[body]\nage_years = [60.0, 80.0]\n\n[backdrop]\nkinds = {room = 1.0}\n'
SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)


@functools.cache
def sound():
    """A folder with one of everything."""
    root = Path(tempfile.mkdtemp(prefix="synapt-test-bytes-"))
    clip = make_clip(index=0, frames=6)
    data = root / "data"
    row = write_clip(data, clip, 0)
    header = Header(SCHEMA, SPEC_VERSION, SETTINGS, {clip.spec.action: 0}, dense=tuple(clip.labels.dense))
    write_index(data, {(clip.spec.action, 0): row}, header)
    run = make_run(root / "run")
    (run / "log.jsonl").write_text('{"kind": "step", "step": 3, "epoch": 1, "loss": 0.5}\n')
    write(root / "film.mp4", numbered(12))
    (root / "recipe.toml").write_bytes(RECIPE)
    action = b'[actions.x]\nabout = "x"\n'
    (root / "action.toml").write_bytes(action)
    (root / "catalogue.toml").write_text('[[models]]\nname = "a"\npath = "run/model"\nlicence = "MIT"\nabout = "b"\n')
    write_bench(root / "bench.json", Bench(Machine("cpu", 2, 8.0, 0), [], [], 1.0, "2026-01-01", "0.1"))
    import cv2

    cv2.imwrite(str(root / "map.hdr"), np.ones((8, 16, 3), np.float32))
    return root


def files(folder):
    return ClipFiles(folder / "data", "waving_a_hand", 0)


def clip_file(kind):
    return lambda folder: getattr(files(folder), kind)


READERS = {
    "dataset.json": (lambda f: f / "data" / "dataset.json", lambda f: read_header(f / "data")),
    "spec": (clip_file("spec"), lambda f: read_spec(files(f))),
    "labels": (clip_file("labels"), lambda f: read_labels(files(f), dense=())),
    "mask": (lambda f: files(f).dense("mask"), lambda f: read_labels(files(f), dense=("mask",))),
    "index": (lambda f: metadata_path(f / "data"), lambda f: read_rows(metadata_path(f / "data"))),
    "copy of the header": (lambda f: metadata_path(f / "data"), lambda f: kept_header(metadata_path(f / "data"))),
    "recipe": (
        lambda f: f / "recipe.toml",
        lambda f: load_recipe.__wrapped__(str(f / "recipe.toml")),
    ),  # a process reads each once
    "action file": (lambda f: f / "action.toml", lambda f: read_action_file(f / "action.toml")),
    "probe": (lambda f: f / "film.mp4", lambda f: probe(f / "film.mp4")),
    "read_video": (lambda f: f / "film.mp4", lambda f: read_video(f / "film.mp4")),
    "glance": (lambda f: f / "film.mp4", lambda f: glance(f / "film.mp4", 32, 4)),
    "read_through": (lambda f: f / "film.mp4", lambda f: read_through(f / "film.mp4")),
    "environment map": (lambda f: f / "map.hdr", lambda f: read_map(str(f / "map.hdr"))),
    "config": (lambda f: f / "run" / "config.toml", lambda f: load_config(str(f / "run" / "config.toml"))),
    "sources": (lambda f: f / "run" / "sources.json", lambda f: read_sources(f / "run")),
    "log": (lambda f: f / "run" / "log.jsonl", lambda f: read_log(f / "run")),
    "status": (lambda f: f / "run" / "log.jsonl", lambda f: standings(f / "run")),
    "model.json": (lambda f: next((f / "run" / "model").glob("*.json")), lambda f: load_model(f / "run" / "model")),
    "weights": (lambda f: f / "run" / "model" / "model.safetensors", lambda f: load_model(f / "run" / "model")),
    "tensors": (
        lambda f: f / "run" / "model" / "model.safetensors",
        lambda f: read_tensors(f / "run" / "model" / "model.safetensors"),
    ),
    "catalogue": (lambda f: f / "catalogue.toml", lambda f: read_catalogue(f / "catalogue.toml")),
    "bench": (lambda f: f / "bench.json", lambda f: read_bench(f / "bench.json")),
}
"""Reader -> (the file in the folder, how it is read)."""


def read(name, change):
    """The reader's answer for a file that `change` has changed: a value, or one line."""
    place, reader = READERS[name]
    path = place(sound())
    raw = path.read_bytes()
    try:
        path.write_bytes(change(raw))
        return reader(sound())
    except UserError as error:
        assert "\n" not in str(error)
        return error
    finally:
        path.write_bytes(raw)


LOOK = settings(max_examples=40, deadline=10_000, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", READERS)
def test_sound_files_are_read(name):
    if name == "action file":
        return  # what is in one is tested beside its reader
    found = read(name, lambda raw: raw)
    assert not isinstance(found, UserError), found


@pytest.mark.parametrize("name", READERS)
@LOOK
@given(raw=st.binary(max_size=300))
def test_any_bytes(name, raw):
    read(name, lambda _: raw)


@pytest.mark.parametrize("name", READERS)
@LOOK
@given(data=st.data())
def test_any_damage(name, data):
    def damage(raw):
        raw = bytearray(raw)
        for _ in range(data.draw(st.integers(1, 3))):
            if not raw:
                break
            at = data.draw(st.integers(0, len(raw) - 1))
            match data.draw(st.sampled_from(("set", "cut", "insert", "drop", "repeat"))):
                case "set":
                    raw[at] = data.draw(st.integers(0, 255))
                case "cut":
                    del raw[at + 1 :]
                case "insert":
                    raw[at:at] = data.draw(st.binary(min_size=1, max_size=8))
                case "drop":
                    del raw[at : at + data.draw(st.integers(1, 40))]
                case "repeat":
                    raw[at:at] = raw[at : at + data.draw(st.integers(1, 200))]
        return bytes(raw)

    read(name, damage)


TEXTS = [name for name in READERS if name in ("dataset.json", "spec", "sources", "log", "model.json", "bench", "status")]
TABLES = [name for name in READERS if name in ("recipe", "action file", "config", "catalogue")]


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "bomb", [b"[" * 200_000, b'{"a":' * 100_000, b"[" * 99_999 + b"]" * 99_999, b"9" * 200_000, b"1e999999999"]
)
def test_json_that_is_nested_without_end_is_one_line(name, bomb):
    found = read(name, lambda _: bomb)
    assert isinstance(found, UserError) or name in ("log", "status")


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "bomb",
    [
        b"a = " + b"[" * 100_000,
        b"a = " + b"{b=" * 50_000,
        b"[" + b"a." * 50_000 + b"a]\n",
        b"a = 1" + b"0" * 100_000,
        b"a = '" + b"x" * 10**7,
    ],
)
def test_toml_that_is_nested_without_end_is_one_line(name, bomb):
    assert isinstance(read(name, lambda _: bomb), UserError)


def test_the_folder_is_left_as_it_was():
    assert json.loads((sound() / "data" / "dataset.json").read_bytes())["schema"] == SCHEMA
    shutil.rmtree(sound())
