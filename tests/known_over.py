"""What is known to be over a limit of `actions --measure`, as far as it goes in the unit of the table, and why.

An action that stands here waits to be mended: take the line out when it is.
"""

from __future__ import annotations

Known = dict[str, tuple[float, str]]
"""Measure -> most that it may come to (in the unit that the table shows), and the reason."""

EVERYWHERE: Known = {
    "joint_excess_rad": (
        60.0,
        "hands turn as their targets ask, which bends wrists aside farther than wrists go; ankles and hips follow the floor",
    ),
    "contact_miss_m": (
        3.0,
        "heels and balls are said to touch a little before they are flat and after they roll; palms meet within flesh",
    ),
}
"""Of the engine, not of one action."""

KNOWN: dict[str, Known] = {
    "saluting": {
        "contact_miss_m": (6.8, "left index tip on left eye: does not come there"),
    },
    "picking": {
        "foot_slide_m": (3.6, "the standing foot turns or is dragged along"),
        "floor_depth_m": (2.5, "a fingertip or knee goes under the floor"),
        "self_depth_m": (5.8, "an arm passes through the trunk, or a shin through the other"),
    },
    "sitting": {
        "thing_miss_m": (4.0, "seat on chair: flesh and cushions give, or it is passed by"),
    },
    "standing_up": {
        "thing_miss_m": (2.9, "seat on chair: flesh and cushions give, or it is passed by"),
        "self_depth_m": (5.2, "an arm passes through the trunk, or a shin through the other"),
    },
    "lying_down": {
        "floor_depth_m": (1.3, "a fingertip or knee goes under the floor"),
        "contact_miss_m": (6.1, "left hip on floor: does not come there"),
        "thing_miss_m": (3.0, "back on support: flesh and cushions give, or it is passed by"),
        "self_depth_m": (12.6, "an arm passes through the trunk, or a shin through the other"),
        "joint_excess_rad": (95.1, "forearm supination: farther than that joint goes"),
    },
    "falling_down": {
        "foot_slide_m": (27.3, "the standing foot turns or is dragged along"),
        "floor_depth_m": (2.3, "a fingertip or knee goes under the floor"),
        "contact_miss_m": (5.5, "chest front on floor: does not come there"),
        "balance_m": (11.4, "leans farther than one can stand"),
    },
    "run": {
        "self_depth_m": (9.0, "an arm passes through the trunk, or a shin through the other"),
    },
    "jumping": {
        "wrist_speed": (13.7, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (282, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (8576, "the hand starts and stops more abruptly than real ones"),
        "head_accel": (83.9, "the head is jolted more abruptly than real ones"),
    },
    "push_up": {
        "foot_slide_m": (2.1, "the standing foot turns or is dragged along"),
        "self_depth_m": (3.2, "an arm passes through the trunk, or a shin through the other"),
    },
    "throwing": {
        "foot_slide_m": (11.8, "the standing foot turns or is dragged along"),
        "floor_depth_m": (1.5, "a fingertip or knee goes under the floor"),
        "self_depth_m": (2.7, "an arm passes through the trunk, or a shin through the other"),
        "wrist_speed": (16.1, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (337, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (12965, "the hand starts and stops more abruptly than real ones"),
    },
    "catch": {
        "self_depth_m": (3.6, "an arm passes through the trunk, or a shin through the other"),
    },
    "punching": {
        "foot_slide_m": (11.3, "the standing foot turns or is dragged along"),
        "wrist_speed": (22.5, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (512, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (26271, "the hand starts and stops more abruptly than real ones"),
    },
    "kicking": {
        "foot_slide_m": (16.7, "the standing foot turns or is dragged along"),
        "thing_miss_m": (6.0, "right toe on ball: flesh and cushions give, or it is passed by"),
        "wrist_jerk": (9341, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (16.5, "quicker than what was captured"),
        "ankle_accel": (495, "the foot starts and stops more abruptly than real ones"),
        "ankle_jerk": (21647, "the foot starts and stops more abruptly than real ones"),
    },
    "handshaking": {
        "self_depth_m": (4.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "hugging_each_other": {
        "other_depth_m": (3.6, "an arm passes through the other body"),
    },
    "pat_on_back": {
        "contact_miss_m": (4.9, "left palm on b:back: does not come there"),
    },
    "whispering": {
        "self_depth_m": (7.1, "an arm passes through the trunk, or a shin through the other"),
    },
    "point_finger_interaction": {
        "self_depth_m": (7.6, "an arm passes through the trunk, or a shin through the other"),
    },
    "talking_to_each_other": {
        "self_depth_m": (5.2, "an arm passes through the trunk, or a shin through the other"),
    },
    "helping_up": {
        "self_depth_m": (3.6, "an arm passes through the trunk, or a shin through the other"),
    },
    "punch_slap": {
        "contact_miss_m": (10.3, "left knuckles on b:mouth: does not come there"),
        "self_depth_m": (8.7, "an arm passes through the trunk, or a shin through the other"),
        "wrist_speed": (20.7, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (548, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (23461, "the hand starts and stops more abruptly than real ones"),
    },
    "kicking_another": {
        "foot_slide_m": (7.3, "the standing foot turns or is dragged along"),
        "contact_miss_m": (11.8, "right heel on b:pelvis: does not come there"),
        "ankle_jerk": (9874, "the foot starts and stops more abruptly than real ones"),
    },
    "fighting_each_other": {
        "contact_miss_m": (9.7, "left knuckles on a:mouth: does not come there"),
        "other_depth_m": (2.5, "an arm passes through the other body"),
        "wrist_accel": (244, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (11052, "the hand starts and stops more abruptly than real ones"),
    },
    "pushing_interaction": {
        "contact_miss_m": (8.9, "right palm on b:chest front: does not come there"),
    },
    "bump_into_each_other": {
        "contact_miss_m": (30.5, "left shoulder on b:left shoulder: does not come there"),
        "self_depth_m": (9.7, "an arm passes through the trunk, or a shin through the other"),
        "head_accel": (122, "the head is jolted more abruptly than real ones"),
        "head_jerk": (4557, "the head is jolted more abruptly than real ones"),
    },
    "flee": {
        "contact_miss_m": (11.3, "right ball on floor: does not come there"),
        "self_depth_m": (3.6, "an arm passes through the trunk, or a shin through the other"),
        "wrist_accel": (229, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (9214, "the hand starts and stops more abruptly than real ones"),
    },
    "dancing_as_a_pair": {
        "self_depth_m": (2.3, "an arm passes through the trunk, or a shin through the other"),
    },
    "giving_object": {
        "thing_miss_m": (1.6, "left palm on thing: flesh and cushions give, or it is passed by"),
    },
    "exchanging_things": {
        "self_depth_m": (7.1, "an arm passes through the trunk, or a shin through the other"),
    },
    "throwing_and_catching_between_two": {
        "self_depth_m": (8.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "touch_pocket": {
        "contact_miss_m": (5.9, "left middle tip on b:right hip: does not come there"),
    },
    "rock_paper_scissors": {
        "self_depth_m": (4.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "basketball_shot": {
        "self_depth_m": (6.9, "an arm passes through the trunk, or a shin through the other"),
    },
    "basketball_dribble": {
        "thing_miss_m": (2.1, "a blow or touch between two frames, or a sole that rolls"),
        "self_depth_m": (2.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "soccer_kick": {
        "thing_miss_m": (11.0, "a blow or touch between two frames, or a sole that rolls"),
        "ankle_jerk": (6777, "the kick is stopped more abruptly than real ones"),
    },
    "soccer_header": {
        "thing_miss_m": (2.0, "a blow or touch between two frames, or a sole that rolls"),
        "head_accel": (105.1, "the head is jolted more abruptly than real ones"),
        "head_jerk": (3718, "the head is jolted more abruptly than real ones"),
    },
    "bowling": {
        "self_depth_m": (8.6, "an arm passes through the trunk, or a shin through the other"),
        "joint_excess_rad": (81.8, "forearm supination: farther than that joint goes"),
        "wrist_speed": (11.7, "a blow or throw is quicker than what was captured"),
    },
    "fencing_lunge": {
        "foot_slide_m": (1.7, "the standing foot turns or is dragged along"),
        "floor_depth_m": (2.6, "a fingertip, toe or knee goes under the floor"),
    },
    "boxing_a_bag": {
        "thing_miss_m": (3.5, "a blow or touch between two frames, or a sole that rolls"),
    },
    "juggling": {
        "self_depth_m": (2.5, "an arm passes through the trunk, or a shin through the other"),
    },
    "rowing": {
        "head_accel": (89.0, "the head is jolted more abruptly than real ones"),
    },
    "climbing_a_ladder": {
        "thing_miss_m": (3.3, "a blow or touch between two frames, or a sole that rolls"),
    },
    "climbing_stairs": {
        "thing_miss_m": (2.5, "a blow or touch between two frames, or a sole that rolls"),
    },
    "cartwheel": {
        "floor_depth_m": (6.7, "a fingertip, toe or knee goes under the floor"),
        "joint_excess_rad": (85.2, "forearm pronation: farther than that joint goes"),
    },
    "somersault": {
        "floor_depth_m": (1.7, "a fingertip, toe or knee goes under the floor"),
        "self_depth_m": (3.8, "an arm passes through the trunk, or a shin through the other"),
        "head_accel": (69.2, "the head is jolted more abruptly than real ones"),
    },
    "volleyball_spike": {
        "thing_miss_m": (4.6, "a blow or touch between two frames, or a sole that rolls"),
        "joint_excess_rad": (70.1, "forearm pronation: farther than that joint goes"),
        "wrist_speed": (14.9, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (389.4, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (16274, "the hand starts and stops more abruptly than real ones"),
    },
    "tennis_serve": {
        "joint_excess_rad": (86.0, "forearm pronation: farther than that joint goes"),
        "wrist_speed": (17.9, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (483.1, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (22763, "the hand starts and stops more abruptly than real ones"),
    },
    "tennis_forehand": {
        "joint_excess_rad": (85.7, "forearm supination: farther than that joint goes"),
        "wrist_speed": (11.9, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (320.4, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (13081, "the hand starts and stops more abruptly than real ones"),
    },
}
