"""Clips made while a model trains: the same whoever makes them, balanced, endless, and calm about workers that die."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from itertools import islice
from pathlib import Path

import made_up
import numpy as np
import pytest
from synapt.generator.base.errors import UserError
from synapt.generator.jobs.feed import Job
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import place, sample, split_of
from synapt.generator.stream import Stream, StreamSettings, clip_at, factors, provenance, twins

ACTIONS = ("kicking", "waving_a_hand", "pointing_with_a_finger")
SETTINGS = StreamSettings(ACTIONS, seed=5, width_px=64, height_px=64, fps=8.0)
RECIPE = load_recipe("standard")


def plain(value):
    """A value with arrays as their type, shape and bytes, so that equal means equal bits."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if is_dataclass(value):
        return {entry.name: plain(getattr(value, entry.name)) for entry in fields(value)}
    return {name: plain(part) for name, part in value.items()} if isinstance(value, dict) else value


def digest(clip):
    return hashlib.sha256(repr(plain(clip)).encode()).hexdigest()


@pytest.fixture(scope="module")
def first_clips():
    """Numbers 0 to 6 by two workers, as (number, clip)."""
    with Stream(SETTINGS, workers=2) as stream:
        return list(islice(stream, 7))


def test_clips_come_in_order_with_frames_classes_and_labels(first_clips):
    assert [number for number, _ in first_clips] == list(range(7))
    for _, clip in first_clips:
        assert clip.frames.dtype == np.uint8 and clip.frames.shape[1:] == (64, 64, 3) and clip.frames.flags.writeable
        assert len(clip.labels.people[0].joints_world_m) == len(clip.frames) > 10
        assert ACTIONS[clip.labels.class_id] == clip.labels.action == clip.spec.action
        assert clip.spec.seed == 5 and clip.spec.split == "train" and clip.spec.performers[0].body.identity.startswith("train-")


def test_a_clip_is_the_same_bits_in_another_process_and_from_any_number_of_workers(first_clips):
    assert digest(clip_at(SETTINGS, 4)) == digest(first_clips[4][1])
    with Stream(SETTINGS, workers=1, prefetch=1) as alone:
        assert [digest(clip) for _, clip in islice(alone, 3)] == [digest(clip) for _, clip in first_clips[:3]]


def test_a_stream_goes_on_where_another_stopped_and_ranks_share_the_numbers(first_clips):
    with Stream(SETTINGS, start=5, workers=2) as later:
        assert [(n, digest(clip)) for n, clip in islice(later, 2)] == [(n, digest(clip)) for n, clip in first_clips[5:]]
    with Stream(SETTINGS, start=1, workers=1, rank=0, world_size=2) as even:
        assert [(n, digest(clip)) for n, clip in islice(even, 2)] == [
            (n, digest(clip)) for n, clip in (first_clips[2], first_clips[4])
        ]


def test_classes_are_balanced_in_every_block_and_no_clip_comes_twice():
    places = [place(number, ACTIONS, RECIPE, 5, "train") for number in range(3000)]
    assert len(set(places)) == 3000
    for block in range(1000):
        assert {chosen for chosen, _ in places[3 * block : 3 * block + 3]} == {0, 1, 2}
    orders = Counter(tuple(chosen for chosen, _ in places[3 * block : 3 * block + 3]) for block in range(1000))
    assert len(orders) == 6 and min(orders.values()) > 110
    assert place(2999, ACTIONS, RECIPE, 5, "train") == places[2999]  # asked for alone


@pytest.mark.parametrize("split", ["train", "val", "test"])
def test_all_clips_of_a_split_come_and_no_others(split):
    places = {place(number, ACTIONS, RECIPE, 7, split) for number in range(60)}
    for chosen, action in enumerate(ACTIONS):
        indices = {index for c, index in places if c == chosen}
        assert indices == {i for i in range(max(indices) + 1) if split_of(action, RECIPE, 7, i) == split} and len(indices) == 20
        assert all(sample(action, RECIPE, 7, i).performers[0].body.identity.startswith(f"{split}-") for i in indices)


