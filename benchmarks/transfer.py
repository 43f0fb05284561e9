"""What synthetic pretraining is worth on real video: the grid of runs behind docs/lab-notes.md, trained, measured, tabled.

synapt render --set core24 --n 200 --quality draft --size 144 --fps 12 --labels mask --out data
synapt shapes --n 200 --size 144 --out shapes
python benchmarks/transfer.py --ours data --shapes shapes --out runs --ut UT_INTERACTION_SET1 --gmdcsa24 GMDCSA24 [--seeds 3]

What is finished is not done again, and what is left out with --only is tabled if it is there. One run takes about five minutes
of one core (`mask-crop-27` and `mixed`, of as many steps, twelve), the whole grid of three seeds about two hours.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import mean

CROPS = ["augment.person_crop=0.7"]
JOINTS = ["objective.auxiliary={joints=0.5,person=0.5}"]
MASKS = ["objective.auxiliary={person=0.5}"]
NO_LABELS = ["objective.auxiliary={}", "augment.person_crop=0.0"]

GRID: dict[str, tuple[tuple[str, ...], list[str]]] = {
    "class": (("ours",), [*NO_LABELS]),
    "class-crop": (("ours",), [*NO_LABELS, *CROPS]),
    "mask-crop": (("ours",), [*NO_LABELS, *MASKS, *CROPS]),
    "mask-crop-27": (("ours",), [*NO_LABELS, *MASKS, *CROPS, "optim.epochs=27"]),
    "labels": (("ours",), [*NO_LABELS, *JOINTS]),
    "labels-crop": (("ours",), [*NO_LABELS, *JOINTS, *CROPS]),
    "shapes-mask-crop": (("shapes",), [*NO_LABELS, *MASKS, *CROPS]),
    "mixed": (("ours", "shapes"), [*NO_LABELS, *MASKS, *CROPS]),
}
"""What a run learns from, and what is changed in the recipe `tiny-labels-cpu`."""

MEASURED = (("ut_interaction", "linear"), ("ut_interaction", "knn"), ("gmdcsa24", "linear"), ("gmdcsa24", "knn"))


def synapt(*words: str | Path) -> None:
    """Run a command of synapt's on one thread; whatever it says of a fault is said, and ends this."""
    done = subprocess.run(
        [sys.executable, "-m", "synapt.cli", *map(str, words)], env={**os.environ, "OMP_NUM_THREADS": "1"}, check=False
    )
    if done.returncode:
        sys.exit(done.returncode)


def train(options: argparse.Namespace, name: str, seed: int, run: Path) -> None:
    """Pretrain one run of the grid unless it is there."""
    if (run / "model").is_dir():
        return
    sources, changes = GRID[name]
    data = [getattr(options, source) for source in sources]
    words = [word for change in changes for word in ("--with", change)]
    synapt("pretrain", *data, "--recipe", "tiny-labels-cpu", "--seed", seed, "--workers", 0, "--out", run, *words)


def measure(options: argparse.Namespace, run: Path) -> None:
    """Linear probe and nearest neighbours on both targets."""
    targets = {"ut_interaction": (options.ut, []), "gmdcsa24": (options.gmdcsa24, ["allow_partial=true", "cut=stamps"])}
    for target, (root, division) in targets.items():
        words = [word for option in division for word in ("--option", option)]
        protocols = ("--protocol", "linear", "--protocol", "knn", "--seeds", 3)
        synapt("evaluate", run, "--target", target, "--root", root, *words, *protocols)


def figures(run: Path) -> dict[tuple[str, str], float]:
    """Top-1 in per cent of each (target, protocol) that a run, or the folder of a baseline, holds results of."""
    found = {}
    for path in sorted(run.glob("*/result.json")):
        result = json.loads(path.read_text(encoding="utf-8"))
        found[result["target"], result["protocol"]] = 100 * result["top1"]["value"]
    return found


def row(name: str, runs: list[Path]) -> str:
    """One line of the table: the mean over pretraining seeds, and each of them."""
    seen = [found for run in runs if (found := figures(run))]
    cells = []
    for which in MEASURED:
        values = [found[which] for found in seen if which in found]
        each = f" ({', '.join(f'{value:.1f}' for value in values)})" if len(values) > 1 else ""
        cells.append(f"{mean(values):.1f}{each}" if values else "")
    return f"| {name} | {len(seen)} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ours", "shapes", "out", "ut", "gmdcsa24"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=list(GRID), choices=list(GRID), metavar="RUN", help=", ".join(GRID))
    options = parser.parse_args()
    runs = {name: [options.out / f"tiny-{name}-s{seed}" for seed in range(options.seeds)] for name in GRID}
    for name in options.only:
        for seed, run in enumerate(runs[name]):
            train(options, name, seed, run)
            measure(options, run)
    print("| run | seeds | " + " | ".join(f"{target} {protocol}" for target, protocol in MEASURED) + " |")
    print("|---" * (2 + len(MEASURED)) + "|")
    print(row("scratch", [runs[name][0] / "eval" / "scratch" for name in GRID][:1]))
    for name in GRID:
        print(row(name, [run / "eval" for run in runs[name]]))


if __name__ == "__main__":
    main()
