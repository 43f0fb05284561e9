"""How far a training run or an evaluation has come, by what its folder holds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from ..generator.base.errors import UserError
from ..generator.base.standing import Standing, holders, pace
from ..generator.dataset.folders import is_dataset
from ..generator.dataset.listing import standing as dataset_standing
from .config import load_config
from .engine.log import read_log
from .results import RESULT
from .runs import is_finished, steps_saved


def standings(out: Path) -> dict[str, Standing]:
    """Of everything in a folder that a command of ours makes step by step, by its path: a dataset, a run, its evaluations.

    UserError where there is nothing of the kind. Nothing is written.
    """
    found: dict[str, Standing] = {}
    if is_dataset(out):
        found[str(out)] = dataset_standing(out, time.time())
    elif (out / "config.toml").is_file() and (out / "sources.json").is_file():
        found[str(out)] = _run(out)
    for place in [out] if (out / "parts").is_dir() else _evaluations(out):
        found[str(place)] = _evaluation(place)
    if not found:
        raise UserError(
            f"{out} is no dataset, no run and no evaluation: name the --out of `synapt render`, `pretrain` or `evaluate`"
        )
    return found


def _run(out: Path) -> Standing:
    """Steps, as far as log.jsonl and checkpoints tell; how many there will be is known after the first epoch."""
    optim, lines = load_config(str(out / "config.toml")).optim, read_log(out)
    per_epoch = [line["step"] / line["epoch"] for line in lines if line.get("kind") == "epoch" and line.get("epoch", 0) > 0]
    total = round(per_epoch[-1] * optim.epochs) if per_epoch else None
    done = max([steps_saved(out), *(line["step"] for line in lines)])
    done = done if total is None else min(done, total)
    speeds = [line["clips_per_s"] for line in lines if isinstance(line.get("clips_per_s"), float | int)]
    per_hour = 3600 * speeds[-1] / optim.batch if speeds else None
    return Standing("run", "steps", done, total, per_hour, holders(out), finished=is_finished(out))


def _evaluations(out: Path) -> Iterator[Path]:
    """Folders of evaluations in OUT/eval: the model's own and those of its baselines."""
    yield from sorted(path.parent for pattern in ("eval/*/parts", "eval/*/*/parts") for path in out.glob(pattern))


def _evaluation(folder: Path) -> Standing:
    """Parts that are finished: each is a fold with a seed. How many there will be, its files don't say before all are."""
    moments_s = [path.stat().st_mtime for path in (folder / "parts").glob("*.parquet")]
    finished, held = (folder / RESULT).is_file(), holders(folder)
    per_hour = pace(moments_s, held, time.time())
    n = len(moments_s)
    return Standing("evaluation", "parts", n, n if finished else None, per_hour, held, finished=finished)
