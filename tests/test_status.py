"""`synapt status`: how far a job has come, from what lies in its folder, and nothing is written there."""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import forked
import pytest
from made_dataset import SETTINGS as MADE
from synapt.generator.base.lock import Holder, only_one
from synapt.generator.base.shards import Shard
from synapt.generator.base.standing import Standing, pace
from synapt.generator.dataset import Header, write_header
from synapt.generator.dataset.format import SCHEMA
from synapt.generator.dataset.listing import standing
from synapt.generator.values import SPEC_VERSION
from synapt.training.standing import standings
from synapt.training.verbs.status import facts, lines

HOLD = """
import sys
from pathlib import Path
from synapt.generator.base.lock import only_one
from synapt.generator.base.shards import shard
with only_one(Path(sys.argv[1]), shard(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def dataset(root, asked, there, shards=(), aside=None):
    """A dataset with empty files for clips; the k-th video was finished at 1000 + 10 k seconds."""
    header = Header(SCHEMA, SPEC_VERSION, MADE, {"calm": 0, "brave": 1}, asked=asked, shards=shards, quarantined=aside or {})
    write_header(root, header)
    for place, (action, k) in enumerate(there):
        for folder, end in (("specs", "json"), ("labels", "npz"), ("clips", "mp4")):
            path = root / folder / action / f"{action}-{k:06d}.{end}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        os.utime(path, (1000 + 10 * place, 1000 + 10 * place))


def look(folder):
    return {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


def test_a_job_that_ended_is_told_by_what_it_left(tmp_path):
    dataset(tmp_path, {"calm": 5, "brave": 5}, [("calm", k) for k in range(4)], aside={"calm-000004": "its worker died"})
    before = look(tmp_path)
    found = standing(tmp_path, now_s=5000.0)
    assert (found.done, found.total, found.left, found.state) == (4, 10, 5, "stopped")
    assert found.per_hour == 360 and found.left_s is None
    assert list(lines({"data": found})) == [
        "data: stopped, 4 of 10 clips done (40 %), 5 left; 360 clips an hour",
        "  set aside: calm-000004: its worker died",
    ]
    assert look(tmp_path) == before


def test_a_clip_counts_when_all_its_files_are_there(tmp_path):
    dataset(tmp_path, {"calm": 3}, [("calm", k) for k in range(3)])
    assert standing(tmp_path, 0.0).state == "finished"
    (tmp_path / "labels" / "calm" / "calm-000001.npz").unlink()
    assert (standing(tmp_path, 0.0).done, standing(tmp_path, 0.0).state) == (2, "stopped")


def test_of_some_shards_only_their_clips_are_waited_for(tmp_path):
    own = Shard(2, 3)
    dataset(tmp_path, {"calm": 9, "brave": 9}, [("calm", k) for k in own.indices("calm", 9)], shards=("2/3",))
    assert (standing(tmp_path, 0.0).done, standing(tmp_path, 0.0).total) == (3, 6)


def test_an_older_dataset_does_not_say_how_much_there_will_be(tmp_path):
    dataset(tmp_path, {}, [("calm", 0)])
    found = standing(tmp_path, 0.0)
    assert (found.done, found.total, found.left, found.left_s, found.state) == (1, None, None, None, "stopped")


@pytest.mark.parametrize(("shard", "who"), [("1/1", "it is"), ("2/3", "shard 2/3 is")])
def test_a_job_at_work_is_told_with_who_is_at_it(tmp_path, shard, who):
    dataset(tmp_path, {"calm": 9, "brave": 0}, [("calm", k) for k in range(4)])
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), shard], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "held\n"
    for k in (2, 3):
        os.utime(tmp_path / "clips" / "calm" / f"calm-{k:06d}.mp4", (time.time() + 50,) * 2)
    before = look(tmp_path)
    found = standing(tmp_path, now_s := time.time() + 100)
    (holder,) = found.held.values()
    assert holder.pid == child.pid and holder.host == os.uname().nodename and abs(holder.since_s - now_s) < 200
    assert found.state == "running" and found.per_hour == pytest.approx(3600 * 2 / (now_s - holder.since_s))
    assert found.left_s == pytest.approx(5 / found.per_hour * 3600)
    told = list(lines({"data": found}))
    assert re.fullmatch(r"data: running, 4 of 9 clips done \(44 %\), 5 left; \d+ clips an hour, about \d+ \w+ left", told[0])
    assert re.fullmatch(rf"  {who} held by process {child.pid} on {os.uname().nodename} since 20\d\d-[0-9 :-]+", told[1])
    assert look(tmp_path) == before
    child.communicate("", timeout=60)
    assert standing(tmp_path, 0.0).held == {}


def test_a_killed_job_holds_nothing_though_its_lock_is_there(tmp_path):
    dataset(tmp_path, {"calm": 2}, [])
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path), "1/1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "held\n"
    child.kill()
    child.communicate()
    assert (tmp_path / ".lock").is_file() and standing(tmp_path, 0.0).state == "stopped"


def test_a_pace_is_that_of_those_at_work_or_of_the_last():
    held = {"": Holder(1, "a", 100.0), "2/2": Holder(2, "b", 50.0)}
    assert pace([10.0, 60.0, 150.0], held, 250.0) == 3600 * 2 / 200
    assert pace([10.0], held, 250.0) is None and pace([10.0], {}, 250.0) is None
    assert pace([0.0, *(1000.0 + k for k in range(100))], {}, 0.0) == 3600


def test_facts_are_for_programs(tmp_path):
    dataset(tmp_path, {"calm": 4}, [("calm", 0)])
    with only_one(tmp_path):
        done = forked.synapt("status", tmp_path, "--json", cwd=tmp_path)
    (found,) = json.loads(done.stdout).values()
    assert (found["kind"], found["state"], found["done"], found["total"], found["left"]) == ("dataset", "running", 1, 4, 3)
    assert found["held_by"]["all"]["pid"] == os.getpid()
    one = Standing("dataset", "clips", 1, None, None, {}, {"a": "b"})
    assert json.loads(json.dumps(facts(one)))["set_aside"] == {"a": "b"}
    assert replace(one, finished=True).state == "finished"


def test_watching_ends_with_the_job(tmp_path):
    dataset(tmp_path, {"calm": 1}, [("calm", 0)])
    done = forked.synapt("status", tmp_path, "--watch", cwd=tmp_path)
    assert done.returncode == 0 and "finished, 1 of 1 clips done" in " ".join(done.stdout.split())


def test_runs_and_evaluations_are_told(tmp_path):
    run = tmp_path / "run"
    (run / "eval" / "ucf-linear" / "parts").mkdir(parents=True)
    (run / "eval" / "scratch" / "ucf-linear" / "parts").mkdir(parents=True)
    for k in range(3):
        (run / "eval" / "ucf-linear" / "parts" / f"00{k}-0.parquet").touch()
    (run / "eval" / "ucf-linear" / "result.json").touch()
    from synapt.training.config import as_toml, load_config

    config = load_config("tiny-cpu", ["optim.epochs=10", "optim.batch=8"])
    (run / "config.toml").write_text(as_toml(config))
    (run / "sources.json").write_text("[]")
    (run / "log.jsonl").write_text(
        '{"kind": "epoch", "step": 40, "epoch": 1}\n{"kind": "step", "step": 60, "epoch": 2, "clips_per_s": 4.0}\n'
    )
    found = standings(run)
    assert [Path(path).relative_to(tmp_path).as_posix() for path in found] == [
        "run",
        "run/eval/scratch/ucf-linear",
        "run/eval/ucf-linear",
    ]
    training, beside, own = found.values()
    assert (training.kind, training.done, training.total, training.per_hour) == ("run", 60, 400, 1800)
    assert (training.state, beside.state, own.state) == ("stopped", "stopped", "finished")
    assert (own.done, own.total, beside.done, beside.total) == (3, 3, 0, None)
    with only_one(run):
        assert standings(run)[str(run)].left_s == pytest.approx(340 / 1800 * 3600)
