"""Labels to plain arrays and back: an .npz that numpy and AMASS tools read without pickle."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from ..values import Array, Contact, Labels, Segment

_ARRAYS: tuple[str, ...] = (
    "phase", "joints_world_m", "joints_px", "joints_visible", "coco_world_m", "coco_px", "coco_visible",
    "box_px", "K_px", "T_camera_world",
)  # fmt: skip
_TEXT = ("action", "caption")
_TABLES = (
    "segments_name", "segments_s", "contacts_landmark", "contacts_target", "contacts_s", "measures_name",
    "measures_value",
)  # fmt: skip
_NAMES = frozenset((*_ARRAYS, *_TEXT, *_TABLES, "class_id"))


def to_arrays(labels: Labels) -> dict[str, Array]:
    """Named arrays holding all of `labels` but `dense`; the body's arrays keep their AMASS names."""
    clash = _NAMES & labels.body.keys()
    if clash:
        raise ValueError(f"body arrays named like labels: {sorted(clash)}")
    segments, contacts, measures = labels.segments, labels.contacts, labels.measures
    return {
        **{name: np.asarray(getattr(labels, name)) for name in _ARRAYS},
        **{name: np.array(getattr(labels, name)) for name in _TEXT},
        "class_id": np.array(labels.class_id, np.int32),
        "segments_name": _texts(s.name for s in segments),
        "segments_s": _spans((s.start_s, s.end_s) for s in segments),
        "contacts_landmark": _texts(c.landmark for c in contacts),
        "contacts_target": _texts(c.target for c in contacts),
        "contacts_s": _spans((c.start_s, c.end_s) for c in contacts),
        "measures_name": _texts(measures),
        "measures_value": np.array(list(measures.values()), np.float64),
        **{name: np.asarray(array) for name, array in labels.body.items()},
    }


def from_arrays(arrays: Mapping[str, Array], dense: dict[str, Array]) -> Labels:
    """Inverse of `to_arrays`. Raises KeyError when an array is missing."""
    spans, touches = arrays["segments_s"].tolist(), arrays["contacts_s"].tolist()
    return Labels(
        **{name: arrays[name] for name in _ARRAYS},  # type: ignore[arg-type]
        **{name: str(arrays[name]) for name in _TEXT},  # type: ignore[arg-type]
        class_id=int(arrays["class_id"]),
        segments=tuple(Segment(name, *span) for name, span in zip(arrays["segments_name"].tolist(), spans, strict=True)),
        contacts=tuple(
            Contact(landmark, target, *span)
            for landmark, target, span in zip(
                arrays["contacts_landmark"].tolist(), arrays["contacts_target"].tolist(), touches, strict=True
            )
        ),
        measures=dict(zip(arrays["measures_name"].tolist(), arrays["measures_value"].tolist(), strict=True)),
        body={name: array for name, array in arrays.items() if name not in _NAMES},
        dense=dense,
    )


def _texts(words: object) -> Array:
    return np.array(list(words), dtype=np.str_)  # type: ignore[call-overload]


def _spans(spans: object) -> Array:
    return np.array(list(spans), np.float64).reshape(-1, 2)  # type: ignore[call-overload]


def save_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write an .npz, lightly deflated: floats are mostly noise, level 1 takes what there is."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, array in arrays.items():
            # opened by name, a member carries a fixed date: equal labels are equal files
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                np.lib.format.write_array(member, np.asanyarray(array), allow_pickle=False)


def load_arrays(path: Path, names: Collection[str] | None = None) -> dict[str, Array]:
    """All arrays of an .npz, or those of `names` in it. Raises OSError, ValueError or zipfile.BadZipFile when it is broken."""
    with np.load(path, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files if names is None or name in names}
