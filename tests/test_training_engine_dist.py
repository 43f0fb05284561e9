"""Two processes learn what one does, with the weights copied or split among them."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from made_training import Told, ToyBatches, plain_config, toy_config, toy_model
from safetensors.torch import load_file
from synapt.generator.base.errors import UserError
from synapt.training.config import EngineConfig
from synapt.training.engine.dist import current_team, joined
from synapt.training.engine.fit import fit
from synapt.training.engine.log import read_log
from synapt.training.objectives.supervised import Supervised
from synapt.training.runs import checkpoints
from torch import distributed

HERE = Path(__file__).parent


def objective(config):
    return Supervised(toy_model(config), config, (("right", "left", "down", "up"),))


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_two_processes_learn_what_one_does(tmp_path):
    env = {**os.environ, "PYTHONPATH": str(HERE), "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    command += [str(HERE / "distributed_child.py"), str(tmp_path)]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, timeout=170)
    assert ran.returncode == 0, ran.stderr[-3000:]
    config = plain_config()
    alone, told = objective(config), Told(config)
    fit(alone, ToyBatches(config), config, run=tmp_path / "alone", after_epoch=told)
    for parallel in ("ddp", "fsdp"):
        agree(tmp_path, parallel, alone.state_dict() | told.found)
        assert figures(tmp_path / parallel) == pytest.approx(figures(tmp_path / "alone"), abs=2e-4)  # not those of a half
        # what two processes saved goes on in one, at its end: there is nothing left to learn
        again, rest = objective(config), ToyBatches(config)
        fit(again, rest, config, run=tmp_path / parallel)
        saved = load_file(tmp_path / f"{parallel}-0.safetensors")
        assert rest.seen == [] and all(torch.equal(saved[name], weight) for name, weight in again.state_dict().items())
        assert [path.name for path in checkpoints(tmp_path / parallel)] == ["step-000008"]
    config = replace(config, optim=replace(config.optim, ema=0.0))
    alone, told = objective(config), Told(config)
    fit(alone, ToyBatches(config), config, after_epoch=told)
    agree(tmp_path, "latest", alone.state_dict() | told.found)
    for ema in (0.0, 0.9):
        first, second = (load_file(tmp_path / f"convolutions-{ema}-{rank}.safetensors") for rank in (0, 1))
        begun = dict(objective(toy_config()).named_parameters())
        assert first.keys() == begun.keys() | {"epoch-0", "epoch-1"}
        for name, weight in begun.items():
            assert torch.equal(first[name], second[name]) and not torch.equal(first[name], weight), name
        assert not torch.equal(first["epoch-0"], first["epoch-1"]) and torch.isfinite(first["epoch-1"]).all()


def figures(run):
    """What the log says of what was learned, in order."""
    return [line[name] for line in read_log(run) for name in ("loss", "top1", "grad_norm", "lr")]


def agree(folder, name, alone):
    """Both processes hold the same tensors, and one process alone nearly the same ones."""
    first, second = (load_file(folder / f"{name}-{rank}.safetensors") for rank in (0, 1))
    assert first.keys() == alone.keys()
    for each, tensor in alone.items():
        assert torch.equal(first[each], second[each]), each
        assert torch.allclose(first[each], tensor, atol=2e-5), (name, each)


def test_fewer_processes_than_asked_for_are_noticed(monkeypatch, tmp_path):
    """As where a launcher silently starts one of two."""
    begin = distributed.init_process_group

    def one(backend):
        begin(backend, init_method=f"file://{tmp_path}/meet", rank=0, world_size=1)

    monkeypatch.setattr(distributed, "init_process_group", one)
    monkeypatch.setenv("RANK", "0")
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(UserError, match="2 processes were asked for, but 1 are running"), joined(EngineConfig(device="cpu")):
        raise AssertionError
    assert not distributed.is_initialized()
    monkeypatch.setenv("WORLD_SIZE", "1")
    monkeypatch.setattr(
        distributed, "init_process_group", lambda b: begin(b, init_method=f"file://{tmp_path}/a", rank=0, world_size=1)
    )
    with joined(EngineConfig(device="cpu")) as team:
        assert (team.rank, team.world, team.main) == (0, 1, True)


def test_a_device_that_is_not_there_is_told():
    with pytest.raises(UserError, match=r"engine.device 'cuda:77' cannot be used"):
        current_team(EngineConfig(device="cuda:77"))
    with pytest.raises(UserError, match=r"engine.device 'abacus' cannot be used"):
        current_team(EngineConfig(device="abacus"))
