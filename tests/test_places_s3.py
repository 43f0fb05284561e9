"""Datasets in a real S3 server (moto's, started here): rendered by workers, resumed, mended, merged, read, trained on."""

import json
import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_dataset import SETTINGS
from made_videos import class_folder
from shaky import Shaky, shake
from synapt.generator.base import copies, stores
from synapt.generator.base.errors import OutOfReach, UserError
from synapt.generator.base.files import appearing, folder_to_write
from synapt.generator.base.lock import NAME
from synapt.generator.base.places import forget, place
from synapt.generator.base.shards import Shard
from synapt.generator.dataset import open_dataset, read_header
from synapt.generator.jobs import Outcome, Request, remake, render_many
from synapt.generator.jobs.merge import merge
from synapt.generator.jobs.shards import examine
from test_places import in_store, on_disk

boto3 = pytest.importorskip("boto3", reason="moto[server] is not installed")
pytest.importorskip("moto.server", reason="moto[server] is not installed")
pytest.importorskip("s3fs", reason="s3fs is not installed")
pytestmark = pytest.mark.slow

SCRIPT = """
from synapt.generator.base.places import place
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request, render_many
settings = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
render_many(Request(place("s3://films/data"), settings, ("slow",), 12, ("mask",), workers=2, maker="made_up:maker"))
"""


@pytest.fixture(scope="module")
def server():
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    made = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    made.start()
    yield "http://{}:{}".format(*made.get_host_and_port())
    made.stop()


