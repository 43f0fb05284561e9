"""What `synapt info` says, as plain data for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..dataset import Dataset


def facts(data: Dataset) -> dict[str, Any]:
    """Settings, clips by class and split, and what was set aside: numbers and text only, ready for JSON."""
    from ..dataset.index import identities

    header, rows = data.header, data.rows
    splits = Counter((row["action"], row["split"]) for row in rows)
    return {
        "path": str(data.root),
        "clips": len(rows),
        "frames": sum(row["frames"] for row in rows),
        "seconds": sum(row["frames"] / row["fps"] for row in rows),
        "people": len(identities(rows)),
        "settings": asdict(header.settings),
        "labels_per_pixel": list(header.dense),
        "classes": {
            action: {"id": class_id, **{split: splits[action, split] for split in ("train", "val", "test")}}
            for action, class_id in header.classes.items()
        },
        "set_aside": dict(header.quarantined),
        "software": dict(header.software),
        "spec_version": header.spec_version,
    }
