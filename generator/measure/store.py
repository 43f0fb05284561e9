"""Measures on disk, one file for each clip, with a digest of the sources that made them: what has changed is measured again."""

from __future__ import annotations

import ast
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from ..actions import class_name, find_action
from ..base.files import appearing
from ..body.protocol import BODIES
from .clip import Measured

PACKAGE = "synapt"
ENTRY = f"{PACKAGE}.generator.measure.clip"
SIGHT = f"{PACKAGE}.generator.measure.sight"
LIBRARY = f"{PACKAGE}.generator.actions"


@dataclass(frozen=True)
class Wanted:
    """One clip to measure."""

    action: str
    index: int
    recipe: str
    seed: int
    seen: bool
    digest: str

    def path(self, root: Path) -> Path:
        """Its file."""
        return root / "clips" / class_name(self.action) / f"{self.index:06d}.npz"


def keep(root: Path, wanted: Wanted, found: Measured) -> None:
    """Write what was measured; the file is there whole or not at all."""
    path = wanted.path(root)
    path.parent.mkdir(parents=True, exist_ok=True)
    words = json.dumps({"key": _key(wanted), "measures": found.measures, "notes": found.notes})
    with appearing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, poses=found.poses, words=np.array(words))


def kept(root: Path, wanted: Wanted) -> Measured | None:
    """What was measured; None where it is missing, damaged, or made of other sources or settings."""
    try:
        with np.load(wanted.path(root), allow_pickle=False) as file:
            said, poses = json.loads(str(file["words"])), file["poses"]
        if said["key"] != _key(wanted):
            return None
        return Measured(dict(said["measures"]), dict(said["notes"]), poses)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None


def _key(wanted: Wanted) -> str:
    return f"{wanted.action} {wanted.index} {wanted.recipe} {wanted.seed} {int(wanted.seen)} {wanted.digest}"


def digest_of(action: str, recipe_digest: str, seen: bool) -> str:
    """Digest of all sources that an action's measures come from, a family's own and what it imports, and of the recipe."""
    choreography = find_action(action).choreography
    begin = (ENTRY, BODIES["anny"].partition(":")[0], choreography.__module__, *((SIGHT,) if seen else ()))
    modules = sorted(frozenset[str]().union(*map(_reached, begin)))
    words = sha256(recipe_digest.encode())
    for module in modules:
        words.update(module.encode() + _source(module))
    return words.hexdigest()[:16]


@cache
def _reached(module: str) -> frozenset[str]:
    """A module of ours and all of ours that it imports, wherever in its text; not the table of the library, which names all."""
    found: set[str] = set()
    left = [module]
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        left += [other for other in _imports(name) if other != LIBRARY and other.startswith(PACKAGE + ".")]
    return frozenset(found)


@cache
def _imports(module: str) -> tuple[str, ...]:
    path = _path(module)
    if path is None:
        return ()
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - max(node.level - 1, 0)] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return tuple(name for name in found if _path(name) is not None)


@cache
def _path(module: str) -> Path | None:
    """The file of a module of ours or of an action's author; None for a name that is no module."""
    try:
        spec = find_spec(module) if module.startswith(PACKAGE) or "." not in module else None
    except (ImportError, ValueError, AttributeError):
        return None
    return Path(spec.origin) if spec and spec.origin and spec.origin.endswith(".py") else None


@cache
def _source(module: str) -> bytes:
    path = _path(module)
    return path.read_bytes() if path else b""
