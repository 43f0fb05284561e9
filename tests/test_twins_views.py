"""Groups of clips that show one performance: twins differ in the factors named and in nothing else, views in the camera alone."""

from dataclasses import asdict, replace

import msgspec
import numpy as np
import pytest
from synapt.generator import names, pipeline
from synapt.generator.base.errors import UserError
from synapt.generator.base.groups import Grouping, grouping
from synapt.generator.checks.redraw import altered, draw
from synapt.generator.checks.verify import check_dataset
from synapt.generator.dataset import ClipFiles, Settings, read_header, read_spec
from synapt.generator.dataset.index import read_rows
from synapt.generator.dataset.write import plain_spec
from synapt.generator.jobs import Request, render_many
from synapt.generator.pipeline import film, make_scene
from synapt.generator.recipes import load_recipe
from synapt.generator.sampling import sample
from synapt.generator.stream import Stream, StreamSettings, clip_at
from synapt.generator.values import ClipSpec

RECIPE, DIGEST = names.recipe("standard", ("bystanders.share=1",))
DENSE = ("mask", "person", "depth")


def settings(twins="", views=1, size_px=48):
    return Settings(RECIPE, 3, "anny", "raster", "draft", size_px, size_px, 8.0, DIGEST, twins, views)


def group(action, twins="", views=1, number=1):
    """Spec, scene and clip of every member of one group."""
    asked = settings(names.twins(twins, views, (action,), RECIPE), views)
    size = asked.grouping.size
    specs = [draw(asked, action, number * size + k) for k in range(size)]
    scenes = [make_scene(spec) for spec in specs]
    return [
        (spec, scene, film(scene, spec, backend="raster", quality="draft", dense=DENSE))
        for spec, scene in zip(specs, scenes, strict=True)
    ]


def parts_that_differ(a, b):
    return {key for key, value in asdict(a).items() if value != asdict(b)[key]} - {"index"}


@pytest.mark.parametrize("asked", [Grouping(), Grouping((("light", 3), ("camera", 2)), 4), Grouping((), 5)])
def test_every_member_has_one_place(asked):
    members = [asked.member(index) for index in range(2 * asked.size)]
    places = {(one.group, one.view, *(one.redraws.get(name, 0) for name, _ in asked.twins)) for one in members}
    assert len(places) == 2 * asked.size and {one.group for one in members} == {0, 1}
    assert members[0].redraws == {} and members[0].view == 0 and all(0 not in one.redraws.values() for one in members)


@pytest.mark.parametrize("factor", ["background", "light"])
def test_another_place_and_light_leave_people_where_they_were(factor):
    (first, _, clip), (second, _, twin) = group("handshaking", f"{factor}=2")
    assert parts_that_differ(first, second) == {"background": {"backdrop", "variants"}, "light": {"light", "variants"}}[factor]
    person = clip.labels.dense["person"]
    assert person.any() and np.array_equal(person, twin.labels.dense["person"])
    assert np.array_equal(clip.labels.dense["depth"][person > 0], twin.labels.dense["depth"][person > 0])
    if factor == "light":
        assert all(np.array_equal(clip.labels.dense[name], twin.labels.dense[name]) for name in DENSE)
    for one, other in zip(clip.labels.people, twin.labels.people, strict=True):
        for name in ("joints_world_m", "joints_px", "box_px"):
            assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
    assert not np.array_equal(clip.frames, twin.frames)


def test_another_camera_films_the_same_bodies():
    (first, _, clip), (second, _, twin) = group("handshaking", "camera=2")
    assert parts_that_differ(first, second) == {"camera", "variants"}
    assert not np.array_equal(clip.labels.T_camera_world, twin.labels.T_camera_world)
    for one, other in zip(clip.labels.acting, twin.labels.acting, strict=True):
        assert np.array_equal(one.joints_world_m, other.joints_world_m)
        assert all(np.array_equal(array, other.body[name]) for name, array in one.body.items())


