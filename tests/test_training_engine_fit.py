"""The loop: it learns, and a run that was stopped anywhere goes on to the same weights."""

import os
import signal

import pytest
import torch
from made_training import ToyBatches, toy_config, toy_model
from synapt.training.engine.fit import fit
from synapt.training.engine.log import read_log
from synapt.training.objectives.supervised import Supervised

WAYS = (("right", "left", "down", "up"),)


def learn(config, run=None, loader=None, **kwargs):
    objective = Supervised(toy_model(config), config, WAYS)
    fit(objective, loader or ToyBatches(config), config, run=run, **kwargs)
    return objective.model


def same(a, b):
    return all(torch.equal(x, y) for x, y in zip(a.state_dict().values(), b.state_dict().values(), strict=True))


class Stops(ToyBatches):
    """Asks this process to stop while step `at` of all is being made."""

    def __init__(self, config, at, number=signal.SIGTERM):
        super().__init__(config)
        self.at, self.number = at, number

    def batches(self, epoch, first_step=0):
        for step, batch in enumerate(super().batches(epoch, first_step), epoch * self.steps_per_epoch + first_step):
            if step == self.at:
                os.kill(os.getpid(), self.number)
            yield batch


@pytest.mark.parametrize("optim", [{"ema": 0.9}, {"kind": "sgd", "accumulate": 4, "layer_decay": 0.7}], ids=str)
def test_a_stopped_run_goes_on_to_the_same_weights(tmp_path, optim):
    config = toy_config(**optim)
    whole = learn(config)
    for stop, number in ((2, signal.SIGTERM), (3, signal.SIGINT), (6, signal.SIGTERM)):  # in an epoch, at its end, in the next
        with pytest.raises(KeyboardInterrupt):
            learn(config, tmp_path, Stops(config, stop, number))
    rest = ToyBatches(config)
    assert same(learn(config, tmp_path, rest), whole)
    assert rest.seen == [(1, 3)]  # nothing was learned twice
    assert [line["step"] for line in read_log(tmp_path) if line["kind"] == "epoch"] == [4, 8]
    assert same(learn(config, tmp_path), whole)  # a finished run is only read
