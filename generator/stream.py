"""The training half's door to the generator: clips rendered while a model trains, and counterfactual twins.

    settings = StreamSettings(("walking", "run", "kicking"), width_px=128, height_px=128)
    with Stream(settings, start=0, workers=2) as stream:
        for number, clip in stream:             # endless; clip.frames (T, H, W, 3) uint8, clip.labels.class_id 0, 1 or 2
            ...

Clip `number` is a function of (settings, number), whichever process makes it; all are drafts of the raster renderer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from . import names
from .actions import canonical
from .actions.sets import shortfall
from .base.cache import keep_compiled_code
from .base.errors import UserError, nearest
from .base.groups import Grouping, grouping
from .base.named import look_up
from .base.ranges import LEAST_FPS, LEAST_SIZE_PX, MOST_FPS, MOST_SIZE_PX
from .body.protocol import BODIES
from .dataset import Header, Settings
from .dataset.format import SCHEMA
from .dataset.provenance import software
from .jobs.feed import Feed, Job
from .jobs.on_ray import on_ray as on_ray
from .jobs.workplace import Workplace
from .values import SPEC_VERSION, Clip, ClipSpec, Quality

__all__ = [
    "Clip", "Stream", "StreamSettings", "asked", "class_names", "clip_at", "factors", "named", "provenance", "shortfall", "sided",
    "twins",
]  # fmt: skip

BACKEND = "raster"
QUALITY: Quality = "draft"
MAKER = "synapt.generator.stream:_make"


@dataclass(frozen=True)
class StreamSettings:
    """What every clip of one stream has in common.

    `actions` are the classes, in this order, spelt as one likes; `recipe` is a name or the path of a TOML file; `dense` names
    per-pixel labels (mask, part, person, depth, normal, flow); only clips and people of `split` (train, val or test) appear.
    With `twins` ("background=4") or several `views`, clips that show one performance come one after another, as in a dataset.
    Raises UserError for a value that cannot be.
    """

    actions: tuple[str, ...]
    recipe: str = "standard"
    seed: int = 0
    width_px: int = 256
    height_px: int = 256
    fps: float = 15.0
    body: str = "anny"
    dense: tuple[str, ...] = ()
    split: str = "train"
    twins: str = ""
    views: int = 1

    def __post_init__(self) -> None:
        keep_compiled_code()
        if isinstance(self.actions, str):
            raise UserError(f"actions is '{self.actions}': give a tuple of names, ('{self.actions}',)")
        actions = tuple(map(canonical, self.actions))
        if len(set(class_names(actions))) < max(1, len(actions)):
            raise UserError(f"actions are {', '.join(actions) or 'none'}: name at least one, and each once")
        object.__setattr__(self, "actions", actions)
        object.__setattr__(self, "recipe", names.recipe(self.recipe)[0])
        object.__setattr__(self, "dense", names.dense(",".join(self.dense)))
        object.__setattr__(self, "twins", names.twins(self.twins, self.views, actions, self.recipe))
        look_up("body", self.body, BODIES)
        for name, size in (("width_px", self.width_px), ("height_px", self.height_px)):
            if not LEAST_SIZE_PX <= size <= MOST_SIZE_PX:
                raise UserError(f"{name} is {size}: choose from {LEAST_SIZE_PX} to {MOST_SIZE_PX}")
        if not LEAST_FPS <= self.fps <= MOST_FPS:
            raise UserError(f"fps is {self.fps:g}: choose from {LEAST_FPS:g} to {MOST_FPS:g}")
        shares = _shares(self.recipe)
        if self.split not in shares:
            raise UserError(f"unknown split '{self.split}': {nearest(self.split, shares)}")
        if shares[self.split] < 1e-6:
            raise UserError(f"recipe '{self.recipe}' puts no clip into split '{self.split}': give another split or recipe")

    @property
    def grouping(self) -> Grouping:
        """Which clips show one performance."""
        return grouping(self.twins, self.views)


def named(actions: Collection[str], sets: Collection[str]) -> tuple[str, ...]:
    """Canonical names of the actions named and of those in the sets or tags named, each once. UserError for unknown ones."""
    return names.known_actions(actions, sets)


def asked(actions: Collection[str], sets: Collection[str]) -> tuple[str, ...]:
    """The same for what a person has typed: dotted paths and action files, too."""
    return names.actions(actions, sets)


def class_names(actions: Collection[str]) -> list[str]:
    """What the classes of canonical names are called, in labels and files: an action of the user's own by its own name."""
    from .actions import class_name

    return [class_name(name) for name in actions]


