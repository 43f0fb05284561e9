"""Paths in a store: used like any other, fetched when read, put whole when finished. The store is this process' memory."""

import errno
import hashlib
import json
import os
import pickle
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import fsspec
import pytest
from made_dataset import DENSE, SETTINGS, write_dataset
from made_up import maker
from shaky import Shaky, shake
from synapt.generator.base import copies, leases, stores
from synapt.generator.base.errors import OutOfReach, UserError
from synapt.generator.base.files import appearing, folder_to_write, remove_leftovers
from synapt.generator.base.lock import NAME, holder, in_turn, only_one, shares_at
from synapt.generator.base.places import Remote, entries, forget, on_this_machine, place, walked
from synapt.generator.base.shards import Shard
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, open_dataset, read_header, write_clip
from synapt.generator.dataset.listing import complete, standing
from synapt.generator.dataset.walk import walk
from synapt.generator.jobs import Request
from synapt.generator.jobs.merge import merge
from synapt.generator.jobs.shards import examine
from synapt.generator.video.read import read_video


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """An empty store, and a cache of the test's own."""
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(copies, "_ROOM", copies._Room())
    _empty()
    yield tmp_path
    _empty()


def _empty():
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs[:] = [""]
    forget()


def objects():
    return {name: file.getvalue() for name, file in fsspec.filesystem("memory").store.items()}


def in_store(root):
    """Hash of every object below a root by its key; the index aside, in which times of nothing are, but other bytes may be."""
    return {
        str((where / name).relative_to(root)): hashlib.sha256((where / name).read_bytes()).hexdigest()
        for where, _, names in walked(root)
        for name in names
    }


def on_disk(root):
    return {str(p.relative_to(root)): hashlib.sha256(p.read_bytes()).hexdigest() for p in root.rglob("*") if p.is_file()}


def put(address, content):
    with appearing(place(address)) as temporary:
        temporary.write_bytes(content)


@pytest.mark.parametrize("text", ["data", "a/b", "/data", ".", "s3:", "C:data", "data://"[:5]])
def test_what_is_no_address_is_a_path_as_before(text):
    assert place(text) == Path(text) and type(place(text)) is type(Path())


def test_file_addresses_are_local_paths():
    assert place("file:///data/a%20b") == Path("/data/a b") and type(place("FILE:///x")) is type(Path())
    with pytest.raises(UserError, match="file:///folder"):
        place("file://server/data")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("s3a://b/x", r"unknown protocol 's3a://': did you mean s3\?"),
        ("memroy://b/x", r"unknown protocol 'memroy://': did you mean memory\?"),
        ("htp://b/x", "unknown protocol 'htp://': choose one of file, gs, memory, s3"),
        ("memory://", "memory://BUCKET/FOLDER"),
        ("memory://b/../x", r"without '\.\.'"),
        ("memory://b/.work/x", "no address of a folder"),
    ],
)
def test_addresses_that_are_none_are_told(text, said):
    with pytest.raises(UserError, match=said):
        place(text)


def test_what_to_install_is_told(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: None)
    with pytest.raises(
        UserError, match=r"gs:// needs the package gcsfs, which is not installed: pip install -e '\.\[gs\]' in the"
    ):
        place("gs://b/x")


def test_a_remote_path_is_a_path():
    path = place("memory://b/data") / "clips" / "a.mp4"
    assert str(path) == f"{path}" == "memory://b/data/clips/a.mp4" and isinstance(path, Path)
    assert path.parent.parent == place("memory://b/data") and path.name == "a.mp4" and path.suffix == ".mp4"
    assert pickle.loads(pickle.dumps(path)) == path and type(pickle.loads(pickle.dumps(path))) is Remote
    assert path.absolute() is path and path.resolve() is path and path.with_suffix(".npz").key == "b/data/clips/a.npz"
    assert path.relative_to(place("memory://b/data")) == Path("clips/a.mp4") and place(path) is path
    assert place("memory://b/x/../y".replace("../", "")) == place("memory://b//x/./y")


def test_files_appear_whole_or_not_at_all(here):
    put("memory://b/x.json", b"first")
    with pytest.raises(RuntimeError), appearing(place("memory://b/x.json")) as temporary:
        temporary.write_bytes(b"half")
        assert place("memory://b/x.json").read_bytes() == b"first"
        raise RuntimeError
    assert objects() == {"/b/x.json": b"first"}
    assert not [path for path in (here / "cache").rglob("*.tmp")], "nothing is left of it"
    put("memory://b/x.json", b"second")
    assert place("memory://b/x.json").read_text() == "second", "a changed object is read anew"


