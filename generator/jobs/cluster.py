"""A Ray cluster as a place for workers: which of its nodes bear how many, and how they are hired there.

Nothing else in the package imports ray, and this is imported when somebody asks for a cluster.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ray
from ray.exceptions import RayError

from ..base.errors import UserError
from ..base.named import for_children
from ..base.reasons import reason_of
from ..dataset.provenance import software
from ..render.blender.devices import asked_for
from .child import WORKER
from .far import Far
from .hired import Hired
from .host import Errand, Host
from .size import CORES_OF_BLENDER, worker_bytes

if TYPE_CHECKING:
    from .request import Request

REACH_S = 5.0
"""Within so long a cluster's head answers, or isn't there."""

STARTS = 10
"""So many workers may be lost one after another before one comes up."""

Resources = Mapping[str, float]
"""How much of what Ray calls by these names: CPU, GPU, memory (bytes), and whatever the nodes were started with."""


class Cluster:
    """The nodes of a Ray cluster that we are connected to; each worker gets `asked` of one, what isn't asked for as suits it."""

    waiting = "waiting for a place on a node"

    def __init__(self, asked: Resources) -> None:
        self.asked = asked
        self.recent: deque[Far] = deque(maxlen=STARTS)

    def count(self, request: Request) -> int:
        """As many as fit on the nodes that there are; UserError where none does."""
        return self.bears(request.settings, len(request.dense))

    def bears(self, settings: Any, n_labels: int) -> int:
        """The same for the settings of a dataset or a stream, and so many labels per pixel."""
        need = self._need(settings, n_labels)
        n = sum(_fit(node, need) for node in _nodes())
        if not n:
            raise UserError(
                f"no node of the Ray cluster has {_words(need)} for a worker: ask for less with --ray-resources "
                "CPU=1,memory=0, or for nodes that are yet to come with --workers N"
            )
        return n

    def share_bytes(self, request: Request, n: int) -> int:
        """Memory of the node that has least for each worker."""
        need = self._need(request.settings, len(request.dense))
        shares = [int(node.get("memory", 0)) // fit for node in _nodes() if (fit := _fit(node, need))]
        return min(filter(None, shares), default=worker_bytes(request.settings, len(request.dense)) * 2)

    def cores(self, place: int, n: int) -> tuple[int, ...]:
        """None of their own: Ray counts cores, and gives none in particular."""
        return ()

    def hire(self, setup: tuple[Any, ...], log: Path, place: int, single_thread: bool, module: str = WORKER) -> Far:
        """A worker on a node that has room for it, which may take its time to come up."""
        if len(self.recent) == STARTS and all(far.gone and not far.here for far in self.recent):
            raise UserError(f"no worker comes up on the Ray cluster: {self.recent[-1].why}; see `ray status` and Ray's logs")
        settings = setup[1]  # of a dataset or a stream; what files are made for comes with their folder
        root, dense = (setup[0], setup[2]) if module == WORKER else (None, settings.dense)
        need = self._need(settings, len(dense))
        errand = Errand(
            module, setup, single_thread=True, n_cores=int(need.get("CPU", 0)), body=settings.body, backend=_backend(settings),
            root=root, ticket=_ticket(log) if root else None, environment=_environment(), folder=str(Path.cwd()),
            software=software(),
        )  # fmt: skip
        far = Far(ray.remote(Host).options(**_options(need)).remote(), errand)
        self.recent.append(far)
        return far

    def ready(self, workers: Sequence[Hired], timeout_s: float) -> list[Hired]:
        """Those whose open question has an answer."""
        asked = {worker.pending: worker for worker in workers if isinstance(worker, Far)}
        if not asked:
            time.sleep(timeout_s)
            return []
        answered, _ = ray.wait(list(asked), num_returns=1, timeout=timeout_s, fetch_local=False)
        if answered:
            answered, _ = ray.wait(list(asked), num_returns=len(asked), timeout=0, fetch_local=False)
        return [asked[ref] for ref in answered]

    def words(self, n: int) -> str:
        """`n` workers and where they are."""
        nodes = len(_nodes())
        return f"{n} worker{'s' if n > 1 else ''} on a Ray cluster of {nodes} node{'s' if nodes > 1 else ''}"

    def _need(self, settings: Any, n_labels: int) -> dict[str, float]:
        """What a worker needs: Blender a card where nodes have some, and cores; else one core; and memory for its clips."""
        nodes = _nodes()
        need = {"CPU": 1.0, "GPU": 0.0, "memory": float(worker_bytes(settings, n_labels))}
        if _backend(settings) == "blender":
            cards = [node for node in nodes if node.get("GPU", 0) >= 1] if asked_for() != "CPU" else []
            need["GPU"] = 1.0 if cards else 0.0
            cores = max((node.get("CPU", 1) / (node["GPU"] if cards else 1) for node in cards or nodes), default=1.0)
            need["CPU"] = float(max(1, min(CORES_OF_BLENDER, int(cores))))
        return need | dict(self.asked)


def connect(address: str) -> None:
    """Become a part of the cluster at `address`, or of this machine's ("auto"), unless we are. UserError where there is none."""
    if ray.is_initialized():
        return
    where = os.environ.get("RAY_ADDRESS", address) if address == "auto" else address
    if where != "auto":
        _knock(where)
    before = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(address=where, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, OSError, RuntimeError, ValueError, ImportError, RayError) as error:
        if where == "auto":
            raise UserError(
                "no Ray cluster runs on this machine: start one with `ray start --head`, or give its address, --ray HOST:PORT"
            ) from error
        raise UserError(
            f"the Ray cluster at {where} can't be joined ({reason_of(error)}): see `ray status`; if "
            "it asks for a token, set RAY_AUTH_MODE=token"
        ) from error
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)  # Ray's own leaves at once
    _hush()


