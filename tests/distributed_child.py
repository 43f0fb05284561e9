"""What each of several processes runs, started by torchrun in test_training_engine_dist.py: fit with DDP, then with FSDP.

FSDP also with a net of convolutions, which each process alone would lay out channels-last, and with and without a running mean,
and always with measuring after each epoch.
"""

import sys
from dataclasses import replace
from pathlib import Path

import torch
from made_training import Told, ToyBatches, plain_config, toy_config, toy_model
from safetensors.torch import save_file
from synapt.training.config import EngineConfig
from synapt.training.engine.dist import joined, whole, whole_state
from synapt.training.engine.fit import fit
from synapt.training.objectives.supervised import Supervised
from torch import distributed


def main(out):
    torch.set_num_threads(1)
    with joined(EngineConfig(device="cpu")) as team:
        assert team.world == distributed.get_world_size() == 2
        assert team.sums([1.0, team.rank]) == [2.0, 1.0]
        for parallel in ("ddp", "fsdp"):
            config = plain_config(parallel)
            objective = Supervised(toy_model(config), config, (("right", "left", "down", "up"),))
            told = Told(config)
            fit(objective, ToyBatches(config, rank=team.rank, world=2), config, run=out / parallel, after_epoch=told)
            save_file(whole_state(objective) | told.found, out / f"{parallel}-{team.rank}.safetensors")
        for ema in (0.0, 0.9):
            config = replace(toy_config(ema=ema), engine=replace(config.engine, parallel="fsdp"))
            objective, told = Supervised(toy_model(config), config, (("right", "left", "down", "up"),)), Told(config)
            fit(objective, ToyBatches(config, rank=team.rank, world=2), config, after_epoch=told)
            learned = {name: whole(weight) for name, weight in objective.named_parameters()}
            save_file(learned | told.found, out / f"convolutions-{ema}-{team.rank}.safetensors")
        config = replace(plain_config("fsdp"), optim=replace(plain_config().optim, ema=0.0))
        objective, told = Supervised(toy_model(config), config, (("right", "left", "down", "up"),)), Told(config)
        fit(objective, ToyBatches(config, rank=team.rank, world=2), config, after_epoch=told)
        save_file(whole_state(objective) | told.found, out / f"latest-{team.rank}.safetensors")
        team.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