def test_only_finished_files_are_written():
    put("memory://b/x.json", b"x")
    for mode in ("w", "ab", "r+b", "x"):
        with pytest.raises(OSError, match="written whole"):
            place("memory://b/x.json").open(mode)
    missing = place("memory://b/none.json")
    assert not missing.exists() and not missing.is_file() and not missing.is_dir()
    for ask in (missing.read_bytes, missing.stat, missing.unlink, lambda: os.open(missing, os.O_RDONLY)):
        with pytest.raises(FileNotFoundError):
            ask()
    missing.unlink(missing_ok=True)


def test_folders_are_listed():
    for name in ("a.mp4", "b.json", "deep/c.npz", "deep/er/d.txt"):
        put(f"memory://b/data/{name}", name.encode())
    root = place("memory://b/data")
    assert root.is_dir() and not root.is_file() and (root / "deep").is_dir()
    assert sorted(path.name for path in root.iterdir()) == ["a.mp4", "b.json", "deep"]
    with entries(root) as found:
        assert {entry.name: (entry.is_file(), entry.stat().st_size) for entry in found if entry.is_file()} == {
            "a.mp4": (True, 5), "b.json": (True, 6),
        }  # fmt: skip
    assert [str(path) for path in root.glob("*/*.npz")] == ["memory://b/data/deep/c.npz"]
    assert [(str(where), folders, names) for where, folders, names in walked(root)] == [
        ("memory://b/data", ["deep"], ["a.mp4", "b.json"]),
        ("memory://b/data/deep", ["er"], ["c.npz"]),
        ("memory://b/data/deep/er", [], ["d.txt"]),
    ]
    assert [str(path) for path in walk(root).videos] == ["memory://b/data/a.mp4"]
    assert list(place("memory://b/nowhere").iterdir()) == []
    assert abs((root / "a.mp4").stat().st_mtime - time.time()) < 60


def test_a_dataset_in_a_store_is_that_on_disk(here):
    local, remote = here / "data", place("memory://b/data")
    write_dataset(local)
    write_dataset(remote)
    assert in_store(remote) == on_disk(local)
    assert read_header(remote) == read_header(local)
    assert list(map(repr, open_dataset("memory://b/data"))) == list(map(repr, open_dataset(local)))
    ours, theirs = open_dataset(remote).clip(1), open_dataset(local).clip(1)
    assert (ours.frames == theirs.frames).all() and (ours.labels.dense["mask"] == theirs.labels.dense["mask"]).all()
    assert complete(remote, "calm", DENSE) == {0, 1, 2}
    told = [[replace(p, what=p.what.replace(str(root), "")) for p in check_dataset(root, 0).problems] for root in (local, remote)]
    assert told[0] == told[1]
    assert standing(remote, time.time()).done == 3


def test_an_older_video_goes_first(monkeypatch):
    root = place("memory://b/data")
    write_dataset(root, 1)
    files = ClipFiles(root, "calm", 0)
    order = []
    monkeypatch.setattr(stores.Store, "put", lambda self, path, key: order.append(key))
    monkeypatch.setattr(stores.Store, "delete", lambda self, key: order.append(f"delete {key}"))
    write_clip(root, maker(root, SETTINGS, "calm", 0, DENSE), 0)
    assert order[0] == f"delete {files.video.key}" and order[-1] == files.video.key
    assert set(order[1:-1]) == {files.spec.key, files.labels.key, files.dense("mask").key}


def test_shards_in_stores_are_merged(here):
    write_dataset(here / "whole")
    header = replace(read_header(here / "whole"), asked={"calm": 3})
    for name in ("one", "two"):
        write_dataset(place(f"memory://b/{name}"))
        put(f"memory://b/{name}/dataset.json", json.dumps({}).encode())
        from synapt.generator.dataset import write_header

        write_header(place(f"memory://b/{name}"), replace(header, software={}))
    joined = examine([place("memory://b/one"), place("memory://b/two")])
    joined = replace(joined, problems=tuple(p for p in joined.problems if "spec version" in p))
    assert merge(joined, place("memory://b/all")) == (0, 12)
    assert merge(joined, here / "all") == (0, 12)
    clips = {name: digest for name, digest in on_disk(here / "whole").items() if "/" in name}
    assert {name: digest for name, digest in in_store(place("memory://b/all")).items() if "/" in name} == clips
    assert {name: digest for name, digest in on_disk(here / "all").items() if "/" in name} == clips


