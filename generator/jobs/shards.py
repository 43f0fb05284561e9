"""What datasets hold that were made as shards of one request on several machines, and why they can't be joined, if they can't."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import reduce
from itertools import islice
from pathlib import Path

from ..base.errors import UserError
from ..base.lock import holder, shares_at
from ..base.ranges import ROLES
from ..base.shown import shown
from ..dataset import DENSE, ClipFiles, Header, Settings, read_header
from ..dataset.index import Row, hashed
from ..dataset.listing import complete
from ..dataset.provenance import unlike as unlike_packages
from ..values import SPEC_VERSION
from .shelf import Key, complete_rows, indexed

MOST_TOLD = 20
"""Clips of an action that are missing are told one by one up to so many."""


@dataclass(frozen=True)
class Part:
    """One of the datasets: what it says, and the rows of its complete clips."""

    root: Path
    header: Header
    rows: dict[Key, Row]

    def files(self, key: Key) -> dict[str, Path]:
        """The files of one of its clips by their columns, in the order in which they are to appear: the video last."""
        files, row = ClipFiles(self.root, *key), self.rows[key]
        roles = [role for role in ROLES if f"sha256_labels_{role}" in row]
        found = files.all([name for name in DENSE if f"sha256_{name}" in row], roles)
        return {**{name: path for name, path in found.items() if name != "sha256"}, "sha256": found["sha256"]}


@dataclass(frozen=True)
class Joined:
    """What they are together: the header, and for each clip one of the parts that have it. `problems`: a line each; none where
    they are one whole."""

    header: Header | None
    clips: dict[Key, Part] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def examine(roots: Sequence[Path]) -> Joined:
    """Look whether datasets are together what was asked for: nothing missing, nothing twice but with the same content, all by one
    recipe, seed, size, version and software."""
    parts, problems = _opened(roots)
    if not parts:
        return Joined(None, problems=tuple(problems))
    first, *others = parts
    if first.header.spec_version != SPEC_VERSION:
        problems.append(f"{first.root} was made by spec version {first.header.spec_version}, this is {SPEC_VERSION}")
    for part in others:
        unlike = (*_unlike_made(first.header, part.header), *_unlike_classes(first.header, part.header))
        problems += [f"{part.root}: {what} in {first.root}" for what in unlike]
    clips: dict[Key, Part] = {}
    for part in parts:
        if not part.header.asked:
            problems.append(f"{part.root} doesn't say what was asked for: run its `synapt render` command again, which enters it")
        for key in part.rows:
            problems += _doubled(key, clips.setdefault(key, part), part)
        problems += _links(part)
    header = reduce(_both, (part.header for part in parts))
    problems += _missing(header, clips, parts)
    return Joined(replace(header, quarantined={}, shards=()), clips, tuple(problems))


def _opened(roots: Sequence[Path]) -> tuple[list[Part], list[str]]:
    """The datasets that can be read, each once, and why the others can't."""
    parts, problems = [], []
    for root in dict.fromkeys(roots):
        try:
            header = read_header(root)
        except UserError as error:
            problems.append(str(error))
            continue
        if holder(root) or any(holder(root, name) for name in shares_at(root)):
            problems.append(f"a command is writing into {root}: wait until it has ended (`synapt status {root}`)")
            continue
        parts.append(Part(root, header, complete_rows(root, header, indexed(root))))
    return parts, problems


def _unlike_made(a: Header, b: Header) -> Iterator[str]:
    """In what a part was made unlike the first one, each to be followed by "in FOLDER"."""
    if a.spec_version != b.spec_version:
        yield f"its spec version is {b.spec_version}, and {a.spec_version}"
    for one in fields(Settings):
        ours, theirs = getattr(a.settings, one.name), getattr(b.settings, one.name)
        if ours != theirs and one.name != "recipe_digest":
            yield f"its {one.name} is {theirs}, and {ours}"
    if a.settings.recipe == b.settings.recipe and a.settings.recipe_digest != b.settings.recipe_digest:
        yield f"its recipe '{a.settings.recipe}' says other things than that"
    if set(a.dense) != set(b.dense):
        yield f"its labels per pixel are {', '.join(b.dense) or 'none'}, and {', '.join(a.dense) or 'none'}"
    for name in unlike_packages(a.software, b.software, a.settings.body, a.settings.backend):
        yield f"it was made with {name} {b.software.get(name, '(none)')}, and with {a.software.get(name, '(none)')}"


