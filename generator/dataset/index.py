"""metadata.parquet: one row per clip, with everything one would filter or group by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ...assets_manifest.assets import licences
from ..base.bounded import is_regular
from ..base.errors import UserError
from ..base.files import appearing
from ..base.ranges import MOST_FRAMES, ClipIndex, Fps
from ..base.reasons import reason_of
from ..base.shown import plain_name, shown
from ..values import ClipSpec, Labels, PerformerSpec
from .format import MOST_HEADER_BYTES, READABLE, ClipFiles, Header, parsed_header
from .parquet import bounded_table
from .together import clip_measures

Row = dict[str, Any]


def hashed(paths: Mapping[str, Path]) -> dict[str, str]:
    """SHA-256 of each of a clip's files that is there, in hex digits, by the column that it stands in (`ClipFiles.all`)."""
    found = {}
    for column, path in paths.items():
        if path.is_file():
            with path.open("rb") as file:
                found[column] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def row(spec: ClipSpec, labels: Labels, digests: Mapping[str, str]) -> Row:
    """The index row of one clip, `digests` of its files as `hashed` gives them.

    `file_name` is what Hugging Face's videofolder loader looks for.
    """
    return {
        "file_name": ClipFiles(Path(), spec.action, spec.index).file_name,
        "action": spec.action,
        "class_id": labels.class_id,
        "split": spec.split,
        "index": spec.index,
        "seed": spec.seed,
        "fps": float(spec.fps),
        "frames": len(labels.phase),
        "width_px": spec.width_px,
        "height_px": spec.height_px,
        "caption": labels.caption,
        **digests,
        "licences": "; ".join(f"{found.asset} {found.licence}" for found in licences(spec)),
        **_place(spec),
        **factors(spec),
        **{f"measure_{name}": float(value) for name, value in clip_measures(labels).items()},
    }


def _place(spec: ClipSpec) -> Row:
    """Of a clip that shares its performance with others: its group, and what sets it apart from them."""
    if spec.group is None:
        return {}
    twin = ",".join(f"{name}={number}" for name, number in sorted(spec.variants.items()))
    return {"group": spec.group_name, "twin": twin, "view": spec.group.view}


SENSOR = ("metering", "grey", "exposure_s", "readout_s", "softness_px", "saturation", "shot_noise", "crf")
"""Of a SensorSpec, what has a column of its own: `sensor_crf`."""

SINCE = {"people": 6, "bystanders": 6, **{f"sensor_{name}": 8 for name in SENSOR}}
"""Columns that the index of an older dataset lacks -> the first spec version whose clips have them."""


def factors(spec: ClipSpec) -> Row:
    """The choices of a clip as flat columns: who, in what clothes, how, seen from where, in what light.

    Columns of the first performer are called plainly, those of others by their role: `b_identity`.
    """
    performance, camera, light = spec.performance, spec.camera, spec.light
    first, *others = spec.performers
    return {
        **_person(first),
        "side": performance.side,
        "tempo": float(performance.tempo),
        "heading_rad": float(performance.heading_rad),
        "props": "+".join(prop.kind for prop in spec.props),
        "camera_movement": camera.movement,
        "camera_focal_mm": float(camera.focal_mm),
        "camera_azimuth_rad": float(camera.azimuth_rad),
        "camera_elevation_rad": float(camera.elevation_rad),
        "camera_fill": float(camera.fill),
        "hdri": light.hdri,
        "light_exposure_ev": float(light.exposure_ev),
        "sun_strength": float(light.sun_strength),
        "lamps": len(light.lamps),
        "backdrop": spec.backdrop.kind,
        "surfaces": "+".join(surface.kind for surface in spec.backdrop.surfaces.values()),
        **{f"sensor_{name}": getattr(spec.sensor, name) for name in SENSOR},
        "people": len(spec.performers),
        "bystanders": "+".join(bystander.action for bystander in spec.bystanders),
        **{f"{other.role}_{name}": value for other in others for name, value in _person(other).items()},
    }


