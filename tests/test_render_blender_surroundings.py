"""Blender's pictures are a function of the scene: not of variables set for other programs, nor of how much room memory has."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from synapt.generator.base.interpreter import python
from synapt.generator.render.blender import surroundings

PICTURE = """
import hashlib, os, sys
from synapt.generator.render.blender import surroundings
surroundings.ROOMY_BYTES = int(sys.argv[1])
from synapt.generator.render.blender.backend import Blender
from synapt.generator.render.blender.probe import test_scene
made = Blender("CPU").render(test_scene(), "standard")
print(hashlib.sha256(made.tobytes()).hexdigest(), made.std() > 20, surroundings.workplace().parent, flush=True)
surroundings.clean_up()
os._exit(0)
"""

OTHER_COLOURS = """ocio_profile_version: 2
roles: {default: raw, scene_linear: raw, data: raw, color_picking: raw, texture_paint: raw, matte_paint: raw}
displays:
  sRGB:
    - !<View> {name: Standard, colorspace: raw}
    - !<View> {name: AgX, colorspace: raw}
    - !<View> {name: Raw, colorspace: raw}
active_displays: [sRGB]
active_views: [Standard, AgX, Raw]
looks:
  - !<Look> {name: AgX - Medium High Contrast, process_space: raw}
colorspaces:
  - !<ColorSpace> {name: raw, isdata: true}
  - !<ColorSpace> {name: sRGB, isdata: false}
  - !<ColorSpace> {name: Non-Color, isdata: true}
"""


def picture(roomy=surroundings.ROOMY_BYTES, shm="", **variables):
    """(digest and whether anything is on it, folder that it came by) of the test picture."""
    command = python("-c", PICTURE, str(roomy))
    if shm:
        command = ["unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size={shm} none /dev/shm && exec "$@"', "sh", *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=250, env={**os.environ, **variables})
    assert done.returncode == 0, done.stderr
    digest, shown, folder = done.stdout.split()
    return (digest, shown), folder


@pytest.fixture(scope="module")
def plain():
    made, _ = picture()
    assert made[1] == "True"
    return made


@pytest.mark.parametrize(
    "variables",
    [
        {"OCIO": "FILE"},
        {"OCIO": "/nonexistent.ocio", "OCIO_ACTIVE_VIEWS": "Raw", "OCIO_ACTIVE_DISPLAYS": "none", "OIIO_DISABLE_OCIO": "1"},
        {"BLENDER_SYSTEM_DATAFILES": "/nonexistent", "BLENDER_USER_CONFIG": "/nonexistent", "CYCLES_CPU_NO_AVX2": "1",
         "CYCLES_SHADER_PATH": "/nonexistent", "OIDN_DEFAULT_DEVICE": "7", "CYCLES_OIDN_CUSTOM_WEIGHTS": "/nonexistent"},
    ],
    ids=["another colour configuration", "none", "others"],
)  # fmt: skip
def test_variables_of_other_programs_change_no_picture(plain, variables, tmp_path):
    config = tmp_path / "other.ocio"
    config.write_text(OTHER_COLOURS)
    made, _ = picture(**{name: value.replace("FILE", str(config)) for name, value in variables.items()})
    assert made == plain


NAMESPACES = subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not NAMESPACES, reason="no namespaces of one's own here")
@pytest.mark.parametrize(("roomy", "shm"), [(surroundings.ROOMY_BYTES, "64k"), (0, "4k")])
def test_little_room_in_memory_is_none_in_the_temporary_folder(plain, roomy, shm, tmp_path):
    """Seen beforehand, or when the frame (3 kB) doesn't fit beside Blender's own files."""
    assert picture(roomy, shm, TMPDIR=str(tmp_path)) == (plain, str(tmp_path))
    assert not list(tmp_path.glob("synapt-*"))


def test_the_workplace_goes_with_the_process_and_moves_once(tmp_path, monkeypatch):
    monkeypatch.setattr(surroundings, "_held", [])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    first = surroundings.workplace()
    assert first == surroundings.workplace() and first.is_dir()
    if first.parent == surroundings.MEMORY:
        assert surroundings.moved_out() and surroundings.workplace().parent == tmp_path
    assert not surroundings.moved_out()
    second = surroundings.workplace()
    surroundings.clean_up()
    surroundings.clean_up()
    assert not first.exists() and not second.exists()


@pytest.mark.parametrize("memory", ["full", "closed", "missing"])
def test_where_memory_has_no_room_it_is_the_temporary_folder(memory, tmp_path, monkeypatch):
    monkeypatch.setattr(surroundings, "_held", [])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if memory == "full":
        usage = shutil.disk_usage(tmp_path)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=surroundings.ROOMY_BYTES - 1))
    elif memory == "closed":
        monkeypatch.setattr(os, "access", lambda *_: False)
    else:
        monkeypatch.setattr(surroundings, "MEMORY", Path("/nonexistent"))
    assert surroundings.workplace().parent == tmp_path
    surroundings.clean_up()


def test_only_what_meddles_is_forgotten(monkeypatch):
    for name in ("OCIO", "OCIO_ACTIVE_VIEWS", "BLENDER_USER_CONFIG", "CYCLES_CPU_NO_AVX2", "OIDN_NUM_THREADS"):
        monkeypatch.setenv(name, "x")
    for name in ("CUDA_VISIBLE_DEVICES", "SYNAPT_DEVICE", "OMP_NUM_THREADS", "PATH_TO_OCIO"):
        monkeypatch.setenv(name, "x")
    surroundings.forget_meddling()
    assert not {name for name in os.environ if name.startswith(surroundings.MEDDLING)}
    assert all(os.environ[name] == "x" for name in ("CUDA_VISIBLE_DEVICES", "SYNAPT_DEVICE", "OMP_NUM_THREADS", "PATH_TO_OCIO"))
