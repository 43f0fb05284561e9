"""Features of clips by a frozen trunk, computed once and kept in the cache, and probabilities by a whole model."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ...generator.base.bounded import is_regular
from ...generator.base.cache import cache_dir
from ...generator.base.errors import UserError
from ...generator.base.files import appearing
from ..data.loader import Loader, test_batches
from ..data.order import Order
from ..engine.dist import current_team
from ..engine.precision import autocast, channels_last, model_input
from ..engine.predict import mean_over_views
from ..models.base import VideoModel
from ..values import Array, ClipList, Fold, Predictions, Target
from .settings import EvalConfig
from .subject import Subject, trunk_digest

_SOURCES = Path(__file__).parents[1]

Say = Callable[[str], None]


@dataclass
class Bench:
    """What the folds and seeds of one target share: all its clips, each once, and features once computed.

    `target`: its name. `cache`: the folder that keeps features for the next run, None keeps nothing. `work`: where a long
    fit keeps its checkpoints. `say` is told how far what takes long has come.
    """

    target: str
    clips: ClipList
    cache: Path | None = None
    work: Path | None = None
    say: Say = lambda what: None
    _known: dict[str, Array] = field(default_factory=dict)

    def features(self, subject: Subject, config: EvalConfig, seed: int) -> Callable[[ClipList], Array]:
        """A function from clips of this target to what the frozen trunk gives for them: (N, D) float32, the mean over views."""
        tables = self._tables(subject, config, seed, 0)
        return lambda clips: tables[0, self._rows(clips)]

    def training(self, subject: Subject, config: EvalConfig, seed: int) -> Callable[[ClipList], Array]:
        """The same for clips to learn from, (R, N, D): first as above, then probe.augmented views that training would see."""
        copies = config.probe.augmented
        first = self._tables(subject, config, seed, 0)
        tables = np.concatenate([first, self._tables(subject, config, seed, copies)]) if copies else first
        return lambda clips: tables[:, self._rows(clips)]

    def _rows(self, clips: ClipList) -> list[int]:
        place = {item.id: row for row, item in enumerate(self.clips.items)}
        return [place[item.id] for item in clips.items]

    def _tables(self, subject: Subject, config: EvalConfig, seed: int, copies: int) -> Array:
        """Features (1, N, D) of all clips, or (copies, N, D) of augmented ones; from memory, from the cache, or new."""
        model_seed = seed if subject.is_scratch else 0
        key = f"{subject.config} {model_seed} {config.train.data} {copies and (copies, seed)}"
        if key not in self._known:
            model = subject.model(1, model_seed, config.train.data)
            name = _features_name(trunk_digest(model), self.clips, config, (copies, seed, config.train.augment) if copies else ())
            path = self.cache / f"{name}.npy" if self.cache else None
            found = _kept(path, (copies or 1, len(self.clips), model.spec.feature_dim)) if path else None
            if found is None:
                if copies:
                    found = extract_augmented(model, self.clips, config, copies, seed, self.say)
                else:
                    found = extract(model, self.clips, config, self.say)[None]
                if path:
                    _keep(path, found)
            self._known[key] = found
        return self._known[key]


def _kept(path: Path, shape: tuple[int, ...]) -> Array | None:
    """What `_keep` wrote, of this shape; None where there is nothing, half of it, or something else."""
    with suppress(OSError, ValueError, EOFError, TypeError, RecursionError, MemoryError):
        there = np.load(path, mmap_mode="r", allow_pickle=False) if is_regular(path) else None  # nothing is taken into memory yet
        if isinstance(there, np.memmap) and there.shape == shape and there.dtype == np.float32:
            found = np.array(there)
            return found if np.isfinite(found).all() else None
    return None


def _keep(path: Path, found: Array) -> None:
    """Keep an array for the next run; where the disk refuses, it is computed anew then."""
    whole = io.BytesIO()  # numpy doesn't hear what the disk says to the last bytes of a file
    np.save(whole, found)
    with suppress(UserError), appearing(path) as file:
        file.write_bytes(whole.getbuffer())


def features_cache() -> Path:
    """Where features are kept in the cache."""
    return cache_dir() / "features"


def all_clips(target: Target) -> ClipList:
    """Every clip of a target once, in order of appearance."""
    items = {item.id: item for fold in target.folds for part in (fold.train, fold.test) for item in part.items}
    return ClipList(target.name, target.classes, tuple(items.values()), target.folds[0].train.directional)


def extract(model: VideoModel, clips: ClipList, config: EvalConfig, say: Say = lambda what: None) -> Array:
    """(N, D) float32: the mean over a clip's views of the trunk's features. The trunk is the same afterwards, bit for bit."""
    with frozen(model):
        return _mean_over_views(model, clips, config, model.features, say)


def extract_augmented(
    model: VideoModel, clips: ClipList, config: EvalConfig, copies: int, seed: int, say: Say = lambda what: None
) -> Array:
    """(copies, N, D) float32: features of `copies` augmented views of every clip, as the epochs of a training would show them."""
    augment = replace(config.train.augment, mixup=0.0, cutmix=0.0)
    optim = replace(config.train.optim, batch=min(config.train.optim.batch, len(clips)))
    train = replace(config.train, seed=seed, augment=augment, optim=optim)
    loader, order = Loader([clips], train, model.spec), Order(len(clips), seed, optim.batch)
    found = np.zeros((copies, len(clips), model.spec.feature_dim), np.float32)
    try:
        with frozen(model):
            ask = _asked(model, config, model.features)
            for epoch in range(copies):
                say(f"augmented features, {epoch + 1} of {copies}")
                for step, batch in enumerate(loader.batches(epoch)):
                    found[epoch, order.positions(epoch, step)] = ask(batch.video)
    finally:
        loader.close()
    return found


def probabilities(model: VideoModel, clips: ClipList, config: EvalConfig, say: Say = lambda what: None) -> Array:
    """(N, C) float32: the mean over a clip's views of softmax(logits)."""
    training = model.training
    model.eval()
    with torch.inference_mode():
        found = _mean_over_views(model, clips, config, lambda video: model(video).float().softmax(-1), say)
    model.train(training)
    return found