@pytest.mark.parametrize("factor", ["camera", "light", "backdrop"])
def test_twins_are_the_same_performance_seen_otherwise(factor):
    a, b = twins("jumping", 5, 2, factor, 2, replace(SETTINGS, actions=("jumping",)))
    (one,), (other,) = a.labels.people, b.labels.people
    for key in one.body:
        assert np.array_equal(one.body[key], other.body[key]), key
    assert np.array_equal(one.joints_world_m, other.joints_world_m)
    assert a.labels.class_id == 0 and (a.spec.performance, a.spec.performers) == (b.spec.performance, b.spec.performers)
    differing = (np.abs(a.frames.astype(int) - b.frames) > 8).mean()
    assert differing > 0.05
    assert getattr(a.spec, factor) != getattr(b.spec, factor)


def choices(spec):
    """Of a clip of one person: each thing that is chosen, by name."""
    (performer,) = spec.performers
    own = {name: getattr(performer, name) for name in ("role", "body", "look", "style", "amplitude", "phases_rad")}
    return own | {name: getattr(spec, name) for name in ("performance", "props", "camera", "light", "backdrop")}


@pytest.mark.parametrize("factor", ["body", "clothes", "props"])
def test_twins_of_the_person_and_things_keep_choreography_and_surroundings(factor):
    settings = StreamSettings(("drinking_water",), width_px=64, height_px=64, fps=4.0)
    a, b = twins("drinking", 0, 1, factor, 2, settings)
    changed = {"body": "body", "clothes": "look", "props": "props"}[factor]
    one, other = choices(a.spec), choices(b.spec)
    for name in one:
        if name == changed:
            assert one[name] != other[name]
        elif (factor, name) != ("body", "look"):  # skin and hair belong to the person
            assert one[name] == other[name]
    assert a.labels.segments == b.labels.segments and len(a.frames) == len(b.frames)
    assert not np.array_equal(a.frames, b.frames)


def test_the_factors_are_all_that_a_sampler_draws_but_the_performance():
    assert set(factors()) == {"camera", "light", "backdrop", "clothes", "body", "props", "bystanders", "sensor"}
    with pytest.raises(UserError, match="unknown factor 'cmera': did you mean camera"):
        twins("kicking", 0, 0, "cmera", 1, SETTINGS)


def test_a_killed_worker_is_replaced_and_nothing_is_lost(first_clips):
    with Stream(SETTINGS, workers=2) as stream:
        got = [next(stream)]
        victim = stream._feed.hands[0].child.process.pid
        os.kill(victim, signal.SIGKILL)
        got += islice(stream, 6)
    assert [(n, digest(clip)) for n, clip in got] == [(n, digest(clip)) for n, clip in first_clips]


def made_up_clip(settings, job: Job):
    """A stand-in for the maker; class 0 is good, 1 cannot be made, 2 kills the worker, 3 tells what the worker has loaded."""
    if job.class_id == 1:
        raise ValueError("no such\nleg")
    if job.class_id == 2:
        os.kill(os.getpid(), signal.SIGSEGV)
    if job.class_id == 3:
        import cv2

        assert "torch" not in sys.modules and cv2.getNumThreads() == 1 and os.environ["OMP_NUM_THREADS"] == "1"
    return made_up.make_clip(job.index, frames=8, dense=job.number % 2 == 0)


def made_up_stream(monkeypatch, *actions, **more):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    order = ("waving_a_hand", "kicking", "punching", "walking")
    monkeypatch.setattr("synapt.generator.sampling.place", lambda n, *_: (order.index(actions[n % len(actions)]), n))
    settings = StreamSettings(order, width_px=64, height_px=64)
    return Stream(settings, maker="test_stream:made_up_clip", **more)


