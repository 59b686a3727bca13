"""Make a tiny model of text pairs whose scores can be worked out by hand.

    tiny_cross_encoder.py FOLDER KIND WORD=VALUE...

The score of a pair is the sum of its words' values, those of the second text counted ten times; a word that is not named
counts nothing. Words are whole pieces. KIND says what the model looks like:

    one       one logit a pair, of shape [pairs, 1]
    flat      the same of shape [pairs]
    two       two logits: half the score below zero, and half above
    untyped   no token_type_ids: the second text counts like the first
    three     three logits
    states    states of tokens instead of logits
    unmasked  no attention_mask
    infinite  a logit that is no number
"""

import json
import sys
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset13 as ops

folder, kind, words = Path(sys.argv[1]), sys.argv[2], [word.split("=") for word in sys.argv[3:]]
folder.mkdir(parents=True, exist_ok=True)
pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [word for word, _ in words]
# Marks count too, so that one in the wrong place shows; padding would count a lot.
values = np.array([1000, 0, 0.25, 0.125, 0] + [float(value) for _, value in words], dtype=np.float32)


def parameter(name):
    node = ops.parameter([-1, -1], ov.Type.i64, name=name)
    node.output(0).set_names({name})
    return node


ids = parameter("input_ids")
inputs = [ids]
weights = ops.gather(ops.constant(values), ids, ops.constant(0))
if kind != "unmasked":
    mask = parameter("attention_mask")
    inputs.append(mask)
    weights = ops.multiply(weights, ops.convert(mask, "f32"))
if kind not in ("untyped", "unmasked"):
    types = parameter("token_type_ids")
    inputs.append(types)
    factors = ops.add(ops.multiply(ops.convert(types, "f32"), ops.constant(np.float32(9))), ops.constant(np.float32(1)))
    weights = ops.multiply(weights, factors)
score = ops.reduce_sum(weights, ops.constant([1]), keep_dims=True)
if kind == "flat":
    score = ops.squeeze(score, ops.constant([1]))
elif kind == "two":
    score = ops.concat([ops.multiply(score, ops.constant(np.float32(share))) for share in (-0.5, 0.5)], axis=1)
elif kind == "three":
    score = ops.concat([score] * 3, axis=1)
elif kind == "states":
    score = ops.unsqueeze(weights, ops.constant([2]))
elif kind == "infinite":
    score = ops.divide(score, ops.constant(np.float32(0)))
score.output(0).set_names({"logits"})
ov.save_model(ov.Model([ops.result(score)], inputs, "pairs"), folder / "openvino_model.xml", compress_to_fp16=False)
(folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
(folder / "config.json").write_text(json.dumps({"model_type": "bert", "max_position_embeddings": 40}), encoding="utf-8")
