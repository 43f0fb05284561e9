"""Decide: from (action, recipe, seed, index) to a ClipSpec. The only code that draws random numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..actions import Action, doing, find_action, source_of
from ..base.errors import UserError
from ..base.groups import Member
from ..base.seeds import spread, stream
from ..recordings.classes import Build
from ..values import (
    SPEC_VERSION,
    BodySpec,
    BystanderSpec,
    CameraSpec,
    ClipSpec,
    GroupSpec,
    LookSpec,
    PerformanceSpec,
    PerformerSpec,
)
from . import backdrop, body, bystanders, camera, light, look, motion, outfits, props, sensor, takes
from .order import Split, file_of, place, split_of
from .recipe import Recipe

__all__ = ["STREAMS", "Split", "place", "sample", "split_of", "streams_of"]

STREAMS: tuple[str, ...] = ("motion", "props", "body", "clothes", "camera", "light", "backdrop", "bystanders", "sensor")
"""Streams that `variants` may redraw; changing one leaves every choice of the others as it was."""

PERSONAL: tuple[str, ...] = ("body", "clothes", "motion")
"""Of these every further performer has one, called "ROLE.body" and so on; of their `motion` only the manner counts."""


def streams_of(roles: Sequence[str]) -> tuple[str, ...]:
    """Names of the streams of an action with these roles; the plain ones are the clip's and the first performer's."""
    return (*STREAMS, *(f"{role}.{name}" for role in roles[1:] for name in PERSONAL))


def sample(action_name: str, recipe: Recipe, seed: int, index: int, *, width_px: int = 256, height_px: int = 256,
           fps: float = 15.0, body_model: str = "anny", variants: Mapping[str, int] | None = None,
           member: Member | None = None) -> ClipSpec:  # fmt: skip
    """The spec of clip `index` of an action: a function of its arguments, on any machine, in any order.

    `variants` maps stream names to redraw numbers: {"camera": 1} is the counterfactual twin seen by another camera,
    {"b.clothes": 1} the one in which the second performer is dressed otherwise. `member`: its place in a group, which says that,
    too; all clips of a group are drawn by the group's number instead of their own `index`.
    """
    action = find_action(action_name)
    redraws = dict(member.redraws if member else variants or {})
    at = member.group if member else index
    _check(action, recipe, redraws)

    def of(name: str) -> np.random.Generator:
        return stream(seed, action.name, at, name, redraws.get(name, 0))

    split = split_of(action.name, recipe, seed, at, action.motion.places if action.motion else ())
    filming = _filming(seed, action.name, at, recipe, redraws.get("camera", 0), member.views if member else 1)
    view = member.view if member else 0
    if action.together is not None and of("company").random() < recipe.motion.together_share:
        action = action.together
    performance, manner = motion.draw(of("motion"), recipe.motion, action)
    performance, builds = _recorded(action, seed, at, redraws.get("motion", 0), performance)
    sky = stream(seed, action.name, at, "light.sky", redraws.get("light", 0))
    performers: list[PerformerSpec] = []
    for role in action.roles:
        prefix = f"{role}." if performers else ""
        own = motion.draw(of(f"{prefix}motion"), recipe.motion, action)[1] if performers else manner
        build = builds[len(performers)] if builds else None
        who = _person(recipe, seed, split, body_model, of, prefix, performers, action, build)
        performers.append(_performer(role, own, who))
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
        performance=performance,
        performers=tuple(performers),
        props=props.matched(props.draw(of("props"), action.props, recipe.props), action.props, performers[0].look),
        camera=filming[view],
        light=replace(light.draw(of("light"), recipe.light), sky=light.draw_sky(sky, recipe.light)),
        backdrop=backdrop.draw(of("backdrop"), recipe.backdrop, action.props),
        bystanders=_beside(recipe, seed, split, body_model, of, performers),
        sensor=sensor.draw(_of_view(seed, action.name, at, "sensor", redraws.get("sensor", 0), view), recipe.sensor),
        variants=redraws,
        group=GroupSpec(at, view, filming if len(filming) > 1 else ()) if member else None,
        source=source_of(action_name if ":" in action_name else action.name),
    )


def _beside(recipe: Recipe, seed: int, split: Split, body_model: str, of: Callable[[str], np.random.Generator],
            performers: Sequence[PerformerSpec]) -> tuple[BystanderSpec, ...]:  # fmt: skip
    """Who else is there, and what they do."""
    beside: list[BystanderSpec] = []
    for one in bystanders.draw(of("bystanders"), recipe.bystanders):
        its = doing(one.action)
        does, own = motion.draw(of(f"{one.role}.motion"), recipe.motion, its)
        things = props.draw(of(f"{one.role}.props"), its.props, recipe.props)
        known = [*performers, *(other.performer for other in beside)]
        person = _performer(one.role, own, _person(recipe, seed, split, body_model, of, f"{one.role}.", known))
        beside.append(BystanderSpec(one.action, replace(does, heading_rad=one.heading_rad), person, one.at_m, things))
    return tuple(beside)


def _filming(seed: int, action: str, index: int, recipe: Recipe, redraw: int, views: int) -> tuple[CameraSpec, ...]:
    """What films a performance. Several stand spread over the azimuths from one that is drawn as ever, and stay where they are:
    one that went to where it sees more would come upon another."""
    turn = spread(seed, action, index, "azimuth", redraw)
    drawn = (
        camera.draw(_of_view(seed, action, index, "camera", redraw, k), (turn + k / views) % 1.0, recipe.camera)
        for k in range(views)
    )
    return tuple(drawn) if views == 1 else tuple(replace(one, other_azimuths_rad=()) for one in drawn)


def _of_view(seed: int, action: str, index: int, name: str, redraw: int, view: int) -> np.random.Generator:
    """The stream of what each camera has for itself; the first view's is the clip's own."""
    return stream(seed, action, index, f"{name}.view-{view + 1}" if view else name, redraw)


def _recorded(action: Action, seed: int, index: int, redraw: int,
              performance: PerformanceSpec) -> tuple[PerformanceSpec, tuple[Build, ...]]:  # fmt: skip
    """The performance with the recorded movement that it follows, if it is of such a class, and whose bodies are kept."""
    if action.motion is None:
        return performance, ()
    file = file_of(action.name, seed, index, action.motion.places)
    found = takes.draw(stream(seed, action.name, index, "take", redraw), action.motion, file, performance.tempo)
    if found is None:
        return performance, ()
    take, spec = found
    before, after = (True, True) if spec.layer or take.loop else take.pauses
    performance = replace(
        performance,
        take=spec,
        idle_before_s=performance.idle_before_s if before else 0.0,
        idle_after_s=performance.idle_after_s if after else 0.0,
    )
    return performance, take.builds


def _check(action: Action, recipe: Recipe, redraws: Mapping[str, int]) -> None:
    """ValueError for redraws of streams that aren't there, UserError for a recipe with too few people."""
    streams = streams_of(action.most_roles)
    if unknown := set(redraws) - set(streams):
        raise ValueError(f"unknown stream {sorted(unknown)}: choose among {', '.join(streams)}")
    roles = action.most_roles if recipe.motion.together_share else action.roles
    most = len(roles) + (recipe.bystanders.most if recipe.bystanders.share else 0)
    if most > recipe.identities:
        raise UserError(
            f"up to {most} people are in a clip of '{action.name}', and the recipe has {recipe.identities} in each split: "
            "give it more `identities`"
        )


