"""The loop: it learns, and a run that was stopped anywhere goes on to the same weights."""

import json
import os
import signal
from dataclasses import replace

import pytest
import torch
from made_training import ToyBatches, seen, toy_config, toy_model
from safetensors.torch import load_file, save_file
from synapt.generator.base.errors import UserError
from synapt.training.config import ModelConfig
from synapt.training.engine.checkpoint import Learner, save
from synapt.training.engine.dist import current_team
from synapt.training.engine.fit import fit
from synapt.training.engine.log import read_log
from synapt.training.engine.optim import make_optimizer
from synapt.training.engine.precision import keep_small_clips_exact
from synapt.training.objectives.supervised import Supervised
from synapt.training.runs import checkpoints

WAYS = (("right", "left", "down", "up"),)


def learn(config, run=None, loader=None, **kwargs):
    objective = Supervised(toy_model(config), config, WAYS)
    fit(objective, loader or ToyBatches(config), config, run=run, **kwargs)
    return objective.model


def same(a, b):
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


class Stops(ToyBatches):
    """Asks this process to stop while step `at` of all is being made."""

    def __init__(self, config, at, number=signal.SIGTERM):
        super().__init__(config)
        self.at, self.number = at, number

    def batches(self, epoch, first_step=0):
        for step, batch in enumerate(super().batches(epoch, first_step), epoch * self.steps_per_epoch + first_step):
            if step == self.at:
                os.kill(os.getpid(), self.number)
            yield batch


@pytest.mark.parametrize("optim", [{"ema": 0.9}, {"kind": "sgd", "accumulate": 4, "layer_decay": 0.7}], ids=str)
def test_a_stopped_run_goes_on_to_the_same_weights(tmp_path, optim):
    config = toy_config(**optim)
    whole = learn(config)
    for stop, number in ((2, signal.SIGTERM), (3, signal.SIGINT), (6, signal.SIGTERM)):  # in an epoch, at its end, in the next
        with pytest.raises(KeyboardInterrupt):
            learn(config, tmp_path, Stops(config, stop, number))
    rest = ToyBatches(config)
    assert same(learn(config, tmp_path, rest), whole)
    assert rest.seen == [(1, 3)]  # nothing was learned twice
    assert [line["step"] for line in read_log(tmp_path) if line["kind"] == "epoch"] == [4, 8]
    assert same(learn(config, tmp_path), whole)  # a finished run is only read


def figures(run):
    """Lines of a run's log without what a clock says."""
    return [{name: v for name, v in line.items() if name not in ("clips_per_s", "waiting")} for line in read_log(run)]


def test_a_stopped_run_writes_the_same_figures(tmp_path):
    config = toy_config()
    config = replace(config, engine=replace(config.engine, log_every=3))
    told = {"after_epoch": lambda epoch, model: {"val_top1": 0.25 * (epoch + 1)}}
    learn(config, tmp_path / "whole", **told)
    for stop in (1, 3, 4, 6):  # in an epoch, at its end, at the first step of the next, in it
        with pytest.raises(KeyboardInterrupt):
            learn(config, tmp_path / "stopped", Stops(config, stop), **told)
    learn(config, tmp_path / "stopped", **told)
    assert figures(tmp_path / "stopped") == figures(tmp_path / "whole")
    ends = [line for line in read_log(tmp_path / "stopped") if line["kind"] == "epoch"]
    assert all({"loss", "val_top1"} <= line.keys() and 0 < line["clips_per_s"] < 1e5 for line in ends)


def test_an_epoch_told_just_before_a_crash_is_not_told_again_in_the_next(tmp_path):
    """The checkpoint at an epoch's end still has that epoch's figures; its line in the log came after."""
    config = toy_config()
    learn(config, tmp_path / "whole")
    for after, run in ((3, "between"), (4, "after")):  # stopped before and after the first epoch's line is written
        with pytest.raises(KeyboardInterrupt):
            learn(config, tmp_path / run, Stops(config, 3))
        if after == 4:
            line = next(line for line in read_log(tmp_path / "whole") if line["kind"] == "epoch")
            with (tmp_path / run / "log.jsonl").open("a") as file:
                file.write(json.dumps(line) + "\n")
        learn(config, tmp_path / run)
        assert figures(tmp_path / run) == figures(tmp_path / "whole")


