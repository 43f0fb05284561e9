"""What an evaluation is: the training settings of its heads, and what only probes have."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import msgspec

from ...generator.base.bounded import toml_value
from ...generator.base.errors import UserError
from ...generator.base.ranges import Above, Natural, Positive, converted
from ...generator.base.shown import shown
from ..config import AugmentConfig, DataConfig, OptimConfig, TrainConfig, as_table, config_from

Parts = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Few = Annotated[int, msgspec.Meta(ge=1, le=64)]

TRAINED = ("finetune", "attentive")
"""Protocols that take gradient steps on clips; the others work on features that are computed once."""

FEW, MANY, PASSES = 10, 20, 1000
SMALL, CACHED = 500, 5000
"""Training clips below which this process reads them itself (starting others for each of many short fits takes longer), and
below which decoded frames are kept (every fold, seed and baseline reads the same ones)."""


@dataclass(frozen=True)
class ProbeConfig:
    """What the protocols on frozen features are told.

    `penalties`: L2 strengths that the linear probe chooses from, in units of 1 / (number of training clips); `inner`: parts
    of the training groups that they are judged on. `augmented`: so many more, augmented views of each training clip.
    `neighbours` and `temperature` of kNN (0.07 as in Wu et al., 2018). `shots` per class and `resamples` of few-shot.
    `layers` and `heads` of the attentive probe. `rates`: learning rates that fine-tuning and the attentive probe choose from,
    on one of the `inner` parts; without any they take optim.lr, at a part of the cost.
    """

    penalties: tuple[Above, ...] = (0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)
    inner: Parts = 5
    augmented: Natural = 0
    neighbours: tuple[Positive, ...] = (1, 3, 5, 10, 20)
    temperature: Above = 0.07
    shots: Positive = 5
    resamples: Parts = 10
    layers: Few = 1
    heads: Few = 4
    rates: tuple[Above, ...] = ()


@dataclass(frozen=True)
class EvalConfig:
    """One protocol's settings; `train` as for pre-training, though only data, augment, optim and engine are read."""

    protocol: str
    train: TrainConfig = field(default_factory=TrainConfig)
    probe: ProbeConfig = field(default_factory=ProbeConfig)


def default_epochs(n_clips: int) -> int:
    """Epochs of fine-tuning: a thousand clips shown, and from 10 to 20 epochs."""
    return min(MANY, max(FEW, round(PASSES / max(n_clips, 1))))


def eval_config(
    protocol: str, data: DataConfig, n_train: int, epochs: int | None = None, changes: Iterable[str] = ()
) -> EvalConfig:
    """The protocol's defaults for a target of `n_train` training clips, with `changes` such as "probe.shots=1".

    data: frames, size (spelled out) and sampling as the model was pre-trained with. UserError for an unknown entry.
    """
    changes = tuple(changes)
    team = int(os.environ.get("WORLD_SIZE", "1"))  # torchrun's processes share a step
    optim = OptimConfig(
        lr=1e-3,
        epochs=epochs or default_epochs(n_train),
        warmup=0.1,
        batch=max(1, min(16, n_train // 4) // team) * team,
    )
    workers = 0 if n_train < SMALL else -1
    data = replace(data, workers=workers, cache=n_train < CACHED, test_views=1, test_crops=1)
    base = TrainConfig(data=data, augment=AugmentConfig(crop_scale=(0.5, 1.0)), optim=optim)
    probe = [change.removeprefix("probe.") for change in changes if change.startswith("probe.")]
    others = [change for change in changes if not change.startswith("probe.")]
    train = config_from(as_table(base), others, "evaluation")
    own = replace(train.data, frames=train.data.frames or data.frames, size_px=train.data.size_px or data.size_px)
    return EvalConfig(protocol, replace(train, data=own), _probe(probe))


def _probe(changes: Iterable[str]) -> ProbeConfig:
    """ProbeConfig with "name=value" changes, values written as in TOML."""
    table = dataclasses.asdict(ProbeConfig())
    for change in changes:
        name, equals, text = change.partition("=")
        if not equals or name not in table:
            raise UserError(f"--with probe.{change}: write probe.NAME=VALUE with a name of {', '.join(table)}")
        try:
            table[name] = toml_value(text)
        except ValueError as error:
            raise UserError(f"--with probe.{shown(change)}: the value is written as in TOML, e.g. 5 or [1, 5]") from error
    probe = converted(table, ProbeConfig, "--with probe")
    if empty := [name for name in ("penalties", "neighbours") if not getattr(probe, name)]:
        raise UserError(f"--with probe.{empty[0]}: got (), wanted numbers above 0")
    return probe


def eval_table(config: EvalConfig) -> dict[str, Any]:
    """Plain data of what the protocol reads, and of nothing else."""
    table = as_table(config.train)
    probe = dataclasses.asdict(config.probe)
    data = {key: value for key, value in table["data"].items() if key not in ("workers", "cache", "clips_per_class")}
    found: dict[str, Any] = {"protocol": config.protocol, "data": data}
    if config.protocol in TRAINED:
        engine = {"precision": table["engine"]["precision"]}
        model = {key: table["model"][key] for key in ("dropout", "drop_path")}
        found |= {"optim": table["optim"], "augment": table["augment"], "engine": engine, "model": model}
    wanted = _READ.get(config.protocol, ())
    if wanted:
        found["probe"] = {name: probe[name] for name in wanted}
        if probe["rates"] and "rates" in wanted:
            found["probe"]["inner"] = probe["inner"]
    if config.probe.augmented and "augmented" in wanted:
        found["augment"] = table["augment"]
    return found


def refuse_unread(configs: Sequence[EvalConfig], typed: Mapping[str, str]) -> None:
    """UserError for the first setting that none of these protocols reads; how work is done may always be said.

    `typed`: "section.name" -> the words by which the user set it.
    """
    tables = [eval_table(config) for config in configs]
    for full, words in typed.items():
        section, _, name = full.partition(".")
        if section == "engine" or full in ("data.workers", "data.cache"):
            continue
        if not any(isinstance(table.get(section), Mapping) and name in table[section] for table in tables):
            protocols = ", ".join(config.protocol for config in configs)
            raise UserError(f"{words} would do nothing: {protocols} doesn't read it; leave it out or choose another --protocol")


_LINEAR = ("penalties", "inner", "augmented")
_READ: Mapping[str, tuple[str, ...]] = {
    "linear": _LINEAR,
    "fewshot": (*_LINEAR, "shots", "resamples"),
    "knn": ("neighbours", "temperature", "inner"),
    "finetune": ("rates",),
    "attentive": ("layers", "heads", "rates"),
}


def protocol_id(config: EvalConfig, split: str) -> str:
    """All that must be equal for two results to be compared, for people to read, then a digest of every setting.

    e.g. "linear 8x112 segment views=1x1 split=1a2b3c4d settings=5e6f7a8b". `split`: digest of the folds measured on.
    """
    data, optim = config.train.data, config.train.optim
    words = [config.protocol, f"{data.frames}x{data.size_px}", data.sampling, f"views={data.test_views}x{data.test_crops}"]
    if config.protocol in TRAINED:
        rates = ",".join(f"{rate:g}" for rate in config.probe.rates or (optim.lr,))
        words.append(f"epochs={optim.epochs} lr={rates} batch={optim.batch}")
    if config.protocol == "fewshot":
        words.append(f"shots={config.probe.shots} resamples={config.probe.resamples}")
    text = msgspec.json.encode(eval_table(config), order="deterministic")
    return " ".join([*words, f"split={split}", f"settings={hashlib.sha256(text).hexdigest()[:8]}"])