@pytest.fixture
def bucket(server, tmp_path, monkeypatch):
    """The empty bucket `films`, found by the environment as a person's would be."""
    for name, value in {
        "AWS_ENDPOINT_URL": server, "AWS_ACCESS_KEY_ID": "one", "AWS_SECRET_ACCESS_KEY": "two", "AWS_DEFAULT_REGION": "us-east-1",
        "PYTHONPATH": str(Path(__file__).parent), "SYNAPT_CACHE": str(tmp_path / "cache"), "NO_PROXY": "*",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(copies, "_ROOM", copies._Room())
    forget()
    client = boto3.client("s3")
    client.create_bucket(Bucket="films")
    yield client
    for entry in client.list_objects_v2(Bucket="films").get("Contents", ()):
        client.delete_object(Bucket="films", Key=entry["Key"])


def request(root, n=4, **more):
    return Request(root, SETTINGS, ("calm", "brave"), n, **{"dense": ("mask",), "workers": 2, "maker": "made_up:maker"} | more)


def whole(root):
    """A dataset's files but those that say when and by what it was made, and its index row by row."""
    found = (in_store if str(root).startswith("s3") else on_disk)(root)
    kept = {name: digest for name, digest in found.items() if name != "metadata.parquet"}
    return kept, [repr(sorted(row.items())) for row in open_dataset(root)]


def keys(client):
    return [entry["Key"] for entry in client.list_objects_v2(Bucket="films").get("Contents", ())]


def test_a_render_into_s3_is_that_on_disk(bucket, tmp_path):
    root = place("s3://films/deep/data")
    assert render_many(request(root, 2)) == Outcome(4, 0, {}, 0, False)
    assert render_many(request(root)) == Outcome(4, 4, {}, 0, False), "it goes on"
    assert render_many(request(root)) == Outcome(0, 8, {}, 0, False)
    render_many(request(tmp_path / "data", 2))
    render_many(request(tmp_path / "data"))
    assert whole(root) == whole(tmp_path / "data")
    video = "deep/data/clips/calm/calm-000001.mp4"
    bucket.put_object(Bucket="films", Key=video, Body=b"broken")
    bucket.delete_object(Bucket="films", Key="deep/data/labels/brave/brave-000000.npz")
    remake(root, [("calm", 1), ("brave", 0)], workers=1, maker="made_up:maker")
    assert whole(root) == whole(tmp_path / "data")
    assert not [key for key in keys(bucket) if ".lock" in key or ".work" in key or ".tmp" in key]


def test_killed_at_any_moment_it_goes_on(bucket, tmp_path):
    root = place("s3://films/data")
    for wait_s in (0.5, 1.0, 2.0):
        child = subprocess.Popen([sys.executable, "-c", SCRIPT], start_new_session=True)
        before, over_s = len(keys(bucket)), time.monotonic() + 60
        while len(keys(bucket)) <= before and child.poll() is None and time.monotonic() < over_s:
            time.sleep(0.05)
        time.sleep(wait_s)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        stems = {"clips": set(), "labels": set(), "specs": set()}
        for key in keys(bucket):
            _, folder, *rest = key.split("/")
            if folder in stems:
                stems[folder].add(rest[-1].partition(".")[0])
        assert stems["clips"] <= stems["labels"] & stems["specs"], "a video comes last"
    subprocess.run([sys.executable, "-c", SCRIPT], check=True)
    render_many(Request(tmp_path / "data", SETTINGS, ("slow",), 12, ("mask",), workers=2, maker="made_up:maker"))
    assert whole(root) == whole(tmp_path / "data")
    assert f"data/{NAME}" not in keys(bucket)


def test_workers_whose_network_fails_every_tenth_call(bucket, tmp_path, monkeypatch):
    root = place("s3://films/data")
    monkeypatch.setenv("SHAKY_WORKERS", "1")
    calls, faults = Shaky.calls, Shaky.faults
    calm = shake()
    try:
        assert render_many(request(root, 12, maker="shaky:maker")).made == 24
        assert render_many(request(root, 12, maker="shaky:maker")).found == 24
    finally:
        calm()
    assert Shaky.faults - faults >= (Shaky.calls - calls) // 10 > 1, "of this process; its workers have their own"
    render_many(request(tmp_path / "data", 12))
    assert whole(root) == whole(tmp_path / "data"), "nothing lost, nothing doubled"


def test_shards_side_by_side_in_one_folder_and_in_their_own(bucket, tmp_path):
    shared = place("s3://films/shared")
    for k in (1, 2):
        render_many(request(shared, shard=Shard(k, 2)))
        render_many(request(place(f"s3://films/part-{k}"), shard=Shard(k, 2)))
    parts = [place(f"s3://films/part-{k}") for k in (1, 2)]
    for roots, out in (([shared], tmp_path / "a"), (parts, tmp_path / "b"), (parts, place("s3://films/all"))):
        joined = examine(roots)
        assert joined.problems == () and len(joined.clips) == 8
        assert merge(joined, out) == (0, 32)
    render_many(request(tmp_path / "data"))
    clips = whole(tmp_path / "data")[1]
    for root in (shared, tmp_path / "a", tmp_path / "b", place("s3://films/all")):
        assert whole(root)[1] == clips, root


def test_another_machine_at_work_is_told_of(bucket, monkeypatch):
    root = place("s3://films/data")
    lease = {"pid": 7, "host": "far", "since_s": time.time(), "until_s": time.time() + 60, "machine": "far", "token": "x"}
    bucket.put_object(Bucket="films", Key=f"data/{NAME}", Body=json.dumps(lease).encode())
    with pytest.raises(UserError, match="another command is writing into s3://films/data: wait"):
        render_many(request(root))
    assert keys(bucket) == [f"data/{NAME}"], "and nothing is touched"


def test_training_reads_from_s3(bucket, tmp_path):
    """The same batches as from disk, by processes of the loader; and each object is fetched once."""
    from synapt.training.config import config_from
    from synapt.training.data.clips import open_clips
    from synapt.training.data.loader import Loader
    from synapt.training.data.preflight import check
    from synapt.training.models.base import ModelSpec

    folder = class_folder(tmp_path / "videos", ("jump", "run"), n=3)
    for path in folder.rglob("*.mp4"):
        bucket.upload_file(str(path), "films", f"videos/{path.relative_to(folder)}")
    spec = ModelSpec("stub", frames=4, size_px=32, feature_dim=1, n_classes=2)
    there, here = check(open_clips("s3://films/videos")), open_clips(folder)
    assert [item.id for item in there.items] == [item.id for item in here.items]
    for cached in (False, True):
        config = config_from({"seed": 3, "data": {"workers": 2, "cache": cached}, "augment": {}, "optim": {"batch": 2}})
        theirs, ours = Loader([there], config, spec), Loader([here], config, spec)
        try:
            for a, b in zip(theirs.batches(0), ours.batches(0), strict=True):
                assert (a.video == b.video).all() and (a.target == b.target).all()
        finally:
            theirs.close()
            ours.close()
    assert len([*(tmp_path / "cache" / "remote" / "copies").rglob("*.mp4")]) == 6


def test_what_is_wrong_is_told_in_a_line(bucket, monkeypatch):
    with pytest.raises(UserError, match="there is no bucket s3://nowhere: make it, or correct its name"):
        folder_to_write(place("s3://nowhere/data"))
    with pytest.raises(UserError, match="there is no bucket s3://nowhere"), appearing(place("s3://nowhere/x.json")) as temporary:
        temporary.write_text("{}")
    with pytest.raises(UserError, match="there is no bucket s3://nobody"):
        read_header(place("s3://nobody/data"))
    with pytest.raises(UserError, match="s3://films/none is not a dataset"):
        read_header(place("s3://films/none"))
    with pytest.raises(UserError, match=r"s3://N\.\._ is refused|there is no bucket s3://N\.\._"):
        folder_to_write(place("s3://N.._/data"))


def test_no_credentials_and_no_network(bucket, tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "WAITS_S", (0.0,))
    said = {}
    for name, wrong in {
        "credentials": {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"},
        "network": {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
    }.items():
        with monkeypatch.context() as patch:
            for key, value in (wrong | {"HOME": str(tmp_path)}).items():
                patch.setenv(key, value) if value else patch.delenv(key)
            words = [sys.executable, "-m", "synapt.cli", "info", "s3://films/data"]
            done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
            assert done.returncode == 2 and done.stderr.count("\n") == 1, done.stderr
            said[name] = done.stderr
    assert "there are no credentials for it" in said["credentials"]
    assert "s3://films/data/dataset.json cannot be reached" in said["network"] and "run the same command again" in said["network"]


def test_out_of_reach_ends_a_render_and_sets_nothing_aside(bucket, monkeypatch):
    """A worker that can't write for good stops the whole; clips are not given up for it."""
    root = place("s3://films/data")
    render_many(request(root, 1))
    monkeypatch.setattr(stores, "WAITS_S", (0.0,))
    monkeypatch.setattr(Shaky, "EVERY", 1)
    calm = shake()
    try:
        with pytest.raises(OutOfReach):
            render_many(request(root))
    finally:
        calm()
    assert read_header(root).quarantined == {}
    assert render_many(request(root)).left == 0
