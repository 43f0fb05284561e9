"""What a run is: one frozen value per concern, read from a recipe (TOML) and changed by `--with optim.lr=0.1`."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import tomli_w

from ..generator.base.bounded import read_toml, toml_value
from ..generator.base.errors import UserError, check_fields, nearest
from ..generator.base.named import typed
from ..generator.base.ranges import MOST_SIZE_PX, Above, Fps, Natural, NotBelow, PartShare, Positive, Share, converted
from ..generator.base.reasons import reason_of
from ..generator.base.shown import shown

RECIPES = Path(__file__).parent / "recipes"

Frames = Annotated[int, msgspec.Meta(ge=0, le=4096)]
Side = Annotated[int, msgspec.Meta(ge=0, le=MOST_SIZE_PX)]
Views = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Processes = Annotated[int, msgspec.Meta(ge=-1, le=1024)]
Threads = Annotated[int, msgspec.Meta(ge=0, le=1024)]
Strength = Annotated[float, msgspec.Meta(ge=0.0, le=100.0)]
Some = Annotated[int, msgspec.Meta(ge=0, le=100)]
Epochs = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Batch = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Seed = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Decay = Annotated[float, msgspec.Meta(gt=0.0, le=1.0)]


@dataclass(frozen=True)
class DataConfig:
    """How clips become tensors. `frames`, `size_px` 0 take the model's own.

    sampling "segment": one frame from each of `frames` equal parts of the clip; "dense": `frames` evenly spaced over
    a window of `window_s` seconds. Tests average `test_views` windows x `test_crops` crops (1 or 3). `clips_per_class`: learn
    from the first so many clips of each class only, of every dataset and folder; 0 is all.
    """

    frames: Frames = 0
    size_px: Side = 0
    sampling: Literal["segment", "dense"] = "segment"
    window_s: Above = 2.7
    test_views: Views = 1
    test_crops: Literal[1, 3] = 1
    clips_per_class: Natural = 0
    workers: Processes = -1
    cache: bool = False


@dataclass(frozen=True)
class AugmentConfig:
    """Training-time changes to clips, the same for all frames of one. `flip` False where left and right matter.

    crop_scale and crop_ratio as in RandomResizedCrop; person_crop: share of clips (those that have labels) cropped round
    all who act instead, by a window that is person_zoom times the box round them; randaugment (n operations, magnitude m,
    probability p); erasing: share of clips with a cube erased; mixup and cutmix: alphas, 0 is off; tempo: clips are read this
    factor faster or slower.
    """

    crop_scale: tuple[NotBelow, NotBelow] = (0.4, 1.0)
    crop_ratio: tuple[NotBelow, NotBelow] = (0.75, 1.3333)
    person_crop: Share = 0.0
    person_zoom: tuple[NotBelow, NotBelow] = (1.05, 1.8)
    flip: bool = True
    jitter: Strength = 0.0
    grey: Share = 0.0
    blur: Share = 0.0
    randaugment_n: Some = 0
    randaugment_m: Some = 7
    randaugment_p: Share = 0.5
    erasing: Share = 0.0
    mixup: Strength = 0.0
    cutmix: Strength = 0.0
    smoothing: PartShare = 0.0
    tempo: tuple[NotBelow, NotBelow] = (1.0, 1.0)

    def __post_init__(self) -> None:
        for name, least, most in (("crop_scale", 0, 1), ("crop_ratio", 0, 100), ("person_zoom", 1, 100), ("tempo", 0, 100)):
            low, high = getattr(self, name)
            if not (least <= low <= high <= most and low > 0):
                wanted = f"{least} <{'=' * (least > 0)} low <= high <= {most}"
                raise ValueError(f"augment.{name} is {[low, high]}, wanted [low, high] with {wanted}")


@dataclass(frozen=True)
class StreamConfig:
    """Clips rendered while training; none are unless `actions` (names of actions, in the order of their classes) are named.

    `clips` are an epoch; `share` of each step comes from the stream, the rest from lists on disk; `size_px` 0 is an eighth more
    than the model's. `recipe` is the generator's, not a training recipe; `twins`, `views` and `ray` as of `synapt render`.
    """

    actions: tuple[str, ...] = ()
    recipe: str = "standard"
    size_px: Side = 0
    fps: Fps = 15.0
    clips: Positive = 2000
    share: Share = 1.0
    twins: str = ""
    views: Positive = 1
    ray: str = ""


@dataclass(frozen=True)
class ModelConfig:
    """`name` of the table in `models/__init__.py`; `weights`: a model folder or a file of weights, "" is scratch."""

    name: str = "tiny"
    weights: str = ""
    dropout: PartShare = 0.0
    drop_path: PartShare = 0.0
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ObjectiveConfig:
    """`kind` of the table in `objectives/__init__.py`; the rest is read by the kinds that it concerns.

    mask_share, and for human-centric masking the shares of body and background patches that are hidden, as in HuC-VideoMAE;
    auxiliary: weights of the free labels, e.g. {"joints": 0.1, "part": 0.1}; supervised and aligned learn them beside the class.
    """

    kind: str = "supervised"
    mask: Literal["tube", "human"] = "tube"
    mask_share: Share = 0.9
    body_share: Share = 0.9
    background_share: Share = 0.95
    joint_share: Share = 0.2
    auxiliary: dict[str, NotBelow] = field(default_factory=dict)


@dataclass(frozen=True)
class OptimConfig:
    """`lr` is for `batch` clips a step (all processes and accumulated steps together); cosine to zero after warm-up."""

    kind: Literal["adamw", "sgd"] = "adamw"
    lr: Above = 1e-3
    weight_decay: NotBelow = 0.05
    momentum: PartShare = 0.9
    betas: tuple[PartShare, PartShare] = (0.9, 0.999)
    layer_decay: Decay = 1.0
    epochs: Epochs = 10
    warmup: Share = 0.05
    batch: Batch = 32
    accumulate: Batch = 1
    clip_norm: NotBelow = 0.0
    ema: PartShare = 0.0


@dataclass(frozen=True)
class EngineConfig:
    """How steps are run: none of it changes what is learned, save for rounding.

    threads 0: on a processor, as many as there are cores that no loading process takes.
    """

    precision: Literal["auto", "bf16", "fp32"] = "auto"
    compile: bool = False
    parallel: Literal["ddp", "fsdp"] = "ddp"
    device: str = "auto"
    threads: Threads = 0
    keep: Positive = 2
    save_every_s: NotBelow = 300.0
    log_every: Positive = 10


@dataclass(frozen=True)
class TrainConfig:
    """A whole run. `about`, `cost` and `expected` are for people: what it is, what it takes, what should come out."""

    about: str = ""
    cost: str = ""
    expected: str = ""
    seed: Seed = 0
    data: DataConfig = field(default_factory=DataConfig)
    stream: StreamConfig = field(default_factory=StreamConfig)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    objective: ObjectiveConfig = field(default_factory=ObjectiveConfig)
    optim: OptimConfig = field(default_factory=OptimConfig)
    engine: EngineConfig = field(default_factory=EngineConfig)


def recipe_names() -> list[str]:
    """Recipes that come with the package."""
    return sorted(path.stem for path in RECIPES.glob("*.toml"))


def load_config(recipe: str, changes: Iterable[str] = ()) -> TrainConfig:
    """The recipe of this name (or path of a .toml) with `changes` such as "optim.lr=0.1".

    UserError for an unknown recipe, an unknown field or a value of the wrong kind.
    """
    path = Path(recipe) if recipe.endswith(".toml") else RECIPES / f"{recipe}.toml"
    if recipe.endswith(".toml") and not path.is_file():
        raise UserError(f"no recipe at {path}: give the path of a .toml file, or a name of {', '.join(recipe_names())}")
    if not path.is_file():
        raise UserError(f"unknown recipe '{recipe}': {nearest(recipe, recipe_names())} (or give the path of a .toml file)")
    try:
        table = read_toml(path)
    except OSError as error:
        raise UserError(f"recipe {shown(path)} cannot be read ({reason_of(error)}): is it yours to read?") from error
    return config_from(table, changes, shown(path))


def config_from(table: Mapping[str, Any], changes: Iterable[str] = (), where: str = "config") -> TrainConfig:
    """A checked TrainConfig from plain data. UserError for what it doesn't know."""
    merged, changes = deepcopy(dict(table)), tuple(changes)
    check_fields(merged, TrainConfig, where)
    for change in changes:
        _put(merged, change)
    check_fields(merged, TrainConfig, _told(where, changes))  # a change may be a whole section
    return converted(merged, TrainConfig, _told(where, changes))


