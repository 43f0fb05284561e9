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
        "contact_miss_m": (5.3, "the fingertip is at the outer end of the brow, which has no landmark: 5 cm from the eye"),
    },
    "rub_two_hands": {
        "contact_miss_m": (7.476, "palms slide along each other: their middles part by half a stroke while they touch"),
    },
    "rubbing_face_with_hands": {
        "contact_miss_m": (4.031, "the palm lies on the cheek, the fingers on the eye"),
    },
    "eating": {
        "thing_miss_m": (3.184, "the landmark of the seat beside the surface of the chair"),
    },
    "taking_medicine": {
        "thing_miss_m": (5.5, "the landmark of the seat beside the surface of the chair"),
    },
    "smoking": {
        "thing_miss_m": (7.4, "the landmark of the seat beside the surface of the chair"),
    },
    "using_a_remote_control": {
        "thing_miss_m": (2.843, "the landmark of the seat beside the surface of the chair"),
    },
    "hanging_out_laundry": {
        "stillness": (1.18, "the head keeps stiller than real people's"),
    },
    "put_on_glasses": {
        "stillness": (1.13, "the head keeps stiller than real people's"),
        "thing_miss_m": (1.2, "the last joint of the finger beside the temple, which lies between the tips"),
    },
    "take_off_glasses": {
        "thing_miss_m": (1.2, "the last joint of the finger beside the temple, which lies between the tips"),
    },
    "put_on_a_shoe": {
        "thing_miss_m": (1.6, "the palm bridges the waist of the shoe"),
        "self_depth_m": (2.8, "a forearm lies against the raised knee"),
    },
    "take_off_a_shoe": {
        "thing_miss_m": (3.4, "stout people come round the shoe with the fingers only"),
    },
    "taking_off_a_jacket": {
        "self_depth_m": (2.2, "an arm passes through the trunk for a moment"),
    },
    "sneezing": {
        "head_accel": (75.5, "the head is jolted more abruptly than real ones"),
    },
    "putting_food_in_the_fridge_taking_food_from_the_fridge": {
        "thing_miss_m": (5.8, "the palm lets go of the door as this goes beyond reach"),
        "self_depth_m": (6.2, "the hand that shuts the door comes past the belly"),
        "wrist_jerk": (7000, "the hand that pushes the door shut is turned back where the forearm can turn no further"),
    },
    "opening_the_door_and_walking_in": {
        "foot_slide_m": (3.508, "a foot that stands is dragged along where one walk joins the next"),
        "floor_depth_m": (3.833, "a toe dips at the push-off of the second walk"),
        "thing_miss_m": (2.4, "the palm leaves the lever while the door gathers speed"),
    },
    "washing": {
        "contact_miss_m": (7.462, "palms slide along each other: their middles part by half a stroke while they touch"),
    },
    "vacuumming_the_floor": {
        "self_depth_m": (2.4, "the elbow is drawn back past a stout trunk"),
    },
    "push": {
        "thing_miss_m": (3.3, "the heel of the hand is on the load, its middle is hollow where the wrist bends no farther back"),
    },
    "mopping": {
        "thing_miss_m": (2.8, "the lower hand has the stick in its fingers at the ends of the strokes"),
    },
    "folding_clothes": {
        "thing_miss_m": (3.7, "corners of the cloth are held between fingertips and lag behind the palms"),
    },
    "picking": {
        "self_depth_m": (4.944, "an arm passes through the trunk, or a shin through the other"),
    },
    "sitting": {
        "thing_miss_m": (2.009, "seat on chair: flesh and cushions give, or it is passed by"),
    },
    "standing_up": {
        "thing_miss_m": (2.05, "seat on chair: flesh and cushions give, or it is passed by"),
    },
    "lying_down": {
        "floor_depth_m": (1.2, "fingertips of the hand that comes down ahead as the body goes over to its side"),
        "contact_miss_m": (5.655, "left hip on floor: does not come there"),
        "thing_miss_m": (2.317, "back on support: flesh and cushions give, or it is passed by"),
        "self_depth_m": (8.2, "an arm passes through the trunk, or a shin through the other"),
    },
    "kneeling": {
        "floor_depth_m": (1.102, "the toe of a shoe, as the foot turns or swings past the floor"),
    },
    "getting_up_from_a_fall": {
        "floor_depth_m": (1.792, "the toe of a shoe, as the foot turns or swings past the floor"),
        "self_depth_m": (3.904, "an arm passes through the trunk, or a limb through another"),
    },
    "falling_down": {
        "floor_depth_m": (1.298, "the toe of a shoe, as the foot swings past the floor"),
    },
    "fainting": {
        "floor_depth_m": (1.061, "the toe of a shoe, as the foot turns or swings past the floor"),
        "contact_miss_m": (4.161, "right hip on floor: does not come there"),
        "head_accel": (72.45, "a head that falls to the floor unbraked"),
    },
    "car_hit": {
        "foot_slide_m": (5.274, "the standing foot turns or is dragged along"),
        "floor_depth_m": (3.059, "the toe of a shoe, as the foot turns or swings past the floor"),
        "self_depth_m": (4.1, "an arm passes through the trunk, or a limb through another"),
        "head_accel": (73.42, "a head that falls to the floor unbraked"),
    },
    "run": {
        "self_depth_m": (3.3, "hands swing close by the hips"),
    },
    "jumping": {
        "wrist_speed": (11.99, "arms are swung from behind to overhead within 0.3 s to help the jump"),
        "wrist_accel": (235.4, "arms are swung from behind to overhead within 0.3 s to help the jump"),
        "wrist_jerk": (7843, "arms are swung from behind to overhead within 0.3 s to help the jump"),
    },
    "stumbling": {
        "head_speed": (6.674, "the trunk pitches forward and is caught within a third of a second"),
        "head_accel": (75.66, "the trunk pitches forward and is caught within a third of a second"),
    },
    "using_a_wheelchair": {
        "thing_miss_m": (1.96, "the rim goes round by straight pieces, the hand by a circle"),
    },
    "dive_floor": {
        "contact_miss_m": (3.76, "the belly is hollow between chest and hips, which bear the body"),
        "head_accel": (89.29, "a dive for the floor ends on the chest: the head comes to rest within a tenth of a second"),
    },
    "push_up": {
        "foot_slide_m": (1.277, "the standing foot turns or is dragged along"),
    },
    "massaging_a_shoulder_oneself": {
        "contact_miss_m": (5.1, "the palm lies on the muscle above and before the joint, which the landmark is"),
    },
    "stretching": {
        "self_depth_m": (6.973, "an arm passes through the trunk, or a limb through another"),
    },
    "sit_up": {
        "self_depth_m": (2.4, "an arm passes through the trunk, or a limb through another"),
    },
    "plank": {
        "foot_slide_m": (1.432, "the standing foot turns or is dragged along"),
    },
    "knee_to_chest": {
        "contact_miss_m": (8.786, "palms clasp the shin below the knee; the joint lies deep in it"),
        "self_depth_m": (3.3, "an arm passes through the trunk, or a limb through another"),
    },
    "knee_circling": {
        "contact_miss_m": (3.945, "left palm on left kneecap: does not come there"),
    },
    "single_leg_lateral_hopping": {
        "ankle_jerk": (7700, "hops on one foot to both sides, up to 0.6 m each"),
    },
    "side_gallop": {
        "contact_miss_m": (3.111, "right ball on floor: does not come there"),
        "ankle_jerk": (10350, "feet that close with a click in the air, five times in a row"),
    },
    "bent_over_twist": {
        "contact_miss_m": (6.046, "fingertips meet the shoe's upper side; the ball is on its under side"),
        "self_depth_m": (2.833, "an arm passes through the trunk, or a limb through another"),
        "wrist_speed": (11.22, "a blow, throw or fall is quicker than what was captured"),
    },
    "burpee": {
        "floor_depth_m": (1.1, "the toe of a shoe, as the foot turns or swings past the floor"),
        "self_depth_m": (3.9, "an arm passes through the trunk, or a limb through another"),
        "head_speed": (7.035, "the head is quicker than what was captured"),
    },
    "throwing": {
        "foot_slide_m": (1.164, "the hind foot comes round as it is set down in the wind-up"),
        "wrist_speed": (
            13.36,
            "a thrower's hand goes as fast as the ball that it lets go of, at 7 to 13 m/s, and stops within the follow-through",
        ),
        "wrist_accel": (
            274.5,
            "a thrower's hand goes as fast as the ball that it lets go of, at 7 to 13 m/s, and stops within the follow-through",
        ),
        "wrist_jerk": (
            10400,
            "a thrower's hand goes as fast as the ball that it lets go of, at 7 to 13 m/s, and stops within the follow-through",
        ),
    },
    "kicking": {
        "wrist_jerk": (7437, "the arms counter the kick"),
    },
    "golf": {
        "wrist_speed": (12.8, "a golfer's hands go at 8 to 10 m/s down to the ball and stop over the shoulder"),
        "wrist_accel": (236, "a golfer's hands go at 8 to 10 m/s down to the ball and stop over the shoulder"),
        "wrist_jerk": (10100, "a golfer's hands go at 8 to 10 m/s down to the ball and stop over the shoulder"),
    },
    "swing_baseball": {
        "wrist_accel": (223.8, "hands that swing a bat turn over within a tenth of a second as it wraps round the shoulder"),
        "wrist_jerk": (8812, "hands that swing a bat turn over within a tenth of a second as it wraps round the shoulder"),
    },
    "basketball_dribble": {
        "thing_miss_m": (2.07, "the ball is touched between two frames, by fingers rather than the palm"),
    },
    "soccer_kick": {
        "thing_miss_m": (8.611, "hit between two frames: at 10 m/s the foot is a third of a metre further in the next"),
        "ankle_jerk": (6780, "the foot goes at 8 to 11 m/s when it hits, and is stopped by the ball or snaps back"),
    },
    "bowling": {
        "wrist_speed": (11.57, "the hand goes as fast as the ball that it lets go of, 6 to 9 m/s, and the body with it"),
        "wrist_jerk": (8994, "the hand turns over from behind the hip to ahead of it within the swing"),
    },
    "fencing_lunge": {
        "foot_slide_m": (1.95, "the lunging foot is drawn along a little where the lunge is longer than the legs"),
        "floor_depth_m": (2.513, "the toes of the lunging foot, as it lifts off again"),
    },
    "boxing_a_bag": {
        "thing_miss_m": (1.597, "hit between two frames: knuckles go by the bag's round side"),
    },
    "juggling": {
        "stillness": (2.0, "the head keeps stiller than real people's"),
    },
    "somersault": {
        "floor_depth_m": (1.669, "the crown on a mat, which gives"),
        "self_depth_m": (3.79, "forearms hug the shins of a body rolled up"),
        "head_accel": (69.09, "a head that rolls over the floor in half a second"),
    },
    "volleyball_spike": {
        "thing_miss_m": (2.657, "hit between two frames: at 10 m/s and more the hand is a third of a metre further in the next"),
        "wrist_speed": (11.98, "a spiker's hand goes at 9 to 13 m/s when it meets the ball, overhead and in mid-air"),
        "wrist_accel": (251.5, "a spiker's hand goes at 9 to 13 m/s when it meets the ball, overhead and in mid-air"),
        "wrist_jerk": (10290, "a spiker's hand goes at 9 to 13 m/s when it meets the ball, overhead and in mid-air"),
    },
    "tennis_serve": {
        "wrist_accel": (234.1, "a server's hand goes at 8 to 10 m/s when the racket meets the ball"),
        "wrist_jerk": (8910, "a server's hand goes at 8 to 10 m/s when the racket meets the ball"),
    },
    "dive_forward": {
        "self_depth_m": (3.42, "the forearms are wrapped tightly round the folded legs or the chest"),
        "wrist_speed": (
            25.21,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "wrist_accel": (425.3, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "wrist_jerk": (16190, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "ankle_speed": (
            14.71,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_speed": (
            14.73,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
    },
    "dive_back": {
        "wrist_speed": (
            23.18,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "wrist_accel": (486.2, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "wrist_jerk": (17590, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "ankle_speed": (
            13.74,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_speed": (
            11.76,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_accel": (
            136.2,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
        "head_jerk": (
            3802,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
    },
    "dive_reverse": {
        "wrist_speed": (
            23.42,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "wrist_accel": (460, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "wrist_jerk": (17440, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "ankle_speed": (
            15.51,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "ankle_accel": (
            221.6,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
        "head_speed": (
            14.36,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_accel": (
            85.67,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
    },
    "dive_inward": {
        "self_depth_m": (2.328, "the forearms are wrapped tightly round the folded legs or the chest"),
        "wrist_speed": (
            19.87,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "wrist_accel": (395.3, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "wrist_jerk": (15190, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "ankle_speed": (
            15.34,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_speed": (
            13.61,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_accel": (
            78.5,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
    },
    "dive_armstand": {
        "thing_miss_m": (1.555, "flesh of the palm between the bones and the platform"),
        "self_depth_m": (2.215, "the forearms are wrapped tightly round the folded legs or the chest"),
        "wrist_speed": (
            28.75,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "wrist_accel": (551.4, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "wrist_jerk": (19600, "arms are flung over, wrapped and opened within a quarter of a second while the body turns"),
        "ankle_speed": (
            21.71,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "ankle_accel": (
            287.2,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
        "ankle_jerk": (
            7650,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
        "head_speed": (
            20.06,
            "falls freely from up to 10 m over the water, at up to 14 m/s; nobody of the captured motion falls",
        ),
        "head_accel": (
            130.9,
            "turning up to three times a second about its own middle carries the body's ends round at 13 to 20 g, in divers, too",
        ),
    },
    "handshaking": {
        "self_depth_m": (4.4, "an arm passes through the trunk, or a shin through the other"),
    },
    "hugging_each_other": {
        "contact_miss_m": (11.9, "a palm that is led out of a bulky back comes to lie some centimetres beside its middle"),
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
        "contact_miss_m": (14.1, "blows are warded off or fall short, and the declared place is the joint within the flesh"),
        "other_depth_m": (5.2, "an arm passes through the other body"),
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
    "sawing": {
        "thing_miss_m": (5.464, "the hand holds the board with its fingers, the palm off it, where the trestle is low"),
    },
    "lifting_and_carrying_a_box": {
        "self_depth_m": (3.8, "arms press against the sides of the trunk while the box is held low"),
    },
    "playing_guitar": {
        "thing_miss_m": (2.2, "the neck lies between thumb and fingers, off the palm"),
    },
    "playing_piano": {
        "thing_miss_m": (2.348, "fingers are lifted between the notes"),
    },
    "dancing_ballet": {
        "foot_slide_m": (14.12, "the standing foot turns or is dragged along"),
        "floor_depth_m": (1.556, "a fingertip, knee or shoe goes under the floor"),
    },
    "wrist_circling": {
        "stillness": (1.56, "the head keeps stiller than real people's"),
    },
    "tearing_up_paper": {
        "stillness": (1.35, "the head keeps stiller than real people's"),
    },
    "take_off_a_hat_cap": {
        "stillness": (1.24, "the head keeps stiller than real people's"),
    },
    "put_on_a_hat_cap": {
        "stillness": (1.18, "the head keeps stiller than real people's"),
    },
    "spinal_stretching": {
        "stillness": (1.15, "the head keeps stiller than real people's"),
    },
    "deltoid_muscle_stretching": {
        "stillness": (1.15, "the head keeps stiller than real people's"),
    },
    "clapping": {
        "stillness": (1.11, "the head keeps stiller than real people's"),
    },
    "victory_sign": {
        "stillness": (1.05, "the head keeps stiller than real people's"),
    },
    "taking_a_photo_of_other": {
        "stillness": (1.05, "the head keeps stiller than real people's"),
    },
    "detach_leg": {
        "stillness": (1.04, "the head keeps stiller than real people's"),
    },
    "cooking_and_stirring": {
        "thing_miss_m": (1.9, "the spoon stops two centimetres before the lips in one clip of six"),
    },
    "playing_violin": {
        "thing_miss_m": (2.0, "the thumb lies under the neck, whose frame is its middle"),
    },
}