def _unlike_classes(a: Header, b: Header) -> Iterator[str]:
    """In what was asked for, and in its classes, to be followed by "in FOLDER", too."""
    for name in sorted({*a.asked, *b.asked} if a.asked and b.asked else ()):
        if a.asked.get(name, 0) != b.asked.get(name, 0):
            yield f"{b.asked.get(name, 0):,} clips of {name} were asked for, and {a.asked.get(name, 0):,}"
    ids = {number: name for name, number in a.classes.items()}
    for name, number in b.classes.items():
        if a.classes.get(name, number) != number or ids.get(number, name) != name:
            yield f"class {name} has id {number}, which is not so"
        if name in a.classes and a.sources.get(name, "") != b.sources.get(name, ""):
            yield f"class {name} is of {b.sources.get(name) or 'the library'}, and of {a.sources.get(name) or 'the library'}"


def _both(a: Header, b: Header) -> Header:
    """Two headers as one."""
    classes = dict(sorted({**b.classes, **a.classes}.items(), key=lambda entry: entry[1]))
    asked = {name: max(a.asked.get(name, 0), b.asked.get(name, 0)) for name in classes if name in {*a.asked, *b.asked}}
    sided = None if a.sided is None or b.sided is None else tuple(name for name in classes if name in {*a.sided, *b.sided})
    sources, quarantined = a.sources | b.sources, a.quarantined | b.quarantined
    return replace(a, classes=classes, asked=asked, sided=sided, sources=sources, quarantined=quarantined)


def _doubled(key: Key, one: Part, other: Part) -> Iterator[str]:
    """Where the clip that two parts have isn't the same in both, file by file; what their indices say of it doesn't matter."""
    if one is other:
        return
    ours, theirs = hashed(one.files(key)), hashed(other.files(key))
    columns = [name for name in ours | theirs if ours.get(name) != theirs.get(name)]
    if differing := [name.removeprefix("sha256").strip("_") or "video" for name in columns]:
        name, verb = ClipFiles(one.root, *key).name, "is" if len(differing) == 1 else "are"
        yield (
            f"{name} is in {one.root} and in {other.root}, and its {' and '.join(differing)} {verb} not the same: "
            "run `synapt verify` on both, and delete it in one"
        )


def _links(part: Part) -> Iterator[str]:
    """Files that are links lead to what is no part of the dataset."""
    folders = (part.root / name / action for name in ("clips", "labels", "specs") for action in part.header.classes)
    yield from (f"{folder} is a link: put the folder in its place" for folder in folders if folder.is_symlink())
    for key in part.rows:
        for path in part.files(key).values():
            if path.is_symlink():
                yield f"{path} is a link: put the file in its place"


def _missing(header: Header, clips: Collection[Key], parts: Sequence[Part]) -> Iterator[str]:
    """Clips asked for that no part has whole."""
    for action, n in header.asked.items():
        have = {index for name, index in clips if name == action}
        halves = {part.root: complete(part.root, action) for part in parts}
        lacking = (index for index in range(n) if index not in have)
        for index in islice(lacking, MOST_TOLD):
            name = ClipFiles(Path(), action, index).name
            broken = [root for root, found in halves.items() if index in found]
            if why := header.quarantined.get(name):
                yield f"{name} is missing, for it was set aside: {shown(why)}"
            else:
                yield (
                    f"{name} is broken in {broken[0]}: run its `synapt render` command again" if broken else f"{name} is missing"
                )
        if (left := n - MOST_TOLD - sum(index < n for index in have)) > 0:
            yield f"{left:,} more clips of {action} are missing"
