"""`--ray` without Ray: what is refused, in one line, and what stands on a node, which is plain code."""

import pickle
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import made_up
import pytest
from click.testing import CliRunner
from made_dataset import SETTINGS
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.generator.dataset.provenance import software
from synapt.generator.jobs import host
from synapt.generator.jobs.child import FEEDER, WORKER
from synapt.generator.jobs.host import Errand, Host
from synapt.generator.jobs.on_ray import on_ray, parsed
from synapt.generator.jobs.request import Task

ADDRESS = "give auto, HOST:PORT (6379 by default) or ray://HOST:PORT (10001)"
ONCE = "give each name once with an amount, e.g. CPU=4,GPU=0.5"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--ray", "everywhere"], f"--ray is 'everywhere': {ADDRESS}"),
        (["--ray", "http://a:1"], f"--ray is 'http://a:1': {ADDRESS}"),
        (["--ray", "a:1;rm"], f"--ray is 'a:1;rm': {ADDRESS}"),
        (["--ray", "auto", "--ray-resources", "CPU"], f"--ray-resources has 'CPU': {ONCE}"),
        (["--ray", "auto", "--ray-resources", "CPU=1,CPU=2"], f"--ray-resources has 'CPU=2': {ONCE}"),
        (["--ray", "auto", "--ray-resources", "CPU=-1"], f"--ray-resources has 'CPU=-1': {ONCE}"),
        (["--ray", "auto", "--ray-resources", "CPU=nan"], f"--ray-resources has 'CPU=nan': {ONCE}"),
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
    modules = "generator.jobs", "generator.stream", "generator.verbs.render", "training.pretrain"
    code = f"import sys; import {', '.join(f'synapt.{name}' for name in modules)}; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def ready(monkeypatch):
    """Nothing is prepared here: what is made is made up."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(host, "prepare", lambda body: None)
    monkeypatch.setattr(host, "read_header", lambda root: type("Header", (), {"sources": {}}))
    monkeypatch.setattr(host, "SEEN_WITHIN_S", 0.0)


def errand(tmp_path, module=WORKER, setup=None, **more):
    (tmp_path / "ticket").write_text("admit one")
    setup = setup or (tmp_path, SETTINGS, (), "made_up:maker", ())
    usual = {"root": tmp_path, "ticket": (tmp_path / "ticket", "admit one"), "environment": {}, "folder": str(tmp_path)}
    return Errand(module, setup, True, 1, "anny", "raster", **usual | {"software": software()} | more)


def until_done(a_host):
    """What is answered, signs of life left out."""
    while (answer := a_host.answer())[0] == "alive":
        pass
    return answer


def test_a_host_passes_on_what_its_worker_makes(tmp_path, ready):
    one = Host()
    assert one.begin(errand(tmp_path))[0] == "here"
    one.send(Task("calm", 0, 7))
    kind, row, held = until_done(one)
    assert kind == "done" and (row["action"], row["index"], row["class_id"]) == ("calm", 0, 7) and held > 1 << 20
    assert len(list(tmp_path.glob("clips/calm/calm-000000.mp4"))) == 1
    one.send(Task("crashes", 1, 0))
    kind, why, _, crashed, killed = until_done(one)
    assert (kind, why, crashed, killed) == ("crashed", "its worker died of SIGSEGV", True, False)
    scratch = one.scratch.path
    one.end(politely=False)
    one.end(politely=False)
    assert not scratch.exists()


def test_a_host_hands_clips_over(tmp_path, ready):
    one = Host()
    assert one.begin(errand(tmp_path, FEEDER, ("made_up:streamed", SETTINGS), root=None, ticket=None))[0] == "here"
    one.send(5)
    kind, content = one.answer()
    assert kind == "done" and made_up.bits(pickle.loads(content).labels) == made_up.bits(made_up.make_clip(5).labels)
    one.end(politely=True)
    assert one.child is None


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"ticket": (Path("nowhere"), "admit one")}, "it does not see {root}: give a folder on a disk that all nodes share"),
        ({"software": {"numpy": "0.9"}}, "numpy.* than where the command runs, and would make other clips: install the same"),
        ({"spec_version": -1}, "it has another synapt than where the command runs"),
    ],
)
def test_a_node_that_would_make_something_else_is_refused(tmp_path, ready, changes, line):
    kind, said = Host().begin(replace(errand(tmp_path), **changes))
    assert kind == "refused" and re.search(line.format(root=tmp_path), said)