def sided(actions: Collection[str]) -> tuple[str, ...]:
    """Class names of those of the canonical names whose mirror image is another class."""
    from .actions import sided

    return sided(actions)


def clip_at(settings: StreamSettings, number: int) -> Clip:
    """The clip at `number` = 0, 1, 2... of the stream, made in this process; `labels.class_id` indexes `settings.actions`.

    Classes are balanced: each block of len(actions) performances holds every class once. Labels in `dense` are as in Labels.
    """
    return _make(settings, _job(settings, number))


class Stream:
    """Iterator over (number, Clip) without end, in order of number, made ahead by `workers` processes.

    It begins at `start`; of `world_size` streams, that of `rank` gives the numbers that leave the remainder `rank`. What comes
    depends neither on `workers` nor on `prefetch` (clips that may be ready or in the making, at most), so a training goes on
    exactly where it was with `start=` the number after the last one used. Use it as a context manager, or call `close`.
    `workplace` is where they run: this machine, or `jobs.on_ray.on_ray("auto")`, a Ray cluster.
    Raises UserError for a clip that cannot be made, or that crashes its worker twice; the line names the clip.
    """

    def __init__(self, settings: StreamSettings, start: int = 0, workers: int = 2, prefetch: int | None = None,
                 rank: int = 0, world_size: int = 1, maker: str = MAKER, workplace: Workplace | None = None) -> None:  # fmt: skip
        if start < 0:
            raise UserError(f"start is {start}: choose a number from 0 on")
        if not 0 <= rank < world_size:
            raise UserError(f"rank is {rank} of {world_size}: choose a rank from 0 to world_size - 1")
        if workers < 1:
            raise UserError(f"workers is {workers}: ask for at least 1")
        self.settings = settings
        numbers = count(start + (rank - start) % world_size, world_size)
        area = max(1.0, settings.width_px * settings.height_px / 256**2)
        self._feed = Feed(
            maker, settings, (_job(settings, n) for n in numbers), workers, max(1, prefetch or 4 * workers),
            timeout_s=180.0 + 8.0 * settings.fps * area,  # twenty times what the longest clip takes
            cure=_cure, workplace=workplace,
        )  # fmt: skip
        self._prepared = False

    def __iter__(self) -> Stream:
        return self

    def __next__(self) -> tuple[int, Clip]:
        """The next clip; StopIteration only after `close`."""
        if not self._prepared:
            _prepare(self.settings)
            self._prepared = True
        job, clip = next(self._feed)
        return job.number, clip

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers at once; may be called again."""
        self._feed.close()


def factors(actions: Collection[str] = ()) -> tuple[str, ...]:
    """What `twins` can redraw: the streams of `sample` but for the performance itself; with those of the further roles that any
    of the actions has ("b.clothes"), plain ones being the clip's and the first performer's."""
    from .actions import find_action
    from .sampling import streams_of

    every = [streams_of(find_action(name).roles) for name in actions] or [streams_of(())]
    return tuple(dict.fromkeys(name for names in every for name in names if name.split(".")[-1] != "motion"))


def twins(action: str, seed: int, index: int, factor: str, n: int, settings: StreamSettings) -> list[Clip]:
    """`n` clips of one performance (clip `index` of `action`) that differ in `factor` alone: its redraws 1 to n.

    Twins of camera, light and backdrop have the same body poses, bit for bit; with other clothes, bodies or objects the same
    performance is solved anew. `settings` gives size, rate, recipe, body and labels. Raises UserError for an unknown factor.
    """
    classes = class_names(settings.actions)
    (name,) = class_names((action if action in classes else canonical(action),))
    if name not in classes:
        raise UserError(f"action '{name}' is not among the stream's {len(classes)}: {nearest(name, classes)}")
    place = classes.index(name)
    if factor not in (there := factors((settings.actions[place],))):
        raise UserError(f"unknown factor '{factor}': {nearest(factor, there)}")
    _prepare(settings)
    specs = (_spec(settings, settings.actions[place], seed, index, {factor: k}) for k in range(1, n + 1))
    return [_build(settings, spec, place) for spec in specs]


SURVEYED = 2000
"""So many clips are looked at for what they are made of; every asset of a recipe comes far more often."""


def provenance(settings: StreamSettings, n: int) -> Header:
    """What a dataset of the stream's first `n` clips would say of itself: settings, classes, counts, software, licences."""
    from ..assets_manifest.assets import licences

    used: dict[str, str] = {}
    for number in range(min(n, SURVEYED)):
        job = _job(settings, number)
        for found in licences(_spec(settings, job.action, settings.seed, job.index)):
            used[found.asset] = found.licence
    size = settings.grouping.size
    blocks, rest = divmod(n, len(settings.actions) * size)
    called = class_names(settings.actions)
    counts = dict.fromkeys(called, blocks * size)
    for number in range(n - rest, n):
        counts[called[_job(settings, number).class_id]] += 1
    given = Settings(
        settings.recipe, settings.seed, settings.body, BACKEND, QUALITY, settings.width_px, settings.height_px, settings.fps,
        names.recipe(settings.recipe)[1], settings.twins, settings.views,
    )  # fmt: skip
    classes = {name: k for k, name in enumerate(called)}
    return Header(SCHEMA, SPEC_VERSION, given, classes, settings.dense, software(), dict(sorted(used.items())), counts,
                  sources={name: path for name, path in zip(called, settings.actions, strict=True) if name != path},
                  sided=sided(settings.actions))  # fmt: skip


