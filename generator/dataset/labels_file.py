"""Labels to plain arrays and back: an .npz that numpy and AMASS tools read without pickle."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from ..base.bounded import read_npz
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
    """Inverse of `to_arrays`. Raises KeyError when an array is missing, ValueError when one has another shape or kind."""
    _check_shapes(arrays)
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


_SHAPES: dict[str, tuple[str, tuple[int, ...]]] = {
    "phase": ("iu", (-1,)),
    "joints_world_m": ("f", (-1, 55, 3)),
    "joints_px": ("f", (-1, 55, 2)),
    "joints_visible": ("iu", (-1, 55)),
    "coco_world_m": ("f", (-1, 17, 3)),
    "coco_px": ("f", (-1, 17, 2)),
    "coco_visible": ("iu", (-1, 17)),
    "box_px": ("f", (-1, 4)),
    "K_px": ("f", (-1, 3, 3)),
    "T_camera_world": ("f", (-1, 4, 4)),
    "class_id": ("iu", ()),
    **dict.fromkeys(_TEXT, ("U", ())),
    **dict.fromkeys(("segments_name", "contacts_landmark", "contacts_target", "measures_name"), ("U", (-1,))),
    **dict.fromkeys(("segments_s", "contacts_s"), ("f", (-1, 2))),
    "measures_value": ("f", (-1,)),
}
"""Kind of each array, and its shape; -1 for any length."""


def _check_shapes(arrays: Mapping[str, Array]) -> None:
    for name, (kinds, shape) in _SHAPES.items():
        array = arrays[name]
        fits = array.ndim == len(shape) and all(want in (-1, got) for want, got in zip(shape, array.shape, strict=False))
        if not fits or array.dtype.kind not in kinds:
            raise ValueError(f"{name} is {array.dtype} {array.shape}")


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


MOST_BYTES = 1 << 28
"""Of the labels of a clip that are not per pixel: a thousand times those of most."""

MOST_PASS_BYTES = 1 << 31
"""Of a label per pixel, where nothing else says how large it is."""


def load_arrays(path: Path, names: Collection[str] | None = None, most: int = MOST_PASS_BYTES) -> dict[str, Array]:
    """All arrays of an .npz, or those of `names` in it. Raises what is `bounded.BROKEN` when it is broken, UserError when they
    would take more than `most` bytes."""
    return read_npz(path, most, names)
