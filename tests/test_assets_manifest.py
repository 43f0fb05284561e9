"""Assets: the tables are complete, the files are those that were measured, licences are told truly."""

import dataclasses

import pytest
from made_up import make_spec
from synapt.assets_manifest import assets
from synapt.assets_manifest.tables import table
from synapt.generator.base.errors import UserError


@pytest.mark.parametrize("name", ["hdris", "bodies", "garments"])
def test_every_row_says_where_it_comes_from(name):
    for row in table(name).values():
        assert {"source", "version", "licence", "redistributable"} <= set(row)
        assert row["source"].startswith("http")


def test_all_maps_are_there_unaltered():
    names = assets.hdri_names()
    assert len(names) == 8 and set(assets.hdri_names("indoor")) == {"interior", "studio"}
    for name in names:
        found = assets.hdri(name)
        assert found.path.endswith(".exr") and 0.05 < found.luminance < 5.0


def test_an_altered_or_missing_file_is_answered(tmp_path):
    broken = tmp_path / "city.exr"
    broken.write_bytes(b"not an image")
    with pytest.raises(UserError, match="SHA-256"):
        assets._check(broken, table("hdris")["city"]["sha256"])
    with pytest.raises(UserError, match="missing"):
        assets._check(tmp_path / "gone.exr", "0")


def test_misspelt_map_is_answered():
    with pytest.raises(UserError, match="did you mean forest"):
        assets.hdri("forrest")


def test_a_users_own_maps(tmp_path, monkeypatch):
    (tmp_path / "beach.hdr").write_bytes(b"x")
    monkeypatch.delenv(assets.USER_FOLDER_VARIABLE, raising=False)
    with pytest.raises(UserError, match=assets.USER_FOLDER_VARIABLE):
        assets.hdri("user:beach")
    monkeypatch.setenv(assets.USER_FOLDER_VARIABLE, str(tmp_path))
    assert assets.hdri_path("user:beach") == str(tmp_path / "beach.hdr")
    with pytest.raises(UserError, match="beach"):
        assets.hdri("user:beech")


def test_licences_of_a_clip():
    found = {row.asset: row for row in assets.licences(make_spec())}
    assert found["hdris/forest"].licence == "CC0-1.0"
    assert found["bodies/anny"].redistributable
    assert not assets._licence("bodies", "smplx").redistributable


def test_a_users_clothes_are_told_apart():
    spec = make_spec()
    (performer,) = spec.performers
    dress = dataclasses.replace(performer.look.garments[0], kind="mhclo:dress")
    dressed = dataclasses.replace(performer, look=dataclasses.replace(performer.look, garments=(dress,)))
    worn = dataclasses.replace(spec, performers=(dressed,))
    assert "garments/makehuman" in {row.asset for row in assets.licences(worn)}
    assert "garments/makehuman" not in {row.asset for row in assets.licences(spec)}
