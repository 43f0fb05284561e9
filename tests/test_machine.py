"""What a process may use: less than the machine has, where a container or a scheduler says so."""

import os

import pytest
from synapt.generator.base import machine
from synapt.generator.dataset import Settings
from synapt.generator.jobs.crew import _cores
from synapt.generator.jobs.request import Request, worker_count
from synapt.generator.render.blender.settings import threads


@pytest.fixture
def host(tmp_path, monkeypatch):
    """A host of 64 cores whose files about groups the test writes."""
    monkeypatch.setattr(machine, "CGROUPS", tmp_path)
    monkeypatch.setattr(machine, "OWN_GROUP", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    monkeypatch.delenv("SYNAPT_THREADS", raising=False)

    def write(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", "/").replace("DOT", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")

    return write


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({}, 64),
        ({"cpuDOTmax": "max 100000"}, 64),
        ({"cpuDOTmax": "400000 100000"}, 4),
        ({"cpuDOTmax": "50000 100000"}, 1),
        ({"cpuDOTmax": "9900000 100000"}, 64),
        ({"cpu__cpuDOTcfs_quota_us": "-1", "cpu__cpuDOTcfs_period_us": "100000"}, 64),
        ({"cpu__cpuDOTcfs_quota_us": "250000", "cpu__cpuDOTcfs_period_us": "100000"}, 3),
        # a job of a scheduler's, in a group of its own without a limit, in one with a limit
        ({"own": "0::/jobs/7", "jobs__7__cpuDOTmax": "max 100000", "jobs__cpuDOTmax": "800000 100000"}, 8),
        ({"own": "1:cpu:/else\n0::/", "cpuDOTmax": "200000 100000"}, 2),
    ],
)
def test_cores_are_those_that_are_granted(host, files, cores):
    host(**files)
    assert machine.usable_cores() == threads() == cores and machine.pinned_cores() == 64
    settings = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
    assert worker_count(Request(machine.CGROUPS, settings, ("walking",), 1)) == cores
    # where others run on the same cores, too, none is taken for oneself
    assert _cores(1, 2) == (tuple(range(32, 64)) if cores == 64 else ())


def test_memory_is_what_is_granted(host):
    everything = machine.usable_memory_bytes()
    host(memoryDOTmax="max", memory__memoryDOTlimit_in_bytes=str(2**63 - 4096))
    assert machine.usable_memory_bytes() == everything
    host(own="0::/a/b", a__b__memoryDOTmax="max", a__memoryDOTmax="1048576", memoryDOTmax="4194304")
    assert machine.usable_memory_bytes() == 2**20
