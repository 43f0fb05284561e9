"""Props: solid, symmetric, of real size, and with frames that hands, lips and seats can trust."""

import numpy as np
import pytest
import trimesh
from made_performance import skeleton_of
from made_performer import made_skeleton
from synapt.generator.base.errors import UserError
from synapt.generator.props.table import (
    _SHELVES,
    PROP_FORMS,
    PROP_KINDS,
    build_prop,
    build_props,
    forms_of,
    mirrored,
    seat_height_m,
)
from synapt.generator.values import PropSpec

EVERY = [
    pytest.param(kind, variant, marks=() if variant == number % 4 else pytest.mark.slow)
    for number, kind in enumerate(sorted(PROP_KINDS))
    for variant in range(4)
]
"""Every kind in one of its variants, in `make test`; in all of them in `make check-all`."""
PALMS = ("grip", "left_side", "right_side", "under")
LONGEST_M = {"cup": 0.13, "mug": 0.13, "glass": 0.14, "bottle": 0.26, "can": 0.13, "phone": 0.16, "toothbrush": 0.2,
             "ball": 0.201, "box": 0.5, "bag": 0.5, "backpack": 0.55, "book": 0.25, "chair": 1.0, "stool": 0.6,
             "bench": 1.4, "bed": 2.3, "mat": 2.0, "crate": 1.6, "rope": 2.1, "skipping_rope": 3.2,
             "rope_handle": 0.15, "hose": 4.1, "cord": 1.3, "towel": 0.81, "cloth": 0.23, "linen": 1.2, "quilt": 1.9,
             "newspaper": 0.6, "paper": 0.36, "wash_tub": 1.2, "laundry_basket": 0.5, "clothes_line": 2.2,
             "hat": 0.4, "glasses": 0.2, "shoe": 0.4, "desk": 1.3, "table": 1.5, "counter": 1.4, "stove": 1.2,
             "basin": 1.4, "cabinet": 1.85, "pen": 0.17, "keyboard": 0.45, "mouse": 0.12, "laptop": 0.35,
             "screen": 0.56, "board": 0.41, "knife": 0.31, "carrot": 0.21, "cucumber": 0.27, "zucchini": 0.21,
             "eggplant": 0.21, "slices": 0.14, "greens": 0.36, "bowl": 0.28, "pan": 0.54, "pot": 0.31,
             "spatula": 0.34, "carton": 0.22, "vacuum": 1.2, "bucket": 0.43, "leaf": 0.16, "door_leaf": 2.1,
             "door_frame": 2.3, "fridge": 1.9, "fridge_door": 1.9, "heavy": 1.5, "broom": 1.8, "iron": 0.28,
             "pull_up_bar": 2.8, "basketball": 0.201, "volleyball": 0.201, "football": 0.201, "tennis_ball": 0.201,
             "bowling_ball": 0.201, "racket": 0.75, "foil": 1.15, "bow": 1.5, "bow_string": 1.1, "arrow": 1.0,
             "punching_bag": 1.6, "bag_stand": 2.3, "exercise_bike": 1.7, "crank": 0.25, "pedal": 0.12,
             "ergometer": 2.5, "rowing_seat": 0.4, "rowing_handle": 0.6, "rowing_chain": 0.55, "skateboard": 0.9, "ladder": 2.4,
             "stairs": 1.8, "writing_paper": 0.36, "mixing_bowl": 0.28, "golf_club": 1.15, "bat": 0.86,
             "dumbbell": 0.3, "expander_handle": 0.14, "springs": 0.31, "car": 4.6}  # fmt: skip

LONGEST_M |= {"folding_fan": 0.5, "sheet": 0.31, "floor_line": 6.0, "soft_cloth": 0.37, "open_newspaper": 0.57}
LONGEST_M |= {"hairbrush": 0.25, "hair_dryer": 0.26, "lipstick": 0.08, "compact": 0.13, "makeup_brush": 0.17, "powder_puff": 0.07,
              "hand_mirror": 0.24, "cutlery": 0.21, "bowl": 0.24, "sandwich": 0.13, "fruit": 0.12, "peeler": 0.20, "jug": 0.28,
              "water_stream": 0.14, "pill": 0.03, "remote": 0.20, "smartphone": 0.16, "cigarette": 0.09,
              "newspaper": 0.5, "pistol": 0.26, "rifle": 1.1}  # fmt: skip
