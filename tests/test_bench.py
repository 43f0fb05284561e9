"""`synapt bench`: what is kept and told of a machine, what jobs come to, and one that is measured."""

import pytest
from msgspec.structs import replace
from synapt.generator.base.errors import UserError
from synapt.training.bench import measure
from synapt.training.bench.node import gradient_bytes_per_s, node
from synapt.training.bench.rendering import Times
from synapt.training.bench.show import compared, grids, jobs, mean_s, rendering
from synapt.training.bench.values import Bench, Cell, Learning, Machine, read_bench, write_bench

IN = Cell("draft", "raster", 128, "indoors", 4, 1.0, 0.5, 0.2, 0.05, 10.0, 100)
OUT = replace(IN, place="outdoors", frame_s=0.0)
FOUND = Bench(
    Machine("a processor", 4, 16.0, 0), [IN, OUT], [Learning("tiny", "cpu", 8, 64, 20.0, 50.0)], 100.0, "2026-01-01", "0.1"
)


def test_a_clip_takes_the_sum_of_its_parts_and_workers_share_the_clips():
    assert IN.clip_s == 1.0 + 0.5 + 10 * 0.25 and IN.clips_per_hour == 3600 * 4 / 4.0
    assert OUT.clip_s == 2.0 and mean_s(FOUND, "draft", 128) == (1.0 + 0.5) / 2
    (row, _) = rendering(FOUND).rows
    assert row == ("draft", "indoors", "128", "4", "3,600", "4.00", "25", "12", "50", "12", "100")
    assert "draft 128 px 2.0" in rendering(FOUND).note


@pytest.mark.parametrize(
    ("machines", "price", "row"),
    [
        (1, None, ("draft", "128", "2 h 5 min", "31 h 15 min")),
        (5, None, ("draft", "128", "2 h 5 min", "25 min", "31 h 15 min", "6 h 15 min")),
        (5, 2.0, ("draft", "128", "2 h 5 min", "25 min", "4.17", "31 h 15 min", "6 h 15 min", "62.50")),
    ],
)
def test_jobs_are_divided_among_machines_and_cost_the_same(machines, price, row):
    grid = jobs(FOUND, machines, price)
    assert grid.rows == (row,) and len(grid.heads) == len(row)


def test_rates_are_compared_by_what_they_are_of(tmp_path):
    now = replace(FOUND, cells=[replace(IN, workers=8)], learning=[replace(FOUND.learning[0], learned_per_s=51.0)])
    assert compared(now, FOUND).rows == (
        ("draft 128 indoors, clips/h", "3,600.0", "7,200.0", "2.00 x"),
        ("tiny loaded, clips/s", "20.0", "20.0", "same"),
        ("tiny on cpu, clips/s", "50.0", "51.0", "same"),
    )
    assert compared(replace(FOUND, cells=[], learning=[]), FOUND).note.startswith("Nothing in common")
    assert len(list(grids(FOUND, 1, None, FOUND))) == 4
    write_bench(tmp_path / "a.json", FOUND)
    assert read_bench(tmp_path / "a.json") == FOUND


def test_a_node_needs_what_its_cards_take_in():
    """Two cards of 50 clips/s, 20 clips/s decoded by a core, 4 and 2 s a streamed clip, a quarter of a megabyte each."""
    cells = [replace(one, size_px=size, clip_bytes=250_000.0) for one in (IN, OUT) for size in (128, 256)]
    card = replace(FOUND.learning[0], device="cuda", batch=10, n_params=1_000_000)
    grid = node(replace(FOUND, cells=cells, learning=[card]), 2, None)
    assert grid.rows == (("tiny", "8 x 64 px", "100", "5.0", "300", "25.0", "20"),) and len(grid.heads) == 7
    told = node(replace(FOUND, cells=cells), 8, 500.0)
    assert told.rows == (("tiny", "8 x 64 px", "4,000", "200", "12,000", "1,000.0", "not measured"),)
    assert gradient_bytes_per_s(card, 1, 50.0) == 0.0
    with pytest.raises(UserError, match=r"measured without a card.*--card-rate"):
        node(FOUND, 8, None)
    assert list(grids(FOUND, 1, None, None, 4, 10.0))[-1].title == "A node with 4 cards needs"
    assert node(replace(FOUND, cells=[]), 8, 1.0).rows[0][4:] == ("not measured",) * 3


@pytest.mark.parametrize("raw", [b"{}", b"[]", b"nothing", b'{"format": 2}'])
def test_other_files_are_one_line(raw, tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(raw)
    with pytest.raises(UserError, match=r"a\.json") as caught:
        read_bench(path)
    assert "\n" not in str(caught.value)


def test_several_workers_make_one_cell_and_labels_come_from_clips_that_were_finished():
    kind = measure.Kind("high", "blender", 128)
    halves = [Times(1, 2.0, 80, 1, 0.5, 3, 6.0, 0, 0.0), Times(1, 4.0, 60, 0, 0.0, 1, 4.0, 0, 0.0)]
    cell = measure._cell(kind, "indoors", halves)
    assert cell == Cell("high", "blender", 128, "indoors", 2, 3.0, 0.5, 2.5, 0.0, 70.0, 4)
    assert [one.after_s for one in measure._with_after([IN, OUT, cell])] == [0.05, 0.05, 0.05]


@pytest.mark.slow
def test_a_machine_is_measured():
    told = []
    found = measure.measure(22.0, [measure.Kind("draft", "raster", 32)], lambda *news: told.append(news))
    assert [(cell.place, cell.workers) for cell in found.cells] == [
        ("indoors", found.cells[0].workers),
        ("outdoors", found.cells[0].workers),
    ]
    for cell in found.cells:
        assert cell.clip_bytes > 1000
        assert cell.n_frames > 10 and min(cell.scene_s, cell.frame_s, cell.after_s) > 0 and 20 < cell.frames_per_clip < 240
    assert [one.n_params > 10_000 for one in found.learning] == [True, True]
    assert [one.model for one in found.learning] == ["tiny", "tsm_r18"] and told[-1][:2] == (2, 2)
