"""Batches are a function of seed, epoch and step: not of workers, ranks, the cache, or where a run was cut."""

import shutil
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np
import psutil
import pytest
import torch
from made_up import make_clip
from made_videos import class_folder
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import Header, Settings, write_clip, write_header
from synapt.generator.dataset.index import write_rows
from synapt.generator.dataset.labels_file import save_arrays
from synapt.generator.values import SPEC_VERSION
from synapt.training.config import config_from
from synapt.training.data import loader, workers
from synapt.training.data.clips import open_clips
from synapt.training.data.extras import UNKNOWN
from synapt.training.data.loader import Loader
from synapt.training.data.reading import frames_of
from synapt.training.models.base import ModelSpec

SPEC = ModelSpec("stub", frames=4, size_px=32, feature_dim=1, n_classes=2)
STRONG = {"randaugment_n": 2, "jitter": 0.3, "erasing": 0.3, "mixup": 0.8, "cutmix": 1.0, "tempo": [0.7, 1.4]}


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    return open_clips(class_folder(tmp_path_factory.mktemp("loader") / "videos", ("jump", "run"), n=5))


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


def config(n_workers=0, batch=4, seed=3, augment=STRONG, **data):
    return config_from({"seed": seed, "data": {"workers": n_workers, **data}, "augment": augment, "optim": {"batch": batch}})


def same(a, b):
    return torch.equal(a.video, b.video) and torch.equal(a.target, b.target) and torch.equal(a.source, b.source)


def test_any_number_of_workers_gives_the_same_and_a_run_goes_on_anywhere(clips):
    alone, two = Loader([clips], config(0), SPEC), Loader([clips], config(2), SPEC)
    assert alone.steps_per_epoch == 3
    expected = {epoch: list(alone.batches(epoch)) for epoch in (0, 1)}
    assert expected[0][0].video.shape == (4, 3, 4, 32, 32) and expected[0][0].target.shape == (4, 2)
    try:
        next(two.batches(0))  # left at once
        for epoch, first in ((0, 0), (1, 2), (0, 1)):
            found = list(two.batches(epoch, first))
            assert len(found) == 3 - first and all(map(same, found, expected[epoch][first:]))
        assert 0 <= two.waiting_share <= 1 and all(batch.wait_s >= 0 for batch in found)
    finally:
        two.close()
    assert not same(expected[0][0], expected[1][0])
    assert not same(expected[0][0], next(Loader([clips], config(seed=4), SPEC).batches(0)))


def test_ranks_take_parts_of_the_same_steps(clips):
    plain = config(augment={})
    whole = list(Loader([clips], plain, SPEC).batches(0))
    halves = [list(Loader([clips], plain, SPEC, rank, 2).batches(0)) for rank in (0, 1)]
    for step, batch in enumerate(whole):
        assert torch.equal(batch.video, torch.cat([half[step].video for half in halves]))
        assert torch.equal(batch.target, torch.cat([half[step].target for half in halves]))
    with pytest.raises(UserError, match="does not divide by 3"):
        Loader([clips], plain, SPEC, 0, 3)


def test_several_lists_keep_their_own_labels(clips):
    mirrored = type(clips)("other", ("x", "run", "jump"), tuple(clips.items), True)
    batches = list(Loader([clips, mirrored], config(augment={}, batch=20), SPEC).batches(0))
    assert len(batches) == 1 and batches[0].source.sum() == 10 and batches[0].target.max() == 1


def test_the_cache_changes_nothing(clips, tmp_path, monkeypatch):
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path))
    plain, kept = Loader([clips], config(), SPEC), Loader([clips], config(cache=True), SPEC)
    for epoch in (0, 1):
        assert all(map(same, plain.batches(epoch), kept.batches(epoch)))
    assert len(list((tmp_path / "frames").iterdir())) == 10


def test_tests_see_every_view_of_every_clip_in_order(clips):
    settings = config(batch=12, test_views=2, test_crops=3)
    found = list(loader.test_batches(clips, settings, SPEC))
    positions = np.concatenate([positions for positions, _ in found])
    assert positions.tolist() == [k for k in range(10) for _ in range(6)]
    assert [video.shape for _, video in found] == [(12, 3, 4, 32, 32)] * 5
    frames = frames_of(clips.items[3], [2, 5, 8, 11], 37)  # 12 frames: the later of two views
    crops = loader.test_crops(frames, loader.settled(settings.data, SPEC))
    assert torch.equal(found[1][1][9:12], crops)


def test_dense_windows_are_in_seconds(clips):
    settings = config(batch=1, augment={}, sampling="dense", window_s=0.16)
    _, video = next(iter(loader.test_batches(clips.pick([0]), settings, SPEC)))
    frames = frames_of(clips.items[0], [4, 5, 6, 7], 37)
    assert torch.equal(video[:1], loader.test_crops(frames, loader.settled(settings.data, SPEC)))


