"""Many clips by worker processes: complete, resumable, and calm about clips that misbehave."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from made_dataset import contents, rows
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import ClipFiles, Settings, open_dataset, read_clip, read_header, read_labels
from synapt.generator.dataset.format import metadata_path
from synapt.generator.jobs import Outcome, Request, render_many

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
SCRIPT = """
import sys
from pathlib import Path
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request, render_many
settings = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
request = Request(Path(sys.argv[1]), settings, ("slow",), int(sys.argv[2]), workers=2, maker="made_up:maker")
print(render_many(request))
"""


@pytest.fixture(autouse=True)
def workers_find_the_made_up_maker(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def request(root, actions=("calm",), n=3, **more):
    return Request(root, SETTINGS, actions, n, **{"workers": 2, "maker": "made_up:maker"} | more)


def test_all_clips_are_made_once_and_indexed(tmp_path):
    told = []
    root = tmp_path / "new" / "folder"
    outcome = render_many(request(root, ("calm", "brave")), lambda *news: told.append(news))
    assert outcome == Outcome(made=6, found=0, quarantined={}, left=0, interrupted=False)
    dataset = open_dataset(root)
    assert [(r["action"], r["index"]) for r in dataset] == [(a, i) for a in ("brave", "calm") for i in range(3)]
    assert read_header(root).classes == {"brave": 0, "calm": 1}
    assert read_header(root).counts == {"brave": 3, "calm": 3}
    assert [r["class_id"] for r in dataset] == [0, 0, 0, 1, 1, 1]
    assert told[-1] == (6, 6, "")
    assert {p.name for p in root.iterdir()} == {
        "README.md",
        "clips",
        "labels",
        "specs",
        "dataset.json",
        "metadata.parquet",
    }
    before = contents(root)
    assert render_many(request(root, ("calm", "brave"))) == Outcome(0, 6, {}, 0, False)
    assert contents(root) == before


def test_workers_know_their_place(tmp_path):
    render_many(request(tmp_path, n=6, workers=3, maker="made_up:placed"))
    data = open_dataset(tmp_path)
    assert {read_labels(data.files(k)).caption for k in range(6)} == {"0", "1", "2"}


def test_a_dataset_grows_and_class_ids_stay(tmp_path):
    render_many(request(tmp_path, ("calm",), 2))
    assert render_many(request(tmp_path, ("calm", "brave"), 3)) == Outcome(4, 2, {}, 0, False)
    assert read_header(tmp_path).classes == {"calm": 0, "brave": 1}
    assert [r["class_id"] for r in open_dataset(tmp_path)] == [1, 1, 1, 0, 0, 0]
    assert read_clip(tmp_path, "brave", 2).labels.class_id == 1


def test_asking_for_more_labels_completes_the_old_clips(tmp_path):
    render_many(request(tmp_path, n=2))
    assert render_many(request(tmp_path, n=2, dense=("mask",))).made == 2
    assert set(read_clip(tmp_path, "calm", 0).labels.dense) == {"mask"}
    render_many(request(tmp_path, n=3))
    assert set(read_clip(tmp_path, "calm", 2).labels.dense) == {"mask"}


@pytest.mark.parametrize("harm", ["no index", "broken index", "broken labels", "broken spec", "no video", "no labels"])
def test_harm_is_healed_by_the_same_command(tmp_path, harm):
    render_many(request(tmp_path))
    whole, index = contents(tmp_path), rows(tmp_path)
    files = ClipFiles(tmp_path, "calm", 1)
    match harm:
        case "no index":
            metadata_path(tmp_path).unlink()
        case "broken index":
            metadata_path(tmp_path).write_bytes(b"nothing")
        case "broken labels":
            files.labels.write_bytes(b"PK")
            metadata_path(tmp_path).unlink()
        case "broken spec":
            files.spec.write_bytes(b"{")
            metadata_path(tmp_path).unlink()
        case "no video":
            files.video.unlink()
        case "no labels":
            files.labels.unlink()
    outcome = render_many(request(tmp_path))
    assert outcome.made == (0 if "index" in harm else 1)
    assert contents(tmp_path) == whole
    assert rows(tmp_path) == index


def test_a_clip_that_raises_is_set_aside(tmp_path):
    outcome = render_many(request(tmp_path, ("calm", "raises")))
    assert (outcome.made, outcome.left) == (5, 0)
    assert outcome.quarantined == {"raises-000001": "RuntimeError: this clip cannot be"}
    assert read_header(tmp_path).quarantined == outcome.quarantined
    assert "misbehave" in (tmp_path / "quarantine" / "raises-000001.txt").read_text()
    assert not ClipFiles(tmp_path, "raises", 1).spec.exists()


def test_a_crash_costs_a_retry_only(tmp_path, monkeypatch):
    monkeypatch.setenv("MADE_UP_ONCE", str(tmp_path / "once"))
    assert render_many(request(tmp_path / "data", ("crashes_once",))) == Outcome(3, 0, {}, 0, False)
    assert (tmp_path / "once").exists()


@pytest.mark.parametrize("cured", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_the_first_crash_asks_once_for_a_cure_and_costs_no_try_where_there_was_one(cured, tmp_path, monkeypatch):
    monkeypatch.setenv("MADE_UP_ONCE", str(tmp_path / "once"))
    asked = []
    more = {"retries": 0, "cure": lambda: asked.append(1) or cured}
    outcome = render_many(request(tmp_path / "data", ("crashes_once", "crashes"), **more))
    assert asked == [1]
    assert ("crashes_once-000001" in outcome.quarantined) + ("crashes-000001" in outcome.quarantined) == (1 if cured else 2)


def test_crashing_and_hanging_clips_are_given_up(tmp_path):
    start = time.monotonic()
    outcome = render_many(request(tmp_path, ("crashes", "hangs"), retries=1, timeout_s=8.0))
    assert time.monotonic() - start < 90
    assert outcome.made == 4
    assert "SIGSEGV, 2 times" in outcome.quarantined["crashes-000001"]
    assert "more than 8 s, 2 times" in outcome.quarantined["hangs-000001"]


def test_when_nothing_works_it_ends_soon(tmp_path):
    with pytest.raises(UserError, match="no clip could be made: TypeError"):
        render_many(request(tmp_path, n=50, maker="made_up:make_spec"))


def test_a_refusal_ends_the_command(tmp_path):
    with pytest.raises(UserError, match="could not be loaded"):
        render_many(request(tmp_path, maker="made_up:nothing"))
    assert read_header(tmp_path).counts == {"calm": 0}


def test_workers_are_replaced(tmp_path):
    assert render_many(request(tmp_path, n=5, workers=1, clips_per_worker=2)).made == 5
    assert render_many(request(tmp_path / "b", n=3, workers=1, memory_bytes=1)).made == 3


@pytest.mark.parametrize(
    "blow", [signal.SIGKILL, *(pytest.param(blow, marks=pytest.mark.slow) for blow in (signal.SIGINT, signal.SIGTERM))]
)
def test_killed_on_the_way_the_same_command_finishes(tmp_path, blow):
    root, reference = tmp_path / "killed", tmp_path / "whole"
    render_many(request(reference, ("slow",), 12))
    started = [sys.executable, "-c", SCRIPT, str(root), "12"]
    process = subprocess.Popen(started, stdout=subprocess.PIPE, text=True)
    while len(list(root.glob("clips/slow/slow-*.mp4"))) < 3:
        time.sleep(0.02)
    process.send_signal(blow)
    said, _ = process.communicate(timeout=30)
    done = len(list(root.glob("clips/slow/slow-*.mp4")))
    assert 3 <= done < 12
    if blow == signal.SIGKILL:
        assert process.returncode == -signal.SIGKILL
    else:
        assert "interrupted=True" in said
        assert len(rows(root)) == done
        assert not list(root.rglob(".*.tmp"))
    assert render_many(request(root, ("slow",), 12)).found == done
    assert contents(root) == contents(reference)
    assert rows(root) == rows(reference)


def test_workers_die_with_their_parent(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), "500"], stdout=subprocess.DEVNULL)
    while not list(tmp_path.glob("clips/slow/slow-*.mp4")):
        time.sleep(0.02)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(workers) == 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 5
    while any(_runs(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(_runs(pid) for pid in workers)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in "ZX"
    except FileNotFoundError:
        return False


def test_two_renders_of_one_folder_are_refused(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path), "500"], stdout=subprocess.DEVNULL)
    try:
        while not list(tmp_path.glob("clips/slow/slow-*.mp4")):
            time.sleep(0.02)
        with pytest.raises(UserError, match="another command is writing into"):
            render_many(request(tmp_path))
    finally:
        process.kill()
        process.wait()


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path):
    render_many(request(tmp_path, n=2))
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    whole = contents(tmp_path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, limit[1]))  # workers inherit it: any larger file is "too large"
    try:
        with pytest.raises(UserError, match=r"cannot write .*run the same command again"):
            render_many(request(tmp_path, n=4))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert not list(tmp_path.rglob(".*.tmp"))
    kept = contents(tmp_path)
    assert {name: kept[name] for name in whole if name != "dataset.json"} == {
        name: digest for name, digest in whole.items() if name != "dataset.json"
    }
    assert render_many(request(tmp_path, n=4)).found == 2
    assert len(rows(tmp_path)) == 4


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT])
def test_what_the_disk_refuses_is_one_line(tmp_path, code, monkeypatch):
    def refuse(*_args, **_more):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "mkdir", refuse)  # the tests may run as root, whom no folder refuses
    with pytest.raises(UserError, match=os.strerror(code)):
        render_many(request(tmp_path / "data"))


def test_a_folder_that_is_a_file_or_full_of_other_things_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="cannot write"):
        render_many(request(tmp_path / "file"))
    with pytest.raises(UserError, match="has file"):
        render_many(request(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_other_settings_are_refused_before_any_work(tmp_path):
    render_many(request(tmp_path))
    before = contents(tmp_path)
    for change in ({"seed": 1}, {"recipe": "studio"}, {"width_px": 32}):
        with pytest.raises(UserError, match=next(iter(change))):
            render_many(replace(request(tmp_path), settings=replace(SETTINGS, **change)))
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("more", "settings", "message"),
    [
        ({"n": 0}, {}, "n is 0"),
        ({"actions": ()}, {}, "no action"),
        ({"workers": 0}, {}, "workers is 0"),
        ({}, {"width_px": 255}, "256x48"),
        ({}, {"height_px": 0}, "64x16"),
        ({}, {"fps": 0.0}, "fps is 0"),
        ({}, {"fps": float("nan")}, "fps is nan"),
        ({"n": 1_000_001}, {}, "n is 1000001.* several seeds"),
        ({}, {"seed": 2**63}, "seed is 9223372036854775808.* 64 bits"),
        ({}, {"width_px": 100_000}, "at most 4096"),
    ],
)
def test_impossible_requests_are_refused(tmp_path, more, settings, message):
    fields = {
        "root": tmp_path,
        "settings": replace(SETTINGS, **settings),
        "actions": ("calm",),
        "n": 3,
    } | more
    with pytest.raises(UserError, match=message):
        Request(**fields)


def test_a_recipe_that_was_changed_is_another_one(tmp_path):
    render_many(request(tmp_path))
    with pytest.raises(UserError, match="before the recipe 'standard' was changed: give another --out"):
        render_many(replace(request(tmp_path), settings=replace(SETTINGS, recipe_digest="another")))
    with pytest.raises(UserError, match="holds clips of recipe standard, not makehuman: give another --out"):  # no digests
        render_many(replace(request(tmp_path), settings=replace(SETTINGS, recipe="makehuman", recipe_digest="another")))
