"""Absurd numbers on the command line are answered with the limit, before any work; each numeric option of each verb has one."""

import math
import time

import click
import pytest
from click.testing import CliRunner
from made_videos import class_folder
from synapt.cli import cli
from synapt.generator import names, verbs
from synapt.generator.base import limits, ranges
from synapt.generator.base.errors import UserError
from synapt.generator.base.limits import Amount, Count
from synapt.training import verbs as training_verbs
from synapt.training.config import DataConfig, OptimConfig, TrainConfig
from synapt.training.data import loader
from synapt.training.data.clips import open_clips
from synapt.training.models import build


def commands():
    """(words, command) of every verb and of what a verb has below it."""
    for name in (*verbs.VERBS, *training_verbs.VERBS):
        command = verbs.find_verb(name) or training_verbs.find_verb(name)
        yield (name,), command
        if isinstance(command, click.Group):
            yield from (((name, below), inner) for below, inner in command.commands.items())


NUMERIC = [
    (" ".join(words), option.opts[-1], option.type)
    for words, command in commands()
    for option in command.params
    if isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
]


def test_verbs_have_numbers():
    assert len(NUMERIC) > 35 and {"render", "pretrain", "targets check"} <= {verb for verb, _, _ in NUMERIC}


@pytest.mark.parametrize(("verb", "option", "kind"), NUMERIC, ids=[f"{verb} {option}" for verb, option, _ in NUMERIC])
def test_each_number_has_two_ends_and_they_are_named(verb, option, kind):
    assert isinstance(kind, Count | Amount) and math.isfinite(kind.min) and math.isfinite(kind.max)
    for value in ("100000000000000000000000", "-1e40" if isinstance(kind, Amount) else "-100000000000000000000000"):
        began = time.monotonic()
        told = CliRunner().invoke(cli, [*verb.split(), f"{option}={value}", *(["x"] if verb != "render" else [])])
        assert told.exit_code == 2 and time.monotonic() - began < 5
        assert f"is not from {kind.min:,} to {kind.max:,}" in told.output and option in told.output


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "NaN"])
@pytest.mark.parametrize(("verb", "option"), [(v, o) for v, o, kind in NUMERIC if isinstance(kind, Amount)])
def test_what_is_no_finite_number_is_refused(verb, option, value):
    told = CliRunner().invoke(cli, [*verb.split(), f"{option}={value}"])
    assert told.exit_code == 2 and "is not from" in told.output


@pytest.mark.parametrize("size", ["100000", "8", "64x5000", "99999999999x64", "9" * 5000, "0", "64x0"])
def test_sizes_that_cannot_be_name_the_range(size):
    with pytest.raises(UserError, match=r"size is [0-9x]{1,20}: choose from 16 to 4096 pixels a side"):
        names.size(size)


@pytest.mark.parametrize(("text", "found"), [("256", (256, 256)), ("0320x240", (320, 240)), (" 16X4096 ", (16, 4096))])
def test_sizes_that_can_be(text, found):
    assert names.size(text) == found


def test_a_batch_larger_than_the_machine_says_what_it_would_take(tmp_path, monkeypatch):
    clips = open_clips(class_folder(tmp_path, n=1))
    config = TrainConfig(data=DataConfig(workers=0), optim=OptimConfig(batch=1_000_000))
    model = build(config.model, 2, config.data, 0)
    spec = model.spec
    monkeypatch.setattr("synapt.training.data.loader.usable_memory_bytes", lambda: 16 * 10**9)
    takes = 1_000_000 * spec.frames * spec.size_px**2 * 3 * 5 / 1e9
    said = rf"1,000,000 clips at once .*optim.batch=1000000\) take {takes:,.0f} GB, and this machine grants 16 GB: lower"
    with pytest.raises(UserError, match=said):
        loader.Loader([clips], config, spec)
    list(loader.test_batches(clips, config, spec))  # no more are tested at once than there are
    monkeypatch.setattr("synapt.training.data.loader.usable_memory_bytes", lambda: 900_000)
    with pytest.raises(UserError, match=r"^2 clips at once"):
        list(loader.test_batches(clips, config, spec))


def test_a_dataset_of_too_many_clips_in_all_is_refused_before_any_work(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(cli, ["render", "--set", "core24", "--n", "1000000", "--quality", "draft"])
    assert isinstance(told.exception, UserError) and not list(tmp_path.iterdir())
    assert "1,000,000 clips of each of 24 actions are 24,000,000: a dataset holds up to 5,000,000" in str(told.exception)


@pytest.mark.parametrize("name", ["MOST_CLIPS", "LEAST_SIZE_PX", "MOST_SIZE_PX", "LEAST_FPS", "MOST_FPS"])
def test_the_command_line_and_files_have_the_same_bounds(name):
    assert getattr(limits, name) == getattr(ranges, name)
