"""The dataset folder as its one renderer sees it: what is there, what is missing, and the index of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..actions import class_name, find_action, path_of, source_of
from ..base.errors import UserError
from ..base.files import readable_refusal, remove_leftovers
from ..dataset import DENSE, ClipFiles, Header, read_labels, read_spec, write_header
from ..dataset.card import write_card
from ..dataset.format import SCHEMA, header_path, is_index, is_left_over, metadata_path, motions_dir, work_dir
from ..dataset.index import Row, hashed, read_rows, row, write_rows
from ..dataset.provenance import software
from ..recordings.classes import borrow, class_of, is_motion, lend
from ..values import SPEC_VERSION
from .request import Request, Task
from .restore import header_of

Key = tuple[str, int]


class Shelf:
    """Header and rows of a dataset while clips are added. Use it under the dataset's lock only.

    `again`: the clips that are to be made again. What the index says of them stays until they are, that of all others but
    those to `keep` is read anew from their files; None where none is, and the index is believed.
    """

    def __init__(self, root: Path, header: Header, again: Collection[Key] | None = None, keep: Collection[Key] = ()) -> None:
        self.root = root
        self.header = header
        old = _indexed(root)
        if again is None:
            self.rows = _complete_rows(root, header, old)
        else:
            kept = {key: old[key] for key in keep if key in old}
            self.rows = _complete_rows(root, header, kept, but=frozenset(again)) | {key: old[key] for key in again if key in old}
        self.quarantined = dict(header.quarantined)

    def missing(self, request: Request) -> list[Task]:
        """Clips asked for that aren't complete, all classes growing evenly."""
        actions = [class_name(name) for name in request.actions]
        have = {action: complete(self.root, action, request.dense) for action in actions}
        return [
            self.task(action, index)
            for index in range(request.n)
            for action in actions
            if index not in have[action] or (action, index) not in self.rows
        ]

    def task(self, action: str, index: int) -> Task:
        """What is to be done to make a clip."""
        path = path_of(action, self.header.sources.get(action, ""))
        return Task(action, index, self.header.classes[action], "" if path == action else path)

    def add(self, task: Task, made: Row) -> None:
        """Enter a clip that was made."""
        self.rows[task.action, task.index] = made
        if self.quarantined.pop(task.name, None):
            (self.root / "quarantine" / f"{task.name}.txt").unlink(missing_ok=True)

    def save(self) -> None:
        """Write the index and the header. Raises UserError when the disk refuses."""
        counts = dict.fromkeys(self.header.classes, 0)
        for action, _ in self.rows:
            counts[action] += 1
        used = {entry for r in self.rows.values() for entry in r["licences"].split("; ")}
        self.header = replace(
            self.header,
            counts=counts,
            quarantined=self.quarantined,
            licences=dict(sorted(entry.rsplit(" ", 1) for entry in used)),
        )
        if self.rows:
            write_rows(metadata_path(self.root), self.rows.values(), self.header)
        write_header(self.root, self.header)
        write_card(self.root, self.header)

    def lose(self, task: Task, reason: str) -> None:
        """Note that a clip could not be made. What the index says of one whose files aren't all there goes with it."""
        self.quarantined[task.name] = reason
        if not ClipFiles(self.root, task.action, task.index).exists():
            self.rows.pop((task.action, task.index), None)

    def close(self) -> None:
        """Remove the scratch folder."""
        shutil.rmtree(work_dir(self.root), ignore_errors=True)


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
    with readable_refusal(root):
        remove_leftovers(root)
        shutil.rmtree(work_dir(root), ignore_errors=True)
        work_dir(root).mkdir(parents=True)
        lend(sources.values(), motions_dir(root))
    write_header(root, header)
    return Shelf(root, header, again, keep)


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


def complete(root: Path, action: str, dense: tuple[str, ...] = ()) -> set[int]:
    """Indices of the action's clips whose files are all there (whatever is in them), by three listings."""
    stem = len(action) + 1
    videos = _listing(root / "clips" / action)
    specs, labels = _listing(root / "specs" / action), _listing(root / "labels" / action)
    found = set()
    for name in videos:
        base, _, kind = name.rpartition(".")
        wanted = [f"{base}.npz", *(f"{base}.{label}.npz" for label in dense)]
        if kind == "mp4" and f"{base}.json" in specs and labels.issuperset(wanted) and is_index(base[stem:]):
            found.add(int(base[stem:]))
    return found


def _listing(folder: Path) -> set[str]:
    """Names of the files in a folder; another folder in it, whatever its name, is none."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        return {entry.name for entry in entries if entry.is_file()}
    return set()


def _indexed(root: Path) -> dict[Key, Row]:
    """What the index says; nothing where it is broken or missing."""
    with suppress(UserError):
        if metadata_path(root).exists():
            return {(r["action"], r["index"]): r for r in read_rows(metadata_path(root))}
    return {}


def _complete_rows(root: Path, header: Header, known: dict[Key, Row], but: Collection[Key] = ()) -> dict[Key, Row]:
    """Rows of all complete clips `but` some: the known ones, and from the files those of the others."""
    rows: dict[Key, Row] = {}
    for action, class_id in header.classes.items():
        for index in sorted(complete(root, action)):
            if (action, index) in but:
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
