"""WebDataset's shards: tar files whose members are samples by name, `walking/0001.mp4` with `walking/0001.cls` or `.npz` beside.

They are unpacked once, into the user's cache, as class/clip.mp4: from there clips come in any order, which a step that is a
function of (seed, epoch, position) needs, and which a tar gives only from its beginning to its end.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from ...generator.base.cache import cache_dir
from ...generator.base.errors import UserError
from ...generator.base.files import readable_refusal
from ...generator.base.lock import in_turn
from ...generator.base.reasons import reason_of
from ...generator.base.shown import is_plain, shown

MOST_MEMBERS = 5_000_000
"""Of one shard."""

MOST_WORDS = 1000
"""Bytes of a class's name, in a `.cls`."""

KEPT_DAYS = 14
"""So long what was unpacked stays, when nobody reads it."""

KINDS = (".mp4", ".webm", ".mkv", ".avi", ".mov", ".npz")
"""Members that are kept: videos, and the labels that `synapt shapes` puts beside them."""


def shards_at(path: Path) -> list[Path]:
    """The tar files that a path means: itself, or all those in a folder that has some; none where it means something else."""
    if path.is_file() and path.suffix == ".tar":
        return [path]
    return sorted(path.glob("*.tar")) if path.is_dir() else []


def unpacked(shards: Sequence[Path]) -> Path:
    """The folder of class/clip that these shards hold, unpacked unless it is there. UserError for a damaged or odd one."""
    home = cache_dir() / "tars"
    folder = home / _digest(shards)
    with readable_refusal(home), in_turn(home, ".lock", "another command is unpacking shards: waiting for it"):
        _forget_old(home, folder)
        if not folder.is_dir():
            beside = home / f".{folder.name}"
            shutil.rmtree(beside, ignore_errors=True)
            for shard in shards:
                _unpack(shard, beside)
            if not beside.is_dir():
                raise UserError(f"{shards[0]} holds no video: its members are to be called CLASS/CLIP.mp4, or have a CLIP.cls")
            beside.rename(folder)
        os.utime(folder)
    return folder


def _digest(shards: Sequence[Path]) -> str:
    said = [(str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns) for path in shards]
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _forget_old(home: Path, but: Path) -> None:
    for path in home.iterdir():
        with suppress(OSError):
            if path.is_dir() and path != but and time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
                shutil.rmtree(path, ignore_errors=True)


def _unpack(shard: Path, folder: Path) -> None:
    try:
        with tarfile.open(shard, "r:") as tar:  # no compression: a member is no larger than its shard
            classes = {key: _name(tar, member) for key, kind, member in _members(tar, shard) if kind == ".cls"}
            for key, kind, member in _members(tar, shard):
                if kind in KINDS:
                    _write(tar, member, folder / _place(key, kind, classes, shard), shard)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise UserError(f"{shard} is no tar file that can be read ({reason_of(error)}): make it again, uncompressed") from error


def _members(tar: tarfile.TarFile, shard: Path) -> Iterator[tuple[PurePosixPath, str, tarfile.TarInfo]]:
    """(key, extension, member) of each plain file: WebDataset's key ends at the first dot of the last name."""
    for n, member in enumerate(tar):
        if n >= MOST_MEMBERS:
            raise UserError(f"{shard} has more than {MOST_MEMBERS:,} members: divide it")
        if member.isfile() and not member.issparse():
            path = PurePosixPath(member.name)
            stem, dot, kind = path.name.partition(".")
            yield path.with_name(stem) if stem else path, f"{dot}{kind}".lower(), member


def _name(tar: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    file = tar.extractfile(member)
    return file.read(MOST_WORDS).decode("utf-8", "replace").strip() if file else ""


def _place(key: PurePosixPath, kind: str, classes: dict[PurePosixPath, str], shard: Path) -> Path:
    """CLASS/CLIP below the folder, where a split may stand before. UserError for a name that is more than a name."""
    parts = [part for part in key.parts if part != "."]
    if key in classes:
        parts = [classes[key], "-".join(parts)]
    if not 2 <= len(parts) <= 3 or not all(map(is_plain, parts)):
        raise UserError(
            f"{shard} has '{shown(key)}{shown(kind)}': a sample is called CLASS/CLIP.mp4, or has a CLIP.cls that says its class"
        )
    return Path(*parts[:-1], parts[-1] + kind)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path, shard: Path) -> None:
    if path.exists():
        raise UserError(f"{shard} has '{shown(path.name)}' of class '{shown(path.parent.name)}' twice: rename one")
    path.parent.mkdir(parents=True, exist_ok=True)
    file = tar.extractfile(member)
    assert file is not None
    with path.open("wb") as target:
        shutil.copyfileobj(file, target)
    if path.stat().st_size != member.size:
        raise UserError(f"{shard} ends within '{shown(member.name)}': make it again")