def test_copies_stay_within_bounds(here, monkeypatch):
    monkeypatch.setenv(copies.LIMIT, "0.000001")  # a thousand bytes
    monkeypatch.setattr(copies, "FRESH_S", 0.0)
    for k in range(6):
        put(f"memory://b/{k}.mp4", bytes([k]) * 300)
    for k in range(6):
        assert place(f"memory://b/{k}.mp4").read_bytes() == bytes([k]) * 300
        assert sum(p.stat().st_size for p in (here / "cache").rglob("*.mp4")) <= 1000
    put("memory://b/large.mp4", bytes(1001))
    with pytest.raises(UserError, match=r"memory://b/large.mp4 has 1,001 bytes, and copies may take 1,000: set SYNAPT_REMOTE_GB"):
        place("memory://b/large.mp4").read_bytes()
    monkeypatch.setattr(copies, "FRESH_S", 60.0)
    put("memory://b/7.mp4", bytes(900))
    with pytest.raises(UserError, match="copies of what is being read take"):
        place("memory://b/7.mp4").read_bytes()
    monkeypatch.setenv(copies.LIMIT, "-1")
    with pytest.raises(UserError, match="wanted gigabytes"):
        place("memory://b/7.mp4").read_bytes()


def test_what_is_too_large_is_not_fetched(here):
    put("memory://b/data/dataset.json", bytes((1 << 25) + 1))
    with pytest.raises(UserError, match=r"memory://b/data/dataset.json has 33,554,433 bytes, at most 33,554,432 are read"):
        read_header(place("memory://b/data"))
    assert not [*(here / "cache" / "remote" / "copies").rglob("*.json")]


def test_an_epoch_asks_for_listings_and_each_file_once(monkeypatch):
    write_dataset(place("memory://b/data"))
    shaken = shake()
    try:
        monkeypatch.setattr(Shaky, "EVERY", 10**9)
        videos = [ClipFiles(place("memory://b/data"), "calm", k).video for k in range(3)]
        began = Shaky.calls
        assert [len(read_video(path)) for path in videos] == [12] * 3
        assert Shaky.calls - began == 1 + 3, "one listing, three files"
        assert [len(read_video(path)) for path in videos] == [12] * 3
        assert Shaky.calls - began == 1 + 3, "nothing is asked for again"
    finally:
        shaken()


def test_nothing_is_lost_or_doubled_where_every_tenth_call_fails(here):
    """Also those whose answer is lost: what was written is written again, and read as often as needed."""
    write_dataset(here / "data", 8)
    began, faults = Shaky.calls, Shaky.faults
    calm = shake()
    try:
        root = place("memory://b/data")
        for name in ("once", "again"):
            with only_one(root):
                write_dataset(root, 8)
            assert in_store(root) == on_disk(here / "data"), name
            assert len(open_dataset(root)) == 8 and complete(root, "calm", DENSE) == set(range(8))
            told = [p.what for p in check_dataset(root, 0).problems]
            assert told == [p.what for p in check_dataset(here / "data", 0).problems]
        remove_leftovers(root)
    finally:
        calm()
    assert {name.removeprefix("/b/data/") for name in objects()} == set(on_disk(here / "data")), "no lock, no half"
    assert Shaky.faults - faults >= (Shaky.calls - began) // 10 > 20


def test_a_store_that_does_not_answer_is_not_taken_for_damage(monkeypatch):
    write_dataset(place("memory://b/data"))
    monkeypatch.setattr(stores, "WAITS_S", (0.0, 0.0))
    monkeypatch.setattr(Shaky, "EVERY", 1)
    calm = shake()
    try:
        with pytest.raises(OutOfReach, match=r"memory://b/data\S* cannot be reached \(shaken .*run the same command again"):
            check_dataset(place("memory://b/data"))
    finally:
        calm()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(errno.EACCES, "Access Denied"), r"memory://b/x.json: permission denied \(Access Denied\)"),
        (OSError(errno.EINVAL, "Invalid bucket name"), r"memory://b/x.json is refused \(Invalid bucket name\)"),
    ],
)
def test_what_asking_again_does_not_cure_is_told_at_once(monkeypatch, error, said):
    calls = []

    def refuse(*words, **more):
        calls.append(words)
        raise error

    monkeypatch.setattr(fsspec.filesystem("memory", use_listings_cache=False).__class__, "info", refuse)
    with pytest.raises(UserError, match=said):
        place("memory://b/x.json").exists()
    assert len(calls) == 1


