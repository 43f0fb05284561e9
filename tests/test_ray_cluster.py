"""A Ray cluster of three nodes on this machine makes what one machine makes, whatever becomes of its nodes."""

import os
import re
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import numpy as np
import psutil
import pytest
import synapt
import torch
from made_dataset import contents, rows, write_dataset
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import Settings, read_header
from synapt.generator.jobs import Outcome, Request, render_many
from synapt.generator.jobs.on_ray import on_ray
from synapt.generator.stream import Stream, StreamSettings
from synapt.training.config import load_config
from synapt.training.data.streamed import Streamed
from synapt.training.models import build
from test_stream import digest

ray = pytest.importorskip("ray", reason="the extra `ray` is not installed")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

TESTS = Path(__file__).parent
SYNAPT = str(Path(sys.executable).parent / "synapt")
SETTINGS = Settings("standard", 3, "anny", "raster", "draft", 64, 64, 8.0)
MADE_UP = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
NODE = {"num_cpus": 1, "object_store_memory": 80 << 20}


class Nodes:
    """Three nodes, of which one is killed now and then and comes back."""

    def __init__(self):
        from ray.cluster_utils import Cluster

        self.cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
        self.others = [self.cluster.add_node(**NODE) for _ in range(2)]
        self.address = self.cluster.address

    def kill(self):
        """As a power cut does."""
        self.cluster.remove_node(self.others.pop(), allow_graceful=False)

    def mend(self):
        while len(self.others) < 2:
            self.others.append(self.cluster.add_node(**NODE))


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    variables = {"PYTHONPATH": str(TESTS), "RAY_USAGE_STATS_ENABLED": "0", "OMP_NUM_THREADS": "1"}
    variables["MADE_UP_ONCE"] = str(tmp_path_factory.mktemp("once") / "once")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        nodes = Nodes()
        yield nodes
        ray.shutdown()
        nodes.cluster.shutdown()


