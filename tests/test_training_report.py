"""A report tells what was measured: never two protocols in a column, published figures apart, everything in one page."""

import csv
import json
import os
import re
import warnings
from dataclasses import dataclass
from html.parser import HTMLParser

import made_results
import pytest
from click.testing import CliRunner
from synapt.generator.base.console import Grid, print_grids
from synapt.generator.base.errors import UserError
from synapt.training.audit.run import AuditSettings, audit
from synapt.training.bias.independence import holm
from synapt.training.report import figures, files
from synapt.training.report.gather import gather
from synapt.training.report.make import make_report
from synapt.training.report.published import published
from synapt.training.report.svg import inline
from synapt.training.report.tables import grids_of, tables_of
from synapt.training.results import read_result
from synapt.training.verbs.report import report

UCF = tuple(f"class_{k}" for k in range(12))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    root = tmp_path_factory.mktemp("runs")
    for name, skill in (("good", 0.8), ("poor", 0.4)):
        made_results.make_result(root / name, "ut_interaction", "linear", skill)
        made_results.make_result(root / name, "ut_interaction", "linear", 0.3, pretraining="scratch")  # beside each, the same
    made_results.make_result(root / "good", "ucf101", "finetune", 0.7, classes=UCF, seeds=(0,))
    made_results.make_result(
        root / "good", "ut_interaction", "linear", 0.9, protocol_id="linear 16x224 dense views=2x3 split=1a2b3c4d"
    )
    lines = [{"kind": "epoch", "step": 10 * k, "epoch": k, "loss": 1.0 / k, "lr": 0.1} for k in range(1, 5)]
    (root / "good" / "log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"cut')
    return root


@pytest.fixture(scope="module")
def tables(runs):
    return tables_of(gather([runs]).entries)


def test_no_column_holds_two_protocols_and_the_commonest_come_first(tables):
    assert len(tables) == 2
    for table in tables:
        for column in table.columns:
            assert {entry.result.protocol_id for entry in column.entries.values()} == {column.protocol_id}
            assert {entry.result.target_digest for entry in column.entries.values()} == {column.any_result.target_digest}
        assert len({(column.target, column.protocol) for column in table.columns}) == len(table.columns)
    assert [(c.target, c.protocol, len(c.entries)) for c in tables[0].columns] == [
        ("ucf101", "finetune", 1), ("ut_interaction", "linear", 3),
    ]  # fmt: skip
    assert [c.protocol_id for c in tables[1].columns] == ["linear 16x224 dense views=2x3 split=1a2b3c4d"]


@pytest.mark.slow
def test_of_equally_common_protocols_those_on_the_same_clips_lie_together(tmp_path):
    """Whatever the digests sort to: three results on three tenths of the clips, one on all of them, by folds."""
    for name, tenths, folds in (("a", "00000000", "ffffffff"), ("b", "ffffffff", "00000000")):
        for protocol in ("finetune", "linear", "knn"):
            made_results.make_result(tmp_path / name, "kth", protocol, 0.6, digest=tenths, n=60)
        made_results.make_result(tmp_path / name, "kth", "linear", 0.6, digest=folds, n=120)
        first, second = tables_of(gather([tmp_path / name]).entries)
        assert [c.any_result.target_digest for c in first.columns] == [tenths] * 3
        assert [c.any_result.target_digest for c in second.columns] == [folds]
        make_report([tmp_path / name], tmp_path / "out")
        assert "on kth (60 to 120 test clips), 3 seeds each" in (tmp_path / "out" / "index.html").read_text()


def test_progress_ends_with_everything_done(runs):
    told = []
    columns = [column for table in tables_of(gather([runs]).entries, lambda *news: told.append(news)) for column in table.columns]
    n = len(columns)
    assert n > 1 and [news[:2] for news in told] == [(k, n) for k in range(n + 1)]


def test_a_baseline_measured_beside_two_runs_is_one_row(tables):
    assert [name[0] for name in tables[0].names if name[0] != "good"] == ["poor", "scratch"]


def test_paired_tests_tell_good_from_poor_and_are_corrected(tables):
    column = tables[0].columns[1]
    found = {frozenset((c.a[0], c.b[0])): c for c in column.comparisons}
    best = found[frozenset(("good", "poor"))]
    assert column.best[0] == "good" and abs(best.found.difference.value) > 0.2 and best.p < 0.01
    assert [c.p for c in column.comparisons] == holm([c.found.p_permutation for c in column.comparisons])
    leaders = {name[0] for name in column.entries if column.leads(name)}
    assert leaders == {"good"}


def test_what_cannot_be_told_from_the_best_leads_too(tmp_path):
    for name in ("a", "b"):
        made_results.make_result(tmp_path / name, "kth", "knn", 0.6)
    column = tables_of(gather([tmp_path]).entries)[0].columns[0]
    assert all(column.leads(name) for name in column.entries)
    assert column.comparisons[0].p > 0.05


def test_published_figures_are_tagged_with_source_and_evidence():
    known = published()
    assert {row.source for row in known.rows} == set(known.sources)
    assert all(
        source.evidence in ("paper", "second-hand") and source.url.startswith("https://") for source in known.sources.values()
    )
    assert all(source.via for source in known.sources.values() if source.evidence == "second-hand")
    assert all(0 < figure < 100 for row in known.rows for figure in (*row.finetune.values(), *row.linear.values()))
    assert all(row.people in ("yes", "no", "replaced") for row in known.rows)
    ppma = next(row for row in known.rows if row.source == "ppma")
    assert (ppma.figure("ucf101", "finetune"), ppma.figure("hmdb51", "linear"), ppma.figure("kth", "knn")) == (92.5, 64.9, None)


class Page(HTMLParser):
    """What a page refers to, and whether its elements are closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.outside, self.tags = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        for name in ("src", "href", "xlink:href", "srcset", "data"):
            value = given.get(name, "")
            self.links += [value[1:]] if value.startswith("#") else []
            if tag != "a" and value and not value.startswith(("#", "data:")):
                self.outside.append(value)
        if tag not in ("meta", "br", "link", "img", "input", "hr"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@dataclass
class Guess:
    classes: tuple = ("walking", "run")
    name: str = "guess"
    digest: str = "0"

    def probabilities(self, clips, fps):
        return [[0.3, 0.7] if clip.mean() > 127 else [0.6, 0.4] for clip in clips]


def test_the_page_holds_everything_itself_and_hangs_together(runs, tmp_path):
    audit(Guess(), tmp_path / "good" / "audit", AuditSettings(n=2, redraws=1, size_px=32), render=made_results.performed)
    odd = tmp_path / os.fsdecode(b"\xff%d")
    paths, _ = make_report([runs], odd, title=odd.name)  # not UTF-8
    assert r"\udcff%d" in paths[0].read_text("utf-8")
    paths, _ = make_report([runs, tmp_path / "good"], tmp_path / "report", title="Ours & <theirs>")
    text = paths[0].read_text()
    page = Page()
    page.feed(text)
    assert not page.open and not page.outside and "<script" not in text and "@import" not in text and "url(http" not in text
    assert len(page.ids) == len(set(page.ids)) and set(page.links) <= set(page.ids)
    assert "Ours &amp; &lt;theirs&gt;" in text and '<html lang="en">' in text and "prefers-color-scheme: dark" in text
    assert all(f'id="{section}"' in text for section in ("results", "classes", "training", "audit", "notes"))
    assert text.count('role="img"') == text.count("<svg") > 6 and text.count("aria-label=") >= text.count("<svg")
    assert "linear 16x224 dense views=2x3 split=1a2b3c4d" in text and "Published by others" in text and "second-hand" in text
    assert not re.search(r": #(1f6feb|000000)", text)  # colours follow the theme
    for column in tables_of(gather([runs]).entries)[0].columns:
        for entry in column.entries.values():
            assert f"{100 * entry.result.top1.value:.1f}" in text


def test_csv_and_latex_say_the_same_and_mark_what_is_published(runs, tables, tmp_path):
    paths, _ = make_report([runs], tmp_path)
    rows = list(csv.DictReader((tmp_path / "results.csv").open()))
    ours, theirs = ([row for row in rows if row["published"] == word] for word in ("no", "yes"))
    assert (
        len(ours) == 5
        and {row["target"] for row in theirs} == {"ucf101"}
        and all("second-hand" in r["source"] or "paper" in r["source"] for r in theirs)
    )
    entry = tables[0].columns[0].entries[tables[0].columns[0].best]
    assert float(next(r for r in ours if r["target"] == "ucf101")["top1"]) == entry.result.top1.value
    assert next(r for r in theirs if r["model"] == "TSN-R50")["top1"] == "0.834"
    assert len(list(csv.DictReader((tmp_path / "comparisons.csv").open()))) == 3
    latex = (tmp_path / "table.tex").read_text()
    assert (
        latex.count(r"\begin{tabular}") == latex.count(r"\end{tabular}") == 2
        and r"ut\_interaction" in latex
        and r"\textbf" in latex
    )
    for line in latex.splitlines():
        if line.endswith(r"\\") and "multicolumn" not in line:
            assert len(re.findall(r"(?<!\\)&", line)) in (2, 3)
    assert files.tex("50 % of a_b & {c}\\d~") == r"50 \% of a\_b \& \{c\}\textbackslash{}d\textasciitilde{}"
    assert {path.name for path in paths} >= {"index.html", "table.tex", "intervals-1.png", "intervals-2.png"}


def test_few_shot_draws_are_not_listed_as_seeds(tmp_path):
    draws = {"probe": {"resamples": 3}}
    folder = made_results.make_result(tmp_path / "r", "kth", "fewshot", 0.6, seeds=(3, 4, 5, 6, 7, 8), settings=draws)
    by_draw = read_result(folder).top1_by_seed
    make_report([tmp_path / "r"], tmp_path / "out")
    (row,) = csv.DictReader((tmp_path / "out" / "results.csv").open())
    assert (row["seeds"], row["resamples"]) == ("1 2", "3")
    means = [sum(by_draw[:3]) / 3, sum(by_draw[3:]) / 3]
    assert [float(v) for v in row["top1_by_seed"].split()] == pytest.approx(means, abs=1e-6) and means[0] != means[1]
    page = (tmp_path / "out" / "index.html").read_text()
    assert "2 seeds of 3 draws" in page and "6 seeds" not in page


@pytest.mark.parametrize("n", [2, 6, 36])
def test_long_names_leave_room_for_what_is_drawn(n, tmp_path):
    """matplotlib warns where they don't, and draws nothing that could be read."""
    classes = tuple(f"{k} {'and so on ' * 9}" for k in range(n))
    for run in ("a", "b"):
        made_results.make_result(tmp_path / (run + "x" * 80), "kth", "knn", 0.6, classes=classes, n=2 * n, seeds=(0,))
    entries = gather([tmp_path]).entries
    table = tables_of(entries)[0]
    logs = {entry.result.run: [{"kind": "step", "step": k, "loss": 1.0} for k in range(2)] for entry in entries}
    drawn = (figures.confusions(entries[0]), figures.per_class(table.columns[0], table.names), figures.forest(table),
             figures.curves(logs))  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for figure in drawn:
            assert "x" * 80 not in inline(figure, "f", "says") and figure.axes[0].get_position().width > 0.1
    assert figures.short("waving") == "waving" and len(figures.short("x" * 99)) == figures.LONG


def test_on_a_narrow_terminal_figures_stay_whole_and_titles_name_the_protocol(runs, tables, capsys, monkeypatch):
    for name, value in {"COLUMNS": "80", "FORCE_COLOR": "1", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    print_grids(grids_of(tables))
    lines = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= 80 and not [line for line in lines if "…" in line]
    said = " ".join(" ".join(lines).split())
    for table in tables:
        for column in table.columns:
            assert f"{column.target}, {column.words}: {column.protocol_id}" in said
            for entry in column.entries.values():
                top1 = entry.result.top1
                assert f"[{100 * top1.low:.1f}, {100 * top1.high:.1f}] │" in said
    wide = Grid("t", ("what", "ours ahead by", *"abcdef"), (("word", *["55.5 [44.4, 66.6]"] * 7),))
    monkeypatch.setenv("COLUMNS", "115")
    print_grids([wide])
    shown = capsys.readouterr().out
    assert shown.count("[44.4, 66.6] ") == 7 and "ours ahead" in shown


def test_many_classes_are_shown_in_part(tmp_path):
    many = tuple(f"c{k}" for k in range(60))
    folder = made_results.make_result(tmp_path / "r", "hmdb51", "linear", 0.6, classes=many, n=240, seeds=(0,))
    entry = gather([folder]).entries[0]
    column = tables_of([entry])[0].columns[0]
    assert len(figures.per_class(column, [entry.name]).axes[0].patches) == figures.MANY
    assert not figures.confusions(entry).axes[0].get_xticklabels()
    svg = inline(figures.confusions(entry), "x", 'says "so" & <more>')
    assert 'aria-label="says &quot;so&quot; &amp; &lt;more&gt;"' in svg


def test_curves_follow_the_log_and_nothing_is_drawn_of_nothing(runs):
    drawn = figures.curves(gather([runs]).logs)
    assert [axes.get_title(loc="left") for axes in drawn.axes] == ["loss"]
    assert drawn.axes[0].lines[0].get_ydata().tolist() == pytest.approx([1, 0.5, 1 / 3, 0.25])
    assert figures.curves({}) is None and figures.curves({"run": [{"kind": "epoch", "step": 1, "loss": 2.0}]}) is None


def test_results_on_other_clips_are_not_compared(tmp_path):
    made_results.make_result(tmp_path / "a", "kth", "knn", 0.6)
    made_results.make_result(tmp_path / "b", "kth", "knn", 0.6, n=96, missing=0.2)
    column = tables_of(gather([tmp_path]).entries)[0].columns[0]
    assert not column.comparisons and sum(column.leads(name) for name in column.entries) == 1
    make_report([tmp_path], tmp_path / "out")
    assert "Clips of kth were missing" in (tmp_path / "out" / "index.html").read_text()


def test_the_verb_prints_the_table_and_refuses_what_is_no_run(runs, tmp_path):
    done = CliRunner().invoke(report, [str(runs), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert (
        "ut_interaction, linear probe: " in done.output
        and "P SynAPT" in done.output
        and str(tmp_path / "out" / "index.html") in done.output
    )
    with pytest.raises(UserError, match="nothing to report"):
        gather([tmp_path / "out"])
    with pytest.raises(UserError, match="is not a folder"):
        gather([tmp_path / "gone"])
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "result.json").write_text("{}")
    with pytest.raises(UserError, match="not a result of synapt"):
        gather([tmp_path / "bad"])


def _cut(path):
    path.write_bytes(path.read_bytes()[:100])


def test_what_is_damaged_is_left_out_by_name_and_the_rest_is_told(tmp_path):
    good, bad = (tmp_path / name for name in ("good", "bad"))
    made_results.make_result(good, "ut_interaction", "linear", 0.8)
    harms = {"result.json": _cut, "predictions.parquet": _cut, "audit.json": None, "bias.json": None, "log.jsonl": None}
    for k, (name, harm) in enumerate(harms.items()):
        folder = bad / str(k)
        folder.mkdir(parents=True)
        if harm:
            made_results.make_result(folder, "ut_interaction", "linear", 0.4)
            harm(next(folder.rglob(name)))
        elif name == "log.jsonl":
            with (folder / name).open("wb") as file:
                file.truncate(10**11)
        else:
            (folder / name).write_text("{}")
    done = CliRunner().invoke(report, [str(good), str(bad), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    page, said = (tmp_path / "out" / "index.html").read_text(), done.stderr.splitlines()
    assert [line.startswith("synapt: left out: ") for line in said] == [True] * len(harms)
    for name in harms:
        assert any(name in line for line in said) and name in page
    (column,) = (column for table in tables_of(gather([good, bad]).entries) for column in table.columns)
    assert len(column.entries) == 1
