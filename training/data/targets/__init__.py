"""The real datasets that transfer is measured on: one file per dataset, names -> loaders."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_origin, get_type_hints

import msgspec

from ....generator.base.bounded import toml_value
from ....generator.base.errors import UserError, nearest
from ....generator.base.named import look_up
from ....generator.base.places import place
from ....generator.base.reasons import reason_of
from ...values import Target

NAMES = (
    "ucf101",
    "hmdb51",
    "mini_ssv2",
    "diving48",
    "ikea_fa",
    "uav_human",
    "ntu120",
    "folder",
    "ut_interaction",
    "weizmann",
    "kth",
    "gmdcsa24",
)

TARGETS: dict[str, str] = {name: f"{__name__}.{name}:load" for name in NAMES}
"""Name -> "module:function(root, **options) -> Target". A dotted "module:function" that a person named is a name, too."""


def load_target(name: str, root: Path | str, **options: Any) -> Target:
    """The dataset `name` whose files lie under `root`. UserError for an unknown name or option, or whatever isn't right there."""
    loader = look_up("target", name, TARGETS)
    known = [key for key, entry in inspect.signature(loader).parameters.items() if entry.kind is entry.KEYWORD_ONLY]
    for key in options:
        if key not in known:
            raise UserError(f"target {name} has no option '{key}': {nearest(key, known)}")
    _check_kinds(name, loader, options)
    folder = place(root)
    if not folder.is_dir():
        raise UserError(
            f"{root} is not a folder: give the one that holds {name}'s files as --root (`synapt targets prepare {name}` "
            "says what goes there)"
        )
    target: Target = loader(folder, **options)
    return target


def _check_kinds(name: str, loader: Callable[..., Any], options: Mapping[str, Any]) -> None:
    """Options that are numbers, words or yes and no are so; loaders themselves check choices and counts."""
    hints = get_type_hints(loader)
    for key, value in options.items():
        if get_origin(hints.get(key)) is not Literal and key in hints and key != "counts":
            try:
                msgspec.convert(value, hints[key])
            except msgspec.ValidationError as error:
                raise UserError(f"target {name}: option {key} = {value!r}: {reason_of(error)}") from error


def options_from(words: Iterable[str]) -> dict[str, Any]:
    """Options as they are typed, "split=2" or "counts={classes = 3}": the value as in TOML, a bare word is a string."""
    options: dict[str, Any] = {}
    for word in words:
        key, equals, text = word.partition("=")
        if not equals or not key.strip():
            raise UserError(f"--option {word}: write it as name=value, e.g. split=1")
        try:
            options[key.strip()] = toml_value(text)
        except ValueError:
            options[key.strip()] = text.strip()
    return options
