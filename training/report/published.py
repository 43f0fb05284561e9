"""Figures that others have published, each with its source and how we know it; see `assets_manifest/published.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import msgspec

from ...assets_manifest.tables import table


@dataclass(frozen=True)
class Source:
    """A publication. `evidence`: "paper" (read in it) or "second-hand" (read in `via`); `protocol` as far as it is known."""

    title: str
    url: str
    evidence: str
    via: str = ""
    protocol: str = ""

    @property
    def tag(self) -> str:
        """How we know, in a few words."""
        return f"second-hand, via {self.via}" if self.evidence == "second-hand" else "read in the paper"


@dataclass(frozen=True)
class Row:
    """One pre-trained model: top-1 in per cent by target, fine-tuned and by linear probe."""

    model: str
    pretraining: str
    people: str
    source: str
    finetune: dict[str, float] = field(default_factory=dict)
    linear: dict[str, float] = field(default_factory=dict)
    note: str = ""

    def figure(self, target: str, protocol: str) -> float | None:
        """Per cent, or None where nothing was published."""
        table = {"finetune": self.finetune, "linear": self.linear}.get(protocol, {})
        return table.get(target)


@dataclass(frozen=True)
class Published:
    """All of it."""

    sources: dict[str, Source]
    rows: tuple[Row, ...]


@cache
def published() -> Published:
    """The table that comes with the package."""
    return msgspec.convert(table("published"), Published)
