"""What a user typed to what the generator takes, or one line saying what was wanted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from .base.errors import UserError, nearest
from .base.named import load, typed
from .base.ranges import LEAST_SIZE_PX, MOST_SIZE_PX
from .base.shown import readable, shown
from .values import Quality

if TYPE_CHECKING:
    from .actions.gathered import Asked, Made
    from .recordings.gathering import Tell


def action(name: str) -> str:
    """Canonical name of an action; a dotted path that a person typed."""
    from .actions import canonical

    return canonical(typed(name))


def actions(names: Collection[str], sets: Collection[str]) -> tuple[str, ...]:
    """Canonical names of the actions that a person named and of those in the sets or tags named, each once; the path of an action
    file stands for all that it names."""
    from .actions.action_file import is_action_file

    plain: list[str] = []
    for name in names:
        plain += _of_file(Path(name)) if is_action_file(name) else [action(name)]
    return known_actions(plain, sets)


def _of_file(path: Path) -> tuple[str, ...]:
    """Canonical names of all that an action file names; what of its motion files is set aside is told."""
    from .actions import class_name
    from .actions.action_file import read_action_file, recorded_of
    from .base.console import bar, remark

    file = read_action_file(path)
    library = actions(file.actions, file.sets) if file.actions or file.sets else ()
    with bar() as progress:
        made = recorded_of(path, file, library, progress)
    remark(*made.lines)
    both = {class_name(name) for name in made.names}
    return (*(name for name in library if name not in both), *made.names)


def performances(wanted: Collection[str], sets: Collection[str], motion: Asked, body: str, tell: Tell) -> Made:
    """Canonical names of recorded classes; where actions or sets are named, too, these are done on the recorded legs."""
    from .actions.gathered import recorded

    if motion.keep_shape and body != "smplx":
        raise UserError(
            f"--keep-shape needs the body model of the files, and --body is {body}: give --body smplx (see `synapt doctor`)"
        )
    layers = actions(wanted, sets) if wanted or sets else ()
    return recorded(replace(motion, layers=layers), tell)


def known_actions(names: Collection[str], sets: Collection[str]) -> tuple[str, ...]:
    """As `actions`, for names that files may hold, too: a dotted path is one only where a person has named it."""
    from .actions import ACTIONS, canonical, plain
    from .actions.sets import find_set
    from .actions.sets import sets as all_sets

    found = [canonical(name) for name in names]
    for name in map(plain, sets):
        found += find_set(name) if name in all_sets() else ACTIONS if name == "all" else tagged(name)
    if not found:
        raise UserError("no action was named: give --action NAME or --set all (see `synapt actions`)")
    return tuple(dict.fromkeys(found))


def tagged(tag: str | None) -> tuple[str, ...]:
    """Names of the actions with a tag, or of all."""
    from .actions import ACTIONS, find_action
    from .actions.sets import sets

    tags = {name: find_action(name).tags for name in ACTIONS}
    if tag is None:
        return tuple(sorted(tags))
    found = tuple(name for name, its in tags.items() if tag in its)
    if not found:
        known = {"all", *sets(), *(word for its in tags.values() for word in its)}
        raise UserError(f"no set or tag '{tag}': {nearest(tag, known)}")
    return found


def quality(name: str) -> Quality:
    """draft, standard or high."""
    return cast(Quality, _one_of("quality", name.strip().lower(), get_args(Quality)))


def backend(name: str) -> str:
    """Name of a renderer, or a dotted module:class."""
    from .render import BACKENDS

    return _plugin("backend", name, BACKENDS)


def body(name: str) -> str:
    """Name of a body model, or a dotted module:function."""
    from .body.protocol import BODIES

    return _plugin("body", name, BODIES)


def recipe(name: str, changes: Collection[str] = ()) -> tuple[str, str]:
    """A recipe by name or path of its TOML file with `changes` ("body.age_years=60..80"), as one string that finds it again, and
    a digest of all that it says, defaults included."""
    import hashlib

    import msgspec

    from .recipes import load_recipe
    from .recipes.changes import joined, parse, split

    base, values = split(name)
    base = str(Path(base).absolute()) if base.endswith(".toml") else base
    if readable(base) != base:  # a dataset says in JSON, which is UTF-8, where its recipe lies
        raise UserError(f"the path of the recipe {shown(base)} is not UTF-8, and no dataset could name it: rename what is not")
    known = joined(base, values | parse(changes))
    return known, hashlib.sha256(msgspec.json.encode(load_recipe(known))).hexdigest()[:12]


def twins(text: str, views: int, actions: Sequence[str], recipe: str) -> str:
    """What "background=4,camera=2" asks for, by the names of streams; UserError where it can't be had of these actions."""
    from .recipes import load_recipe
    from .sampling.groups import twins_of

    return twins_of(text, views, actions, load_recipe(recipe))


