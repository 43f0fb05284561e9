"""Assets fetched from a mirror: whole or not at all, once for all processes; and licences looked at before anything is drawn."""

import http.server
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from synapt.assets_manifest import assets, store
from synapt.assets_manifest.permitted import known_licences, maps_of, permitted
from synapt.assets_manifest.tables import table
from synapt.generator import names
from synapt.generator.base.errors import UserError
from synapt.generator.recipes import load_recipe

OPEN = "CC0-1.0,apache-2.0"


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A folder with two of the maps, and an empty cache."""
    monkeypatch.setenv("SYNAPT_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(store.OFFLINE, raising=False)
    folder = tmp_path / "mirror"
    folder.mkdir()
    for name in ("city", "forest"):
        shutil.copy(assets.world_folder() / table("hdris")[name]["file"], folder)
    return folder


def test_a_fetched_map_is_the_one_of_the_manifest_and_serves_where_bpy_has_none(mirror, monkeypatch):
    path = store.fetch("city", str(mirror))
    assert store.digest_of(path) == table("hdris")["city"]["sha256"] and path == store.stored("city")
    monkeypatch.setattr(assets, "world_folder", lambda: mirror / "nowhere")
    assert assets.hdri_path("city") == str(path)
    with pytest.raises(UserError, match="is missing: reinstall it"):
        assets.hdri_path("forest")


def test_what_is_there_and_whole_is_not_fetched_again_and_what_is_damaged_is(mirror):
    path = store.fetch("city", str(mirror))
    assert store.fetch("city", "nowhere") == path
    path.write_bytes(b"damaged")
    with pytest.raises(UserError, match=r"nowhere/city.exr could not be read"):
        store.fetch("city", "nowhere")
    assert store.digest_of(store.fetch("city", str(mirror))) == table("hdris")["city"]["sha256"]


def test_another_file_never_takes_the_name(mirror):
    (mirror / "city.exr").write_bytes(b"another")
    with pytest.raises(UserError, match=r"has SHA-256 .*, and city has 9e42abcd2fa3: it is another file, try another mirror"):
        store.fetch("city", str(mirror))
    assert not store.stored("city").exists() and not list(store.folder().rglob("*.exr*"))


def test_of_many_one_fetches(mirror, monkeypatch):
    fetched = []
    monkeypatch.setattr(store, "_copy", lambda *args, copy=store._copy: fetched.append(args) or copy(*args))
    with ThreadPoolExecutor(4) as pool:
        paths = set(pool.map(lambda _: store.fetch("city", str(mirror)), range(8)))
    assert len(fetched) == len(paths) == 1


def test_a_web_address_is_a_mirror_unless_one_is_offline(mirror, monkeypatch):
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(mirror))
    handler.func.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(UserError, match=r"could not be read .*not found"):
            store.fetch("courtyard", address)
        monkeypatch.setenv(store.OFFLINE, "1")
        with pytest.raises(UserError, match="this is offline"):
            store.fetch("city", address)
        monkeypatch.setenv(store.OFFLINE, "0")
        assert store.digest_of(store.fetch("city", address)) == table("hdris")["city"]["sha256"]
        server.shutdown()


def test_licences_are_known_by_name_in_any_case():
    assert permitted(OPEN) == {"CC0-1.0", "Apache-2.0"} <= set(known_licences())
    with pytest.raises(UserError, match="no asset has the licence 'GPL': choose one of"):
        permitted("GPL")


def test_maps_without_an_allowed_licence_are_never_drawn(monkeypatch):
    recipe = names.only_licensed(
        "standard; light.hdris={city=1, forest=2, user:sky=1}".replace("user:sky", '"user:sky"'), "anny", OPEN
    )[0]
    assert load_recipe(recipe).light.hdris == {"city": 1, "forest": 2}
    rows = {name: {**row, "licence": "CC-BY-4.0" if name == "city" else row["licence"]} for name, row in table("hdris").items()}
    monkeypatch.setattr("synapt.assets_manifest.permitted.table", lambda kind: rows if kind == "hdris" else table(kind))
    assert maps_of({"city": 1.0, "forest": 2.0}, permitted(OPEN)) == {"forest": 2.0}
    with pytest.raises(UserError, match=r"environment maps have other licences than Apache-2.0, CC0-1.0"):
        maps_of({"city": 1.0}, permitted(OPEN))
    assert names.only_licensed("standard", "anny", "") == names.recipe("standard")


@pytest.mark.parametrize(
    ("body", "licences", "line"),
    [
        ("smplx", OPEN, "bodies/smplx has the licence LicenseRef-SMPL-X-non-commercial, and allowed are Apache-2.0, CC0-1.0"),
        ("mine:body", OPEN, "bodies/mine:body has the licence unknown"),
        ("anny", "Apache-2.0", "bodies/anny has the licence CC0-1.0"),
    ],
)
def test_a_body_without_an_allowed_licence_is_refused(body, licences, line):
    with pytest.raises(UserError, match=line):
        names.only_licensed("standard", body, licences)
