#!/usr/bin/env python3
"""Convert a BERT-family sentence encoder from safetensors to OpenVINO IR: one model for documents, one for queries.

The graph is built op by op, so conversion needs numpy and openvino only: no torch, no exporter.

    convert_encoder.py SOURCE_FOLDER TARGET_FOLDER NAME

SOURCE_FOLDER holds `config.json`, `model.safetensors` and the tokenizer and pooling files of a Hugging Face folder.
TARGET_FOLDER receives `openvino_model.xml` + `.bin` (input_ids, attention_mask: i64 [batch, tokens] →
last_hidden_state: f32 [batch, tokens, hidden]), `openvino_query_model.xml` + `.bin`, and copies of the small files that
describe the model; NAME is what people call the model.

The model for queries is the same with weights of 8 bits, one scale an output channel, for the processor's 8-bit
instructions, and takes several texts packed into one row: input_ids, position_ids and text_ids, i64 [1, tokens], where a
token sees those with its own text_id.
"""

import json
import shutil
import struct
import sys
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset13 as ops

# Additive attention bias of a masked position. Large enough to vanish after softmax, small enough for bf16:
# -1e38 overflows there and poisons whole rows.
MASKED = -1e4

COPIED = (
    "vocab.txt",
    "tokenizer_config.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "modules.json",
    "1_Pooling/config.json",
)


def read_safetensors(path):
    """Map every tensor of a safetensors file to a float32 array."""
    types = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
    blob = np.memmap(path, mode="r", dtype=np.uint8)
    header_size = struct.unpack("<Q", blob[:8].tobytes())[0]
    header = json.loads(blob[8 : 8 + header_size].tobytes())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + header_size + offset for offset in entry["data_offsets"])
        array = blob[begin:end].view(types[entry["dtype"]]).reshape(entry["shape"])
        tensors[name.removeprefix("bert.")] = np.asarray(array, dtype=np.float32 if entry["dtype"] != "I64" else np.int64)
    return tensors


def parameter(name, shape):
    node = ops.parameter(shape, np.int64, name=name)
    node.output(0).get_tensor().set_names({name})
    return node