def test_checkpoints_without_figures_are_gone_on_from(tmp_path):
    """As versions before wrote them."""
    config = toy_config()
    with pytest.raises(KeyboardInterrupt):
        learn(config, tmp_path, Stops(config, 3))
    path = checkpoints(tmp_path)[-1] / "state.json"
    state = json.loads(path.read_text())
    del state["meters"]
    path.write_text(json.dumps(state))
    assert same(learn(config, tmp_path), learn(config))
    assert ["loss" in line for line in read_log(tmp_path) if line["kind"] == "epoch"] == [False, True]


def test_chance_outside_does_not_matter_and_is_left_alone():
    config = toy_config(epochs=1)
    first = learn(config)
    torch.manual_seed(99)
    before = torch.get_rng_state()
    second = learn(config)
    assert same(first, second)
    assert torch.equal(torch.get_rng_state(), before)
    assert not same(first, learn(replace(config, seed=4), loader=ToyBatches(config)))


def test_parts_of_a_step_add_up_to_it():
    """Without dropout (whose draws differ from part to part) and batch norm (whose statistics do), parts don't matter."""
    small = ModelConfig("timesformer_s", options={"depth": 1, "dim": 24, "heads": 2, "patch_px": 8})
    plain = replace(toy_config(kind="sgd", epochs=1), model=small)
    plain = replace(plain, engine=replace(plain.engine, precision="fp32"))
    one, four = (learn(replace(plain, optim=replace(plain.optim, accumulate=n)), loader=ToyBatches(plain)) for n in (1, 4))
    for name, weight in one.state_dict().items():
        assert torch.allclose(weight, four.state_dict()[name], atol=1e-6), name


def test_the_mean_is_what_is_kept_and_it_is_a_mean(tmp_path):
    config = toy_config(ema=0.5, epochs=1)
    kept = learn(config, tmp_path)
    raw = learn(replace(config, optim=replace(config.optim, ema=0.0)))
    assert not same(kept, raw)
    distance = sum(float((a - b).detach().square().sum()) for a, b in zip(kept.parameters(), raw.parameters(), strict=True))
    fresh = toy_model(config)
    start = sum(float((a - b).detach().square().sum()) for a, b in zip(fresh.parameters(), raw.parameters(), strict=True))
    assert distance < start / 4


class Poisoned(ToyBatches):
    """One of its steps has a target that is no number."""

    def batches(self, epoch, first_step=0):
        for step, batch in enumerate(super().batches(epoch, first_step), first_step):
            if (epoch, step) == (1, 1):
                batch.target = torch.full((len(batch.target), len(WAYS[0])), float("nan"))
            yield batch


def test_a_loss_that_is_no_number_is_told_and_leaves_the_last_good_checkpoint(tmp_path):
    config = toy_config()
    config = replace(config, engine=replace(config.engine, save_every_s=0.0))
    with pytest.raises(UserError, match=r"the loss is nan at step 6 \(epoch 2\).*optim.lr"):
        learn(config, tmp_path, Poisoned(config))
    assert [path.name for path in checkpoints(tmp_path)] == ["step-000004", "step-000005"]  # the last two, as `keep` says
    assert same(learn(config, tmp_path), learn(config))


class Hungry(ToyBatches):
    """Its clips are of a kind that no memory holds."""

    def batches(self, epoch, first_step=0):
        for batch in super().batches(epoch, first_step):
            batch.video = batch.video[:, :, :1, :1, :1].expand(-1, -1, 1 << 12, 1 << 15, 1 << 15)
            yield batch


def test_what_cannot_be_is_told_in_a_line(tmp_path):
    config = toy_config(batch=10, accumulate=4)
    with pytest.raises(UserError, match=r"optim.batch 10 .* multiple of 4"):
        learn(config)
    with pytest.raises(UserError, match="fewer clips than one step of 128"):
        learn(toy_config(batch=128))
    config = toy_config()
    with pytest.raises(UserError, match="out of memory at 16 clips a step"):
        learn(config, loader=Hungry(config))


class Moves(ToyBatches):
    """Somebody moves the run's folder away while it learns."""

    def __init__(self, config, run):
        super().__init__(config)
        self.run = run

    def batches(self, epoch, first_step=0):
        for step, batch in enumerate(super().batches(epoch, first_step), first_step):
            if (epoch, step) == (0, 2):
                self.run.rename(self.run.with_name("away"))
            yield batch


def test_a_run_whose_folder_was_moved_away_does_not_begin_it_anew(tmp_path):
    config, run = toy_config(), tmp_path / "run"
    config = replace(config, engine=replace(config.engine, save_every_s=0.0))
    with pytest.raises(UserError, match=r"cannot write .*run.*No such file"):
        learn(config, run, Moves(config, run))
    assert [path.name for path in tmp_path.iterdir()] == ["away"]
    assert same(learn(config, tmp_path / "away"), learn(config))