LONGEST_M |= {"springboard": 4.9, "platform": 4.1, "diving_tower": 11.1, "pool": 11.8, "splash": 1.9,
              "loose_leg": 0.45, "loose_top": 0.53, "small_table": 0.53, "stew_pot": 0.33, "stirring_spoon": 0.36,
              "folded_clothes": 0.33, "mop": 1.75, "hammer": 0.38, "nail": 0.1, "plank": 1.12, "workbench": 1.3,
              "handsaw": 0.6, "sawhorse": 0.95, "wall_painter": 0.36, "wall_panel": 2.3, "spade": 1.3, "soil": 1.12,
              "clod": 0.16, "guitar": 1.25, "violin": 0.7, "violin_bow": 0.78, "flute": 0.7, "walking_cane": 1.1,
              "wheelchair": 1.15, "wheelchair_wheel": 0.75, "low_bar": 1.9, "climbing_wall": 3.35, "snare": 0.8, "rack_tom": 0.95,
              "floor_tom": 0.8, "cymbal": 1.15, "drumstick": 0.42, "baton": 0.42, "piano": 1.4, "handkerchief": 0.17,
              "coin": 0.04}  # fmt: skip
LONGEST_M |= {"loose_jacket": 0.85}
FINGERTIPS = ("lipstick", "makeup_brush", "powder_puff", "cutlery", "pill", "cigarette", "pen", "leaf", "folding_fan", "sheet")
"""Held between fingertips: the palm does not touch it."""


def wearer_of(kind):
    """What is worn is fitted to the landmarks of a whole body."""
    return skeleton_of("average") if kind in ("hat", "glasses", "shoe") else made_skeleton()


def made(kind, variant=0, size=None, skeleton=None):
    size = (0.2 if kind.endswith("ball") else 1.0) if size is None else size
    colors = ((0.8, 0.1, 0.1), (0.1, 0.1, 0.8))
    return build_prop(PropSpec("it", kind, size, colors, variant, forms_of(kind, variant)), skeleton or wearer_of(kind))


def solid(prop):
    mesh = trimesh.Trimesh(prop.mesh.vertices_m.astype(float), prop.mesh.faces, process=False)
    mesh.merge_vertices()
    return mesh


def distance_to_surface(prop, point):
    """Metres from a point to the nearest triangle."""
    triangles = prop.mesh.vertices_m.astype(float)[prop.mesh.faces]
    nearest = trimesh.triangles.closest_point(triangles, np.tile(point, (len(triangles), 1)))
    return np.linalg.norm(nearest - point, axis=1).min()


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_mesh_is_well_formed_and_metric(kind, variant):
    mesh = made(kind, variant).mesh
    n = len(mesh.faces)
    assert mesh.uv.shape == (n, 3, 2) and np.isfinite(mesh.uv).all() and np.isfinite(mesh.vertices_m).all()
    assert mesh.faces.min() == 0 and mesh.faces.max() == len(mesh.vertices_m) - 1
    assert set(np.unique(mesh.material_of_face)) <= set(range(len(mesh.materials)))
    assert n < 3000
    longest = np.ptp(mesh.vertices_m, axis=0).max()
    assert 0.5 * LONGEST_M[kind] < longest <= LONGEST_M[kind]


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_faces_look_outwards(kind, variant):
    """Each connected closed part encloses a positive volume; open sheets (drinks, labels) are a minority."""
    parts = solid(made(kind, variant)).split(only_watertight=True)
    assert len(parts) > 0
    assert min(part.volume for part in parts) > 0


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_mirror_symmetry(kind, variant):
    prop = made(kind, variant)
    vertices = prop.mesh.vertices_m.astype(float)
    gap = max(np.linalg.norm(vertices - v * (-1, 1, 1), axis=1).min() for v in vertices)
    assert gap < 1e-6


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_frames_are_rigid(kind, variant):
    for frame in made(kind, variant).frames.values():
        R = frame[:3, :3]
        np.testing.assert_allclose(R @ R.T, np.eye(3), atol=1e-12)
        assert np.linalg.det(R) == pytest.approx(1.0)
        np.testing.assert_array_equal(frame[3], [0, 0, 0, 1])


@pytest.mark.parametrize(("kind", "variant"), EVERY)
def test_palms_lie_on_the_surface_and_face_it(kind, variant):
    """The palm's centre touches the thing, and a step out of the palm goes into it (or through a handle)."""
    prop = made(kind, variant)
    for name in PALMS if kind != "glasses" else ():  # which fingertips hold
        if name in prop.frames and kind not in FINGERTIPS:
            origin, out = prop.frames[name][:3, 3], prop.frames[name][:3, 2]
            assert distance_to_surface(prop, origin) < 2e-3, name
            vertices = prop.mesh.vertices_m
            assert ((vertices - origin) @ out).max() > 0.004


