"""What a step of training costs: by precision and layout in a bare loop, by the engine beside it, and with clips from disk.

python benchmarks/training_step.py [--models tiny tsm_r18] [--steps 10] [--data DATASET] [--threads 1]

CPU time is told, too: it hardly depends on what else the machine does.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

import torch
from synapt.training.config import TrainConfig, load_config
from synapt.training.data.clips import open_clips
from synapt.training.data.loader import Loader
from synapt.training.engine.dist import Team
from synapt.training.engine.fit import fit
from synapt.training.engine.precision import channels_last
from synapt.training.engine.step import Stepper
from synapt.training.models import build
from synapt.training.objectives import build_objective
from synapt.training.values import Batch
from torch.nn import functional

RECIPES = {"tiny": "tiny-cpu", "tsm_r18": "tsm18-cpu"}
CPU = Team(torch.device("cpu"))
N_CLASSES = 24


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--models", nargs="+", default=list(RECIPES))
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data", default="")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for model in options.models:
        config = load_config(RECIPES[model], [f"optim.batch={options.batch}", f"engine.threads={options.threads}"])
        print(f"\n{model}, {options.batch} clips of {config.data.frames} x {config.data.size_px}², {options.threads} thread(s)")
        for precision in ("fp32", "bf16"):
            for last in (False, True):
                name = f"bare loop, {precision}{', channels last' if last else ''}"
                show(name, bare(config, precision, last), options.steps, options.batch)
        stepper = stepper_of(config)
        batch = made(config)
        show("engine, as the recipe says", lambda k, s=stepper, b=batch: s(b, k), options.steps, options.batch)
        plain = stepper_of(replace(config, optim=replace(config.optim, ema=0.0, clip_norm=0.0)))
        show("engine, without mean and clipping", lambda k, s=plain, b=batch: s(b, k), options.steps, options.batch)
        if options.data:
            from_disk(config, options.data, options.steps)


def made(config: TrainConfig) -> Batch:
    n, data = config.optim.batch, config.data
    video = torch.randint(256, (n, 3, data.frames, data.size_px, data.size_px), dtype=torch.uint8)
    return Batch(video, torch.randint(N_CLASSES, (n,)), torch.zeros(n, dtype=torch.int64))


def stepper_of(config: TrainConfig) -> Stepper:
    model = build(config.model, N_CLASSES, config.data)
    return Stepper(build_objective(model, config, (tuple(map(str, range(N_CLASSES))),)), config, CPU, 10_000)


def bare(config: TrainConfig, precision: str, last: bool) -> Callable[[int], object]:
    """The loop that one would write: forward, backward, AdamW."""
    model, batch = build(config.model, N_CLASSES, config.data), made(config)
    video = batch.video.float() / 255
    if last:
        channels_last(model)
        video = video.contiguous(memory_format=torch.channels_last_3d)
    optimizer = torch.optim.AdamW(model.parameters(), config.optim.lr, weight_decay=config.optim.weight_decay)

    def step(k: int) -> None:
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16) if precision == "bf16" else nullcontext():
            loss = functional.cross_entropy(model(video).float(), batch.target)
        loss.backward()
        optimizer.step()

    return step


def show(name: str, step: Callable[[int], object], steps: int, batch: int) -> None:
    for k in range(2):
        step(k)
    cpu, wall = time.process_time(), time.perf_counter()
    for k in range(steps):
        step(k)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    n = steps * batch
    print(f"  {name:36s} {1e3 * cpu / n:8.2f} CPU-ms a clip  {n / wall:8.1f} clips/s")


class Kept:
    """Batches of a loader that are all in memory."""

    def __init__(self, loader: Loader, steps: int) -> None:
        self.steps_per_epoch = steps
        self.kept = [batch for batch, _ in zip(loader.batches(0), range(steps), strict=False)]

    def batches(self, epoch: int, first_step: int = 0):
        for batch in self.kept[first_step:]:
            yield replace(batch, wait_s=0.0)


class Part:
    """The first steps of a loader's epochs."""

    def __init__(self, loader: Loader, steps: int) -> None:
        self.loader, self.steps_per_epoch = loader, steps

    def batches(self, epoch: int, first_step: int = 0):
        for batch, _ in zip(self.loader.batches(epoch, first_step), range(first_step, self.steps_per_epoch), strict=False):
            yield batch


def from_disk(config: TrainConfig, path: str, steps: int) -> None:
    """Whole fits of two epochs, the first of which fills caches: clips from disk, and the same clips in memory."""
    clips = open_clips(path, "train")
    config = replace(config, optim=replace(config.optim, epochs=2))
    spec = build(config.model, 2, config.data).spec
    loader = Loader([clips], config, spec)
    steps = min(steps, loader.steps_per_epoch)
    rates = {}
    for name, batches in (("disk", Part(loader, steps)), ("memory", Kept(loader, steps)), ("disk again", Part(loader, steps))):
        model = build(config.model, len(clips.classes), config.data)
        seen: list[float] = []
        fit(
            build_objective(model, config, (clips.classes,)), batches, config,
            after_epoch=lambda epoch, measured, seen=seen: seen.append(time.perf_counter()) or {},
        )  # fmt: skip
        rates[name] = steps * config.optim.batch / (seen[1] - seen[0])
        print(f"  fit from {name:12s} {rates[name]:8.1f} clips/s")
    loader.close()
    print(f"  disk / memory: {rates['disk again'] / rates['memory']:.2f}")


if __name__ == "__main__":
    main()
