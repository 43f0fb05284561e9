"""What a Ray cluster costs beside workers of this machine: the same clips by two workers each way, by turns.

    OMP_NUM_THREADS=1 python benchmarks/ray_overhead.py --clips 24 --rounds 2

Wall seconds are counted from the first clip made to the last (starting is paid once), CPU seconds over all processes at work,
Ray's own among them, from start to end. On a busy machine CPU seconds say more.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

import psutil
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request, render_many
from synapt.generator.jobs.on_ray import on_ray

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 192, 192, 15.0)
NODE = {"num_cpus": 1, "object_store_memory": 80 << 20}


def cpu_s():
    """CPU seconds of this process and all below it."""
    spent = 0.0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        spent += times.user + times.system + times.children_user + times.children_system
    return spent


def measured(root, n, workplace):
    """(wall seconds, CPU seconds) for n clips by two workers."""
    before, moments, after = cpu_s(), [], []

    def watch(done, total, note):
        if done > len(moments):
            moments.extend([time.perf_counter()] * (done - len(moments)))
        if done == total and note:  # everybody is still there
            after.append(cpu_s())

    outcome = render_many(Request(root, SETTINGS, ("walking", "waving_a_hand"), n // 2, workers=2, workplace=workplace), watch)
    assert outcome.made == n, outcome
    return moments[-1] - moments[0], after[0] - before


def main():
    from ray.cluster_utils import Cluster

    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    asked = parser.parse_args()
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    cluster.add_node(**NODE)
    far = on_ray(cluster.address)
    with tempfile.TemporaryDirectory() as folder:
        for k in range(asked.rounds):
            for name, workplace in (("here", None), ("ray", far)):
                wall_s, spent_s = measured(Path(folder, f"{name}-{k}"), asked.clips, workplace)
                print(f"{name:5} {wall_s:7.1f} s wall  {spent_s:7.1f} s CPU  {os.getloadavg()[0]:.1f} load", flush=True)


if __name__ == "__main__":
    main()
