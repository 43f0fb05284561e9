"""Folders may be called anything that a file system takes: colons, percent signs, line breaks, bytes that are not UTF-8."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SYNAPT = str(Path(sys.executable).with_name("synapt"))
ODD = os.fsdecode(b"2026-11-30T12:30 50%20d %s\n\xff\xfe-x")


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("any") / ODD
    folder.mkdir()
    return folder


def synapt(*words):
    done = subprocess.run(
        [SYNAPT, *map(str, words)], capture_output=True, timeout=280, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def test_clips_are_made_shown_and_checked_there(odd):
    data = odd / "a:b"
    size = ("--quality", "draft", "--size", "48", "--fps", "4", "--labels", "mask")
    synapt("render", "--action", "waving", "--action", "kicking", "--n", "2", *size, "--out", data)
    assert b"0 problems" in synapt("verify", data)
    for verb in ("info", "licenses", "preview"):
        assert synapt(verb, data)
    (data / "metadata.parquet").unlink()
    assert b"0 problems" in synapt("verify", "--fix", data)
    assert {path.name for path in data.iterdir()} >= {"dataset.json", "metadata.parquet", "clips", "labels", "specs"}


@pytest.mark.slow  # Blender starts for it
def test_blender_works_there(odd):
    data = odd / "b:c"
    synapt("render", "--action", "waving", "--n", "1", "--size", "32", "--fps", "2", "--out", data)
    assert b"0 problems" in synapt("verify", data)


@pytest.mark.slow
def test_shapes_are_drawn_and_listed_there(odd):
    synapt("shapes", "--n", "2", "--size", "32", "--frames", "4", "--out", odd / "s:1")
    assert b"all 48 clips can be read" in synapt("targets", "check", "folder", "--root", odd / "s:1")


@pytest.mark.slow  # six verbs, each importing torch
def test_models_learn_and_are_measured_there(odd):
    shapes, run, small = odd / "s:2", odd / "run:1", ("--with", "data.size_px=32", "--with", "data.frames=4")
    synapt("shapes", "--n", "4", "--size", "32", "--frames", "4", "--out", shapes)
    fast = ("--with", "data.workers=0", "--with", "optim.epochs=1", "--with", "optim.batch=32")
    synapt("pretrain", shapes, *small, *fast, "--out", run)
    assert b"run:1" in synapt("models", "--root", odd)
    synapt("evaluate", run, "--target", shapes, "--protocol", "knn", "--no-baselines", "--with", "data.workers=0")
    synapt("report", run, "--out", odd / "report:1")
    synapt("bias", shapes, "--out", odd / "bias:1")
    assert {path.name for path in run.iterdir()} >= {"config.toml", "model", "eval", "checkpoints"}
    assert (run / "model" / "README.md").is_file() and list(run.glob("eval/*/result.json")) and list(odd.glob("bias:1/*"))


def test_a_recipe_that_no_dataset_could_name_is_one_line(odd):
    path = odd / "recipe.toml"
    path.write_text('about = "any"\n')
    for words in (("recipes", "show", path), ("render", "--action", "waving", "--recipe", path, "--out", odd / "no")):
        done = subprocess.run([SYNAPT, *map(str, words)], capture_output=True, timeout=100)
        assert done.returncode == 2 and b"is not UTF-8" in done.stderr and len(done.stderr.splitlines()) == 1
    assert not (odd / "no").exists()
