"""The data card: one file that needs no other, well-formed, with what is in the dataset and nothing else."""

import base64
import re
from html.parser import HTMLParser

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from made_leaky import write_leaky
from synapt.cli import cli
from synapt.generator.base.errors import UserError
from synapt.generator.dataset import open_dataset
from synapt.generator.video.read import read_video
from synapt.training.card.facts import boxes_of
from synapt.training.card.figures import classes
from synapt.training.card.make import make_card
from synapt.training.leaks.measure import look_for_leaks
from synapt.training.leaks.report import save

VOID = {"meta", "img", "br", "path", "use", "image", "line", "rect"}


class Page(HTMLParser):
    """Tags that were opened and not closed, ids, links and embedded data of a page."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.sources, self.words, self.wrong = [], [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[key] for key in ("href", "xlink:href") if key in found]
        self.sources += [(tag, found["src"])] if "src" in found else []
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data):
        self.words.append(data)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    root = write_leaky(tmp_path_factory.mktemp("data"), 0)
    save(look_for_leaks(root, permutations=99, workers=1), root)
    return root


@pytest.fixture(scope="module")
def page(dataset, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "deep" / "card.html"
    told = CliRunner().invoke(cli, ["info", str(dataset), "--html", str(out)])
    assert told.exit_code == 0 and told.output.strip() == str(out)
    return out.read_text("utf-8")


def test_it_is_well_formed_and_needs_no_other_file(page):
    read = Page(page)
    assert not read.open and not read.wrong
    assert len(read.ids) == len(set(read.ids))
    assert all(link[1:] in read.ids if link.startswith("#") else link.startswith("data:image/png;base64,") for link in read.links)
    assert all(source.startswith("data:") for _, source in read.sources)
    assert "<script" not in page and "@import" not in page and not re.search(r"url\((?!#)", page)


def test_it_has_every_section_and_the_datasets_own_figures(page, dataset):
    read = Page(page)
    text = " ".join(" ".join(read.words).split())
    assert {"examples", "classes", "people", "cameras", "pictures", "places", "leaks", "origin"} <= set(read.ids)
    assert page.count("<svg") == 5
    for words in (
        "48 clips of 3 actions",
        "no leak in 48 clips",
        "told by the act itself",
        "Assets and their licences",
        "raster",
    ):
        assert words in text
    for asset, licence in open_dataset(dataset).header.licences.items():
        assert asset in text and licence in text


def test_its_clips_are_the_datasets(page, dataset):
    read = Page(page)
    strips = [base64.b64decode(source.partition(",")[2]) for tag, source in read.sources if tag == "img"]
    films = [base64.b64decode(source.partition(",")[2]) for tag, source in read.sources if tag == "video"]
    assert len(strips) == len(films) == 3  # one of each class
    data = open_dataset(dataset)
    first = read_video(data.files(0).video)
    shown = cv2.imdecode(np.frombuffer(strips[0], np.uint8), 1)[..., ::-1]
    assert shown.shape == (84, 8 * 112, 3)
    wanted = cv2.resize(first[0], (112, 84)).astype(float)
    assert np.abs(shown[:, :112].astype(float).mean((0, 1)) - wanted.mean((0, 1))).max() < 3


def test_a_film_plays_with_as_many_frames(page, dataset, tmp_path):
    source = next(source for tag, source in Page(page).sources if tag == "video")
    (tmp_path / "film.mp4").write_bytes(base64.b64decode(source.partition(",")[2]))
    assert read_video(tmp_path / "film.mp4").shape == (12, 48, 64, 3)


def test_boxes_are_in_shares_and_lie_where_people_are(dataset):
    boxes = boxes_of(open_dataset(dataset), lambda *_: None)
    assert set(np.round(boxes.width, 4)) == {0.25} and set(np.round(boxes.height * 48)) == {14, 22, 30}
    assert len(boxes.width) == 48 * 12 and boxes.where.max() == 1.0
    rows, columns = np.nonzero(boxes.where)
    assert (columns.min(), columns.max()) == (18, 29) and rows.max() == 45  # 24 to 40 of 64, down to 46 of 48


def test_without_a_leak_report_it_says_how_to_get_one(tmp_path):
    root = write_leaky(tmp_path / "data", 0, n=2)
    make_card(root, tmp_path / "card.html")
    assert "verify --leaks" in (tmp_path / "card.html").read_text("utf-8")


def test_names_are_text_and_nothing_else(tmp_path):
    root = write_leaky(tmp_path / "<b>data&", 0, n=1)
    make_card(root, tmp_path / "card.html")
    assert "&lt;b&gt;data&amp;" in (text := (tmp_path / "card.html").read_text("utf-8")) and "<b>data" not in text


def test_many_classes_are_told_by_the_table_alone():
    rows = [{"action": f"c{k}", "split": "train"} for k in range(41)]
    assert classes(rows, [f"c{k}" for k in range(41)]) is None
    assert classes(rows[:40], [f"c{k}" for k in range(40)]) is not None


def test_what_cannot_be_done_is_said_in_a_line(dataset, tmp_path):
    with pytest.raises(UserError, match="is a folder: name a file"):
        make_card(dataset, tmp_path)
    with pytest.raises(UserError, match="not a dataset"):
        make_card(tmp_path, tmp_path / "card.html")
    told = CliRunner().invoke(cli, ["info", str(dataset), "--html", str(tmp_path / "c.html"), "--json"])
    assert told.exit_code == 2 and "one at a time" in told.output
