"""Counting what must not be in two splits, and takes that are the same: by the specs of all clips."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ...generator.dataset import ClipSpec
from .report import Count

FEW = 3

PEOPLE, MOTIONS, FILES = "people in two splits", "motions in two splits", "motion files in two splits"
PLACES, PANORAMAS = "backgrounds in two splits", "surroundings (environment maps) in two splits"
TAKES = "takes that are performed alike within a class"
PICTURES = "clips with the same video"


def counted(specs: Sequence[ClipSpec], videos: Sequence[str]) -> list[Count]:
    """What is shared between splits, and what is doubled; `videos`: the SHA-256 of each clip's.

    A background is all that was drawn of place and light. Environment maps are few, and turned and lit anew in each clip: that
    splits share some is told, and isn't judged.
    """
    people = [(one.body.identity, spec.split) for spec in specs for one in spec.people]
    motions = [(motion_of(spec), spec.split) for spec in specs]
    files = [(track.sha256, s.split) for s in specs if s.performance.take for track in s.performance.take.tracks]
    places = [(_digest((spec.backdrop, spec.light)), spec.split) for spec in specs]
    panoramas = [(spec.light.hdri, spec.split) for spec in specs]
    # a twin, or a further view, repeats the performance by intention
    ordinary = [spec for spec in specs if not spec.variants and (spec.group is None or spec.group.view == 0)]
    return [
        _shared(PEOPLE, people), _shared(MOTIONS, motions), _shared(FILES, files), _shared(PLACES, places),
        _shared(PANORAMAS, panoramas, judged=False),
        _doubled(TAKES, ((motion_of(spec), spec.name) for spec in ordinary)),
        _doubled(PICTURES, ((video, spec.name) for spec, video in zip(specs, videos, strict=True) if video)),
    ]  # fmt: skip


def motion_of(spec: ClipSpec) -> str:
    """A digest of all that was drawn for the movement: the action's parameters, timing, and each performer's manner."""
    manners = [(one.role, one.style, one.amplitude, one.phases_rad) for one in spec.performers]
    return _digest((spec.action, spec.performance, manners))


def _digest(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()


def _shared(what: str, pairs: Iterable[tuple[str, str]], judged: bool = True) -> Count:
    """Things of more than one split, from (thing, split)."""
    found = _grouped(pairs)
    names = sorted(thing for thing, splits in found.items() if len(set(splits)) > 1)
    return Count(what, len(names), judged, tuple(name[:40] for name in names[:FEW]))


def _doubled(what: str, pairs: Iterable[tuple[str, str]]) -> Count:
    """Clips that are like one before them, from (thing, clip)."""
    found = [clips for clips in _grouped(pairs).values() if len(clips) > 1]
    return Count(what, sum(len(clips) - 1 for clips in found), True, tuple(" = ".join(sorted(c)[:FEW]) for c in found[:FEW]))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found = defaultdict(list)
    for thing, of in pairs:
        found[thing].append(of)
    return dict(found)