def test_one_of_two_is_dressed_otherwise():
    asked = names.twins("clothes:b=3", 1, ("handshaking",), RECIPE)
    first, *others = [draw(settings(asked), "handshaking", 3 + k) for k in range(3)]
    assert asked == "b.clothes=3" and len({str(one.performers[1].look) for one in (first, *others)}) == 3
    for twin in others:
        assert parts_that_differ(first, twin) == {"performers", "variants"} and twin.performers[0] == first.performers[0]
        dressed = replace(twin.performers[1], look=first.performers[1].look)
        assert dressed == first.performers[1] and twin.performers[1].look.skin == first.performers[1].look.skin


@pytest.mark.parametrize("number", range(3))
def test_views_film_one_world_from_places_apart(number):
    made = group("handshaking", views=4, number=number)
    (first, world, clip), *others = made
    for spec, scene, view in others:
        assert parts_that_differ(first, spec) == {"camera", "sensor", "group"} - (
            {"sensor"} if spec.sensor == first.sensor else set()
        )
        assert len(scene.meshes) == len(world.meshes)
        for mesh, other in zip(scene.meshes, world.meshes, strict=True):
            assert np.array_equal(mesh.vertices_m, other.vertices_m) and np.array_equal(mesh.transforms, other.transforms)
        for person, other in zip(view.labels.people, clip.labels.people, strict=True):
            assert np.array_equal(person.joints_world_m, other.joints_world_m)
    azimuths = np.sort([spec.camera.azimuth_rad for spec, _, _ in made])
    low, high = load_recipe(RECIPE).camera.azimuth_rad
    assert np.diff(azimuths) == pytest.approx([(high - low) / 4] * 3)
    assert [spec.camera for spec, _, _ in made] == list(first.group.cameras)


def test_views_are_calibrated_in_one_world():
    """A joint that two cameras see comes back, from both pictures, to where the labels say it is."""
    still = names.recipe("standard", ("sensor.share=0", "camera.movements={static=1}"))[0]
    asked = replace(settings(views=2), recipe=still, recipe_digest=names.recipe(still)[1])
    two = [pipeline.make_clip(draw(asked, "waving_a_hand", k), backend="raster", quality="draft").labels for k in range(2)]
    P = [labels.K_px[0] @ labels.T_camera_world[0, :3] for labels in two]
    for joint in (0, 15, 20, 21):
        rows = []
        for labels, camera in zip(two, P, strict=True):
            x, y = labels.people[0].joints_px[0, joint]
            rows += [x * camera[2] - camera[0], y * camera[2] - camera[1]]
        point = np.linalg.svd(np.array(rows))[2][-1]
        assert point[:3] / point[3] == pytest.approx(two[0].people[0].joints_world_m[0, joint], abs=1e-5)


def test_a_group_is_performed_once(monkeypatch):
    done = []
    monkeypatch.setattr(pipeline, "perform", lambda spec, perform=pipeline.perform: done.append(spec.name) or perform(spec))
    pipeline._last.clear()
    asked = settings("backdrop=2", 2)
    for k in range(8):
        alone = draw(asked, "waving_a_hand", k)
        make_scene(alone)
    assert done == ["waving_a_hand-000000", "waving_a_hand-000004"]


def test_specs_say_their_group_and_ordinary_ones_say_nothing():
    spec = draw(settings("camera=2", 2), "walking", 7)
    again = msgspec.json.decode(msgspec.json.encode(plain_spec(spec)), type=ClipSpec)
    assert again == spec and (spec.group_name, spec.group.view, spec.variants) == ("walking-000001", 1, {"camera": 1})
    ordinary = draw(settings(), "walking", 1)
    assert "group" not in plain_spec(ordinary) and ordinary == sample(
        "walking", load_recipe(RECIPE), 3, 1, width_px=48, height_px=48, fps=8
    )
    assert altered(replace(spec, camera=ordinary.camera), settings("camera=2", 2)) != altered(spec, settings("camera=2", 2)) == []
    with pytest.raises(msgspec.ValidationError, match="view 5 of 2 cameras"):
        msgspec.convert({"number": 1, "view": 5, "cameras": [asdict(ordinary.camera)] * 2}, type(spec.group))


