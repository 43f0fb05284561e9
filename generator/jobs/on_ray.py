"""`--ray`: what a person may write there, and the cluster that it means."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from ..base.errors import UserError
from ..base.shown import shown

if TYPE_CHECKING:
    from .cluster import Cluster

MOST = 1e12
"""Of any resource: memory is counted in bytes."""

_ADDRESS = re.compile(r"(ray://)?([\w.-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}\Z", re.ASCII)
_RESOURCE = re.compile(r"[A-Za-z_][\w.:/-]*\Z", re.ASCII)


def on_ray(address: str, resources: str = "") -> Cluster:
    """The Ray cluster at an address ("auto": this machine's), where each worker takes `resources` ("CPU=4,GPU=0.5") of a node.

    UserError for words that can't be meant, without Ray, and where no cluster answers.
    """
    if address != "auto" and not _ADDRESS.match(address):
        raise UserError(f"--ray is '{shown(address)}': give auto, HOST:PORT (6379 by default) or ray://HOST:PORT (10001)")
    asked = parsed(resources)
    try:
        import ray  # noqa: F401
    except ImportError as error:
        raise UserError("--ray needs the package ray: run `pip install -e '.[ray]'` in the repository, on every node") from error
    from .cluster import Cluster, connect

    connect(address)
    return Cluster(asked)


def parsed(resources: str) -> dict[str, float]:
    """Amounts by name. UserError for what isn't NAME=AMOUNT, with commas."""
    found: dict[str, float] = {}
    for part in filter(None, resources.split(",")):
        name, _, amount = part.partition("=")
        try:
            much = float(amount)
        except ValueError:
            much = math.nan
        if not _RESOURCE.match(name) or not 0 <= much <= MOST or name in found:
            raise UserError(f"--ray-resources has '{shown(part)}': give each name once with an amount, e.g. CPU=4,GPU=0.5")
        if name.upper() in ("CPU", "GPU") and name.upper() != name:
            raise UserError(f"--ray-resources has '{shown(part)}': Ray spells it {name.upper()}={amount}")
        found[name] = much
    return found
