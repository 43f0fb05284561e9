"""Small things to train on and with: toy clips whose class is the way a bright square moves, and the tiny model."""

from dataclasses import replace

import numpy as np
import torch
from synapt.generator.base.seeds import draws
from synapt.training.config import DataConfig, ModelConfig, TrainConfig
from synapt.training.engine.precision import model_input
from synapt.training.engine.predict import predict
from synapt.training.models import build
from synapt.training.values import Batch

WAYS = ((0, 1), (0, -1), (1, 0), (-1, 0))
"""Right, left, down, up, in (y, x)."""


class ToyBatches:
    """Clips (3, frames, size, size) made from (seed, epoch, place in the epoch): any rank makes its own part of a step."""

    def __init__(self, config, n=64, frames=4, size=16, rank=0, world=1):
        self.config, self.n, self.frames, self.size, self.rank, self.world = config, n, frames, size, rank, world
        self.steps_per_epoch = n // config.optim.batch
        self.seen = []

    def clip(self, epoch, place):
        rng = draws(self.config.seed, "toy", epoch, place)
        way = int(rng.integers(len(WAYS)))
        clip = rng.normal(0, 0.1, (3, self.frames, self.size, self.size))
        start = rng.integers(0, self.size, 2)
        side, colour = self.size // 4, rng.uniform(0.5, 2, 3)
        for t in range(self.frames):
            rows, columns = ((start[k] + WAYS[way][k] * t * self.size // 8 + np.arange(side)) % self.size for k in (0, 1))
            clip[:, t, rows[:, None], columns[None]] += colour[:, None, None]
        return np.clip(120 + 55 * clip, 0, 255).astype(np.uint8), way

    def batches(self, epoch, first_step=0):
        each = self.config.optim.batch // self.world
        for step in range(first_step, self.steps_per_epoch):
            first = step * self.config.optim.batch + self.rank * each
            clips, labels = zip(*(self.clip(epoch, k) for k in range(first, first + each)), strict=True)
            self.seen.append((epoch, step))
            yield Batch(torch.from_numpy(np.stack(clips)), torch.tensor(labels), torch.zeros(each, dtype=torch.int64))


def seen(video, model):
    """A loader's clips as the model gets them."""
    return model_input(video, model.spec, torch.device("cpu"), last=False)


def toy_config(**optim):
    """A config for ToyBatches; dropout and drop path are on."""
    config = TrainConfig(seed=3, model=ModelConfig("tiny", dropout=0.2, drop_path=0.2, options={"width": 4, "stages": 2}))
    return replace(config, optim=replace(config.optim, **{"batch": 16, "epochs": 2, "lr": 1e-2, "clip_norm": 1.0, **optim}))


def toy_model(config):
    """The model of a config, for ToyBatches."""
    return build(config.model, len(WAYS), DataConfig(frames=4, size_px=16), config.seed)


def plain_config(parallel="ddp"):
    """For a small transformer in float32 without dropout: nothing in it depends on how a batch is divided."""
    config = toy_config(ema=0.9, clip_norm=0.5)
    engine = replace(config.engine, parallel=parallel, precision="fp32", device="cpu")
    model = ModelConfig("timesformer_s", options={"depth": 2, "dim": 24, "heads": 2, "patch_px": 8})
    return replace(config, model=model, engine=engine)


class Told:
    """What the model measured after each epoch says of eight clips: `found` maps "epoch-<k>" to probabilities (8, 4)."""

    def __init__(self, config):
        self.config, self.found = config, {}
        self.clips = next(ToyBatches(replace(config, seed=77, optim=replace(config.optim, batch=8)), n=8).batches(0)).video

    def __call__(self, epoch, measured):
        model = toy_model(self.config)
        said = predict(measured, model.spec, [(np.arange(8), self.clips)], 8, self.config.engine, torch.device("cpu"))
        self.found[f"epoch-{epoch}"] = torch.from_numpy(said)
        return {}
