"""Specs name what they take from a table: tables may grow and be shuffled. Those that still held places read as if they did."""

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_dataset import forget_hashes
from made_old_specs import aged
from made_performance import skeleton_of
from made_performer import made_performance, made_person
from made_up import make_spec
from synapt.generator import names
from synapt.generator.actions.sets import find_set
from synapt.generator.checks.redraw import altered
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, Settings, read_spec
from synapt.generator.dataset.old_specs import as_today
from synapt.generator.jobs import Request, render_many
from synapt.generator.props import furniture, handhelds, vessels
from synapt.generator.props.table import PROP_FORMS, build_prop
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import backdrop, camera, light, sample
from synapt.generator.scene import outdoor, room
from synapt.generator.scene.stage import stage
from synapt.generator.values import PropSpec

NAME, DIGEST = names.recipe(str(Path(__file__).with_name("places_then.toml")))
THEN = load_recipe(NAME)
"""The recipe with the kinds of places that there were."""

SETTINGS = Settings(NAME, 7, "anny", "raster", "draft", 64, 48, 15.0, recipe_digest=DIGEST)


FORMS_THEN = ("cup", "mug", "glass", "bottle", "ball", "box", "bag", "chair", "stool", "bench")
"""Kinds of things that came in several forms when specs still said so by number."""


def drawn(n):
    actions = find_set("core24")
    return [sample(actions[k % 24], THEN, 7, k, width_px=64, height_px=48, fps=15.0) for k in range(n)]


def test_old_specs_read_as_what_their_seed_draws(tmp_path: Path) -> None:
    kinds = set()
    for spec in (one for one in drawn(240) if len(one.performers) == 1):  # version 5 knew one person
        plain = json.loads(msgspec.json.encode(spec))
        old = aged(plain)
        assert old != plain and not any(word in json.dumps(old) for word in ('"beard"', '"forms"', "stripe_share", "_picture0"))
        files = ClipFiles(tmp_path, spec.action, spec.index)
        files.spec.parent.mkdir(parents=True, exist_ok=True)
        files.spec.write_text(json.dumps(old))
        assert read_spec(files) == spec and altered(read_spec(files), SETTINGS) == []
        files.spec.write_bytes(msgspec.json.encode(spec))
        assert read_spec(files) == spec
        kinds |= {prop.kind for prop in spec.props} | {spec.backdrop.kind}
    assert kinds >= {*FORMS_THEN, "outdoor", "room", "studio"} - {"box", "bag"}


def test_a_place_counted_round_the_table_of_then() -> None:
    """Whatever the tables hold today: what an old spec says is written down here."""
    old = {
        "body": {"model": "anny"},
        "motion": {"side": "left", "style": "old", "amplitude": 1.1, "phases_rad": [0.5], "tempo": 0.9},
        "look": {"skin": {"variant": 64}, "garments": [{"fabric": {"kind": k, "variant": 7}} for k in ("stripes", "plain")]},
        "props": [{"kind": kind, "variant": 7} for kind in (*FORMS_THEN, "phone")],
        "backdrop": {"kind": "outdoor", "params": {"thing0_form": 5.0, "thing1_form": 9, "thing0_gap_m": 2.0}},
    }
    new = as_today(old)
    (performer,) = new["performers"]
    look = performer.pop("look")
    assert performer == {"role": "a", "body": {"model": "anny"}, "style": "old", "amplitude": 1.1, "phases_rad": [0.5]}
    assert new["performance"] == {"side": "left", "tempo": 0.9} and not {"body", "look", "motion"} & set(new)
    assert look["skin"] == {"variant": 21, "beard": 0.3}
    assert [garment["fabric"]["stripe_share"] for garment in look["garments"]] == [0.65, 0.5]
    assert {prop["kind"]: prop["forms"] for prop in new["props"]} == {
        "cup": {"shape": "tall", "drink": "juice"}, "mug": {"shape": "round", "drink": "juice"}, "glass": {"shape": "low"},
        "bottle": {"shape": "straight"}, "ball": {"skin": "panels"}, "box": {"shape": "cube"}, "bag": {"shape": "wide"},
        "chair": {"shape": "splayed"}, "stool": {"shape": "square"}, "bench": {"shape": "backed"}, "phone": {},
    }  # fmt: skip
    assert new["backdrop"]["params"] == {"thing0_form": "fence", "thing1_form": "tree", "thing0_gap_m": 2.0}
    inside = {"kind": "room", "params": {"thing0_form": 2.0, "wall1_pictures": 1.0, "wall3_pictures": 3.0}}
    assert as_today({"backdrop": inside})["backdrop"]["params"] == {
        "thing0_form": "sofa", "wall1_pictures": 1.0, "wall1_picture0": "portrait", "wall3_pictures": 3.0,
        "wall3_picture0": "wide", "wall3_picture1": "landscape", "wall3_picture2": "portrait",
    }  # fmt: skip


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.sampled_from(["room", "outdoor", "cup", "stripes"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["look", "skin", "garments", "fabric", "props", "backdrop", "params", "kind", "variant", "thing0_form", "wall1_pictures",
         "body", "motion", "performers", "style"]
    ), inner, max_size=4), max_leaves=12,
)  # fmt: skip


