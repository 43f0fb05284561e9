"""Processes that we start import nothing from the folder where their user happens to be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from synapt.generator.base.interpreter import SAFE, python, safely_started

TRAPS = ("random", "socket", "typing", "signal", "json", "numpy", "synapt", "av", "queue")

RENDER = """
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request, render_many
settings = Settings("standard", 0, "anny", "raster", "draft", 32, 32, 4.0)
outcome = render_many(Request(Path(OUT), settings, ("calm",), 2, workers=2, maker="made_up:maker"))
print(outcome.made)
"""
STREAM = """
from synapt.generator.stream import Stream, StreamSettings
with Stream(StreamSettings(("waving",), width_px=32, height_px=32, fps=4.0), workers=1) as stream:
    print(len(next(stream)) == 2)
"""
LOADER = """
from synapt.training.data.workers import Ahead
import my_reader
ahead = Ahead(my_reader.read, 1)
print([float(result["square"]) for result in ahead([1, 2, 3])])
ahead.close()
"""
SHAPES = """
from synapt.training.data.shapes import ShapeSettings, write_shapes
print(write_shapes(Path(OUT), 1, ShapeSettings(0, 32, 4, 4.0), workers=2))
"""
AUDIT = """
from synapt.training.audit.renders import Job, performed
jobs = [Job("waving_a_hand", 0, "", (), 0, "standard", 0, 32, 4.0)]
print([done.job.number for done in performed(jobs, 1)])
"""
DEVICES = """
from synapt.generator.render.blender.devices import probe
print([report.works for report in probe() if report.kind == "CPU"])
"""
PREPARE = """
from synapt.generator.setup.prepare import _in_child
_in_child("_stamp", "looking")
print("looked")
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Runs a script that lies in one folder while in another, in which files are called like modules that workers need."""
    where, home, mine = tmp_path / "where", tmp_path / "home", tmp_path / "mine"
    for folder in (where, home, mine):
        folder.mkdir()
    for name in TRAPS:
        (where / f"{name}.py").write_text(f'raise SystemExit("{name} was imported from the working directory")\n')
    (mine / "my_reader.py").write_text("import torch\n\ndef read(key):\n    return {'square': torch.tensor(float(key) ** 2)}\n")

    def run(code):
        head = f"import sys\nfrom pathlib import Path\nOUT = {str(tmp_path / 'out')!r}\n\n\ndef main():\n"
        body = "".join(f"    {line}\n" for line in code.strip().splitlines())
        (home / "script.py").write_text(head + body + '\n\nif __name__ == "__main__":\n    main()\n')
        path = os.pathsep.join(filter(None, [str(mine), str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
        environment = {name: value for name, value in os.environ.items() if name != SAFE} | {"PYTHONPATH": path}
        command = [sys.executable, str(home / "script.py")]
        done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, timeout=250)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (RENDER, "2"), (STREAM, "True"), (LOADER, "[1.0, 4.0, 9.0]"), pytest.param(SHAPES, "24", marks=pytest.mark.slow),
        (AUDIT, "[0]"), (DEVICES, "[True]"),
        (PREPARE, "looked"),
    ],
    ids=["render", "stream", "loader", "shapes", "audit", "devices", "prepare"],
)  # fmt: skip
def test_workers_import_what_is_installed_and_what_pythonpath_names(elsewhere, code, said):
    assert elsewhere(code) == said


@pytest.mark.parametrize("before", [None, "", "1"])
def test_the_users_own_processes_are_left_as_they_are(before, monkeypatch):
    monkeypatch.delenv(SAFE, raising=False)
    if before is not None:
        monkeypatch.setenv(SAFE, before)
    with safely_started():
        assert os.environ[SAFE] == "1"
    assert os.environ.get(SAFE) == before
    assert python("-m", "x") == [sys.executable, "-P", "-m", "x"]
