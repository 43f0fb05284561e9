"""The dataset folder as its one renderer sees it: what is there, what is missing, and the index of it."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from ..actions import class_name, find_action, path_of, source_of
from ..base.errors import UserError
from ..base.files import readable_refusal, remove_leftovers
from ..base.lock import NAME, in_turn
from ..base.shards import WHOLE, Shard, simplest
from ..dataset import DENSE, ClipFiles, Header, read_header, read_labels, read_spec, write_header
from ..dataset.format import SCHEMA, header_path, is_left_over, key_of, metadata_path, motions_dir, work_dir
from ..dataset.index import Row, hashed, read_rows, row
from ..dataset.listing import complete
from ..dataset.provenance import software
from ..dataset.write import write_index
from ..recordings.classes import borrow, class_of, is_motion, lend
from ..values import SPEC_VERSION
from .request import Request, Task
from .restore import header_of

Key = tuple[str, int]


class Shelf:
    """Header and rows of a dataset while clips are added. Use it under the dataset's lock only.

    Where a `shard` is made others may be at work beside it: what the index says of their clips is theirs, and kept as it is.
    `again`: the clips that are to be made again. What the index says of them stays until they are, that of all others but
    those to `keep` is read anew from their files; None where none is, and the index is believed.
    """

    def __init__(
        self, request: Request, header: Header, again: Collection[Key] | None = None, keep: Collection[Key] = ()
    ) -> None:
        self.root, self.shard, self.work = request.root, request.shard, request.work
        self.header = header
        self.untidy = not self.shard.is_whole  # nobody has tidied up before
        old = indexed(self.root)
        kept = old if again is None else {key: old[key] for key in keep if key in old}
        self.rows = complete_rows(self.root, header, kept, self.shard, but=frozenset(again or ()))
        self.rows |= {key: old[key] for key in again or () if key in old}
        self.rows |= self._of_others(old)
        self.quarantined = dict(header.quarantined)

    def _of_others(self, rows: dict[Key, Row]) -> dict[Key, Row]:
        return {key: found for key, found in rows.items() if not self.shard.holds(*key)}

    def missing(self, request: Request) -> list[Task]:
        """Clips asked for that aren't complete, all classes growing evenly; those of a group come one after another."""
        actions = [class_name(name) for name in request.actions]
        have = {action: complete(self.root, action, request.dense) for action in actions}
        size = self.header.settings.grouping.size
        return [
            self.task(action, index)
            for first in range(0, request.n, size)
            for action in actions
            for index in range(first, min(first + size, request.n))
            if self.shard.holds(action, index) and (index not in have[action] or (action, index) not in self.rows)
        ]

    def task(self, action: str, index: int) -> Task:
        """What is to be done to make a clip."""
        path = path_of(action, self.header.sources.get(action, ""))
        size = self.header.settings.grouping.size
        group = index // size if size > 1 else -1
        return Task(action, index, self.header.classes[action], "" if path == action else path, group)

    def add(self, task: Task, made: Row) -> None:
        """Enter a clip that was made."""
        self.rows[task.action, task.index] = made
        if self.quarantined.pop(task.name, None):
            (self.root / "quarantine" / f"{task.name}.txt").unlink(missing_ok=True)

    def save(self) -> None:
        """Write the index and the header. Raises UserError when the disk refuses."""
        with readable_refusal(self.root), _turn(self.root, self.shard):
            if not self.shard.is_whole:
                self._join()
            self.header = write_index(self.root, self.rows, replace(self.header, quarantined=self.quarantined))

    def _join(self) -> None:
        """Take over what others have written of their shards since."""
        with suppress(UserError):
            self.header = read_header(self.root)
        if rows := indexed(self.root):
            self.rows = {key: found for key, found in self.rows.items() if self.shard.holds(*key)} | self._of_others(rows)
        theirs = {name: why for name, why in self.header.quarantined.items() if not self._is_own(name)}
        self.quarantined = theirs | {name: why for name, why in self.quarantined.items() if self._is_own(name)}

    def _is_own(self, name: str) -> bool:
        key = key_of(name)
        return key is not None and self.shard.holds(*key)

    def lose(self, task: Task, reason: str) -> None:
        """Note that a clip could not be made. What the index says of one whose files aren't all there goes with it."""
        self.quarantined[task.name] = reason
        if not ClipFiles(self.root, task.action, task.index).exists():
            self.rows.pop((task.action, task.index), None)

    def close(self, last: bool) -> None:
        """Remove the scratch folder, and what a process that was killed left half-written, if this is the last one here."""
        shutil.rmtree(self.work, ignore_errors=True)
        if last:
            shutil.rmtree(work_dir(self.root), ignore_errors=True)
        if last and self.untidy:
            remove_leftovers(self.root)


def check_folder(root: Path) -> None:
    """Raise UserError for a folder that has other things in it; to be asked before anything is written there."""
    with readable_refusal(root):
        strange = root.is_dir() and not header_path(root).is_file() and not is_left_over(root)
        strangers = sorted(path.name for path in root.iterdir() if path.name[0] != ".") if strange else []
    if strangers:
        raise UserError(f"{root} is not a dataset, but has {strangers[0]} in it: give an empty or new folder as --out")


def check_links(root: Path, header: Header) -> None:
    """UserError where a folder of a dataset is a link: what is mended in it would be written elsewhere."""
    for name in ("clips", "labels", "specs", "quarantine", "motions"):
        for folder in (root / name, *(root / name / action for action in header.classes)):
            if folder.is_symlink():
                raise UserError(f"{folder} is a link, and --fix changes only {root} itself: put the folder in its place")


