"""What it costs to render into a store: the same drafts into a folder, by a file:// address, and into moto's S3 server here.

    python benchmarks/places.py [CLIPS [ROUNDS]]

Rounds take turns. CPU seconds are those of the command and its workers; the server's, which a real store would spend elsewhere,
are not among them. `write_clip`: of one clip alone, in the parent.
"""

from __future__ import annotations

import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from synapt.generator.base.cache import keep_compiled_code
from synapt.generator.base.places import place
from synapt.generator.dataset import Settings, read_clip, write_clip
from synapt.generator.jobs import Request, render_many
from synapt.generator.setup.prepare import prepare

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 256, 256, 15.0)


def cpu_s() -> float:
    """Of this process and of the children it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def server() -> subprocess.Popen[bytes]:
    """moto's, in a process of its own, with a bucket; the environment leads there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    os.environ |= {"AWS_DEFAULT_REGION": "us-east-1"}
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    import boto3

    for _ in range(300):
        try:
            boto3.client("s3").create_bucket(Bucket="bench")
            break
        except Exception:
            time.sleep(0.2)
    return process


def main() -> None:
    keep_compiled_code()
    clips, rounds = (int(word) for word in (*sys.argv[1:], *("16", "3")[len(sys.argv) - 1 :]))
    prepare("anny")
    moto = server()
    found: dict[str, list[tuple[float, float]]] = {}
    writes: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        roots = {"folder": f"{folder}/local", "file://": f"file://{folder}/file", "s3:// (moto)": "s3://bench"}
        for k in range(rounds + 1):
            for name, root in roots.items():
                out = place(f"{root}/round-{k}")
                began_s, used_s = time.perf_counter(), cpu_s()
                render_many(Request(out, SETTINGS, ("waving_a_hand",), clips, workers=1))
                if k:  # the first compiles, and fills the disk's cache
                    found.setdefault(name, []).append((time.perf_counter() - began_s, cpu_s() - used_s))
        clip = read_clip(Path(f"{folder}/local/round-0"), "waving_a_hand", 0, ())
        for k in range(40):
            for name, root in roots.items():
                began_s, used_s = time.perf_counter(), time.process_time()
                write_clip(place(f"{root}/writes"), clip, 0)
                if k:
                    writes.setdefault(name, []).append((time.perf_counter() - began_s, time.process_time() - used_s))
    moto.terminate()
    moto.wait()
    print(f"{clips} clips, {rounds} rounds, medians\n")
    print(
        "| into | clips an hour | wall s | CPU s | of a folder's | write_clip: wall ms | CPU ms |\n|---|---|---|---|---|---|---|"
    )
    base = statistics.median(cpu for _, cpu in found["folder"])
    for name, times in found.items():
        wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        waited_ms, worked_ms = (1000 * statistics.median(column) for column in zip(*writes[name], strict=True))
        whole = f"{3600 * clips / wall:,.0f} | {wall:.1f} | {cpu:.1f} | {cpu / base:.3f}"
        print(f"| {name} | {whole} | {waited_ms:.0f} | {worked_ms:.1f} |")


if __name__ == "__main__":
    main()