@pytest.mark.parametrize("n_workers", [0, 1])
def test_a_file_that_breaks_on_the_way_is_one_line(tmp_path, n_workers):
    clips = open_clips(class_folder(tmp_path / "videos", ("jump", "run"), n=1))
    clips.items[1].path.write_bytes(b"overwritten")
    broken = Loader([clips], config(n_workers, batch=2), SPEC)
    try:
        with pytest.raises(UserError, match=r"run/0\.mp4 cannot be decoded") as told:
            list(broken.batches(0))
    finally:
        broken.close()
    assert "\n" not in str(told.value)


def die(key):
    import os

    os._exit(1)


def test_a_worker_that_is_killed_is_one_line():
    pool = workers.Ahead(die, 1)
    with pytest.raises(UserError, match="was killed"):
        list(pool([1, 2]))
    pool.close()


TRAINER = """
import os
import torch
from synapt.training.data.workers import Ahead
class Own:
    def __call__(self, key):
        return {"pid": torch.tensor(os.getpid())}
if __name__ == "__main__":
    for result in Ahead(Own(), 1)(range(1000)):
        print(int(result["pid"]), flush=True)
        input()
"""


ASKED = """
import os, signal, time
import torch
from synapt.training.data.workers import Ahead
class Slow:
    def __call__(self, key):
        time.sleep(7.0 * bool(key))  # longer than torch waits before it looks whether its workers are there
        return {"key": torch.tensor(key)}
if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: print("asked"))
    for result in Ahead(Slow(), 1)(range(2)):
        print(int(result["key"]))
        os.killpg(0, signal.SIGTERM)
"""


@pytest.mark.slow
def test_workers_go_on_where_all_processes_of_a_job_are_asked_to_end(tmp_path):
    """The trainer, which was asked as well, is to finish its step and save."""
    (tmp_path / "asked.py").write_text(ASKED)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "asked.py")], capture_output=True, text=True, start_new_session=True, timeout=120
    )
    assert (done.returncode, done.stdout.split()) == (0, ["0", "asked", "1", "asked"]), done.stderr