@pytest.fixture
def nodes(running, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    running.mend()
    return running


def test_a_node_that_dies_in_the_middle_changes_nothing(nodes, tmp_path):
    """Twelve drawn clips with masks: every file, and every row of the index, is the same bit for bit."""
    one, many = (Request(tmp_path / name, SETTINGS, ("walking", "jumping"), 6, dense=("mask",)) for name in ("one", "many"))
    assert render_many(one) == Outcome(12, 0, {}, 0, False)
    cluster, killed = on_ray(nodes.address), []

    def watch(done, total, _):
        if done >= 3 and not killed:
            killed.append(done)
            nodes.kill()

    asked = Request(many.root, SETTINGS, many.actions, 6, dense=("mask",), workplace=cluster)
    assert cluster.count(asked) == 3 and cluster.words(3) == "3 workers on a Ray cluster of 3 nodes"
    assert render_many(asked, watch) == Outcome(12, 0, {}, 0, False) and killed
    assert contents(many.root) == contents(one.root) and rows(many.root) == rows(one.root)


def test_clips_are_tried_again_and_set_aside_as_on_one_machine(nodes, tmp_path):
    asked = Request(tmp_path / "data", MADE_UP, ("crashes",), 4, maker="made_up:maker", workplace=on_ray(nodes.address))
    outcome = render_many(asked)
    assert outcome.made == 3 and list(outcome.quarantined) == ["crashes-000001"]
    why = outcome.quarantined["crashes-000001"]
    assert re.fullmatch(r"its worker died of SIGSEGV on \S+, 3 times", why)
    assert (asked.root / "quarantine" / "crashes-000001.txt").read_text().startswith(why)
    assert read_header(asked.root).quarantined == outcome.quarantined
    assert render_many(Request(tmp_path / "b", MADE_UP, ("raises",), 2, maker="made_up:maker", workplace=asked.workplace)) == (
        Outcome(1, 0, {"raises-000001": "RuntimeError: this clip cannot be"}, 0, False)
    )


def test_a_worker_that_hangs_is_ended(nodes, tmp_path):
    usual = {"maker": "made_up:maker", "retries": 0, "timeout_s": 45, "workplace": on_ray(nodes.address)}
    outcome = render_many(Request(tmp_path / "data", MADE_UP, ("hangs",), 3, **usual))
    assert outcome == Outcome(2, 0, {"hangs-000001": "it gave no sign of life for more than 45 s, 1 times"}, 0, False)


def workers_left():
    """Workers of any kind below the nodes' processes."""
    named = [(process, process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"])]
    found = [process for process, words in named if "synapt.generator.jobs.worker" in words]
    return [process for process in found if any("ray" in parent.name() for parent in process.parents())]


def test_stopped_it_says_how_to_go_on_and_leaves_nobody_behind(nodes, tmp_path):
    root = tmp_path / "data"
    command = [SYNAPT, "render", "--action", "walking", "--quality", "draft", "--size", "64", "--fps", "8", "--n", "400"]
    command += ["--out", str(root), "--ray", nodes.address]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    while not list(root.glob("clips/*/*.mp4")) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    answer, said = process.communicate(timeout=200)
    assert process.returncode == 130 and re.search(r"stopped with \d+ clips to go: run the same command to go on", said), said
    assert "3 workers on a Ray cluster of 3 nodes" in said and "(raylet)" not in answer + said
    n = len(list(root.glob("clips/*/*.mp4")))
    assert sum(read_header(root).counts.values()) == n < 50 and answer == f"{root}: {n} clips there, {n} made now\n"
    assert not list(root.glob(".lock*")) and not (root / ".work").exists()
    until_s = time.monotonic() + 60
    while workers_left() and time.monotonic() < until_s:
        time.sleep(0.5)
    assert not workers_left()


def test_a_stream_is_the_same_and_outlives_a_node(nodes):
    settings = StreamSettings(("kicking", "waving_a_hand"), seed=5, width_px=64, height_px=64, fps=8.0)
    with Stream(settings, workers=1) as local:
        wanted = [(number, digest(clip)) for number, clip in islice(local, 10)]
    with Stream(settings, workers=3, prefetch=6, workplace=on_ray(nodes.address)) as stream:
        got = list(islice(stream, 4))
        assert all(clip.frames.flags.writeable for _, clip in got)
        nodes.kill()
        got += islice(stream, 6)
    assert [(number, digest(clip)) for number, clip in got] == wanted


def test_ray_data_reads_a_dataset(nodes, tmp_path):
    """The two lines of docs/cluster.md."""
    write_dataset(tmp_path / "data")
    on_ray(nodes.address)
    import ray.data

    data = synapt.open_dataset(tmp_path / "data")
    clips = ray.data.range(len(data)).map(lambda row: {"frames": data[row["id"]].frames, "label": data[row["id"]].label})
    got = sorted(clips.take_all(), key=lambda clip: clip["frames"].tobytes())
    wanted = sorted(data, key=lambda clip: clip.frames.tobytes())
    assert [clip["label"] for clip in got] == [clip.label for clip in wanted]
    assert all(np.array_equal(a["frames"], b.frames) for a, b in zip(got, wanted, strict=True))


def test_steps_of_a_training_are_the_same_from_the_cluster(nodes):
    words = ("stream.fps=8", "data.frames=4", "stream.clips=8", "optim.batch=4", 'stream.actions=["waving_a_hand", "kicking"]')
    seen = []
    for more in ("data.workers=1", f'stream.ray="{nodes.address}"'):
        config = load_config("tiny-cpu", [*words, more])
        steps = Streamed(config, build(config.model, 2, config.data).spec)
        seen.append([(batch.video, batch.target) for batch in steps.batches(0)])
        steps.close()
    here, far = seen
    assert len(here) == len(far) == 2
    assert all(torch.equal(a, b) for one, other in zip(here, far, strict=True) for a, b in zip(one, other, strict=True))


def test_what_cannot_be_is_one_line(nodes, tmp_path):
    cluster = on_ray(nodes.address, "CPU=64")
    with pytest.raises(UserError, match=r"^no node of the Ray cluster has 64 CPU, 0\.8 GiB of memory for a worker: ask for less"):
        cluster.count(Request(tmp_path, MADE_UP, ("calm",), 1))
    done = subprocess.run(
        [SYNAPT, "render", "--action", "walking", "--out", str(tmp_path / "data"), "--quality", "draft", "--ray", "127.0.0.1:9"],
        capture_output=True, text=True, check=False, env=os.environ | {"RAY_ADDRESS": ""},
    )  # fmt: skip
    assert done.returncode == 2 and not (tmp_path / "data").exists()
    assert re.fullmatch(r"synapt: no Ray cluster answers at 127\.0\.0\.1:9 \(.*\): `ray status` on one .*\n", done.stderr)
