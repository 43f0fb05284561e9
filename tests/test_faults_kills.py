"""Commands killed at random moments, again and again: nothing lost, nothing doubled, and the next call finishes what was begun.

SYNAPT_KILLS says how often (3; docs/reliability.md tells what more came to). Moments are even over the time that an undisturbed
call takes; a folder that was finished meanwhile gives way to a fresh one, so that every kill hits work.
"""

import json
import os
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path

import forked
import numpy as np
import pytest
from made_dataset import contents, rows
from made_runs import make_run
from made_videos import class_folder
from synapt.generator.dataset import ClipFiles, open_dataset, read_header
from synapt.generator.dataset.labels_file import load_arrays
from synapt.training.results import read_predictions, read_result

KILLS = int(os.environ.get("SYNAPT_KILLS", "3"))
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 60 * KILLS)]
QUICK = ("--size", "32", "--fps", "3", "--quality", "draft")
RASTER = ("render", "--action", "waving", "--n", "12", *QUICK, "--labels", "mask,depth", "--workers", "2", "--out", "out")
BLENDER = ("render", "--action", "waving", "--n", "4", *QUICK, "--backend", "blender", "--out", "out")
TINY = (
    "data.frames=4", "data.size_px=24", "data.workers=0", "data.cache=false", "optim.batch=4", "optim.epochs=40",
    'model.options={"width"=4,"stages"=2}', "engine.log_every=5",
)  # fmt: skip


@dataclass
class Tally:
    """What was seen: kills that hit, and calls that were over before theirs."""

    hit: int = 0
    missed: int = 0


def killed(words, here, fresh, sound):
    """Run the command in a fresh folder `here`/out for its time; then kill it KILLS times, and check `sound` after each."""
    (here / "spare").mkdir()
    fresh(here / "spare")
    begun_s = time.monotonic()
    done = forked.synapt(*words, cwd=here / "spare")
    assert done.returncode == 0, done.stderr
    whole_s, tally = time.monotonic() - begun_s, Tally()
    work = here / "work"
    rng = np.random.default_rng(22)
    while tally.hit < KILLS:
        if not work.exists():
            work.mkdir()
            fresh(work)
        child = forked.begun(*words, cwd=work)
        child.join(rng.uniform(0.0, whole_s))
        child.kill()
        child.join()
        if child.exitcode == 0:
            tally.missed += 1
            shutil.rmtree(work)
            continue
        assert child.exitcode == -9, child.exitcode
        tally.hit += 1
        sound(work)
    if not work.exists():
        work.mkdir()
        fresh(work)
    done = forked.synapt(*words, cwd=work)
    assert done.returncode == 0, done.stderr
    with Path(os.environ.get("SYNAPT_KILLS_LOG", os.devnull)).open("a") as log:
        log.write(json.dumps({"words": words[0], "kills": tally.hit, "missed": tally.missed, "whole_s": whole_s}) + "\n")
    return here / "spare" / "out", work / "out"


def whole_clips(work):
    """Whatever has appeared is whole: a video (which comes last) has its labels and spec, and all of them can be read."""
    root = work / "out"
    for video in root.glob("clips/*/*.mp4"):
        files = ClipFiles(root, video.parent.name, int(video.stem[-6:]))
        assert files.exists() and files.spec.stat().st_size
        load_arrays(files.labels)
    if (root / "dataset.json").is_file():
        assert read_header(root).quarantined == {}


def same_dataset(one, other, cwd):
    assert contents(one) == contents(other) and rows(one) == rows(other)
    keys = [(row["action"], row["index"]) for row in open_dataset(other)]
    assert len(keys) == len(set(keys)) == read_header(other).asked["waving_a_hand"]
    verified = forked.synapt("verify", other, "--sample", "2", cwd=cwd)
    assert verified.returncode == 0, verified.stdout


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """A dataset that nobody disturbed; whatever is compiled once for all is compiled by then."""
    here = tmp_path_factory.mktemp("rendered")
    assert forked.synapt(*RASTER, cwd=here).returncode == 0
    return here / "out"


@pytest.mark.parametrize("words", [RASTER, BLENDER], ids=["raster", "blender"])
def test_render(words, rendered, tmp_path):
    one, other = killed(words, tmp_path, lambda _: None, whole_clips)
    same_dataset(one, other, tmp_path)


def test_verify_fix(rendered, tmp_path):
    """Half of the clips are broken in one way or another; the sound ones stay as they are, whenever the mending is killed."""
    sound_ones = {k: ClipFiles(rendered, "waving_a_hand", k).video.read_bytes() for k in (1, 3, 5)}

    def fresh(work):
        shutil.copytree(rendered, work / "out")
        for k in (0, 2, 4, 6, 8, 10):
            files = ClipFiles(work / "out", "waving_a_hand", k)
            match k % 3:
                case 0:
                    files.video.write_bytes(files.video.read_bytes()[:100])
                case 1:
                    files.labels.unlink()
                case 2:
                    files.spec.write_bytes(b"{")

    def sound(work):
        for k, raw in sound_ones.items():
            assert ClipFiles(work / "out", "waving_a_hand", k).video.read_bytes() == raw
        assert len(open_dataset(work / "out").rows) == 12

    one, other = killed(("verify", "--fix", "out", "--workers", "2"), tmp_path, fresh, sound)
    assert contents(one) == contents(other) == contents(rendered) and rows(other) == rows(rendered)
    assert forked.synapt("verify", other, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("kind", ["amass", "bvh", "glb"])
def test_export(kind, rendered, tmp_path):
    """A file that is there is whole: the same as of an export that nobody killed."""
    one, other = killed(("export", rendered, "--to", kind, "--out", "out"), tmp_path, lambda _: None, lambda work: None)
    assert contents(one) == contents(other) and len(contents(other)) >= 12


def test_pretrain(tmp_path):
    """The weights are those of a run that nobody killed, bit for bit."""
    videos = class_folder(tmp_path / "videos", n=8, width=64, height=48)
    words = ["pretrain", videos, "--recipe", "tiny-cpu", "--out", "out"]
    for change in TINY:
        words += ["--with", change]
    one, other = killed(tuple(words), tmp_path, lambda _: None, lambda work: None)
    weights = [(out / "model" / "model.safetensors").read_bytes() for out in (one, other)]
    assert weights[0] == weights[1]
    steps = [[json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()] for out in (one, other)]
    seen = [[(told["kind"], told["step"]) for told in each] for each in steps]
    assert seen[0] == seen[1] and len(seen[1]) == len(set(seen[1]))


def test_evaluate(tmp_path, monkeypatch):
    """Results and predictions are those of an evaluation that nobody killed, and features that were kept are believed rightly."""
    videos = class_folder(tmp_path / "videos", n=8, width=64, height=48)
    words = ("evaluate", "out", "--target", videos, "--no-baselines", "--seeds", "3", "--protocol", "knn", "--protocol", "linear",
             "--with", "data.workers=0")  # fmt: skip
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))

    def fresh(work):
        make_run(work / "out")

    one, other = killed(words, tmp_path, fresh, lambda work: None)
    found = [sorted(path.parent for path in out.rglob("result.json")) for out in (one, other)]
    assert len(found[0]) == len(found[1]) == 2
    for a, b in zip(*found, strict=True):
        assert replace(read_result(a), run="") == replace(read_result(b), run="")
        for x, y in zip(*(read_predictions(folder / "predictions.parquet")[0] for folder in (a, b)), strict=True):
            assert (x.fold, x.seed, x.ids) == (y.fold, y.seed, y.ids) and np.array_equal(x.probability, y.probability)
