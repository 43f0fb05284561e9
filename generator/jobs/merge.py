"""Datasets that are shards of one request, joined into one: by hard links where the disk is the same, else by copies."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ..base.errors import UserError
from ..base.files import appearing, readable_refusal, remove_leftovers
from ..base.lock import only_one
from ..base.places import linked
from ..dataset import ClipFiles, Header, read_header
from ..dataset.format import header_path, motions_dir
from ..dataset.index import hashed
from ..dataset.listing import complete
from ..dataset.write import write_index
from ..recordings.classes import borrow, lend
from .shards import Joined
from .shelf import check_folder

_NO_LINK = (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES)
"""What systems say where two files cannot be one: on other disks, of other owners, on file systems that know no hard links."""

Progress = Callable[[int, int, str], None]


def merge(joined: Joined, out: Path, progress: Progress = lambda done, total, what: None) -> tuple[int, int]:
    """Write what datasets are together into `out`; returns how many files were linked and how many copied.

    Each file appears whole, and dataset.json last: until then the folder is none, and the same call goes on. UserError for parts
    with problems, for an `out` that holds other things, or a full disk. Parts stay as they are: nothing is ever written into a
    file that has appeared, here or there.
    """
    if joined.problems or joined.header is None:
        raise UserError(joined.problems[0] if joined.problems else "there is nothing to merge: name datasets")
    check_out(joined, out)
    header, total = joined.header, len(joined.clips)
    linked = copied = 0
    with only_one(out):
        remove_leftovers(out)
        for done, (key, part) in enumerate(joined.clips.items()):
            progress(done, total, f"{key[0]} {key[1]}")
            theirs, row = part.files(key), part.rows[key]
            for column, source in theirs.items():
                how = _put(source, out / source.relative_to(part.root), row.get(column, ""))
                linked, copied = linked + (how == "linked"), copied + (how == "copied")
        for root in dict.fromkeys(part.root for part in joined.clips.values()):
            borrow(header.sources.values(), motions_dir(root))
        lend(header.sources.values(), motions_dir(out))
        write_index(out, {key: part.rows[key] for key, part in sorted(joined.clips.items())}, header)
        progress(total, total, "")
    return linked, copied


def check_out(joined: Joined, out: Path) -> None:
    """UserError for a folder that is one of the parts, or holds other things than a part of this merge."""
    check_folder(out)
    for part in joined.clips.values():
        with suppress(OSError):
            if out.samefile(part.root):
                raise UserError(f"{out} is one of the datasets to merge: give a new folder as --out")
    header = joined.header
    if header is None:
        return
    if header_path(out).is_file():
        _check_same(read_header(out), header, out)
    for action in {path.name for path in (out / "clips").glob("*")} | set(header.classes):
        for index in complete(out, action):
            if (action, index) not in joined.clips:
                raise UserError(
                    f"{out} has the clip {ClipFiles(out, action, index).name}, which is in none of them: give a new --out"
                )


def _check_same(there: Header, ours: Header, out: Path) -> None:
    if (there.settings, there.spec_version, there.classes) != (ours.settings, ours.spec_version, ours.classes):
        raise UserError(f"{out} is another dataset: give a new folder as --out")


def _put(source: Path, target: Path, digest: str) -> str:
    """Have a file of the same content at `target`: "there" if it was, else "linked" or "copied"."""
    with readable_refusal(target):
        if target.is_file():
            if target.samefile(source) or (digest and hashed({"file": target})["file"] == digest):
                return "there"
            target.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            linked(source, target)
        except OSError as error:
            if error.errno not in _NO_LINK:
                raise
        else:
            return "linked"
    with appearing(target) as temporary:
        shutil.copyfile(source, temporary)
    if digest and hashed({"file": target})["file"] != digest:
        target.unlink()
        raise UserError(f"{source} is not what its index says (SHA-256 differs): run `synapt verify --fix` on its dataset")
    return "copied"
