"""The local crew: how many work, how long a silent one is waited for, what becomes of one that leaks, what is told of each."""

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest
from rich.console import Console
from synapt.generator.base import alive, console
from synapt.generator.base.limits import Processes
from synapt.generator.dataset import Settings, read_header
from synapt.generator.jobs import Outcome, Request, render_many, size
from synapt.generator.jobs.lane import MOST_LINES, Lane, lines, total_per_hour
from synapt.generator.jobs.patience import LEAST_S, TIMES, Patience

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
BLENDER = replace(SETTINGS, backend="blender", quality="standard")


@pytest.fixture
def once(tmp_path, monkeypatch):
    """Workers find the made-up maker, and remember in this file what they have done."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("MADE_UP_ONCE", str(tmp_path / "once"))
    return tmp_path / "once"


def request(root, action, n=2, **more):
    return Request(root / "data", SETTINGS, (action,), n, **{"workers": 1, "maker": "made_up:worn"} | more)


@pytest.mark.parametrize(
    ("settings", "cores", "gib", "n_cards", "workers"),
    [
        (SETTINGS, 16, 64, 0, 16),
        (SETTINGS, 16, 4, 0, 4),  # memory for no more
        (SETTINGS, 16, 0.1, 0, 1),
        (BLENDER, 16, 64, 0, 4),
        (BLENDER, 2, 64, 0, 1),
        (BLENDER, 16, 64, 8, 8),  # a card each
        (BLENDER, 4, 64, 8, 4),
        (BLENDER, 64, 500, 1, 16),
        (BLENDER, 64, 4, 8, 4),
        (SETTINGS, 4, 64, 8, 4),  # rasterised without cards
        (replace(SETTINGS, width_px=4096, height_px=4096), 16, 64, 0, 1),
    ],
)
def test_auto_weighs_cores_memory_and_cards(settings, cores, gib, n_cards, workers, tmp_path, monkeypatch):
    monkeypatch.setattr(size, "usable_cores", lambda: cores)
    monkeypatch.setattr(size, "usable_memory_bytes", lambda: int(gib * 2**30))
    monkeypatch.setattr(size, "cards", lambda: n_cards)
    assert size.worker_count(Request(tmp_path, settings, ("walking",), 1)) == workers
    assert size.worker_count(Request(tmp_path, settings, ("walking",), 1, workers=3)) == 3


@pytest.mark.parametrize(
    ("files", "variables", "n"),
    [
        ((), {}, 0),
        (("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm"), {}, 2),
        (("nvidia0", "nvidia1"), {"CUDA_VISIBLE_DEVICES": "1"}, 1),
        (("nvidia0", "nvidia1"), {"CUDA_VISIBLE_DEVICES": ""}, 0),
        (("nvidia0", "nvidia1"), {"CUDA_VISIBLE_DEVICES": "-1"}, 0),
        (("nvidia0", "nvidia1"), {"SYNAPT_DEVICE": "cpu"}, 0),
        (("dri/renderD128", "dri/card0"), {}, 1),
    ],
)
def test_cards_are_those_that_may_be_used(files, variables, n, tmp_path, monkeypatch):
    for name in ("CUDA_VISIBLE_DEVICES", "SYNAPT_DEVICE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).touch()
    monkeypatch.setattr(size, "DEVICES", tmp_path)
    assert size.cards() == n


def test_auto_is_a_number_that_the_machine_finds():
    assert Processes().convert("auto", None, None) is None and Processes().convert("2", None, None) == 2
    with pytest.raises(click.UsageError, match="'automatic' is not a valid integer"):
        Processes().convert("automatic", None, None)


def test_patience_is_learned_from_those_who_went_on():
    patience = Patience(500.0)
    assert patience.seconds(False) == patience.seconds(True) == 500.0
    patience.learn(2.0)
    assert patience.seconds(True) == LEAST_S and patience.seconds(False) == 500.0  # it may have to start and compile
    patience.learn(20.0)
    patience.learn(3.0)
    assert patience.seconds(True) == TIMES * 20.0
    patience.learn(400.0)
    assert patience.seconds(True) == 500.0


@pytest.mark.slow
def test_a_worker_that_stops_between_two_frames_is_hung_and_the_others_go_on(tmp_path, once, monkeypatch):
    monkeypatch.setattr("synapt.generator.jobs.patience.LEAST_S", 2.0)
    monkeypatch.setattr("synapt.generator.jobs.patience.TIMES", 1.0)
    outcome = render_many(request(tmp_path, "stops", 4, retries=2))
    assert outcome.made == 3
    assert re.fullmatch(r"it gave no sign of life for more than \d+ s, 3 times", outcome.quarantined["stops-000001"])
    assert (tmp_path / "data" / "quarantine" / "stops-000001.txt").is_file()


@pytest.mark.slow
def test_a_clip_may_take_longer_than_any_silence(tmp_path, once, monkeypatch):
    """Six frames of 0.15 s, with 0.7 s of patience: it is a silence that counts."""
    monkeypatch.setattr("synapt.generator.jobs.patience.LEAST_S", 0.7)
    monkeypatch.setattr("synapt.generator.jobs.patience.TIMES", 1.0)
    assert render_many(request(tmp_path, "calm", 3)) == Outcome(3, 0, {}, 0, False)


@pytest.mark.slow
def test_a_worker_that_leaks_is_ended_and_its_clip_set_aside(tmp_path, once):
    outcome = render_many(request(tmp_path, "leaks", 3, retries=1, most_bytes=400 << 20))
    assert outcome.made == 2
    assert re.fullmatch(r"its worker came to hold 0\.\d GiB of memory, 2 times", outcome.quarantined["leaks-000001"])


def test_a_worker_killed_for_memory_costs_a_try_and_a_place(tmp_path, once):
    told = []
    outcome = render_many(request(tmp_path, "oom", 6, workers=2), lambda *news: told.append(news[2].split("\n")))
    assert outcome == Outcome(6, 0, {}, 0, False) and once.exists()
    assert sum("no clip in hand" in line for line in told[-2][1:]) >= 1  # from then on one works


@pytest.mark.slow
def test_three_times_is_enough_and_the_reason_says_who_kills(tmp_path, once):
    outcome = render_many(request(tmp_path, "killed", 3))
    assert outcome.made == 2 and len(outcome.quarantined) == 1
    why = outcome.quarantined["killed-000001"]
    assert why == "its worker died of SIGKILL, as the system does when memory runs out, 3 times"
    assert (tmp_path / "data" / "quarantine" / "killed-000001.txt").read_text().startswith(why)


@pytest.mark.slow
def test_a_disk_that_is_away_for_a_moment_costs_tries_only(tmp_path, once):
    assert render_many(request(tmp_path, "away", 2)) == Outcome(2, 0, {}, 0, False)
    assert once.read_text() == "xxx"
    once.unlink()
    outcome = render_many(request(tmp_path / "b", "away", 2, retries=1))
    assert outcome.quarantined == {"away-000001": "TimeoutError: the disk is away, 2 times"}
    assert read_header(tmp_path / "b" / "data").quarantined == outcome.quarantined


@pytest.mark.slow
def test_each_worker_has_a_line(tmp_path, once):
    told = []
    render_many(request(tmp_path, "calm", 6, workers=2), lambda *news: told.append(news[2].split("\n")))
    said = {line for words in told for line in words[1:]}
    assert any(re.fullmatch(r"worker 2: calm-00000\d  frame \d of 6(, [\d,]+ clips an hour)?", line) for line in said)
    assert any(re.fullmatch(r"[\d,]+ clips an hour", words[0]) for words in told) and told[-1] == [""]


def test_paces_begin_with_the_first_clip():
    lane = Lane()
    lane.begin("a-000001")
    lane.finish(100.0)
    assert lane.per_hour is None and total_per_hour([lane]) is None
    lane.finish(110.0)
    lane.finish(120.0)
    assert lane.per_hour == 360 and total_per_hour([lane, lane, Lane()]) == 720
    assert list(lines([lane])) == ["worker 1: no clip in hand  , 360 clips an hour"]
    assert len(list(lines([Lane()] * 40))) == MOST_LINES + 1


def test_lines_stand_below_the_bar(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr("rich.console.Console", lambda **_: Console(file=out, force_terminal=True, width=100))
    with console.bar() as tell:
        tell(1, 4, "90 clips an hour\nworker 1: a\x1b[2J\nworker 2: b")
    shown = out.getvalue()
    assert "90 clips an hour" in shown and "worker 2: b" in shown and "\x1b[2J" not in shown and "\\x1b[2J" in shown


def test_signs_reach_whoever_listens(monkeypatch):
    monkeypatch.setattr(alive, "_listeners", [])
    heard = []
    assert list(alive.frames(2)) == [0, 1]
    alive.listen(heard.append)
    assert list(alive.frames(2)) == [0, 1] and heard == ["frame 1 of 2", "frame 2 of 2"]


def test_os_kill_is_told_apart(tmp_path, once):
    """A worker that somebody else kills, and one that we do."""
    from synapt.generator.jobs.child import Child

    one, two = (Child(None, tmp_path / f"{k}.log", True, k) for k in range(2))
    os.kill(one.process.pid, 9)
    assert one.answer()[1] == "its worker died of SIGKILL, as the system does when memory runs out" and one.was_killed()
    two.kill()
    assert not two.was_killed()
    one.kill()
