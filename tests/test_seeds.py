"""Random streams: bits that never change, whoever asks for them."""

import numpy as np
from synapt.generator.base.seeds import draws, fraction, stream


def test_streams_give_the_bits_that_they_always_gave():
    assert stream(3, "walking", 7, "camera", 1).integers(2**62) == 1977184908630920783
    assert fraction(3, "walking", 7, "split") == 0.29746970585758703
    assert draws(5, "clip", 2, 9).integers(2**62) == 3708080308449076124
    assert draws("bias folds", 4).integers(2**62) == 3038971116511025105


def test_a_key_is_all_that_counts():
    assert (draws(3, "walking", 7, "camera", 1).random(5) == stream(3, "walking", 7, "camera", 1).random(5)).all()
    keys = [(0,), (1,), ("0", "0"), (0, 0, 0), (0, "a"), (0, "b"), ("", 0)]
    assert len({draws(*key).integers(2**62) for key in keys}) == len(keys)
    assert draws(np.int64(4), "x").random() == draws(4, "x").random()