def _knock(address: str) -> None:
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=REACH_S).close()
    except OSError as error:
        raise UserError(
            f"no Ray cluster answers at {address} ({reason_of(error)}): `ray status` on one of its nodes tells its address"
        ) from error


def _hush() -> None:
    """Ray prints all of a lost node's last log on standard output, where our answer goes; what matters of it we say ourselves."""
    from ray._private import worker

    if hasattr(worker, "print_to_stdstream"):
        worker.print_to_stdstream = lambda *_, **__: None


def _nodes() -> list[dict[str, float]]:
    return [node["Resources"] for node in ray.nodes() if node["Alive"]]


def _fit(node: Resources, need: Resources) -> int:
    """How many workers a node bears."""
    return int(min((node.get(name, 0.0) // much for name, much in need.items() if much > 0), default=node.get("CPU", 1)))


def _options(need: Resources) -> dict[str, Any]:
    """How Ray is told of it. Hosts are spread over the nodes, start once, and answer while they wait for their worker."""
    others = {name: much for name, much in need.items() if name not in ("CPU", "GPU", "memory") and much > 0}
    return {
        "num_cpus": need["CPU"], "num_gpus": need["GPU"], "memory": int(need["memory"]) or None, "resources": others or None,
        "max_restarts": 0, "max_task_retries": 0, "max_concurrency": 3, "scheduling_strategy": "SPREAD",
    }  # fmt: skip


def _words(need: Resources) -> str:
    parts = [f"{much:g} {name}" for name, much in need.items() if much > 0 and name != "memory"]
    return ", ".join([*parts, f"{need['memory'] / 2**30:.1f} GiB of memory"])


def _backend(settings: Any) -> str:
    return getattr(settings, "backend", "raster")  # streams are drawn by it, and don't say so


def _ticket(log: Path) -> tuple[Path, str]:
    """A file beside what is made, and what it says: whoever reads it is on the same disk."""
    text = secrets.token_hex(16)
    path = log.absolute().with_suffix(".ticket")
    path.write_text(text, encoding="utf-8")
    return path, text


_OURS_ALONE = ("SYNAPT_PLACE", "SYNAPT_DEVICE_PROVEN")
"""Variables that say something of this machine."""


def _environment() -> dict[str, str]:
    """What of our environment matters to a worker elsewhere: our own variables, and where a person's modules are."""
    mine = {name: value for name, value in os.environ.items() if name.startswith("SYNAPT_") and name not in _OURS_ALONE}
    mine |= {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    return mine | for_children()