def _job(settings: StreamSettings, number: int) -> Job:
    from .recipes import load_recipe
    from .sampling import place

    if number < 0:
        raise UserError(f"number is {number}: clips are numbered from 0")
    called = class_names(settings.actions)
    recipe, places = load_recipe(settings.recipe), _places(settings.actions)
    group, member = divmod(number, settings.grouping.size)
    class_id, drawn = place(group, called, recipe, settings.seed, settings.split, places)  # type: ignore[arg-type]
    index = drawn * settings.grouping.size + member
    return Job(number, f"{called[class_id]}-{index:06d}", settings.actions[class_id], class_id, index)


@lru_cache(maxsize=64)
def _places(actions: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Of the recorded classes among the actions: where their files stand."""
    from .actions import find_action

    found = [find_action(name).motion for name in actions]
    return {made.name: made.places for made in found if made}


def _make(settings: StreamSettings, job: Job) -> Clip:
    """What a worker does."""
    return _build(settings, _spec(settings, job.action, settings.seed, job.index), job.class_id)


def _spec(settings: StreamSettings, action: str, seed: int, index: int, variants: Mapping[str, int] | None = None) -> ClipSpec:
    from .recipes import load_recipe
    from .sampling import sample

    member = settings.grouping.member_or_alone(index) if variants is None else None
    return sample(
        action, load_recipe(settings.recipe), seed, index, width_px=settings.width_px, height_px=settings.height_px,
        fps=settings.fps, body_model=settings.body, variants=variants, member=member,
    )  # fmt: skip


def _build(settings: StreamSettings, spec: ClipSpec, class_id: int) -> Clip:
    from .pipeline import make_clip

    asked = [name for name in settings.dense if name != "occlusion"]  # comes with flow
    clip = make_clip(spec, backend=BACKEND, quality=QUALITY, dense=asked)
    return replace(clip, labels=replace(clip.labels, class_id=class_id))


def _shares(recipe: str) -> dict[str, float]:
    from .recipes import load_recipe

    found = load_recipe(recipe)
    return {"train": found.train_share, "val": found.val_share, "test": 1.0 - found.train_share - found.val_share}


def _cure() -> bool:
    from .setup.prepare import cure

    return cure()


def _prepare(settings: StreamSettings) -> None:
    from .setup import needs
    from .setup.prepare import prepare

    needs.check(settings.recipe, BACKEND)
    prepare(settings.body)