def test_the_log_has_what_a_run_tells(tmp_path):
    config = toy_config(epochs=2)
    config = replace(config, engine=replace(config.engine, log_every=2))
    learn(config, tmp_path, after_epoch=lambda epoch, model: {"val_top1": 0.25 * (epoch + 1)})
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    steps = [line for line in lines if line["kind"] == "step"]
    assert [line["step"] for line in steps] == [2, 4, 6, 8]
    assert all({"loss", "top1", "lr", "grad_norm", "clips_per_s", "waiting", "epoch"} <= line.keys() for line in steps)
    assert [line["val_top1"] for line in lines if line["kind"] == "epoch"] == [0.25, 0.5]
    assert list((tmp_path / "tb").glob("events*"))


@pytest.mark.timeout(120)
def test_it_learns_which_way_things_move():
    config = toy_config(epochs=8, lr=2e-2, batch=32)
    config = replace(config, model=ModelConfig("tiny", options={"width": 8, "stages": 2}))
    model = learn(config, loader=ToyBatches(config, n=256, frames=6, size=16))
    unseen = ToyBatches(replace(config, seed=8), n=128, frames=6, size=16)
    right = sum(int((model(seen(batch.video, model)).argmax(1) == batch.target).sum()) for batch in unseen.batches(0))
    assert right / 128 > 0.8


@pytest.mark.parametrize(
    ("kernel", "stride", "size"),
    [
        ((3, 1, 1), 1, (2, 8, 8)), ((5, 3, 3), (2, 1, 1), (3, 8, 8)), ((3, 1, 1), 1, (4, 8, 8)),
        ((1, 3, 3), (1, 2, 2), (4, 1, 1)), ((1, 3, 3), (1, 2, 2), (4, 1, 8)), ((3, 3), 2, (1, 1)),
    ],
)  # fmt: skip
def test_gradients_in_bf16_over_few_frames_and_pixels_are_those_in_fp32(kernel, stride, size):
    """torch itself hands out unwritten memory there on processors, or crashes; what lies in it is made loud."""
    torch.manual_seed(0)
    kind = torch.nn.Conv3d if len(size) == 3 else torch.nn.Conv2d
    conv = kind(64, 64, kernel, stride, tuple(k // 2 for k in kernel), bias=False)
    clip = torch.randn(4, 64, *size)
    expected = torch.autograd.grad((conv(clip) ** 2).sum(), conv.weight)[0]
    keep_small_clips_exact(conv)
    for _ in range(4):
        loud = [torch.full((2**k,), 1e30) for k in range(8, 20)]
        del loud
        with torch.autocast("cpu", torch.bfloat16):
            found = torch.autograd.grad((conv(clip).float() ** 2).sum(), conv.weight)[0]
        assert (found - expected).abs().max() < 0.05 * expected.abs().max()


@pytest.mark.parametrize("file", ["model.safetensors", "ema.safetensors", "optimizer.safetensors"])
def test_a_checkpoint_with_numbers_that_are_none_is_not_gone_on_from(tmp_path, file):
    config = toy_config(ema=0.9)
    with pytest.raises(KeyboardInterrupt):
        learn(config, tmp_path, Stops(config, 2))
    path = checkpoints(tmp_path)[-1] / file
    tensors = load_file(path)
    name = next(name for name, value in tensors.items() if value.is_floating_point() and value.ndim)
    tensors[name].view(-1)[0] = float("nan")
    save_file(tensors, path)
    with pytest.raises(UserError, match=r"not finite \(in .*\): delete it, and the run goes on from the one before"):
        learn(config, tmp_path)


def test_an_optimiser_that_has_run_away_is_not_saved(tmp_path):
    config = toy_config()
    objective = Supervised(toy_model(config), config, WAYS)
    learner = Learner(objective, make_optimizer(objective, config.optim))
    for parameter in objective.parameters():
        parameter.grad = torch.ones_like(parameter)
    learner.optimizer.step()
    team = current_team(config.engine)
    save(tmp_path, learner, 1, {}, team, 1, {})
    (good,) = checkpoints(tmp_path)
    next(iter(learner.optimizer.state.values()))["exp_avg"].view(-1)[0] = float("inf")
    with pytest.raises(UserError, match="after step 2 the optimiser's state is not a finite number, and is not saved"):
        save(tmp_path, learner, 2, {}, team, 1, {})
    assert checkpoints(tmp_path) == [good]
