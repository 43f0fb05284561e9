"""The folder of a run: what it is (config.toml, sources.json), so that only the same run goes on in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..generator.base.bounded import read_json
from ..generator.base.errors import UserError
from ..generator.base.files import appearing, folder_to_write
from ..generator.base.lock import holds_nothing
from ..generator.base.ranges import Natural, converted
from ..generator.base.reasons import reason_of
from ..generator.base.shown import shown
from .config import TrainConfig, as_table, as_toml, load_config

_HOW = {"about", "cost", "expected", "engine.*", "data.workers", "data.cache", "data.test_views", "data.test_crops", "stream.ray"}
"""What doesn't change what is learned: words for people, how steps are run and how data is fetched and tested."""


MOST_BYTES = 16 << 20
"""Of sources.json and state.json."""


@dataclass(frozen=True)
class Source:
    """One entry of sources.json; what else it says is for the card."""

    name: str = ""
    digest: str = ""
    n_clips: Natural = 0


def learned_by(config: TrainConfig) -> dict[str, Any]:
    """What of a configuration decides what is learned, as "section.name" -> plain data."""
    found = {}
    for section, values in as_table(config).items():
        for name, value in values.items() if isinstance(values, dict) else [("", values)]:
            full = f"{section}.{name}" if name else section
            if not {full, f"{section}.*"} & _HOW:
                found[full] = value
    return found


def checkpoints(run: Path) -> list[Path]:
    """Folders of the finished checkpoints of a run, oldest first."""
    return sorted(path for path in (run / "checkpoints").glob("step-*") if path.is_dir())


def is_finished(out: Path) -> bool:
    """Whether the folder of a run holds its model, which is written last."""
    return (out / "model" / "config.json").is_file()


def is_unfinished(out: Path) -> bool:
    """Whether a run was begun in this folder and hasn't come to its model."""
    return (out / "config.toml").is_file() and (out / "sources.json").is_file() and not is_finished(out)


def is_done(out: Path, config: TrainConfig, digests: Sequence[str]) -> bool:
    """Whether `out` holds the finished model of this very run, by what it was told and the digests of its sources."""
    if not is_finished(out):
        return False
    try:
        theirs, sources = load_config(str(out / "config.toml")), read_sources(out)
    except UserError:
        return False
    return learned_by(theirs) == learned_by(config) and [source["digest"] for source in sources] == list(digests)


def steps_saved(out: Path) -> int:
    """How many steps the newest checkpoint of a run has taken; 0 without one."""
    return max((int(number) for path in checkpoints(out) if (number := path.name.removeprefix("step-")).isdecimal()), default=0)


def check_place(out: Path) -> None:
    """UserError where no run can begin or go on in `out`; to be asked before anything is read or done."""
    folder_to_write(out)
    if out.is_dir() and not checkpoints(out) and not (out / "config.toml").is_file() and not holds_nothing(out):
        raise UserError(f"{out} exists and is not a run: name a new folder with --out")


def open_run(out: Path, config: TrainConfig, sources: Sequence[Mapping[str, Any]]) -> None:
    """Make the run's folder, or make sure that it is of this very run; then write config.toml and sources.json.

    `sources` say what is learned from: each has at least name and digest. UserError for a folder that holds something else, or
    another run that has saved something; the line names what differs.
    """
    config_path, sources_path = out / "config.toml", out / "sources.json"
    if _has_learned(out):
        if not config_path.is_file():
            raise UserError(f"{out} has what a run learned but no config.toml, so the run is unknown: give another --out")
        check_settings(out, config)
        _check_sources(out, sources_path, sources)
    check_place(out)
    with appearing(config_path) as path:  # the first thing there: what is stopped after it is known as a run
        path.write_text(as_toml(config), encoding="utf-8")
    with appearing(sources_path) as path:
        path.write_text(json.dumps(list(sources), indent=1), encoding="utf-8")


def _has_learned(out: Path) -> bool:
    """Whether a run has saved something in `out`: its model is left where its checkpoints were deleted to save space."""
    return bool(checkpoints(out)) or is_finished(out)


def check_settings(out: Path, config: TrainConfig) -> None:
    """UserError where `out` holds what a run with other settings learned; the line names what differs."""
    if not _has_learned(out) or not (out / "config.toml").is_file():
        return
    old, new = learned_by(load_config(str(out / "config.toml"))), learned_by(config)
    differing = [f"{name} {old.get(name)}, not {new.get(name)}" for name in new if old.get(name) != new[name]]
    if differing:
        raise UserError(f"{out} is a run with {'; '.join(differing)}: give another --out or the same settings")


def _check_sources(out: Path, path: Path, ours: Sequence[Mapping[str, Any]]) -> None:
    theirs = read_sources(out)
    if [source.get("digest") for source in theirs] != [source["digest"] for source in ours]:
        raise UserError(f"{out} is a run on {_told(theirs)}, not {_told(ours)}: give another --out or the same data")


def _told(sources: Sequence[Mapping[str, Any]]) -> str:
    return " + ".join(f"{s.get('name')} ({s.get('n_clips')} clips, list {s.get('digest')})" for s in sources)


def read_sources(out: Path) -> list[dict[str, Any]]:
    """What a run learned from. UserError when its sources.json is missing or broken."""
    path = out / "sources.json"
    try:
        return [asdict(source) for source in converted(read_json(path, MOST_BYTES), list[Source], "source")]
    except (OSError, UserError) as error:
        raise UserError(f"{shown(path)} is missing or broken ({reason_of(error)}): give another --out") from error
