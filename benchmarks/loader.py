"""How fast clips come: the loader beside bare decoding, and a training step fed by it beside one fed from memory.

python benchmarks/loader.py [--data FOLDER] [--clips 96] [--frames 8] [--size 112] [--models tiny tsm_r18]

Without --data it makes moving shapes of 256 pixels, 48 frames. All with one process for loading and one thread for training.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import torch
from av.video.reformatter import VideoReformatter
from synapt.training.config import TrainConfig, config_from
from synapt.training.data import sampling
from synapt.training.data.clips import open_clips
from synapt.training.data.loader import Loader
from synapt.training.data.shapes import ShapeSettings, write_shapes
from synapt.training.data.workers import Ahead
from synapt.training.engine.precision import autocast, channels_last, model_input
from synapt.training.models import build
from synapt.training.values import Batch, ClipList


class BareDecoding:
    """The plainest reading there is: open, decode up to the last frame of eight parts, convert those to RGB."""

    def __init__(self, clips: ClipList, counts: list[int], frames: int) -> None:
        self.paths = [item.path for item in clips.items]
        self.wanted = [set(sampling.segment(n, frames).tolist()) for n in counts]

    def __call__(self, k: int) -> dict[str, torch.Tensor]:
        found, last, converter = [], max(self.wanted[k]), VideoReformatter()
        with av.open(str(self.paths[k])) as container:
            container.streams.video[0].codec_context.thread_count = 1
            for number, frame in enumerate(container.decode(video=0)):
                if number in self.wanted[k]:
                    found.append(converter.reformat(frame, format="rgb24", threads=1).to_ndarray())
                if number == last:
                    break
        return {"sum": torch.tensor([int(picture[0, 0, 0]) for picture in found])}


def counts_of(clips: ClipList) -> list[int]:
    counts = []
    for item in clips.items:
        with av.open(str(item.path)) as container:
            counts.append(sum(1 for packet in container.demux(video=0) if packet.size))
    return counts


def rate(steps: Iterator[object], clips_each: int) -> float:
    """Clips per second of wall time, without the first step (workers start then)."""
    next(steps)
    begun, n = time.perf_counter(), sum(clips_each for _ in steps)
    return n / (time.perf_counter() - begun)


def loading(clips: ClipList, config: TrainConfig, spec: object) -> None:
    batch = config.optim.batch
    bare = Ahead(BareDecoding(clips, counts_of(clips), config.data.frames), 1)
    loaders = {
        "crop and mirror": config,
        "crop, mirror, RandAugment, jitter": replace(config, augment=replace(config.augment, randaugment_n=2, jitter=0.4)),
        "from the cache, crop and mirror": replace(config, data=replace(config.data, cache=True)),
    }
    made = {name: Loader([clips], changed, spec) for name, changed in loaders.items()}
    for loader in made.values():
        list(loader.batches(0))  # files are in memory, probes and cache done
    list(bare(range(len(clips))))
    rounds: dict[str, list[float]] = {name: [] for name in ("bare", *made)}
    for k in range(3):  # in turn, so that a slow moment meets all
        rounds["bare"].append(rate(bare(range(len(clips))), 1))
        for name, loader in made.items():
            rounds[name].append(rate(loader.batches(k + 1), batch))
    best = {name: max(rates) for name, rates in rounds.items()}
    for name, clips_per_s in best.items():
        print(f"| {name} | {clips_per_s:.1f} | {clips_per_s / best['bare']:.2f} |")
    bare.close()
    for loader in made.values():
        loader.close()


def training(clips: ClipList, config: TrainConfig, name: str) -> None:
    config = replace(config, model=replace(config.model, name=name))
    model = build(config.model, len(clips.classes), config.data).train()
    optimizer = torch.optim.SGD(model.parameters(), 1e-3)
    device, last = torch.device("cpu"), channels_last(model)

    def step(batch: Batch) -> None:
        with autocast(config.engine, device):
            logits = model(model_input(batch.video, model.spec, device, last))
            loss = torch.nn.functional.cross_entropy(logits.float(), batch.target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    for cache in (False, True):
        loader = Loader([clips], replace(config, data=replace(config.data, cache=cache)), model.spec)
        kept = list(loader.batches(0))
        step(kept[0])
        memory, fed, waiting = [], [], []
        for k in range(3):
            begun = time.perf_counter()
            for batch in kept:
                step(batch)
            memory.append(time.perf_counter() - begun)
            steps = loader.batches(k + 1)
            step(next(steps))
            begun = time.perf_counter()
            for batch in steps:
                step(batch)
            fed.append((time.perf_counter() - begun) * len(kept) / (len(kept) - 1))
            waiting.append(loader.waiting_share)
        each = 1000 / (len(kept) * config.optim.batch)
        print(
            f"| {name}, {'cache' if cache else 'videos'} | {min(memory) * each:.1f} | {min(fed) * each:.1f} | "
            f"{min(memory) / min(fed):.2f} | {np.min(waiting):.3f} |"
        )
        loader.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--clips", type=int, default=96)
    parser.add_argument("--frames", type=int, default=8)
    parser.add_argument("--size", type=int, default=112)
    parser.add_argument("--models", nargs="*", default=["tiny", "tsm_r18"])
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = {"frames": options.frames, "size_px": options.size, "workers": 1}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SYNAPT_CACHE"] = str(Path(folder, "cache"))
        if options.data is None:
            options.data = Path(folder, "shapes")
            write_shapes(options.data, -(-options.clips // 24), ShapeSettings(size_px=256, frames=48), workers=1)
        clips = open_clips(options.data)
        clips = clips.pick(np.linspace(0, len(clips) - 1, min(options.clips, len(clips))).astype(int).tolist())
        config = config_from({"data": data, "optim": {"batch": 8}})
        spec = build(config.model, 24, config.data).spec
        print(f"{len(clips)} clips of {options.data.name}, {options.frames} frames of {options.size} pixels\n")
        print("| loading, one process | clips/s | of bare decoding |\n|---|---|---|")
        loading(clips, config, spec)
        print("\n| training, one thread | ms a clip from memory | fed | speed | waiting |\n|---|---|---|---|---|")
        for name in options.models:
            training(clips, config, name)


if __name__ == "__main__":
    main()