def identities(rows: Iterable[Row]) -> set[str]:
    """Everybody who performs in one of these clips."""
    return {str(value) for row in rows for name, value in row.items() if name == "identity" or name.endswith("_identity")}


def _person(performer: PerformerSpec) -> Row:
    body, look = performer.body, performer.look
    return {
        "identity": body.identity,
        "body_model": body.model,
        "sex": body.sex,
        "age_years": float(body.age_years),
        **{f"shape_{name}": float(value) for name, value in body.shape.items()},
        "skin_melanin": float(look.skin.melanin),
        "hair": look.hair.style,
        "garments": "+".join(garment.kind for garment in look.garments),
        "fabrics": "+".join(garment.fabric.kind for garment in look.garments),
        "style": performer.style,
        "amplitude": float(performer.amplitude),
    }


_HEADER = b"synapt"
"""Key of the header's copy among the file's own metadata."""


def write_rows(path: Path, rows: Iterable[Row], header: Header | None = None) -> None:
    """Write the index, sorted by action and index; a column that a clip doesn't have is null there.

    A copy of the `header` goes with it, so that a lost dataset.json can be written anew.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    ordered = sorted(rows, key=lambda r: (r["action"], r["index"]))
    names = list(dict.fromkeys(name for r in ordered for name in r))
    table = pa.table({name: pa.array([r.get(name) for r in ordered]) for name in names})
    if header is not None:
        table = table.replace_schema_metadata({_HEADER: msgspec.json.encode(header)})
    with appearing(path) as temporary, temporary.open("wb") as file:  # by its name, one that is not UTF-8 would be refused
        pq.write_table(table, file)


def kept_header(path: Path) -> Header | None:
    """The copy of dataset.json in the index; None where there is none that can be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if not is_regular(path):
            return None
        with path.open("rb") as file:
            kept = (pq.read_schema(file).metadata or {}).get(_HEADER)
        header = parsed_header(kept) if kept and len(kept) <= MOST_HEADER_BYTES else None
    except (OSError, pa.ArrowException, ValueError):
        return None
    return header if header and header.schema in READABLE else None


def read_rows(path: Path) -> list[Row]:
    """All rows of the index. Raises UserError when it is broken, or says what no index of ours says.

    What a row names are plain names, its numbers are in their ranges, and its file is the clip's.
    """
    import pyarrow as pa

    try:
        rows: list[Row] = bounded_table(path).to_pylist()
        lacking = _ESSENTIAL - set(rows[0] if rows else _ESSENTIAL)
        if lacking:
            raise ValueError(f"no column {', '.join(sorted(lacking))}")
        _check(rows)
    except (OSError, pa.ArrowException, ValueError) as error:
        raise UserError(f"{path} is broken ({reason_of(error)}): run `synapt verify --fix {path.parent}`") from error
    return [{name: value for name, value in r.items() if value is not None} for r in rows]


@dataclass(frozen=True)
class _Essential:
    """What this package itself reads of a row."""

    file_name: str
    action: str
    index: ClipIndex
    split: str
    fps: Fps
    frames: Annotated[int, msgspec.Meta(ge=0, le=MOST_FRAMES)]
    identity: str
    sha256: str
    licences: str


_ESSENTIAL = frozenset(entry.name for entry in fields(_Essential))


def _check(rows: list[Row]) -> None:
    """ValueError for a row that no writer of ours wrote."""
    plain: set[str] = set()
    for found in msgspec.convert(rows, list[_Essential]):
        if found.action not in plain:
            try:
                plain.add(plain_name(found.action, "an action"))
            except UserError as error:
                raise ValueError(str(error)) from error
        if found.file_name != ClipFiles(Path(), found.action, found.index).file_name:
            raise ValueError(f"file_name is {shown(found.file_name)[:300]} for clip {found.index} of {shown(found.action)}")
        if not all(" " in entry for entry in found.licences.split("; ")):
            raise ValueError("licences name no asset and licence")