def test_a_clip_that_cannot_be_made_or_crashes_twice_is_named_in_one_line(monkeypatch):
    with made_up_stream(monkeypatch, "waving_a_hand", "waving_a_hand", "kicking") as stream:
        assert [next(stream)[0], next(stream)[0]] == [0, 1]
        with pytest.raises(UserError, match=r"clip 2 of the stream \(kicking-000002\).*no such leg.*starting at 3"):
            next(stream)
    cures = []
    monkeypatch.setattr("synapt.generator.stream._cure", lambda: bool(cures.append(1)))
    with made_up_stream(monkeypatch, "waving_a_hand", "punching") as stream:
        next(stream)
        with pytest.raises(UserError, match=r"clip 1 of the stream \(punching-000001\).*died of SIGSEGV, 2 times.*starting at 2"):
            next(stream)
        with pytest.raises(StopIteration):
            next(stream)
    assert cures == [1]


def test_workers_do_without_torch_and_idle_threads_and_end_with_the_stream(monkeypatch):
    stream = made_up_stream(monkeypatch, "walking", workers=2, prefetch=5)
    for number, clip in islice(stream, 20):
        assert digest(clip) == digest(made_up.make_clip(number, frames=8, dense=number % 2 == 0))
        assert len(stream._feed.order) == 5  # no further ahead than asked
    children = [hand.child.process for hand in stream._feed.hands]
    logs = stream._feed.logs
    stream.close()
    stream.close()
    assert all(child.poll() is not None for child in children) and not logs.exists()
    assert list(stream) == []


INTERRUPTED = """
import sys, os, signal, threading, time
from synapt.generator.stream import Stream, StreamSettings
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts in the background ignore it
stream = Stream(StreamSettings(("walking",), width_px=128, height_px=128, fps=10.0), workers=2)
{trap}
try:
    for number, clip in stream:
        pass
except KeyboardInterrupt:
    print("stopped", stream._feed.open, flush=True)
"""


@pytest.mark.parametrize("how", ["interrupted", pytest.param("killed", marks=pytest.mark.slow)])
def test_workers_end_with_ctrl_c_and_with_their_parent(how):
    trap = "threading.Timer(3.0, lambda: (print([h.child.process.pid for h in stream._feed.hands], flush=True), {})).start()"
    kill = "os.kill(os.getpid(), signal.SIGINT)" if how == "interrupted" else "os.kill(os.getpid(), signal.SIGKILL)"
    script = INTERRUPTED.format(trap=trap.format(kill))
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, timeout=100, check=False)
    pids, *rest = done.stdout.splitlines()
    assert rest == (["stopped False"] if how == "interrupted" else [])
    deadline = time.monotonic() + 60
    while any(running(pid) for pid in eval(pids)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not any(running(pid) for pid in eval(pids))


def running(pid):
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_a_stream_says_what_it_was_made_of():
    header = provenance(SETTINGS, 8)
    assert header.classes == {"kicking": 0, "waving_a_hand": 1, "pointing_with_a_finger": 2}
    assert sum(header.counts.values()) == 8 and set(header.counts.values()) == {2, 3}
    assert header.settings.backend == "raster" and header.settings.seed == 5 and header.software["numpy"] == np.__version__
    assert header.licences["bodies/anny"] == "Apache-2.0" and any(name.startswith("hdris/") for name in header.licences)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"actions": ()}, "name at least one"),
        ({"actions": ("kick", "kicking")}, "each once"),
        ({"actions": "kicking"}, "give a tuple"),
        ({"actions": ("kiking",)}, "unknown action 'kiking': did you mean kicking"),
        ({"recipe": "standart"}, "did you mean standard"),
        ({"split": "trian"}, "did you mean train"),
        ({"width_px": 8}, "width_px is 8: choose from 16"),
        ({"fps": 0.0}, "fps is 0: choose from 1 to 240"),
        ({"body": "any"}, "did you mean anny"),
        ({"dense": ("masks",)}, "did you mean mask"),
    ],
)
def test_settings_that_cannot_be_are_refused_in_one_line(wrong, line):
    with pytest.raises(UserError, match=line):
        StreamSettings(**{"actions": ACTIONS} | wrong)


def test_names_are_spelt_freely_and_ranks_checked():
    assert StreamSettings(("Kick", "running")).actions == ("kicking", "run")
    with pytest.raises(UserError, match="rank is 2 of 2"):
        Stream(SETTINGS, rank=2, world_size=2)
    with pytest.raises(UserError, match="start is -1"):
        Stream(SETTINGS, start=-1)
