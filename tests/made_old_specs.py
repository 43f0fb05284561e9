"""Specs as they lay on disk up to version 5, of one person, with places in tables: today's put back into that form."""

import copy

OUTDOORS = ["block", "wall", "hedge", "tree", "post", "fence"]
FURNITURE = ["shelf", "cabinet", "sofa", "table", "wardrobe", "plant"]
BEARDS = [0.0, 0.3, 0.85]


def aged(spec):
    """The plain data of a spec of one person in version 5's form, with places for names besides. What the variant said as well
    (props, stripes) is left out."""
    old = one_person(spec)
    skin = old["look"]["skin"]
    skin["variant"] = 3 * skin["variant"] + BEARDS.index(skin.pop("beard"))
    for garment in old["look"]["garments"]:
        del garment["fabric"]["stripe_share"]
    for prop in old["props"]:
        del prop["forms"]
    params = old["backdrop"]["params"]
    table = {"outdoor": OUTDOORS, "room": FURNITURE}.get(old["backdrop"]["kind"])
    for name, value in list(params.items()):
        if name.endswith("_form"):
            params[name] = float(table.index(value))
        elif isinstance(value, str):
            del params[name]
    return old


def one_person(spec):
    """The plain data of a spec of one person as version 5 wrote it: `body`, `look` and `motion` at the top, in their order."""
    old = copy.deepcopy(spec)
    (own,) = old.pop("performers")
    assert old.pop("bystanders", []) == [] and own["role"] == "a"
    performance = old.pop("performance")
    motion = {
        "params": performance["params"], "amplitude": own["amplitude"], "tempo": performance["tempo"],
        "side": performance["side"], "style": own["style"],
        **{name: performance[name] for name in ("idle_before_s", "idle_after_s", "start_phase")},
        "heading_rad": performance["heading_rad"], "phases_rad": own["phases_rad"],
    }  # fmt: skip
    before = {name: old.pop(name) for name in list(old) if name in BEFORE}
    return {**before, "body": own["body"], "look": own["look"], "motion": motion, **old}


BEFORE = ("version", "action", "index", "seed", "recipe", "split", "width_px", "height_px", "fps")
"""Fields that stood before them."""
