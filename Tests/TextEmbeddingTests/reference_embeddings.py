"""Embeds texts with a plain numpy forward pass in 32-bit floats, from the weights as they were published.

    reference_embeddings.py MODEL_FOLDER < texts.jsonl > vectors.jsonl
    reference_embeddings.py MODEL_FOLDER states < texts.jsonl > records.jsonl

The first writes one unit vector a text, the second {"ids", "states"} with the last hidden state of every token. The tokens come from Hugging Face's tokenizers; nothing here shares code with the converted model.
"""

import json
import math
import struct
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer


def tensors(path):
    blob = memoryview(path.read_bytes())
    size = struct.unpack("<Q", blob[:8])[0]
    header = json.loads(bytes(blob[8 : 8 + size]))
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(blob[8 + size :][slice(*entry["data_offsets"])], np.float32).reshape(entry["shape"])
        for name, entry in header.items()
        if entry["dtype"] == "F32"
    }


def erf(x):
    """The error function to 1.5e-7 (Abramowitz and Stegun, 7.1.26)."""
    t = 1 / (1 + 0.3275911 * np.abs(x))
    terms = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return np.sign(x) * (1 - terms * np.exp(-x * x))


def main():
    folder = Path(sys.argv[1])
    config = json.loads((folder / "config.json").read_text())
    limit = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
    weights = tensors(folder / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(limit)
    heads = config["num_attention_heads"]

    def linear(x, name):
        return x @ weights[name + ".weight"].T + weights[name + ".bias"]

    def norm(x, name):
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + config["layer_norm_eps"])
        return x * weights[name + ".weight"] + weights[name + ".bias"]

    def split(x):
        return x.reshape(len(x), heads, -1).transpose(1, 0, 2)

    def encode(text):
        ids = tokenizer.encode(text).ids
        table = weights["embeddings.word_embeddings.weight"][ids]
        x = table + weights["embeddings.position_embeddings.weight"][: len(ids)]
        x = norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for index in range(config["num_hidden_layers"]):
            layer = f"encoder.layer.{index}."
            query, key, value = (split(linear(x, f"{layer}attention.self.{part}")) for part in ("query", "key", "value"))
            scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            context = (scores / scores.sum(-1, keepdims=True)) @ value
            context = context.transpose(1, 0, 2).reshape(len(ids), -1)
            x = norm(linear(context, layer + "attention.output.dense") + x, layer + "attention.output.LayerNorm")
            inner = linear(x, layer + "intermediate.dense")
            inner = inner * 0.5 * (1 + erf(inner / math.sqrt(2)))
            x = norm(linear(inner, layer + "output.dense") + x, layer + "output.LayerNorm")
        return ids, x

    for line in sys.stdin:
        ids, states = encode(json.loads(line))
        if sys.argv[2:] == ["states"]:
            print(json.dumps({"ids": ids, "states": [round(float(value), 5) for value in states.ravel()]}))
        else:
            vector = states.mean(0) / np.linalg.norm(states.mean(0))
            print(json.dumps([round(float(value), 6) for value in vector]))


main()
