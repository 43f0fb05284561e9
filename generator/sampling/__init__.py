"""Decide: from (action, recipe, seed, index) to a ClipSpec. The only code that draws random numbers."""

from __future__ import annotations

from collections.abc import Mapping

from ..actions import Action, find_action, source_of
from ..base.seeds import spread, stream
from ..values import SPEC_VERSION, BodySpec, ClipSpec, LookSpec
from . import backdrop, body, camera, light, look, motion, props
from .order import Split, place, split_of
from .recipe import Recipe

__all__ = ["STREAMS", "Split", "place", "sample", "split_of"]

STREAMS: tuple[str, ...] = ("motion", "props", "body", "clothes", "camera", "light", "backdrop")
"""Streams that `variants` may redraw; changing one leaves every choice of the others as it was."""


def sample(action_name: str, recipe: Recipe, seed: int, index: int, *, width_px: int = 256, height_px: int = 256,
           fps: float = 15.0, body_model: str = "anny", variants: Mapping[str, int] | None = None) -> ClipSpec:  # fmt: skip
    """The spec of clip `index` of an action: a function of its arguments, on any machine, in any order.

    `variants` maps stream names to redraw numbers: {"camera": 1} is the counterfactual twin seen by another camera.
    """
    action = find_action(action_name)
    redraws = dict(variants or {})
    unknown = set(redraws) - set(STREAMS)
    if unknown:
        raise ValueError(f"unknown stream {sorted(unknown)}: choose among {', '.join(STREAMS)}")

    def of(name: str):  # type: ignore[no-untyped-def]
        return stream(seed, action.name, index, name, redraws.get(name, 0))

    split = split_of(action.name, recipe, seed, index)
    turn = spread(seed, action.name, index, "azimuth", redraws.get("camera", 0))
    person, look_spec = _person(action, recipe, seed, index, split, body_model, redraws)
    return ClipSpec(
        version=SPEC_VERSION,
        action=action.name,
        index=index,
        seed=seed,
        recipe=recipe.name,
        split=split,
        width_px=width_px,
        height_px=height_px,
        fps=fps,
        body=person,
        look=look_spec,
        motion=motion.draw(of("motion"), recipe.motion, action),
        props=props.draw(of("props"), action.props, recipe.props),
        camera=camera.draw(of("camera"), turn, recipe.camera),
        light=light.draw(of("light"), recipe.light),
        backdrop=backdrop.draw(of("backdrop"), recipe.backdrop),
        variants=redraws,
        source=source_of(action_name if ":" in action_name else action.name),
    )


def _person(action: Action, recipe: Recipe, seed: int, index: int, split: Split, body_model: str,
            redraws: Mapping[str, int]) -> tuple[BodySpec, LookSpec]:  # fmt: skip
    """An identity of the split's own pool (body, skin and hair belong to it), in this clip's clothes.

    No identity appears in two splits: each split numbers its own people.
    """
    chooser = stream(seed, action.name, index, "body", redraws.get("body", 0))
    number = int(chooser.integers(recipe.identities))
    pool = f"identity-{split}"
    spec = body.draw(stream(seed, pool, number, "body"), recipe.body, body_model, f"{split}-{number:05d}")
    skin, hair = look.draw_person(stream(seed, pool, number, "look"), recipe.look, spec.sex, spec.age_years)
    wardrobe = stream(seed, action.name, index, "clothes", redraws.get("clothes", 0))
    return spec, LookSpec(skin, hair, look.draw_clothes(wardrobe, recipe.look, spec.sex))