def test_a_worker_that_is_asked_to_end_does_so_after_a_while(tmp_path):
    (tmp_path / "worker.py").write_text(
        "import signal, time\nfrom synapt.training.ending import end_when, held_back\n"
        "end_when(held_back(signal.SIGTERM, 1.0))\nprint('begun', flush=True)\ntime.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(tmp_path / "worker.py")], stdout=subprocess.PIPE, text=True) as worker:
        worker.stdout.readline()
        began = time.monotonic()
        worker.terminate()
        assert worker.wait(timeout=20) == 1 and time.monotonic() - began >= 1.0


def test_workers_end_when_their_trainer_is_killed(tmp_path):
    """They are children of a server, so that nobody else would end them."""
    (tmp_path / "trainer.py").write_text(TRAINER)
    command = [sys.executable, str(tmp_path / "trainer.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as trainer:
        worker = int(trainer.stdout.readline())
        assert worker != trainer.pid and psutil.pid_exists(worker)
        trainer.kill()
    _, alive = psutil.wait_procs([psutil.Process(worker)] if psutil.pid_exists(worker) else [], timeout=20)
    assert not alive


def test_workers_are_counted_for_each_trainer(monkeypatch):
    monkeypatch.setattr(workers, "usable_cores", lambda: 32)
    assert workers.detected_workers() == 16
    monkeypatch.setenv("LOCAL_WORLD_SIZE", "8")
    assert workers.detected_workers() == 3
    monkeypatch.setattr(workers, "usable_cores", lambda: 1)
    assert workers.detected_workers() == 1


def twice(key):
    return {"x": torch.full((3,), 2 * key)}


def test_without_shared_memory_results_go_through_pipes(monkeypatch):
    monkeypatch.setattr(workers, "_fits_shared_memory", lambda n: False)
    pool = workers.Ahead(twice, 1, 10)
    assert [made["x"].tolist() for made in pool([1, 4])] == [[2, 2, 2], [8, 8, 8]]
    pool.close()


def small_and_large(key):
    return {"small": torch.arange(3) + key, "large": torch.arange(workers.SMALL_BYTES) % 251 + key}


@pytest.mark.parametrize("n_workers", [0, 1])
def test_small_results_arrive_by_pipe_large_ones_by_shared_memory_and_both_whole(n_workers):
    pool = workers.Ahead(small_and_large, n_workers, 10)
    for key, made in zip((1, 4), pool([1, 4]), strict=True):
        assert made.keys() == small_and_large(key).keys()
        assert all(torch.equal(made[name], wanted) for name, wanted in small_and_large(key).items())
        assert made["large"].is_shared() is bool(n_workers) and not made["small"].is_shared()
    pool.close()


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    """A dataset of ours: two actions, three clips each, the last of each for tests."""
    root = tmp_path_factory.mktemp("ours")
    rows = []
    for class_id, action in enumerate(("saluting", "run")):  # not in order of the alphabet
        for index in range(3):
            clip = make_clip(index)
            spec = replace(clip.spec, action=action, split="test" if index == 2 else "train")
            rows.append(write_clip(root, replace(clip, spec=spec), class_id))
    write_rows(root / "metadata.parquet", rows)
    settings = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
    write_header(root, Header(1, SPEC_VERSION, settings, {"saluting": 0, "run": 1}))
    return root


def test_a_dataset_of_ours_is_a_list_with_its_factors_and_labels(dataset):
    train, test = open_clips(dataset, "train"), open_clips(dataset, "test")
    assert train.classes == ("saluting", "run") and len(train) == 4 and len(test) == 2 and len(open_clips(dataset)) == 6
    item = next(item for item in test.items if item.label == 0)
    assert item.id == "clips/saluting/saluting-000002.mp4" and item.path.is_file() and item.labels.is_file()
    assert item.group == "id-17" and item.factors["hdri"] == "forest" and item.factors["action"] == "saluting"
    with pytest.raises(UserError, match="no clip of split 'val'"):
        open_clips(dataset, "val")


def test_free_labels_come_with_the_frames_they_belong_to(dataset):
    train = open_clips(dataset, "train")
    plain = {"crop_scale": [1.0, 1.0], "crop_ratio": [1.0, 2.0], "flip": False}
    settings = config(batch=4, augment=plain, size_px=48)
    names = ("joints", "person", "depth", "flow")
    batch = next(Loader([train], settings, SPEC, extras=names).batches(0))
    shapes = {name: tuple(tensor.shape) for name, tensor in batch.extras.items()}
    assert shapes == {"joints": (4, 4, 2, 17, 3), "person": (4, 4, 48, 48), "depth": (4, 4, 48, 48), "flow": (4, 4, 48, 48, 2)}
    two = Loader([train], config(1, batch=4, augment=plain, size_px=48), SPEC, extras=names)
    again = next(two.batches(0))
    two.close()
    assert all(torch.equal(batch.extras[name], again.extras[name]) for name in names)
    labels = {k: make_clip(k).labels for k in (0, 1)}
    known = {float(np.float32(labels[k].people[0].coco_px[t, 0, 1] / 48)): (k, t) for k in (0, 1) for t in range(20)}
    for clip in range(4):
        found = [known[float(y)] for y in batch.extras["joints"][clip, :, 0, 0, 1]]  # the whole height is seen
        assert len({k for k, _ in found}) == 1 and all(5 * part <= t < 5 * part + 5 for part, (_, t) in enumerate(found))
        for t, (k, frame) in enumerate(found):
            depth = batch.extras["depth"][clip, t].numpy()
            row = labels[k].dense["depth"][frame][20]
            assert np.array_equal(depth[20], row[((np.arange(48) + 0.5) / 48 * 64).astype(int)])


def test_crops_round_the_person_keep_every_joint_that_is_in_the_box(dataset, clips, tmp_path):
    shutil.copytree(dataset, tmp_path / "ours")
    train = open_clips(tmp_path / "ours", "train")
    close = config(batch=4, augment={"person_crop": 1.0, "person_zoom": [1.0, 1.0]}, size_px=48)
    for item in train.items:  # a person in the middle of the picture, no larger than the joints
        with np.load(item.labels) as file:
            arrays = dict(file)
        joints = arrays["coco_px"] = 16 + 0.25 * arrays["coco_px"].clip(0, 64)
        save_arrays(item.labels, {**arrays, "box_px": np.concatenate([joints.min(1), joints.max(1)], 1)})
    batch = next(Loader([train], close, SPEC, extras=("joints",)).batches(0))
    joints = batch.extras["joints"][:, :, 0, :, :2]
    assert set(batch.extras) == {"joints"} and (joints >= 0).all() and (joints <= 1).all()
    assert (joints.amax((1, 2)) - joints.amin((1, 2))).amax(1).min() > 0.8  # of the whole picture they take a quarter
    next(Loader([clips], close, SPEC).batches(0))  # without labels: crops as any others


def test_of_videos_of_others_the_labels_are_unknown(dataset, clips):
    names = ("joints", "person", "depth", "flow")
    settings = config(batch=14, augment={"person_crop": 0.5}, size_px=48)
    (batch,) = Loader([open_clips(dataset, "train"), clips], settings, SPEC, extras=names).batches(0)
    for ours, mine in ((True, batch.source == 0), (False, batch.source == 1)):
        joints, person, depth, flow = (batch.extras[name][mine] for name in names)
        assert bool((joints[..., 2] > 0).any()) is ours and bool((person == UNKNOWN).all()) is not ours
        assert bool((depth > 0).any()) is ours and bool(flow.isnan().all()) is not ours
        assert len(joints) == (4 if ours else 10)


def test_labels_that_are_not_there_are_one_line(dataset):
    train = open_clips(dataset, "train")
    for name, words in (("part", "--labels part"), ("joint", "did you mean joints")):
        with pytest.raises(UserError, match=words):
            next(Loader([train], config(augment={}), SPEC, extras=(name,)).batches(0))