def test_every_form_of_a_part_is_another():
    for kind, parts in PROP_FORMS.items():
        for part, names in parts.items():
            looks = set()
            for name in names:
                forms = {**forms_of(kind, 0), part: name}
                mesh = build_prop(
                    PropSpec("it", kind, 0.2 if kind.endswith("ball") else 1.0, (), forms=forms), wearer_of(kind)
                ).mesh
                looks.add((mesh.vertices_m.tobytes(), *((m.albedo.tobytes(), m.roughness, m.metallic) for m in mesh.materials)))
            assert len(looks) == len(names) > 1, (kind, part)


def test_left_hand_is_the_mirror_of_the_right():
    box = made("box")
    np.testing.assert_allclose(mirrored(box.frames["right_side"]), box.frames["left_side"])
    np.testing.assert_allclose(mirrored(mirrored(box.frames["grip"])), box.frames["grip"])
    left = box.frames["left_side"]
    # The left palm comes from the left (+x), faces right, fingers forward (-y).
    assert left[0, 3] > 0 and left[0, 2] == -1 and left[1, 1] == -1


@pytest.mark.parametrize("kind", ["cup", "mug", "glass", "bottle"])
@pytest.mark.parametrize("variant", range(4))
def test_a_vessel_is_held_upright_and_drunk_from_its_rim(kind, variant):
    prop = made(kind, variant)
    grip, rim = prop.frames["grip"], prop.frames["rim"]
    np.testing.assert_allclose(grip[:3, 0], [0, 0, 1])  # thumb up along the axis
    assert distance_to_surface(prop, rim[:3, 3]) < 2e-3
    assert prop.mesh.vertices_m[:, 2].max() - rim[2, 3] < 3e-3
    assert rim[1, 3] > 0.008 and rim[1, 1] == -1  # on the drinker's side, y across the vessel


def test_phone_speaks_to_the_holder():
    prop = made("phone")
    assert prop.frames["ear"][2, 3] - prop.frames["mouth"][2, 3] > 0.12
    np.testing.assert_array_equal(prop.frames["ear"][:3, 2], [0, 1, 0])
    np.testing.assert_array_equal(prop.frames["grip"][:3, 2], [0, 1, 0])


def test_ball_size_is_its_diameter():
    for size in (0.065, 0.22):
        mesh = made("ball", size=size).mesh
        np.testing.assert_allclose(np.ptp(mesh.vertices_m, axis=0), size, rtol=0.01)


@pytest.mark.parametrize("kind", ["chair", "stool", "bench", "bed"])
@pytest.mark.parametrize("scale", [0.85, 1.0, 1.15])
def test_seats_are_as_high_as_the_sitter_needs(kind, scale):
    skeleton = made_skeleton(scale)
    frame = made(kind, skeleton=skeleton).frames["seat"]
    assert frame[2, 3] == pytest.approx(seat_height_m(skeleton))
    assert 0.4 * scale < seat_height_m(skeleton) < 0.5 * scale


@pytest.mark.parametrize("kind", ["chair", "stool", "bench", "bed", "mat", "box", "bag", "backpack", "book", "cup"])
def test_standing_things_stand_on_the_floor(kind):
    for variant in range(4):
        assert abs(made(kind, variant).mesh.vertices_m[:, 2].min()) < 1e-3


def test_names_and_errors():
    specs = (PropSpec("a", "can", 1.0, ()), PropSpec("b", "ball", 0.1, (), forms={"skin": "seam"}))
    assert list(build_props(specs, made_skeleton())) == ["a", "b"]
    for forms, said in (
        ({"shape": "bowel"}, "shape of prop 'a' .cup. is 'bowel'.*bowl"),
        ({"shape": "bowl"}, "drink of prop 'a'"),
    ):
        with pytest.raises(UserError, match=said):
            build_prop(PropSpec("a", "cup", 1.0, (), forms=forms), made_skeleton())
    with pytest.raises(UserError, match="cup"):
        made("cupp")
    with pytest.raises(UserError, match="size"):
        made("ball", size=40.0)


def test_no_kind_is_on_two_shelves():
    """The later one would take the other's place without a word."""
    kinds = [kind for shelf in _SHELVES for kind in shelf.KINDS]
    assert len(kinds) == len(set(kinds)) == len(PROP_KINDS)
