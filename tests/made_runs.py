"""Small finished runs on disk, with random weights."""

import json
from dataclasses import replace

from synapt.training.config import DataConfig, ModelConfig, TrainConfig, as_toml
from synapt.training.models import build, save_model

TINY = ModelConfig("tiny", options={"width": 4, "stages": 2})


def make_run(folder, classes=("waving", "walking"), seed=0, data=None, n_clips=10, source="ours"):
    """A run's folder with config.toml, sources.json and model/; returns it."""
    data = data or DataConfig(frames=4, size_px=24)
    save_model(folder / "model", build(TINY, len(classes), data, seed), classes)
    config = replace(TrainConfig(seed=seed), data=data, model=TINY)
    (folder / "config.toml").write_text(as_toml(config))
    (folder / "sources.json").write_text(json.dumps([{"name": source, "digest": "00000000", "n_clips": n_clips}]))
    return folder
