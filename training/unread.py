"""Settings that a user gave and nothing would read: refused, for a run with them would not be what was meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..generator.base.errors import UserError
from .config import TrainConfig

Reads = tuple[tuple[str, ...], Callable[[TrainConfig], bool], str]

READ_WHERE: tuple[Reads, ...] = (
    (("stream.",), lambda c: bool(c.stream.actions), "nothing is streamed: add --stream"),
    (
        ("data.clips_per_class",),
        lambda c: not c.stream.actions or c.stream.share < 1,
        "all clips are streamed: set stream.clips, or name a dataset with --mix",
    ),
    (("data.window_s",), lambda c: c.data.sampling == "dense", "clips are read whole: add --with data.sampling=dense"),
    (("augment.person_zoom",), lambda c: c.augment.person_crop > 0, "no crop is round a person: set augment.person_crop"),
    (
        ("augment.randaugment_m", "augment.randaugment_p"),
        lambda c: c.augment.randaugment_n > 0,
        "RandAugment is off: set augment.randaugment_n",
    ),
    (
        ("objective.mask", "objective.body_share", "objective.background_share", "objective.joint_share"),
        lambda c: c.objective.kind == "masked",
        "nothing is masked: add --objective masked",
    ),
    (
        ("objective.body_share", "objective.background_share", "objective.joint_share"),
        lambda c: c.objective.mask == "human",
        "tubes are masked alike everywhere: add --with objective.mask=human",
    ),
    (("optim.momentum",), lambda c: c.optim.kind == "sgd", "AdamW has none: set optim.betas, or optim.kind=sgd"),
    (("optim.betas",), lambda c: c.optim.kind == "adamw", "SGD has none: set optim.momentum, or optim.kind=adamw"),
)
"""Beginnings of names, when they are read, and why they are not otherwise."""


def refuse_unread(config: TrainConfig, changes: Iterable[str]) -> None:
    """UserError for the first of `changes` ("section.name=value") that this very configuration does not read."""
    for change in changes:
        name = change.partition("=")[0].strip()
        for beginnings, read, why in READ_WHERE:
            if name.startswith(beginnings) and not read(config):
                raise UserError(f"--with {change} would do nothing, as {why}; or leave it out")