def predictions(fold: Fold, seed: int, probability: Array) -> Predictions:
    """The value that a protocol returns, from probabilities (N, C) of the fold's test clips in their order."""
    items = fold.test.items
    label = np.array([item.label for item in items], dtype=np.int64)
    ids, groups = tuple(item.id for item in items), tuple(item.group for item in items)
    return Predictions(fold.name, seed, ids, groups, label, probability.astype(np.float32))


@contextmanager
def frozen(model: VideoModel) -> Iterator[None]:
    """Evaluation mode without gradients for the block; RuntimeError should anything in the trunk have moved in it."""
    before, training = trunk_digest(model), model.training
    model.eval()
    with torch.inference_mode():
        yield
    model.train(training)
    if trunk_digest(model) != before:
        raise RuntimeError("a frozen trunk moved")


def _mean_over_views(
    model: VideoModel, clips: ClipList, config: EvalConfig, answer: Callable[[Tensor], Tensor], say: Say
) -> Array:
    ask = _asked(model, config, answer)

    def answers() -> Iterator[tuple[Array, Array]]:
        for positions, video in test_batches(clips, config.train, model.spec):
            yield positions, ask(video)
            say(f"clip {np.max(positions) + 1} of {len(clips)}")

    return mean_over_views(answers(), len(clips))


def _asked(model: VideoModel, config: EvalConfig, answer: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Array]:
    """`answer` on the device and in the precision of the settings."""
    engine = config.train.engine
    device = current_team(engine).device
    last = channels_last(model.to(device))

    def ask(video: Tensor) -> Array:
        with autocast(engine, device):
            given = answer(model_input(video, model.spec, device, last))
        numbers: Array = given.float().cpu().numpy()
        return numbers

    return ask


def _features_name(weights: str, clips: ClipList, config: EvalConfig, drawn: tuple[object, ...]) -> str:
    """A name that another trunk, other clips, views or code that reads clips would change."""
    digest = hashlib.sha256()
    for item in clips.items:
        state = item.path.stat()
        digest.update(
            f"{item.id} {item.path} {item.start_s} {item.end_s} {state.st_size} {state.st_mtime_ns}\n".encode(
                "utf-8", "surrogateescape"
            )
        )
    digest.update(repr((config.train.data, config.train.engine.precision, drawn)).encode())
    parts = [(_SOURCES / part).glob("*.py") for part in ("data", "models")]
    for source in sorted([*chain(*parts), _SOURCES / "engine" / "precision.py"]):
        digest.update(source.read_bytes())
    return f"{weights}-{digest.hexdigest()[:16]}"
