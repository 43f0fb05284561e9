"""Places in the open air, each a function in a file of its own: what stands near and far round the performance."""

from __future__ import annotations

from ..scenery import Builder
from . import beach, court, field, park, poolside, site, snow, street

PLACES: dict[str, Builder] = {
    "street": street.build,
    "park": park.build,
    "court": court.build,
    "poolside": poolside.build,
    "field": field.build,
    "beach": beach.build,
    "snow": snow.build,
    "site": site.build,
}
"""Kind of backdrop -> builder."""
