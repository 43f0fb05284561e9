"""How a model is measured on a target: one function per protocol, from (subject, fold, config, seed) to Predictions.

A protocol decides nothing by looking at the test clips: whatever it chooses (penalty, k), it chooses on the training clips.
"""

PROTOCOLS = {
    "finetune": "synapt.training.protocols.finetune:finetune",
    "linear": "synapt.training.protocols.linear:linear",
    "attentive": "synapt.training.protocols.attentive:attentive",
    "knn": "synapt.training.protocols.knn:knn",
    "fewshot": "synapt.training.protocols.fewshot:fewshot",
    "zeroshot": "synapt.training.protocols.zeroshot:zeroshot",
}
"""name -> "module:function(subject: Subject, fold: Fold, config: EvalConfig, seed: int, bench: Bench) -> Predictions"."""