def only_licensed(recipe_name: str, body_name: str, licences: str) -> tuple[str, str]:
    """A recipe as `recipe` gives it that draws only what has one of the licences "CC0-1.0,Apache-2.0"; as it was for none."""
    from ..assets_manifest.permitted import check_others, maps_of, permitted
    from .recipes import load_recipe
    from .recipes.changes import spelt

    if not licences.strip():
        return recipe(recipe_name)
    allowed, found = permitted(licences), load_recipe(recipe_name)
    look = found.look
    tables = (look.shoes, look.short_hair, look.long_hair, look.female_outfits, look.male_outfits)
    check_others(body_name, [name for shares in tables for name, share in shares.items() if share], allowed)
    left = maps_of(found.light.hdris, allowed)
    return recipe(recipe_name, () if left == found.light.hdris else (f"light.hdris={spelt(left)}",))


def shares(text: str) -> tuple[str, ...]:
    """Changes of a recipe that set the shares of train, val and test, from "0.8,0.1,0.1"; none from ""."""
    if not text.strip():
        return ()
    try:
        train, val, test = (float(word) for word in text.split(","))
        fits = min(train, val, test) >= 0 and abs(train + val + test - 1) < 1e-9
    except ValueError:
        fits = False
    if not fits:
        raise UserError(f"split is '{text[:40]}': write the shares of train, val and test, which sum to 1, as in 0.8,0.1,0.1")
    return f"train_share={train!r}", f"val_share={val!r}"


def size(text: str) -> tuple[int, int]:
    """Width and height in pixels from "256" or "320x240"."""
    match = re.fullmatch(r"([0-9]+)(?:[xX]([0-9]+))?", text.strip())
    if match is None:
        raise UserError(f"size is '{text}': write 256, or 320x240 for width x height")
    sides = [side.lstrip("0") or "0" for side in match.groups(match[1])]
    if any(len(side) > 5 or not LEAST_SIZE_PX <= int(side) <= MOST_SIZE_PX for side in sides):
        raise UserError(f"size is {text.strip()[:20]}: choose from {LEAST_SIZE_PX} to {MOST_SIZE_PX} pixels a side")
    return int(sides[0]), int(sides[1])


def dense(text: str) -> tuple[str, ...]:
    """Names of the labels per pixel from "mask,depth", "all" or "", in capitals or not; flow brings occlusion."""
    choices = ("mask", "part", "person", "depth", "normal", "flow")
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    words = list(choices) if "all" in words else [_one_of("label", word, choices) for word in words]
    return tuple(name for name in (*choices, "occlusion") if name in words or (name == "occlusion" and "flow" in words))


def _one_of(kind: str, name: str, choices: Collection[str]) -> str:
    if name not in choices:
        raise UserError(f"unknown {kind} '{name}': {nearest(name, choices)}")
    return name


def _plugin(kind: str, name: str, table: Mapping[str, str]) -> str:
    """A name of the table, or a dotted module:attr that can be loaded."""
    if ":" in name:
        load(kind, typed(name))
        return name
    return _one_of(kind, name.strip().lower(), table)
