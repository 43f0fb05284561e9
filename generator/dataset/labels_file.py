"""Labels to plain arrays and back: an .npz that numpy and AMASS tools read without pickle."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

import msgspec
import numpy as np

from ..base.bounded import read_npz
from ..base.ranges import MOST_PEOPLE, Role
from ..base.reasons import reason_of
from ..values import FIRST, Array, Contact, Labels, PersonLabels, Segment

_OF_CLIP: tuple[str, ...] = ("phase", "K_px", "T_camera_world")
_OF_PERSON: tuple[str, ...] = (
    "joints_world_m", "joints_px", "joints_visible", "coco_world_m", "coco_px", "coco_visible", "box_px",
)  # fmt: skip
_TEXT = ("action", "caption")
_TABLES = ("segments_name", "segments_s", "contacts_landmark", "contacts_target", "contacts_role", "contacts_s")
_MEASURES = ("measures_name", "measures_value")
_PEOPLE = ("roles", "acting")
_OF_LENS = ("distortion", "readout_s")
"""Not there where there is none."""
_NAMES = frozenset((*_OF_CLIP, *_OF_PERSON, *_TEXT, *_TABLES, *_MEASURES, *_PEOPLE, *_OF_LENS, "class_id"))

Arrays = dict[str, Array]


def to_arrays(labels: Labels) -> Arrays:
    """Named arrays of the clip and of its first person, in one table: of a clip of one person, all but `dense`.

    The body's arrays keep their AMASS names, so that its tools load the file.
    """
    segments, contacts = labels.segments, labels.contacts
    return {
        **{name: np.asarray(getattr(labels, name)) for name in _OF_CLIP},
        **{name: np.array(getattr(labels, name)) for name in _TEXT},
        **({} if labels.distortion is None else {"distortion": labels.distortion}),
        **({"readout_s": np.array(labels.readout_s)} if labels.readout_s else {}),
        "class_id": np.array(labels.class_id, np.int32),
        "segments_name": _texts(s.name for s in segments),
        "segments_s": _spans((s.start_s, s.end_s) for s in segments),
        "contacts_landmark": _texts(c.landmark for c in contacts),
        "contacts_target": _texts(c.target for c in contacts),
        "contacts_role": _texts(c.role for c in contacts),
        "contacts_s": _spans((c.start_s, c.end_s) for c in contacts),
        "roles": _texts(person.role for person in labels.people),
        "acting": np.array([person.acting for person in labels.people], np.bool_),
        **_of_person(labels.people[0]),
    }


def of_others(labels: Labels) -> dict[str, Arrays]:
    """Role -> named arrays of everybody but the first person, in the same form."""
    return {person.role: _of_person(person) for person in labels.people[1:]}


def _of_person(person: PersonLabels) -> Arrays:
    clash = _NAMES & person.body.keys()
    if clash:
        raise ValueError(f"body arrays named like labels: {sorted(clash)}")
    return {
        **{name: np.asarray(getattr(person, name)) for name in _OF_PERSON},
        "measures_name": _texts(person.measures),
        "measures_value": np.array(list(person.measures.values()), np.float64),
        **{name: np.asarray(array) for name, array in person.body.items()},
    }


def roles_in(arrays: Mapping[str, Array]) -> list[str]:
    """The roles of a clip's people, the first one's file being this; files of schema 1 know of one person.

    ValueError for names that are no roles, which could lead to any file.
    """
    if "roles" not in arrays:
        return [FIRST]
    try:
        roles = msgspec.convert(
            arrays["roles"].tolist(), Annotated[list[Role], msgspec.Meta(min_length=1, max_length=MOST_PEOPLE)]
        )
    except msgspec.ValidationError as error:
        raise ValueError(f"roles: {reason_of(error)}") from error
    if len(set(roles)) < len(roles):
        raise ValueError("two people have one role")
    return roles


def from_arrays(arrays: Mapping[str, Array], others: Mapping[str, Mapping[str, Array]], dense: Arrays) -> Labels:
    """Inverse of `to_arrays` and `of_others`; `others` has all of `roles_in` but the first.

    Raises KeyError when an array is missing, ValueError when one has another shape or kind.
    """
    there = [name for name in _OF_LENS if name in arrays]
    _check_shapes(arrays, (*_OF_CLIP, *_TEXT, *_TABLES[:4], "contacts_s", "class_id", *there))
    n, roles = len(arrays["contacts_s"]), roles_in(arrays)
    contact_roles = arrays.get("contacts_role", np.full(n, FIRST))
    acting = arrays.get("acting", np.ones(1, np.bool_))
    if (
        acting.shape != (len(roles),)
        or acting.dtype.kind != "b"
        or contact_roles.shape != (n,)
        or contact_roles.dtype.kind != "U"
    ):
        raise ValueError(f"acting is {acting.dtype} {acting.shape}, contacts_role {contact_roles.dtype} {contact_roles.shape}")
    if nobody := sorted(set(contact_roles.tolist()) - set(roles)):
        raise ValueError(f"a contact of {nobody[0]!r}, who is not among its people")
    touches = (arrays["contacts_landmark"], arrays["contacts_target"], arrays["contacts_s"], contact_roles)
    return Labels(
        **{name: arrays[name] for name in _OF_CLIP},  # type: ignore[arg-type]
        **{name: str(arrays[name]) for name in _TEXT},  # type: ignore[arg-type]
        class_id=int(arrays["class_id"]),
        segments=tuple(
            Segment(name, *span)
            for name, span in zip(arrays["segments_name"].tolist(), arrays["segments_s"].tolist(), strict=True)
        ),
        contacts=tuple(
            Contact(landmark, target, start_s, end_s, role)
            for landmark, target, (start_s, end_s), role in zip(*(column.tolist() for column in touches), strict=True)
        ),
        people=tuple(
            _person(role, bool(acts), others[role] if k else arrays)
            for k, (role, acts) in enumerate(zip(roles, acting, strict=True))
        ),
        dense=dense,
        distortion=arrays.get("distortion"),
        readout_s=float(arrays.get("readout_s", 0.0)),
    )


def _person(role: str, acting: bool, arrays: Mapping[str, Array]) -> PersonLabels:
    check_person(arrays)
    return PersonLabels(
        role=role,
        acting=acting,
        **{name: arrays[name] for name in _OF_PERSON},  # type: ignore[arg-type]
        measures=dict(zip(arrays["measures_name"].tolist(), arrays["measures_value"].tolist(), strict=True)),
        body={name: array for name, array in arrays.items() if name not in _NAMES},
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
    "distortion": ("f", (-1, 5)),
    "readout_s": ("f", ()),
    "class_id": ("iu", ()),
    **dict.fromkeys(_TEXT, ("U", ())),
    **dict.fromkeys(("segments_name", "contacts_landmark", "contacts_target", "measures_name"), ("U", (-1,))),
    **dict.fromkeys(("segments_s", "contacts_s"), ("f", (-1, 2))),
    "measures_value": ("f", (-1,)),
}
"""Kind of each array, and its shape; -1 for any length."""


def check_person(arrays: Mapping[str, Array]) -> None:
    """Raises KeyError when an array of a person is missing, ValueError when one has another shape or kind."""
    _check_shapes(arrays, (*_OF_PERSON, *_MEASURES))


def _check_shapes(arrays: Mapping[str, Array], names: Collection[str]) -> None:
    for name in names:
        array, (kinds, shape) = arrays[name], _SHAPES[name]
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