def _told(where: str, changes: Iterable[str]) -> str:
    words = ", ".join(shown(change)[:80] for change in changes)
    return f"{where} with {words[:400]}" if words else where


def as_table(config: TrainConfig) -> dict[str, Any]:
    """Plain data of a config, every default spelled out; `config_from` reads it back."""
    table: dict[str, Any] = msgspec.to_builtins(dataclasses.asdict(config))  # of an instance, msgspec leaves out defaults
    return table


def as_toml(config: TrainConfig) -> str:
    """A config as a recipe's text, every default spelled out; `load_config` reads it back."""
    table = as_table(config)
    try:
        msgspec.json.encode(table)
    except UnicodeEncodeError as error:
        raise UserError("a setting names a file whose name is not UTF-8, which no config.toml can hold: rename it") from error
    return tomli_w.dumps(table)


_MAY_BE_OWN = ("model.name", "objective.kind", "stream.actions")
"""Settings that take dotted paths of the user's own: from a person, not from a recipe's file."""


def _put(table: dict[str, Any], change: str) -> None:
    """Set one "a.b=value", the value written as in TOML; a bare word is a string."""
    key, equals, text = change.partition("=")
    if not equals or not key.strip():
        raise UserError(f"--with {change}: write it as section.name=value, e.g. optim.lr=0.1")
    try:
        value = toml_value(text)
    except ValueError:
        value = text
    _check_name(change, key.strip())
    if key.strip() in _MAY_BE_OWN:
        for path in value if isinstance(value, list) else [value]:
            typed(str(path))
    *sections, name = key.strip().split(".")
    for section in sections:
        table = table.setdefault(section, {})
        if not isinstance(table, dict):
            raise UserError(f"--with {change}: {section} is a value, not a section")
    table[name] = value


def _check_name(change: str, name: str) -> None:
    """UserError for a setting that there is not; one of that name in another section is told first."""
    sections: dict[str, Any] = {entry.name: entry.default_factory for entry in dataclasses.fields(TrainConfig)}
    known = [f for f, kind in sections.items() if not dataclasses.is_dataclass(kind)]
    known += [
        f"{f}.{entry.name}"
        for f, kind in sections.items()
        if dataclasses.is_dataclass(kind)
        for entry in dataclasses.fields(kind)
    ]
    section, *inner = name.split(".")
    if ".".join([section, *inner[:1]]) in known or (section in sections and not inner):
        return  # what lies deeper are entries of a dict, which models and objectives check
    alike = [full for full in known if full.rpartition(".")[2] == name.rpartition(".")[2]]
    if len(name) > 100:
        raise UserError(f"--with {shown(name[:40])}...: there is no setting of such a name: write section.name=value")
    hint = f"did you mean {' or '.join(alike)}?" if alike else nearest(name, known)
    raise UserError(f"--with {change}: there is no setting '{name}': {hint}")
