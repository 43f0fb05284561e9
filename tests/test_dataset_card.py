"""The README card of a dataset: `datasets` finds clips and columns by it, and somebody's own card stays."""

import json
from pathlib import Path

import pytest
from children import run_python
from synapt.generator.dataset import Settings, read_header
from synapt.generator.dataset.card import card, card_path
from synapt.generator.jobs import Request, render_many

SETTINGS = Settings("standard", 0, "anny", "raster", "draft", 64, 48, 15.0)

LOAD = """
import json, sys
import datasets
datasets.disable_progress_bars()
root = sys.argv[1]
some = datasets.load_dataset(root, split="train", filters=[("action", "==", "calm"), ("index", ">", 0)])
found = [(r["action"], r["index"]) for r in some.remove_columns("video")]
rows = datasets.load_dataset(root, split="train").cast_column("video", datasets.Video(decode=False))
print(json.dumps([found, [row["video"]["path"] for row in rows], rows.column_names]))
"""


def made(root, n=3):
    render_many(Request(root, SETTINGS, ("calm", "brave"), n, workers=1, maker="made_up:maker"))
    return root


@pytest.fixture(autouse=True)
def workers_find_the_made_up_maker(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def test_hugging_face_loads_the_folder_as_it_is(tmp_path, monkeypatch):
    root = made(tmp_path / "d1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    found, videos, columns = json.loads(run_python("-c", LOAD, root).splitlines()[-1])
    assert sorted(map(tuple, found)) == [("calm", 1), ("calm", 2)]
    assert videos == [str(root / "clips" / action / f"{action}-{k:06d}.mp4") for action in ("brave", "calm") for k in range(3)]
    assert {"video", "action", "class_id", "identity", "caption"} <= set(columns)


def test_the_card_follows_the_dataset_and_leaves_another_alone(tmp_path):
    root = made(tmp_path / "d1")
    assert card_path(root).read_text() == card(read_header(root)) and "6 clips of 2" in card_path(root).read_text()
    made(root, 4)
    assert "8 clips of 2" in card_path(root).read_text()
    card_path(root).write_text("# Mine\n")
    made(root, 5)
    assert card_path(root).read_text() == "# Mine\n"
    assert read_header(root).counts == {"brave": 5, "calm": 5}