@given(JUNK)
def test_what_is_no_spec_is_left_to_be_refused(junk) -> None:
    once = as_today(junk)
    assert repr(as_today(once)) == repr(once)


def test_a_dataset_of_then_is_sound(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    render_many(Request(tmp_path, SETTINGS, ("drinking_water",), 3, workers=1, maker="made_up:drawn"))
    for index in range(3):
        path = ClipFiles(tmp_path, "drinking_water", index).spec
        path.write_text(json.dumps(aged(json.loads(path.read_text()))))
    forget_hashes(tmp_path)
    assert [problem for problem in check_dataset(tmp_path, 0).problems if problem.cure != "nothing"] == []
    spec = json.loads(path.read_text())
    spec["props"][0]["variant"] += 1  # another cup
    path.write_text(json.dumps(spec))
    assert "props[0].variant" in " ".join(problem.what for problem in check_dataset(tmp_path, 0).problems)


# ---------------------------------------------------------------- tables that grow


def bits(meshes):
    return [
        (m.name, m.vertices_m.tobytes(), m.faces.tobytes(), m.uv.tobytes(), [t.albedo.tobytes() for t in m.materials])
        for m in meshes
    ]


def surroundings(seed, kind):
    rng = np.random.default_rng(seed)
    place = backdrop.draw(rng, backdrop.Ranges(kinds={kind: 1.0}))
    return replace(
        make_spec(), width_px=96, height_px=96, props=(), camera=camera.draw(rng, 0.5), light=light.draw(rng), backdrop=place
    )


def every_prop():
    for kind, parts in PROP_FORMS.items():
        for part, forms in parts.items():
            for name in forms:
                others = {other: its[0] for other, its in parts.items()}
                yield PropSpec("it", kind, 0.2 if kind.endswith("ball") else 1.0, (), 5, {**others, part: name})


def built(specs):
    scenes = [stage(spec, [made_person()], {}, made_performance(frames=6, fps=2.0), {}) for spec in specs]
    return [bits(scene.meshes) for scene in scenes], [
        bits([build_prop(prop, skeleton_of("average")).mesh]) for prop in every_prop()
    ]


TABLES = [
    (outdoor, "FORMS"), (room, "FURNITURE"), (room, "PICTURES"), (vessels, "CUP_SHAPES"), (vessels, "MUG_SHAPES"),
    (vessels, "GLASS_SHAPES"), (vessels, "BOTTLE_SHAPES"), (vessels, "DRINKS"), (handhelds, "SKINS"),
    (handhelds, "BOX_SIZES_M"), (handhelds, "BAG_SIZES_M"), (furniture, "CHAIRS"), (furniture, "STOOLS"), (furniture, "BENCHES"),
]  # fmt: skip


def grown(table):
    """A new form in front, and the others the other way round."""
    if isinstance(table, tuple):
        return ("new", *reversed(table))
    return {"new": next(iter(table.values())), **dict(reversed(table.items()))}


def test_scenes_stay_the_same_when_tables_grow_and_are_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    specs = [surroundings(seed, kind) for kind in ("outdoor", "room") for seed in range(9)]
    named = {value for spec in specs for value in spec.backdrop.params.values() if isinstance(value, str)}
    assert named == {*backdrop.FORM_SURFACES, *backdrop.FURNITURE_SURFACES, *room.PICTURES}
    before = built(specs)
    for module, name in TABLES:
        monkeypatch.setattr(module, name, grown(getattr(module, name)))
    assert built(specs) == before