class Encoder:
    """Builds the forward pass of a BERT encoder as an OpenVINO graph."""

    def __init__(self, config, tensors):
        if config["model_type"] != "bert" or config.get("position_embedding_type", "absolute") != "absolute":
            raise SystemExit(f"only BERT encoders with absolute positions are supported, not {config['model_type']!r}")
        if config["hidden_act"] != "gelu":
            raise SystemExit(f"activation {config['hidden_act']!r} is not supported")
        self.tensors = tensors
        self.hidden = config["hidden_size"]
        self.heads = config["num_attention_heads"]
        self.layers = config["num_hidden_layers"]
        self.epsilon = config["layer_norm_eps"]

    def weight(self, name):
        return ops.constant(self.tensors[name], name=name)

    def matrix(self, name):
        return self.weight(name)

    def linear(self, x, name):
        product = ops.matmul(x, self.matrix(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return ops.add(product, self.weight(f"{name}.bias"))

    def layer_norm(self, x, name):
        normal = ops.mvn(x, ops.constant(np.array([-1], np.int64)), True, self.epsilon, "inside_sqrt")
        return ops.add(ops.multiply(normal, self.weight(f"{name}.weight")), self.weight(f"{name}.bias"))

    def split_heads(self, x):
        shape = ops.constant(np.array([0, 0, self.heads, self.hidden // self.heads], np.int64))
        order = ops.constant(np.array([0, 2, 1, 3], np.int64))
        return ops.transpose(ops.reshape(x, shape, special_zero=True), order)

    def attended(self, query, key, value, bias):
        return ops.scaled_dot_product_attention(query, key, value, bias)

    def attention(self, x, bias, name):
        query, key, value = (self.split_heads(self.linear(x, f"{name}.self.{part}")) for part in ("query", "key", "value"))
        context = self.attended(query, key, value, bias)
        merged = ops.transpose(context, ops.constant(np.array([0, 2, 1, 3], np.int64)))
        merged = ops.reshape(merged, ops.constant(np.array([0, 0, self.hidden], np.int64)), special_zero=True)
        projected = self.linear(merged, f"{name}.output.dense")
        return self.layer_norm(ops.add(projected, x), f"{name}.output.LayerNorm")

    def embeddings(self, input_ids, position_ids):
        zero = ops.constant(np.array(0, np.int64))
        words = ops.gather(self.weight("embeddings.word_embeddings.weight"), input_ids, zero)
        positions = ops.gather(self.weight("embeddings.position_embeddings.weight"), position_ids, zero)
        # One segment only: the first row of the token-type table is a constant of the sum.
        segment = ops.constant(self.tensors["embeddings.token_type_embeddings.weight"][0])
        return self.layer_norm(ops.add(ops.add(words, positions), segment), "embeddings.LayerNorm")

    def inputs(self):
        """The parameters of the model, the place of each token in its text, and what is added to attention."""
        input_ids, mask = (parameter(name, [-1, -1]) for name in ("input_ids", "attention_mask"))
        zero, one = (ops.constant(np.array(value, np.int64)) for value in (0, 1))
        length = ops.gather(ops.shape_of(input_ids), one, zero)
        visible = ops.unsqueeze(ops.convert(mask, "f32"), ops.constant(np.array([1, 2], np.int64)))
        bias = ops.multiply(ops.subtract(ops.constant(np.float32(1)), visible), ops.constant(np.float32(MASKED)))
        return [input_ids, mask], ops.range(zero, length, one, "i64"), bias

    def model(self):
        parameters, position_ids, bias = self.inputs()
        x = self.embeddings(parameters[0], position_ids)
        for index in range(self.layers):
            layer = f"encoder.layer.{index}"
            x = self.attention(x, bias, f"{layer}.attention")
            inner = ops.gelu(self.linear(x, f"{layer}.intermediate.dense"), "erf")
            x = self.layer_norm(ops.add(self.linear(inner, f"{layer}.output.dense"), x), f"{layer}.output.LayerNorm")
        result = ops.result(x)
        result.input_value(0).get_tensor().set_names({"last_hidden_state"})
        return ov.Model([result], parameters, "sentence_encoder")


class QueryEncoder(Encoder):
    """The same forward pass for short texts in one row, with matrices in 8 bits."""

    def __init__(self, config, tensors):
        # What scales attention is in the queries' weights already.
        scale = np.float32((config["hidden_size"] // config["num_attention_heads"]) ** -0.5)
        scaled = {name: tensor * scale for name, tensor in tensors.items() if ".attention.self.query." in name}
        super().__init__(config, tensors | scaled)

    def inputs(self):
        parameters = [parameter(name, [1, -1]) for name in ("input_ids", "position_ids", "text_ids")]
        text = parameters[2]
        own, others = (ops.unsqueeze(text, ops.constant(np.array(axes, np.int64))) for axes in ([1, 3], [1, 2]))
        bias = ops.select(ops.equal(own, others), ops.constant(np.float32(0)), ops.constant(np.float32(MASKED)))
        return parameters, parameters[1], bias

    def matrix(self, name):
        values = self.tensors[name]
        scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), np.finfo(np.float32).tiny) / 127
        whole = ops.constant(np.round(values / scale).astype(np.int8), name=name)
        return ops.multiply(ops.convert(whole, "f32"), ops.constant(scale.astype(np.float32)))

    def attended(self, query, key, value, bias):
        # Of a few tokens, the products one by one are done sooner than what fuses them.
        scores = ops.add(ops.matmul(query, key, False, True), bias)
        return ops.matmul(ops.softmax(scores, -1), value, False, False)


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    source, target, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    config = json.loads((source / "config.json").read_text())
    tensors = read_safetensors(source / "model.safetensors")
    target.mkdir(parents=True, exist_ok=True)
    (target / "config.json").write_text(json.dumps(config | {"_name_or_path": name}, indent=2) + "\n")
    for file in COPIED:
        if (source / file).exists():
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / file, target / file)
    ov.save_model(Encoder(config, tensors).model(), target / "openvino_model.xml", compress_to_fp16=False)
    ov.save_model(QueryEncoder(config, tensors).model(), target / "openvino_query_model.xml", compress_to_fp16=False)


if __name__ == "__main__":
    main()
