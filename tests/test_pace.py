"""How long work will go on: said once it can be known, and right."""

import io

import pytest
import synapt.generator.base.console as console
from rich.console import Console
from synapt.generator.base.pace import Pace, duration
from synapt.training.engine.bar import Bar


class Clock:
    def __init__(self):
        self.now_s = 0.0

    def __call__(self):
        return self.now_s


def test_an_estimate_leaves_out_the_first_unit():
    clock = Clock()
    pace = Pace(103, start=3, clock=clock)
    pace.reach(3)
    assert pace.left_s is None and not pace.due()
    clock.now_s = 500.0  # something is compiled
    pace.reach(4)
    assert pace.left_s is None and not pace.due()
    told = []
    for done in range(5, 104):
        clock.now_s += 0.5
        pace.reach(done)
        assert pace.left_s == pytest.approx(0.5 * (103 - done))
        told += [done] if pace.due() else []
    assert told == [23]  # twenty units after the beginning


def test_slow_work_is_told_of_sooner_and_finished_work_never():
    clock = Clock()
    pace = Pace(4, clock=clock)
    for done, due in ((1, False), (2, True), (3, False)):
        clock.now_s += 40
        pace.reach(done)
        assert pace.due() is due
    pace = Pace(2, clock=clock)
    for done in (1, 2):
        clock.now_s += 40
        pace.reach(done)
        assert not pace.due()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.1, "1 s"), (59, "59 s"), (99.4, "99 s"), (100, "2 min"), (5400, "90 min"), (9 * 3600 + 1200, "9 h 20 min"),
     (7200, "2 h"), (48 * 3600, "2 days"), (75 * 3600, "3 days 3 h")],
)  # fmt: skip
def test_durations_are_said_in_words(seconds, words):
    assert duration(seconds) == words


def test_a_bar_in_a_pipe_is_one_line_for_long_work(monkeypatch, capsys):
    clock = Clock()
    monkeypatch.setattr(console, "Pace", lambda total, start=0: Pace(total, start, clock))
    with console.bar() as tell:
        for total, step_s in ((30, 0.1), (200, 10.0)):
            for done in range(total + 1):
                tell(done, total, "")
                clock.now_s += step_s
    assert capsys.readouterr().err == "synapt: 4 of 200: about 33 min left\n"


def bar_of(terminal, start=0, steps=24):
    """What a run of 3 epochs of 8 steps shows."""
    heard = Console(file=io.StringIO(), width=150, force_terminal=terminal)
    clock = Clock()
    bar = Bar(heard, 24, 8, start)
    bar.pace = Pace(24, start, clock)
    shown = []
    for done in range(start + 1, steps + 1):
        clock.now_s += 2
        bar.step(done, {"loss": 1.0})
        if bar._bar:
            (task,) = bar._bar.tasks
            shown.append((task.fields["epoch"], task.completed, task.total, task.fields["left"]))
        if done % 8 == 0:
            bar.epoch(done // 8, {"loss": 0.5})
    bar.close()
    return heard.file.getvalue(), shown


def test_in_a_pipe_a_run_tells_its_epochs_and_once_how_long_it_takes():
    told, _ = bar_of(False)
    assert told.splitlines() == [
        "epoch 1/3  loss 0.500", "epoch 2/3, step 8/8: about 16 s left for the whole run", "epoch 2/3  loss 0.500",
        "epoch 3/3  loss 0.500",
    ]  # fmt: skip


def test_on_a_terminal_a_run_shows_a_bar_of_the_epochs_steps():
    _, shown = bar_of(True, start=6)
    assert [(epoch, done) for epoch, done, _, _ in shown] == [("1/3", 7), ("1/3", 8)] + [
        (f"{epoch}/3", done) for epoch in (2, 3) for done in range(1, 9)
    ]
    assert {total for _, _, total, _ in shown} == {8}
    assert shown[0][3] == "" and shown[1][3] == "about 32 s left" and shown[-2][3] == "about 2 s left"
