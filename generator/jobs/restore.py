"""A lost or unreadable dataset.json: from the copy that the index keeps, or from the clips and the settings asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ..base.bounded import BROKEN, read_bytes
from ..base.errors import UserError
from ..base.lock import only_one
from ..base.shown import is_plain
from ..dataset import DENSE, ClipFiles, Header, Settings, read_header, read_spec, write_header
from ..dataset.format import SCHEMA, check_same, is_index, metadata_path
from ..dataset.index import kept_header
from ..dataset.labels_file import MOST_BYTES, load_arrays
from ..dataset.read import HeaderLost
from ..recipes.changes import title
from ..values import SPEC_VERSION, ClipSpec


def restore(root: Path) -> str:
    """Write dataset.json of the dataset at `root` anew if it is missing or broken; what it was, else "".

    UserError where that can't be done.
    """
    try:
        read_header(root)
        return ""
    except HeaderLost as error:
        with only_one(root):
            header = _kept(root)
            if header is None:
                raise UserError(
                    f"{error.what}, and its copy in metadata.parquet can't be read either: run the `synapt render` command "
                    "that made it again, which picks up the clips"
                ) from error
            write_header(root, header)
        return error.what


def header_of(root: Path, settings: Settings) -> Header:
    """The header of a dataset that is to hold clips of `settings`: its own, or the restored one where it is lost.

    Raises UserError where it, or a spec there, is of other settings.
    """
    try:
        header = read_header(root)
    except HeaderLost:
        header = _kept(root) or _from_clips(root, settings)
    check_same(root, header, settings)
    return header


def _kept(root: Path) -> Header | None:
    """The index's copy, with the classes of clips that came after it."""
    header = kept_header(metadata_path(root))
    if header is None:
        return None
    late = [files for files in _clips(root) if files.action not in header.classes]
    return replace(header, classes=_classes(late, header.classes))


def _from_clips(root: Path, settings: Settings) -> Header:
    """What the files of a dataset tell, the rest believed to be as in `settings`."""
    clips = list(_clips(root))
    sources: dict[str, str] = {}
    for files in clips:
        try:
            spec = read_spec(files)
        except UserError:
            continue  # broken: it is made again
        _check_spec(root, spec, settings)
        sources |= {spec.action: spec.source} if spec.source else {}
    header = Header(SCHEMA, SPEC_VERSION, settings, _classes(clips))
    dense = tuple(label for label in DENSE if any(files.dense(label).is_file() for files in clips))
    return replace(header, dense=dense, quarantined=dict(_reasons(root)), sources=sources)


def _reasons(root: Path) -> Iterator[tuple[str, str]]:
    """Why clips were set aside, by their names."""
    for path in sorted(root.glob("quarantine/*.txt")):
        with suppress(OSError, UserError):
            if is_plain(path.stem):
                yield path.stem, read_bytes(path).decode("utf-8", "replace").partition("\n")[0]


def _check_spec(root: Path, spec: ClipSpec, settings: Settings) -> None:
    recipe = settings.recipe if spec.recipe == title(settings.recipe) else spec.recipe
    made = replace(settings, recipe=recipe, seed=spec.seed, body=spec.body_model, fps=spec.fps)
    made = replace(made, width_px=spec.width_px, height_px=spec.height_px)
    check_same(root, Header(SCHEMA, spec.version, made, {}), settings)


def _clips(root: Path) -> Iterator[ClipFiles]:
    for path in sorted(root.glob("specs/*/*-*.json")):
        digits = path.stem[-6:]
        if path.stem == f"{path.parent.name}-{digits}" and is_index(digits) and is_plain(path.parent.name):
            yield ClipFiles(root, path.parent.name, int(digits))


def _classes(clips: list[ClipFiles], known: Mapping[str, int] | None = None) -> dict[str, int]:
    """Class ids as the labels have them, besides those `known`; a class without one, or with another's, gets the next free."""
    found = dict(known or {})
    unknown = []
    for action in dict.fromkeys(files.action for files in clips):
        ids = (_class_id(files) for files in clips if files.action == action)
        class_id = next((number for number in ids if number is not None), None)
        if class_id is None or class_id in found.values():
            unknown.append(action)
        else:
            found[action] = class_id
    for action in unknown:
        found[action] = max(found.values(), default=-1) + 1
    return dict(sorted(found.items(), key=lambda item: item[1]))


def _class_id(files: ClipFiles) -> int | None:
    with suppress(UserError, TypeError, *BROKEN):
        found = int(load_arrays(files.labels, ("class_id",), MOST_BYTES)["class_id"])
        return found if found >= 0 else None
    return None
