"""Specs as they lay on disk while they held places in tables: today's put back into that form."""

import copy

OUTDOORS = ["block", "wall", "hedge", "tree", "post", "fence"]
FURNITURE = ["shelf", "cabinet", "sofa", "table", "wardrobe", "plant"]
BEARDS = [0.0, 0.3, 0.85]


def aged(spec):
    """The plain data of a spec, with places for names. What the variant said as well (props, stripes) is left out."""
    old = copy.deepcopy(spec)
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