def open_shelf(request: Request, again: Collection[Key] | None = None, keep: Collection[Key] = ()) -> Shelf:
    """Open the dataset of a request, or start it; removes what a killed render left behind. `again` and `keep`: see Shelf.

    Raises UserError for a folder of other settings.
    """
    with readable_refusal(request.root), _turn(request.root, request.shard):
        header = _opened(request, again)
        if request.shard.is_whole:
            remove_leftovers(request.root)
            shutil.rmtree(work_dir(request.root), ignore_errors=True)
        shutil.rmtree(request.work, ignore_errors=True)
        request.work.mkdir(parents=True)
        write_header(request.root, header)  # first of all: with it the folder is a dataset, for others who begin just now
        lend(header.sources.values(), motions_dir(request.root))
    return Shelf(request, header, again, keep)


def _turn(root: Path, shard: Shard) -> AbstractContextManager[None]:
    """For the block, nobody else who makes a shard writes header and index; whoever makes all has the folder for himself."""
    return nullcontext() if shard.is_whole else in_turn(root, f"{NAME}-index")


def _opened(request: Request, again: Collection[Key] | None) -> Header:
    """The header of the dataset as it is to be while the request is carried out."""
    root = request.root
    if header_path(root).is_file() or is_left_over(root):
        header = header_of(root, request.settings)
    else:
        header = Header(SCHEMA, SPEC_VERSION, request.settings, {}, sided=())
    borrow(header.sources.values(), motions_dir(root))
    classes = dict(header.classes)
    if again is None:
        _check_takes(request, header)
    sources = header.sources | _sources(request, header)
    for action in sorted(map(class_name, request.actions)):
        classes.setdefault(action, len(classes))
    dense = tuple(dict.fromkeys((*header.dense, *request.dense)))
    sided = _sided(request, header, classes)
    header = replace(header, classes=classes, sources=sources, dense=dense, software=software(), sided=sided)
    return header if again is not None else _entered(request, header)


def _entered(request: Request, header: Header) -> Header:
    """The header with what is asked for now, besides what was."""
    asked = dict(header.asked)
    for action in map(class_name, request.actions):
        asked[action] = max(request.n, asked.get(action, 0))
    fresh = not header.counts and not header.asked
    shards = (*header.shards, str(request.shard)) if header.shards or fresh else ()
    return replace(header, asked=asked, shards=() if request.shard.is_whole else simplest(shards))


def _sources(request: Request, header: Header) -> dict[str, str]:
    """Name -> dotted path of the actions asked for that are the user's own; UserError where two have one name."""
    found: dict[str, str] = {}
    for name in request.actions:
        action, source = class_name(name), source_of(name)
        known = found.get(action, header.sources.get(action, source))
        if source and source != known:
            raise UserError(f"the actions {known} and {source} are both called '{action}': rename one, or give another --out")
        found |= {action: source} if source else {}
    return found


def _check_takes(request: Request, header: Header) -> None:
    """UserError where a class that the dataset has would now be of other recorded takes, or be recorded and choreographed."""
    for name in request.actions:
        action, asked = class_name(name), source_of(name)
        there = header.sources.get(action, "")
        if action in header.classes and asked != there and (is_motion(asked) or is_motion(there)):
            raise UserError(
                f"the class '{action}' of {request.root} is of {_takes(there)}, and would be of {_takes(asked)} (other files, "
                "labels or options of --motion): give the same ones, or another --out"
            )


def _takes(source: str) -> str:
    if not is_motion(source):
        return "the library's choreography"
    try:
        return f"{len(class_of(source).takes)} recorded takes"
    except UserError:
        return "other recorded takes"


def _sided(request: Request, header: Header, classes: Collection[str]) -> tuple[str, ...] | None:
    """Classes whose mirror image is another class, in their order; None where an older header doesn't say and one is unknown."""
    canonical = {class_name(name): name for name in request.actions}
    found = set(header.sided or ())
    for name in classes:
        try:
            keeps = find_action(canonical.get(name, name)).mirror_keeps_class
        except UserError:  # of another user's own
            if header.sided is None:
                return None
            continue
        found = found - {name} if keeps else found | {name}
    return tuple(name for name in classes if name in found)


def indexed(root: Path) -> dict[Key, Row]:
    """What the index says; nothing where it is broken or missing."""
    with suppress(UserError):
        if metadata_path(root).exists():
            return {(r["action"], r["index"]): r for r in read_rows(metadata_path(root))}
    return {}


def complete_rows(
    root: Path, header: Header, known: dict[Key, Row], shard: Shard = WHOLE, but: Collection[Key] = ()
) -> dict[Key, Row]:
    """Rows of all complete clips of a shard `but` some: the known ones, and from the files those of the others."""
    rows: dict[Key, Row] = {}
    for action, class_id in header.classes.items():
        for index in sorted(complete(root, action)):
            if (action, index) in but or not shard.holds(action, index):
                continue
            found = known.get((action, index)) or row_of_files(ClipFiles(root, action, index), class_id)
            if found:
                rows[action, index] = found
    return rows


def row_of_files(files: ClipFiles, class_id: int) -> Row | None:
    """The index row of a clip on disk; None when its spec or labels are broken, so that it is made again."""
    try:
        labels = replace(read_labels(files, dense=()), class_id=class_id)
        others = [person.role for person in labels.people[1:]]
        return row(read_spec(files), labels, hashed(files.all(DENSE, others)))
    except UserError:
        return None
