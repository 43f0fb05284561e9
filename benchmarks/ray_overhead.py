"""What a Ray cluster costs beside workers of this machine: the same clips by two workers each way, by turns.

    OMP_NUM_THREADS=1 python benchmarks/ray_overhead.py --clips 24 --rounds 2 --size 192

Seconds are counted from the first clip made to the last but one: starting is paid once.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path

from synapt.generator.base.cache import keep_compiled_code
from synapt.generator.dataset import Settings
from synapt.generator.jobs import Request, render_many
from synapt.generator.jobs.on_ray import on_ray

NODE = {"num_cpus": 1, "object_store_memory": 80 << 20}


def measured(root, n, size_px, workplace):
    """Seconds for n - 2 clips by two workers."""
    moments = []

    def watch(done, total, note):
        moments.extend([time.perf_counter()] * (done - len(moments)))

    settings = Settings("standard", 0, "anny", "raster", "draft", size_px, size_px, 15.0)
    outcome = render_many(Request(root, settings, ("walking", "waving_a_hand"), n // 2, workers=2, workplace=workplace), watch)
    assert outcome.made == n, outcome
    return moments[-2] - moments[0]


def main():
    from ray.cluster_utils import Cluster

    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--size", type=int, default=192)
    asked = parser.parse_args()
    keep_compiled_code()
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    cluster.add_node(**NODE)
    far = on_ray(cluster.address)
    with tempfile.TemporaryDirectory() as folder:
        for k in range(asked.rounds):
            for name, workplace in (("here", None), ("ray", far)):
                wall_s = measured(Path(folder, f"{name}-{k}"), asked.clips, asked.size, workplace)
                print(
                    f"{name:5} {wall_s:7.1f} s, {wall_s / (asked.clips - 2):.2f} s a clip, load {os.getloadavg()[0]:.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