@pytest.mark.slow
def test_a_dataset_of_groups_is_whole_and_goes_on(tmp_path):
    asked = Request(tmp_path, settings("backdrop=2", 2), ("waving_a_hand",), 8, DENSE[:1], workers=2)
    assert render_many(asked).made == 8 and not check_dataset(tmp_path).problems
    rows = read_rows(tmp_path / "metadata.parquet")
    assert [(row["group"], row["twin"], row["view"]) for row in rows[:5]] == [
        ("waving_a_hand-000000", "", 0), ("waving_a_hand-000000", "", 1), ("waving_a_hand-000000", "backdrop=1", 0),
        ("waving_a_hand-000000", "backdrop=1", 1), ("waving_a_hand-000001", "", 0),
    ]  # fmt: skip
    splits = {row["group"]: {other["split"] for other in rows if other["group"] == row["group"]} for row in rows}
    assert all(len(found) == 1 for found in splits.values()) and len(splits) == 2
    files = ClipFiles(tmp_path, "waving_a_hand", 6)
    before = files.video.read_bytes(), files.labels.read_bytes(), read_spec(files)
    files.video.unlink()
    assert render_many(asked).made == 1 and (files.video.read_bytes(), files.labels.read_bytes(), read_spec(files)) == before
    assert read_header(tmp_path).settings.twins == "backdrop=2"
    with pytest.raises(UserError, match="holds clips of twins backdrop=2, not none; views 2, not 1: give another --out"):
        render_many(replace(asked, settings=settings()))


def test_a_stream_gives_groups_in_a_row_and_goes_on_anywhere():
    asked = StreamSettings(("walking", "waving"), width_px=32, height_px=32, fps=6.0, views=2, twins="background=2")
    clips = [clip_at(asked, number) for number in range(8)]
    groups = [clip.spec.group_name for clip in clips]
    assert groups == [groups[0]] * 4 + [groups[4]] * 4 and {clip.labels.class_id for clip in clips} == {0, 1}
    assert {clip.spec.split for clip in clips} == {"train"}
    with Stream(asked, start=3, workers=1) as stream:
        number, clip = next(stream)
    assert number == 3 and clip.spec == clips[3].spec and np.array_equal(clip.frames, clips[3].frames)


WRONG = {
    ("backgruond=2", 1): "there are no twins of 'backgruond': did you mean background",
    ("background", 1): "twins with 'background': write FACTOR=NUMBER, like background=4,camera=2",
    ("camera=1", 1): "twins with camera=1: a factor has from 2 to 64 values",
    ("camera=2,camera=3", 1): "twins name camera twice: give each factor once",
    ("backdrop=2,background=3", 1): "name one factor in two ways",
    ("camera=16,light=4", 2): "would be shown in 128 clips: twins times views may be up to 64",
    ("motion=2", 1): "twins show the same performance: leave motion out",
    ("clothes:b=2", 1): "twins with b.clothes: in 'walking' there is nobody called b, only a",
    ("props=2", 1): "all twins of props would be equal: 'walking' has no things",
    ("bystanders=2", 1): r"all twins of bystanders would be equal: the recipe has none, give --with bystanders.share=1",
    ("", 17): "views is 17: choose from 1 to 16",
}


@pytest.mark.parametrize("asked", WRONG)
def test_twins_that_cannot_be_are_refused(asked):
    with pytest.raises(UserError, match=WRONG[asked]) as caught:
        names.twins(*asked, ("walking",), "standard")
    assert "\n" not in str(caught.value)


def test_a_header_with_too_large_a_group_is_refused():
    with pytest.raises(UserError, match="up to 64"):
        grouping("light=64,camera=64,backdrop=64", 1)
