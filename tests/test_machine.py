"""What a process may use: less than the machine has, where a container or a scheduler says so."""

import os

import pytest
from synapt.generator.base import machine
from synapt.generator.dataset import Settings
from synapt.generator.jobs.request import Request
from synapt.generator.jobs.size import worker_count
from synapt.generator.jobs.workplace import cores_of
from synapt.generator.render.blender.settings import threads


@pytest.fixture
def host(tmp_path, monkeypatch):
    """A host of 64 cores whose files about groups the test writes: `own` groups, `mounts` as (root, place, kind, options)."""
    monkeypatch.setattr(machine, "OWN_GROUPS", tmp_path / "own")
    monkeypatch.setattr(machine, "MOUNTS", tmp_path / "mounts")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    monkeypatch.delenv("SYNAPT_THREADS", raising=False)

    def write(own, mounts, files):
        (tmp_path / "own").write_text("".join(f"{line}\n" for line in own))
        lines = [
            f"1 1 0:25 {root} {tmp_path}{place} rw shared:9 - {kind} {kind} {options}" for root, place, kind, options in mounts
        ]
        (tmp_path / "mounts").write_text("22 1 8:1 / / rw - ext4 /dev/sda1 rw\n" + "".join(f"{line}\n" for line in lines))
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text + "\n")

    return write


V2 = [("/", "/unified", "cgroup2", "rw,nsdelegate")]
V1 = [
    ("/", "/cpu,cpuacct", "cgroup", "rw,cpu,cpuacct"),
    ("/", "/cpuset", "cgroup", "rw,cpuset"),
    ("/", "/memory", "cgroup", "rw,memory"),
]
JOB = ["9:memory:/slurm/job_7", "4:cpu,cpuacct:/slurm/job_7", "2:cpuset:/slurm", "0::/init.scope"]


def quota(folder, micros, period=100000):
    return {f"{folder}/cpu.cfs_quota_us": str(micros), f"{folder}/cpu.cfs_period_us": str(period)}


@pytest.mark.parametrize(
    ("own", "mounts", "files", "cores"),
    [
        ([], [], {}, 64),
        (["0::/"], V2, {"unified/cpu.max": "max 100000"}, 64),
        (["0::/"], V2, {"unified/cpu.max": "400000 100000"}, 4),
        (["0::/"], V2, {"unified/cpu.max": "50000 100000"}, 1),
        (["0::/"], V2, {"unified/cpu.max": "9900000 100000"}, 64),
        # a job of a scheduler's, in a group of its own without a limit, in one with a limit
        (["0::/jobs/7"], V2, {"unified/jobs/7/cpu.max": "max 100000", "unified/jobs/cpu.max": "800000 100000"}, 8),
        (["0::/jobs/7"], V2, {"unified/jobs/8/cpu.max": "100000 100000"}, 64),
        (JOB, V1, quota("cpu,cpuacct", -1), 64),
        (JOB, V1, quota("cpu,cpuacct/slurm/job_7", 250000), 3),
        (JOB, V1, {**quota("cpu,cpuacct/slurm/job_7", -1), **quota("cpu,cpuacct/slurm", 100000, 50000)}, 2),
        (JOB, V1, {**quota("cpu,cpuacct", 400000), **quota("cpu,cpuacct/slurm/job_7", 900000)}, 4),
        (JOB, V1, quota("cpu,cpuacct/slurm/job_8", 100000), 64),
        # two hierarchies at once, as systemd has them
        (JOB, [*V1, *V2], {**quota("cpu,cpuacct/slurm/job_7", 600000), "unified/init.scope/cpu.max": "500000 100000"}, 5),
        # a container: what it sees of the hierarchy begins at its own group, whatever that is called outside
        (["4:cpu:/docker/ab"], [("/docker/ab", "/cpu", "cgroup", "rw,cpu")], quota("cpu", 200000), 2),
        (["4:cpu:/docker/ab/x"], [("/docker/ab", "/cpu", "cgroup", "rw,cpu")], {**quota("cpu/x", 300000), **quota("cpu", -1)}, 3),
        (["4:cpu:/../other"], [("/", "/cpu", "cgroup", "rw,cpu")], quota("cpu", 200000), 2),
        (["0::/docker/ab"], [("/elsewhere", "/unified", "cgroup2", "rw")], {"unified/cpu.max": "200000 100000"}, 2),
        (["0::/a:b c"], [("/", "/a\\040b", "cgroup2", "rw")], {"a b/a:b c/cpu.max": "200000 100000"}, 2),
    ],
)  # fmt: skip
def test_cores_are_those_that_are_granted(host, tmp_path, own, mounts, files, cores, monkeypatch):
    monkeypatch.setattr("synapt.generator.jobs.size.usable_memory_bytes", lambda: 2**40)
    host(own, mounts, files)
    assert machine.usable_cores() == threads() == cores and machine.pinned_cores() == 64
    settings = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)
    assert worker_count(Request(tmp_path, settings, ("walking",), 1)) == cores
    # where others run on the same cores, too, none is taken for oneself
    assert cores_of(1, 2) == (tuple(range(32, 64)) if cores == 64 else ())


@pytest.mark.parametrize(
    ("own", "files", "granted"),
    [
        (
            ["0::/a/b"],
            {"unified/a/b/memory.max": "max", "unified/a/memory.max": "1048576", "unified/memory.max": "4194304"},
            2**20,
        ),
        (JOB, {"memory/memory.limit_in_bytes": str(2**63 - 4096)}, None),
        (JOB, {"memory/slurm/job_7/memory.limit_in_bytes": "1048576", "memory/slurm/memory.limit_in_bytes": "4194304"}, 2**20),
        (JOB, {"memory/slurm/memory.limit_in_bytes": "1048576", "unified/init.scope/memory.max": "4194304"}, 2**20),
        (JOB, {"memory/slurm/memory.limit_in_bytes": "4194304", "unified/memory.max": "1048576"}, 2**20),
    ],
)
def test_memory_is_what_is_granted(host, own, files, granted):
    host([], [], {})
    everything = machine.usable_memory_bytes()
    host(own, [*V1, *V2], files)
    assert machine.usable_memory_bytes() == (granted or everything)


def test_this_machine_can_be_asked():
    assert 1 <= machine.usable_cores() <= machine.pinned_cores() and machine.usable_memory_bytes() > 2**30
