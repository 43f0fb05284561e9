"""Which models there are: architectures, folders on this machine, and those that a catalogue file names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ...generator.base.bounded import read_json, read_toml
from ...generator.base.errors import UserError
from ...generator.base.ranges import Number, converted
from ...generator.base.reasons import reason_of
from ...generator.base.shown import shown
from ..config import load_config
from ..results import read_result
from ..runs import is_unfinished, steps_saved
from .described import described
from .weights import MOST_BYTES, find_file

DEPTH = 4
"""Folders below the root that are searched for models: runs/NAME/model and somewhat deeper."""


@dataclass(frozen=True)
class Entry:
    """A model: where it lies, what it is, how sure that is. `ok` is False where its file is not the one that was named."""

    name: str
    where: str
    about: str
    state: str = ""
    licence: str = ""
    results: str = ""
    ok: bool = True


class Listed(msgspec.Struct, forbid_unknown_fields=True):
    """One model of a catalogue file: `path` (from the file's folder) or `url`; sha256 of its model.safetensors."""

    name: str
    path: str = ""
    url: str = ""
    sha256: str = ""
    licence: str = ""
    about: str = ""
    results: dict[str, Number] = {}


class Catalogue(msgspec.Struct, forbid_unknown_fields=True):
    """A catalogue file: [[models]] tables in TOML, or the same in JSON."""

    models: list[Listed] = []


def local_models(root: Path) -> list[Entry]:
    """Folders of models and unfinished runs under `root`, in order of their paths; damaged ones say so.

    UserError where there is no such folder.
    """
    if not root.is_dir():
        raise UserError(f"{root} is not a folder: give the one that holds runs or models as --root")
    return list(_entries(root))


def read_catalogue(file: Path) -> list[Entry]:
    """The models of a catalogue; those with a path are looked at, and their sha256 computed. UserError for a bad file."""
    try:
        table = read_json(file) if file.suffix == ".json" else read_toml(file)
    except OSError as error:
        raise UserError(f"no catalogue at {shown(file)} ({reason_of(error)}): name a .toml or .json file") from error
    wanted = "[[models]] with name, path or url, sha256, licence, results"
    found = converted(table, Catalogue, f"catalogue {shown(file)}, wanted {wanted}")
    return [_checked(listed, file) for listed in found.models]


def sha256_of(file: Path) -> str:
    """Hex digits of a file's SHA-256."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _checked(listed: Listed, catalogue: Path) -> Entry:
    if bool(listed.path) == bool(listed.url):
        raise UserError(f"catalogue {catalogue}: '{listed.name}' needs either a path or a url")
    results = ", ".join(f"{name} {value:g}" for name, value in listed.results.items())
    if listed.url:
        return Entry(listed.name, listed.url, listed.about, "to fetch", listed.licence, results)
    folder = catalogue.parent / listed.path
    state, ok = "sha256 not named", True
    try:
        weights = find_file(folder)
        if weights.stat().st_size > MOST_BYTES:
            return Entry(listed.name, str(folder), listed.about, "too large", listed.licence, results, False)
        digest = sha256_of(weights)
    except (UserError, OSError):
        state, ok = "missing", False
    else:
        if listed.sha256:
            ok = digest == listed.sha256.lower()
            state = "sha256 right" if ok else f"sha256 is {digest[:12]}..., another file"
    return Entry(listed.name, str(folder), listed.about, state, listed.licence, results, ok)


def _entries(root: Path) -> Iterator[Entry]:
    """Every model of ours and every unfinished run, hidden folders and whatever lies in a model's folder left out."""
    for place, inner, files in os.walk(root):
        folder = Path(place)
        if is_unfinished(folder):
            inner[:] = []
            yield _unfinished(folder)
            continue
        deep = len(folder.relative_to(root).parts) >= DEPTH
        inner[:] = [] if deep else sorted(name for name in inner if not name.startswith("."))
        if "config.json" in files and "model.safetensors" in files:
            run = folder.parent if folder.name == "model" else folder
            name = run.resolve().name
            try:
                own = described(folder)
            except UserError as error:
                yield Entry(name, str(folder), str(error), "damaged", ok=False)
                continue
            if own is not None:
                inner[:] = []
                classes = f"{len(own.classes)} classes" if own.classes else "features only"
                about = f"{own.spec.name}, {classes}, {own.spec.frames} frames of {own.spec.size_px} px"
                yield Entry(name, str(folder), about, results=", ".join(_results(run)))


def _unfinished(run: Path) -> Entry:
    """A run that was begun and has no model yet."""
    state = f"not finished, {steps_saved(run):,} steps saved: run the same `synapt pretrain` again"
    try:
        about = load_config(str(run / "config.toml")).model.name
    except UserError as error:
        about, state = str(error), "damaged"
    return Entry(run.resolve().name, str(run), about, state)


def _results(run: Path) -> Iterator[str]:
    """What was measured of a run, one phrase a result."""
    for path in sorted((run / "eval").glob("*/result.json")):
        try:
            result = read_result(path.parent)
            yield f"{result.target} {result.protocol} {result.top1.value:.3f}"
        except UserError:
            continue