def test_one_machine_at_a_time(monkeypatch):
    """What another machine holds, and what holds it up no more."""
    root = place("memory://b/data")
    ours = leases.machine
    with only_one(root):
        assert json.loads(objects()["/b/data/.lock"])["pid"] == os.getpid()
        assert holder(root).pid == os.getpid()
        monkeypatch.setattr(leases, "machine", lambda folder: "another")
        with pytest.raises(BlockingIOError):
            leases.Lease(root, NAME)
        with pytest.raises(BlockingIOError):
            leases.Lease(root, f"{NAME}-shard-1-of-2")
        monkeypatch.setattr(leases, "machine", ours)
    assert objects() == {}
    monkeypatch.setattr(leases, "machine", lambda folder: "another")
    far = leases.Lease(root, f"{NAME}-shard-1-of-2")
    monkeypatch.setattr(leases, "machine", ours)
    assert shares_at(root) == [f"{NAME}-shard-1-of-2"]
    with only_one(root, Shard(2, 2)):
        pass
    for shard in (Shard(), Shard(1, 2), Shard(1, 3)):
        monkeypatch.setattr("synapt.generator.base.lock._SHARED_PATIENCE_S", 0.2)
        with pytest.raises(UserError, match=r"another command|another division"), only_one(root, shard):
            pass
    far.release()
    with only_one(root):
        pass
    assert objects() == {}


def test_a_dead_holder_holds_nobody_up(monkeypatch):
    root = place("memory://b/data")
    monkeypatch.setattr(leases, "_SETTLING_S", 0.0)
    ours = leases.machine
    with only_one(root):
        kept = objects()["/b/data/.lock"]
    fsspec.filesystem("memory").pipe_file("/b/data/.lock", kept)  # killed on this machine
    with only_one(root):
        pass
    monkeypatch.setattr(leases, "machine", lambda folder: "another")
    monkeypatch.setattr(leases, "LEASE_S", -1.0)  # of another machine, and not renewed in time
    leases.Lease(root, NAME)
    monkeypatch.setattr(leases, "machine", ours)
    assert holder(root) is None
    with only_one(root):
        pass
    assert objects() == {}


def test_leases_are_renewed_and_waited_for(monkeypatch):
    root, order = place("memory://b/data"), []
    monkeypatch.setattr(leases, "RENEWED_S", 0.05)
    monkeypatch.setattr("synapt.generator.base.lock._ASKED_S", 0.02)
    monkeypatch.setattr(leases, "machine", lambda folder: str(threading.get_ident()))

    def other():
        with in_turn(root, f"{NAME}-index"):
            order.append("second")

    with in_turn(root, f"{NAME}-index"):
        first = json.loads(objects()["/b/data/.lock-index"])["until_s"]
        thread = threading.Thread(target=other)
        thread.start()
        time.sleep(0.3)
        with suppress(KeyError):
            assert json.loads(objects()["/b/data/.lock-index"])["until_s"] > first
        order.append("first")
    thread.join()
    assert order == ["first", "second"] and objects() == {}


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"[" * 5000, b'{"pid": "x", "since_s": 1}', b"\xff"])
def test_a_lease_that_is_none_holds_nobody_up(monkeypatch, raw):
    monkeypatch.setattr(leases, "_SETTLING_S", 0.0)
    root = place("memory://b/data")
    fsspec.filesystem("memory").pipe_file("/b/data/.lock", raw)
    assert holder(root) is None
    with only_one(root):
        pass


def test_scratch_never_leaves_this_machine(here):
    root = place("memory://b/data")
    (root / ".work").mkdir(parents=True)
    (root / ".work" / "worker.log").write_text("said")
    assert (root / ".work" / "worker.log").read_text() == "said" and objects() == {}
    assert on_this_machine(root).is_relative_to(here / "cache")
    left = on_this_machine(root / "clips") / ".x.0123.tmp"
    left.parent.mkdir(parents=True)
    left.touch()
    assert remove_leftovers(root) == 1 and not left.exists()
    assert folder_to_write(root) == root


def test_workers_do_not_share_this_process_memory():
    with pytest.raises(UserError, match=r"memory://.* of this process alone"):
        Request(place("memory://b/data"), SETTINGS, ("calm",), 1)