def _performer(role: str, manner: motion.Manner, person: tuple[BodySpec, LookSpec]) -> PerformerSpec:
    return PerformerSpec(role, *person, manner.style, manner.amplitude, manner.phases_rad)


def _person(recipe: Recipe, seed: int, split: Split, body_model: str, of: Callable[[str], np.random.Generator], prefix: str,
            others: Sequence[PerformerSpec], action: Action | None = None,
            build: Build | None = None) -> tuple[BodySpec, LookSpec]:  # fmt: skip
    """An identity of the split's own pool (body, skin and hair belong to it), in this clip's clothes; nobody of the `others`.

    No identity appears in two splits: each split numbers its own people. With a `build`, the body is that instead.
    """
    taken = [other.body.identity for other in others]
    number = int(of(f"{prefix}body").integers(recipe.identities))
    while f"{split}-{number:05d}" in taken:
        number = (number + 1) % recipe.identities
    pool = f"identity-{split}"
    spec = body.draw(stream(seed, pool, number, "body"), recipe.body, body_model, f"{split}-{number:05d}")
    spec = body.built(spec, build) if build else spec
    skin, hair = look.draw_person(stream(seed, pool, number, "look"), recipe.look, spec.sex, spec.age_years)
    rng = of(f"{prefix}clothes")
    if action is not None and action.occasion:
        return spec, LookSpec(skin, hair, outfits.draw_outfit(rng, recipe.look, action.occasion))
    return spec, LookSpec(skin, hair, look.draw_clothes(rng, recipe.look, spec.sex, action.changes if action else ()))
