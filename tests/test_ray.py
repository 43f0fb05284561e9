"""`--ray`: a cluster of three nodes on this machine makes the dataset and the stream that one machine makes, nodes that die
included; without Ray it is one line."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from itertools import islice
from pathlib import Path

import made_up
import numpy as np
import pytest
from click.testing import CliRunner
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import Settings, read_header
from synapt.generator.jobs import Outcome, Request, render_many
from synapt.generator.jobs.on_ray import on_ray, parsed

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--ray", "everywhere"], "--ray is 'everywhere': give auto, HOST:PORT (6379 by default) or ray://HOST:PORT (10001)"),
        (["--ray", "http://a:1"], "--ray is 'http://a:1': give auto, HOST:PORT (6379 by default) or ray://HOST:PORT (10001)"),
        (["--ray", "a:1;rm"], "--ray is 'a:1;rm': give auto, HOST:PORT (6379 by default) or ray://HOST:PORT (10001)"),
        (["--ray", "auto", "--ray-resources", "CPU"], "--ray-resources has 'CPU': give each name once with an amount, e.g. "),
        (["--ray", "auto", "--ray-resources", "CPU=1,CPU=2"], "--ray-resources has 'CPU=2': give each name once with an amount"),
        (["--ray", "auto", "--ray-resources", "CPU=-1"], "--ray-resources has 'CPU=-1': give each name once with an amount"),
        (["--ray", "auto", "--ray-resources", "CPU=nan"], "--ray-resources has 'CPU=nan': give each name once with an amount"),
        (["--ray", "auto", "--ray-resources", "gpu=1"], "--ray-resources has 'gpu=1': Ray spells it GPU=1"),
        (["--ray-resources", "CPU=1"], "--ray-resources is for --ray: add that"),
    ],
)
def test_wrong_words_are_one_line_without_ray(words, line, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    result = CliRunner().invoke(cli, ["render", "--action", "walking", "--out", str(tmp_path / "data"), *words])
    said = str(result.exception) if isinstance(result.exception, UserError) else result.output
    assert line in said and not (tmp_path / "data").exists()


def test_a_missing_package_is_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UserError, match=r"^--ray needs the package ray: run `pip install -e '\.\[ray\]'` in the repository"):
        on_ray("auto")


def test_amounts_have_names():
    assert parsed("") == {} and parsed("CPU=4,GPU=0.5,memory=0,rack-7=1") == {"CPU": 4, "GPU": 0.5, "memory": 0, "rack-7": 1}


def test_ray_is_not_imported_unless_it_is_asked_for():
    code = (
        "import sys; import synapt.generator.jobs, synapt.generator.stream, synapt.generator.verbs.render, synapt.training.pretrain; "
        "sys.exit('ray' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
