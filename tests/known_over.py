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
    "rub_two_hands": {
        "contact_miss_m": (7.476, "right palm on left palm: does not come there"),
        "self_depth_m": (4.614, "an arm passes through the trunk, or a limb through another"),
    },
    "rubbing_face_with_hands": {
        "contact_miss_m": (4.031, "right palm on right eye: does not come there"),
    },
    "blow_nose": {
        "self_depth_m": (2.312, "an arm passes through the trunk, or a limb through another"),
    },
    "eating": {
        "thing_miss_m": (3.184, "left palm on food: held by the fingertips, or beside its surface"),
        "self_depth_m": (7.993, "an arm passes through the trunk, or a limb through another"),
    },
    "taking_medicine": {
        "thing_miss_m": (7.006, "left palm on pill: held by the fingertips, or beside its surface"),
    },
    "smoking": {
        "thing_miss_m": (8.097, "right palm on cigarette: held by the fingertips, or beside its surface"),
    },
    "using_a_remote_control": {
        "thing_miss_m": (2.843, "seat on seat: held by the fingertips, or beside its surface"),
    },
    "reading_a_newspaper": {
        "thing_miss_m": (27.16, "right palm on right half: held by the fingertips, or beside its surface"),
    },
    "putting_on_lipstick": {
        "thing_miss_m": (5.718, "right palm on lipstick: held by the fingertips, or beside its surface"),
    },
    "putting_on_cosmetics": {
        "thing_miss_m": (6.942, "left palm on tool: held by the fingertips, or beside its surface"),
    },
    "hanging_out_laundry": {
        "thing_miss_m": (1.959, "right palm on cloth: held by the fingertips, or beside its surface"),
    },
    "put_on_glasses": {
        "thing_miss_m": (8.802, "right palm on glasses: held by the fingertips, or beside its surface"),
    },
    "take_off_glasses": {
        "thing_miss_m": (8.76, "left palm on glasses: held by the fingertips, or beside its surface"),
    },
    "put_on_a_shoe": {
        "thing_miss_m": (23.66, "left palm on shoe: held by the fingertips, or beside its surface"),
        "self_depth_m": (3.354, "an arm passes through the trunk, or a limb through another"),
    },
    "take_off_a_shoe": {
        "thing_miss_m": (27.7, "left palm on shoe: held by the fingertips, or beside its surface"),
        "self_depth_m": (4.252, "an arm passes through the trunk, or a limb through another"),
    },
    "taking_off_a_jacket": {
        "self_depth_m": (2.238, "an arm passes through the trunk, or a limb through another"),
    },
    "sneezing": {
        "head_accel": (73.76, "the head is jolted more abruptly than real ones"),
    },
    "cutting_vegetable_on_the_cutting_board": {
        "thing_miss_m": (1.501, "right index tip on vegetable: held by the fingertips, or beside its surface"),
    },
    "using_a_gas_stove": {
        "thing_miss_m": (2.395, "left index tip on stove: held by the fingertips, or beside its surface"),
    },
    "putting_food_in_the_fridge_taking_food_from_the_fridge": {
        "thing_miss_m": (12.99, "right palm on door: held by the fingertips, or beside its surface"),
        "self_depth_m": (13.04, "an arm passes through the trunk, or a limb through another"),
        "joint_excess_rad": (88.53, "forearm supination: farther than that joint goes"),
    },
    "opening_the_door_and_walking_in": {
        "foot_slide_m": (3.508, "the standing foot turns or is dragged along"),
        "floor_depth_m": (3.833, "a fingertip, knee or shoe goes under the floor"),
        "thing_miss_m": (30.62, "right palm on door: held by the fingertips, or beside its surface"),
    },
    "washing": {
        "contact_miss_m": (7.462, "right palm on left palm: does not come there"),
    },
    "vacuumming_the_floor": {
        "self_depth_m": (8.166, "an arm passes through the trunk, or a limb through another"),
    },
    "push": {
        "thing_miss_m": (3.137, "right palm on load: held by the fingertips, or beside its surface"),
    },
    "mopping": {
        "thing_miss_m": (8.146, "right palm on mop: held by the fingertips, or beside its surface"),
    },
    "folding_clothes": {
        "thing_miss_m": (5.053, "left palm on cloth: held by the fingertips, or beside its surface"),
    },
    "sweeping_the_floor": {
        "self_depth_m": (2.625, "an arm passes through the trunk, or a limb through another"),
    },
    "handwriting": {
        "thing_miss_m": (1.691, "left index tip on pen: held by the fingertips, or beside its surface"),
    },
    "picking": {
        "foot_slide_m": (3.6, "the standing foot turns or is dragged along"),
        "floor_depth_m": (2.5, "a fingertip or knee goes under the floor"),
        "self_depth_m": (5.8, "an arm passes through the trunk, or a shin through the other"),
    },
    "sitting": {
        "thing_miss_m": (4, "seat on chair: flesh and cushions give, or it is passed by"),
    },
    "standing_up": {
        "thing_miss_m": (2.9, "seat on chair: flesh and cushions give, or it is passed by"),
        "self_depth_m": (5.2, "an arm passes through the trunk, or a shin through the other"),
    },
    "lying_down": {
        "floor_depth_m": (1.3, "a fingertip or knee goes under the floor"),
        "contact_miss_m": (6.1, "left hip on floor: does not come there"),
        "thing_miss_m": (3, "back on support: flesh and cushions give, or it is passed by"),
        "self_depth_m": (12.6, "an arm passes through the trunk, or a shin through the other"),
        "joint_excess_rad": (95.1, "forearm supination: farther than that joint goes"),
    },
    "kneeling": {
        "floor_depth_m": (1.152, "a fingertip, knee or shoe goes under the floor"),
        "self_depth_m": (2.123, "an arm passes through the trunk, or a limb through another"),
    },
    "getting_up_from_a_fall": {
        "floor_depth_m": (1.844, "a fingertip, knee or shoe goes under the floor"),
        "self_depth_m": (3.958, "an arm passes through the trunk, or a limb through another"),
    },
    "falling_down": {
        "foot_slide_m": (27.3, "the standing foot turns or is dragged along"),
        "floor_depth_m": (2.3, "a fingertip or knee goes under the floor"),
        "contact_miss_m": (5.5, "chest front on floor: does not come there"),
        "balance_m": (11.4, "leans farther than one can stand"),
    },
    "fainting": {
        "floor_depth_m": (1.106, "a fingertip, knee or shoe goes under the floor"),
        "contact_miss_m": (4.211, "right hip on floor: does not come there"),
        "head_accel": (72.5, "the head is jolted more abruptly than real ones"),
    },
    "car_hit": {
        "foot_slide_m": (5.324, "the standing foot turns or is dragged along"),
        "floor_depth_m": (3.108, "a fingertip, knee or shoe goes under the floor"),
        "self_depth_m": (3.922, "an arm passes through the trunk, or a limb through another"),
        "head_accel": (73.47, "the head is jolted more abruptly than real ones"),
    },
    "run": {
        "self_depth_m": (9, "an arm passes through the trunk, or a shin through the other"),
    },
    "jumping": {
        "wrist_speed": (13.7, "a blow or throw is quicker than what was captured"),
        "wrist_accel": (282, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (8576, "the hand starts and stops more abruptly than real ones"),
        "head_accel": (83.9, "the head is jolted more abruptly than real ones"),
    },
    "stumbling": {
        "head_speed": (6.726, "the head is quicker than what was captured"),
        "head_accel": (75.72, "the head is jolted more abruptly than real ones"),
    },
    "using_a_wheelchair": {
        "thing_miss_m": (1.96, "right palm on chair: held by the fingertips, or beside its surface"),
    },
    "dive_floor": {
        "contact_miss_m": (3.809, "belly on floor: does not come there"),
        "head_accel": (89.34, "the head is jolted more abruptly than real ones"),
    },
    "push_up": {
        "foot_slide_m": (2.1, "the standing foot turns or is dragged along"),
        "self_depth_m": (3.2, "an arm passes through the trunk, or a shin through the other"),
    },
    "massaging_a_shoulder_oneself": {
        "contact_miss_m": (4.75, "right palm on left shoulder: does not come there"),
    },
    "overhead_stretching": {
        "joint_excess_rad": (86.54, "forearm supination: farther than that joint goes"),
    },
    "upper_back_stretching": {
        "joint_excess_rad": (80.4, "forearm pronation: farther than that joint goes"),
    },
    "stretching": {
        "self_depth_m": (7.147, "an arm passes through the trunk, or a limb through another"),
    },
    "sit_up": {
        "self_depth_m": (3.098, "an arm passes through the trunk, or a limb through another"),
    },
    "plank": {
        "foot_slide_m": (1.48, "the standing foot turns or is dragged along"),
    },
    "knee_to_chest": {
        "contact_miss_m": (8.835, "right palm on left knee: does not come there"),
        "self_depth_m": (3.062, "an arm passes through the trunk, or a limb through another"),
    },
    "knee_circling": {
        "contact_miss_m": (3.994, "left palm on left kneecap: does not come there"),
    },
    "standing_gastrocnemius_calf": {
        "floor_depth_m": (1.151, "a fingertip, knee or shoe goes under the floor"),
    },
    "single_leg_lateral_hopping": {
        "ankle_jerk": (7257, "the foot starts and stops more abruptly than real ones"),
    },
    "side_gallop": {
        "contact_miss_m": (3.166, "right ball on floor: does not come there"),
        "ankle_jerk": (10350, "the foot starts and stops more abruptly than real ones"),
    },
    "bent_over_twist": {
        "contact_miss_m": (6.095, "left middle tip on right ball: does not come there"),
        "self_depth_m": (2.81, "an arm passes through the trunk, or a limb through another"),
        "wrist_speed": (12.61, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (199.5, "the hand starts and stops more abruptly than real ones"),
    },
    "standing_toe_touches": {
        "wrist_speed": (11.69, "a blow, throw or fall is quicker than what was captured"),
    },
    "burpee": {
        "floor_depth_m": (1.374, "a fingertip, knee or shoe goes under the floor"),
        "self_depth_m": (3.172, "an arm passes through the trunk, or a limb through another"),
        "head_speed": (7.08, "the head is quicker than what was captured"),
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
        "thing_miss_m": (6, "right toe on ball: flesh and cushions give, or it is passed by"),
        "wrist_jerk": (9341, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (16.5, "quicker than what was captured"),
        "ankle_accel": (495, "the foot starts and stops more abruptly than real ones"),
        "ankle_jerk": (21647, "the foot starts and stops more abruptly than real ones"),
    },
    "golf": {
        "joint_excess_rad": (68.59, "forearm pronation: farther than that joint goes"),
        "wrist_speed": (12.71, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (238.1, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (11620, "the hand starts and stops more abruptly than real ones"),
    },
    "swing_baseball": {
        "foot_slide_m": (8.69, "the standing foot turns or is dragged along"),
        "joint_excess_rad": (79.78, "forearm pronation: farther than that joint goes"),
    },
    "basketball_shot": {
        "self_depth_m": (6.9, "an arm passes through the trunk, or a shin through the other"),
    },
    "basketball_dribble": {
        "thing_miss_m": (2.1, "a blow or touch between two frames, or a sole that rolls"),
        "self_depth_m": (2.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "soccer_kick": {
        "thing_miss_m": (11, "a blow or touch between two frames, or a sole that rolls"),
        "ankle_jerk": (6777, "the kick is stopped more abruptly than real ones"),
    },
    "soccer_header": {
        "thing_miss_m": (2, "a blow or touch between two frames, or a sole that rolls"),
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
        "head_accel": (89, "the head is jolted more abruptly than real ones"),
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
        "joint_excess_rad": (86, "forearm pronation: farther than that joint goes"),
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
    "dive_forward": {
        "thing_miss_m": (3.476, "left ball on board: held by the fingertips, or beside its surface"),
        "self_depth_m": (3.194, "an arm passes through the trunk, or a limb through another"),
        "wrist_speed": (24.04, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (425.3, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (13470, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (14.8, "the foot is quicker than what was captured"),
        "head_speed": (14.81, "the head is quicker than what was captured"),
    },
    "dive_back": {
        "thing_miss_m": (2.655, "right ball on board: held by the fingertips, or beside its surface"),
        "joint_excess_rad": (84.37, "forearm pronation: farther than that joint goes"),
        "wrist_speed": (22.23, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (461.1, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (15260, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (13.78, "the foot is quicker than what was captured"),
        "head_speed": (11.81, "the head is quicker than what was captured"),
        "head_accel": (135.7, "the head is jolted more abruptly than real ones"),
        "head_jerk": (3796, "the head is jolted more abruptly than real ones"),
    },
    "dive_reverse": {
        "thing_miss_m": (2.922, "right ball on board: held by the fingertips, or beside its surface"),
        "self_depth_m": (3.245, "an arm passes through the trunk, or a limb through another"),
        "joint_excess_rad": (85.28, "ankle plantarflexion: farther than that joint goes"),
        "wrist_speed": (22.54, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (439.8, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (14740, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (15.54, "the foot is quicker than what was captured"),
        "ankle_accel": (221.7, "the foot starts and stops more abruptly than real ones"),
        "head_speed": (14.44, "the head is quicker than what was captured"),
        "head_accel": (85.98, "the head is jolted more abruptly than real ones"),
    },
    "dive_inward": {
        "thing_miss_m": (2.631, "left ball on board: held by the fingertips, or beside its surface"),
        "self_depth_m": (3.136, "an arm passes through the trunk, or a limb through another"),
        "wrist_speed": (19.2, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (379.3, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (12910, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (15.38, "the foot is quicker than what was captured"),
        "head_speed": (13.66, "the head is quicker than what was captured"),
        "head_accel": (78.34, "the head is jolted more abruptly than real ones"),
    },
    "dive_armstand": {
        "thing_miss_m": (1.606, "right palm on board: held by the fingertips, or beside its surface"),
        "self_depth_m": (2.502, "an arm passes through the trunk, or a limb through another"),
        "joint_excess_rad": (87.84, "forearm supination: farther than that joint goes"),
        "wrist_speed": (27.89, "a blow, throw or fall is quicker than what was captured"),
        "wrist_accel": (521.7, "the hand starts and stops more abruptly than real ones"),
        "wrist_jerk": (23850, "the hand starts and stops more abruptly than real ones"),
        "ankle_speed": (21.75, "the foot is quicker than what was captured"),
        "ankle_accel": (287.2, "the foot starts and stops more abruptly than real ones"),
        "ankle_jerk": (6940, "the foot starts and stops more abruptly than real ones"),
        "head_speed": (20.11, "the head is quicker than what was captured"),
        "head_accel": (130.5, "the head is jolted more abruptly than real ones"),
    },
    "swimming_backstroke": {
        "joint_excess_rad": (85.12, "forearm pronation: farther than that joint goes"),
    },
    "handshaking": {
        "self_depth_m": (4.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "hugging_each_other": {
        "contact_miss_m": (5.6, "a palm that is led out of a bulky back comes to lie some centimetres beside its middle"),
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
        "other_depth_m": (2.9, "an arm passes through the other body"),
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
    "hammering": {
        "self_depth_m": (3.039, "an arm passes through the trunk, or a limb through another"),
    },
    "sawing": {
        "thing_miss_m": (5.464, "right palm on plank: held by the fingertips, or beside its surface"),
    },
    "lifting_and_carrying_a_box": {
        "self_depth_m": (3.974, "an arm passes through the trunk, or a limb through another"),
    },
    "attach_leg": {
        "self_depth_m": (3.895, "an arm passes through the trunk, or a limb through another"),
    },
    "spin_in": {
        "self_depth_m": (6.127, "an arm passes through the trunk, or a limb through another"),
    },
    "spin_out": {
        "self_depth_m": (2.82, "an arm passes through the trunk, or a limb through another"),
    },
    "playing_guitar": {
        "thing_miss_m": (2.13, "left palm on guitar: held by the fingertips, or beside its surface"),
    },
    "playing_violin": {
        "thing_miss_m": (3.731, "left palm on violin: held by the fingertips, or beside its surface"),
    },
    "playing_flute": {
        "thing_miss_m": (4.087, "left palm on flute: held by the fingertips, or beside its surface"),
    },
    "playing_piano": {
        "thing_miss_m": (2.348, "right index tip on piano: held by the fingertips, or beside its surface"),
    },
    "dancing_ballet": {
        "foot_slide_m": (14.12, "the standing foot turns or is dragged along"),
        "floor_depth_m": (1.556, "a fingertip, knee or shoe goes under the floor"),
    },
}
