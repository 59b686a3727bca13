#!/usr/bin/env python3
"""Write texts and what Hugging Face `tokenizers` makes of them, as JSON lines.

    reference_tokens.py MODEL_FOLDER strings COUNT [OPTIONS]    {"text", "ids", "truncated", "bytes"} for COUNT generated texts
    reference_tokens.py MODEL_FOLDER scalars [OPTIONS]          {"text", "words"}; together they hold every scalar;
                                                                words are joined by line feeds

MODEL_FOLDER has vocab.txt and tokenizer_config.json. OPTIONS is a JSON object that overrides `do_lower_case`,
`strip_accents` and `tokenize_chinese_chars` of the latter. "truncated" holds the ids under a limit of LIMIT, "bytes" the
start and end of each token in UTF-8, one after the other, for texts of at most LONGEST_LOCATED characters. The texts
come from a fixed seed: two runs write the same bytes.
"""

import json
import random
import sys
import unicodedata
from pathlib import Path

from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

SEED = 20_240_613
LIMIT = 24
LONGEST_LOCATED = 2_000
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SCALARS_PER_TEXT = 256


def reference(folder, options):
    """The tokenizer of the folder, without padding; built from vocab.txt, as a tokenizer.json would build it."""
    config = json.loads((folder / "tokenizer_config.json").read_text()) | options
    model = WordPiece.from_file(str(folder / "vocab.txt"), unk_token="[UNK]", max_input_chars_per_word=100)
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.BertNormalizer(
        clean_text=True,
        handle_chinese_chars=config.get("tokenize_chinese_chars", True),
        strip_accents=config.get("strip_accents"),
        lowercase=config.get("do_lower_case", True),
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    marks = [(name, tokenizer.token_to_id(name)) for name in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=marks)
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


SCALARS = [chr(value) for value in range(0x110000) if not 0xD800 <= value < 0xE000]
ASSIGNED = [text for text in SCALARS if unicodedata.category(text) not in ("Cn", "Co")]
ORDERED = [text for text in ASSIGNED if unicodedata.combining(text)]
MARKS = [text for text in ASSIGNED if unicodedata.category(text).startswith("M")]
# Marks that accent stripping keeps and canonical ordering moves.
KEPT = list("\u302e\u302f\u1b44\u1baa\U0001d165\U0001d16d\U0001d16e\u08d4\u08e1\U0001e000\U0001e94a\ua953\u1dfb")
FORMAT = [text for text in ASSIGNED if unicodedata.category(text) in ("Cc", "Cf")] + list("\ufffd\ufeff\ufffe\uffff")
SPACES = [text for text in ASSIGNED if text.isspace()] + list("\u200b\u180e\u2060")
PUNCTUATION = [text for text in ASSIGNED if unicodedata.category(text).startswith(("P", "S"))]
DECOMPOSING = [text for text in ASSIGNED if unicodedata.normalize("NFD", text) != text]
CASED = [text for text in ASSIGNED if text.lower() != text]
PRIVATE = [chr(value) for value in (0xE000, 0xF8FF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD)]
IDEOGRAPHS = [range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x2A6E0),
              range(0x2A700, 0x2CEB0), range(0x2F800, 0x2FA20), range(0x30000, 0x31350), range(0x3040, 0x3100)]
EMOJI = ["👩‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "❤️", "☺︎", "1️⃣", "🇩🇪",
         "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
         "🤷🏿‍♀️", "🚀", "🧑‍💻", "\u200d", "\ufe0f", "\U0001faea"]
SNIPPETS = ["https://example.org/a?b=c&d=%20#e", "foo_bar(baz: Int?) -> [String]", "3.14e-10", "C:\\Users\\x", "a@b.co",
            "don't", "co-operate", "naïve café", "Straße", "ΣΊΣΥΦΟΣ", "İstanbul ıı", "ﬁnance", "Ǆ ǅ ǆ", "½ ² ①",
            "＜ＡＢＣ＞", "ㄱㄴ한글", "ไทยภาษา", "हिन्दी में", "বাংলা ভাষা", "தமிழ்", "العربية\u200fنص", "עִבְרִית",
            "{\"k\": [1, 2]}", "a\u0000b",
            "≠≮≯`´", "\u037e\u0387", "\u212b\u2126\u212a", "\r\n\t\v\f\u0085", "##ing ##", "[unused1]", "’“”…—"]
BROKEN = ["[CLS", "CLS]", "[cls]", "[ SEP ]", "[[SEP]]", "[SEP][SEP]", "[MASK]ed", "un[UNK]known", "[PAD][",
          "[S\u200bEP]", "[SEP\u0301]", "\u0301[SEP]\u0301", "[MAſK]", "中[CLS]文"]
EDGES = ["", " ", "\u0000", "\ufeff", "\u0301", "\u200d", "\n", "[CLS]", "[SEP] [SEP]", "a" * 100, "a" * 101, "é" * 100,
         "e\u0301" * 101, "각" * 33, "각" * 34, "\u302e" * 150, "x" + "\u302e\u1b44" * 49, "ab" * 5_000,
         "lorem ipsum " * 20_000, "\u4e2d" * 3_000, "!" * 3_000, " " * 10_000 + "end", "\u0301" * 10_000 + "end"]


def texts(count, vocabulary):
    """Generated texts, the edge cases first."""
    rng = random.Random(SEED)
    pieces = sorted(vocabulary)

    def word():
        text = "".join(rng.choice(pieces).removeprefix("##") for _ in range(rng.choice((1, 1, 1, 2, 3))))
        return rng.choice((text, text, text.upper(), text.capitalize(), text.swapcase()))

    def sentence():
        return " ".join(word() for _ in range(rng.randint(1, 14))) + rng.choice((".", "!", "?", "", "..."))

    def several(choices, least, most):
        return "".join(rng.choice(choices) for _ in range(rng.randint(least, most)))

    def accented():
        form = rng.choice(("NFC", "NFD", "NFKC", "NFKD"))
        return unicodedata.normalize(form, several(DECOMPOSING, 1, 8) + word() + several(DECOMPOSING, 0, 4))

    def stacked():
        return "".join(rng.choice("aeoxZ한क中") + several(rng.choice((MARKS, ORDERED, KEPT, KEPT + ORDERED)), 0, 7)
                       for _ in range(rng.randint(1, 6)))

    def ideographic():
        return "".join(chr(rng.choice(rng.choice(IDEOGRAPHS))) if rng.random() < 0.8 else rng.choice((word(), " ", "、"))
                       for _ in range(rng.randint(1, 20)))

    def invisible():
        return "".join(rng.choice((word(), rng.choice(FORMAT), rng.choice(SPACES), rng.choice(PRIVATE)))
                       for _ in range(rng.randint(1, 14)))

    def overlong():
        unit = rng.choice(("a", "Z", "1", "é", "е", "ß", "각", "ย", "\u0301", "\u302e", "\U00010400", word()))
        length = rng.randint(95, 106)
        return rng.choice(("", "x ", word())) + (unit * length)[:length] + rng.choice(("", " y", ".", "\u0301", "s"))

    def special():
        return "".join(rng.choice((rng.choice(SPECIAL), rng.choice(BROKEN), word(), " ", rng.choice(MARKS)))
                       for _ in range(rng.randint(1, 7)))

    def hangul():
        return "".join(chr(rng.randint(0xAC00, 0xD7A3) if rng.random() < 0.8 else rng.randint(0x1100, 0x11FF))
                       for _ in range(rng.randint(1, 12)))

    def mixed():
        return "".join(rng.choice(makers)() for _ in range(rng.randint(2, 5)))

    makers = [
        sentence, sentence, accented, stacked, ideographic, invisible, overlong, special, hangul,
        lambda: several(SCALARS, 1, 20),
        lambda: several(ASSIGNED, 1, 20),
        lambda: several(PUNCTUATION, 1, 12) + word(),
        lambda: several(CASED, 1, 16),
        lambda: several([chr(value) for value in range(0x3000)], 1, 30),
        lambda: several([chr(value) for value in range(0x80)], 0, 60),
        lambda: " ".join(several(EMOJI, 1, 4) for _ in range(rng.randint(1, 5))) + word(),
        lambda: rng.choice((" ", "", "\u00a0")).join(rng.choice(SNIPPETS) for _ in range(rng.randint(1, 5))),
    ]
    yield from EDGES[:count]
    for _ in range(count - len(EDGES)):
        yield rng.choice(makers + [mixed])()


def write(record):
    sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def write_strings(tokenizer, count):
    generated = list(texts(count, tokenizer.get_vocab()))
    encodings = tokenizer.encode_batch(generated)
    ids = [encoding.ids for encoding in encodings]
    places = [byte_places(text, encoding.offsets) for text, encoding in zip(generated, encodings)]
    tokenizer.enable_truncation(LIMIT)
    truncated = [encoding.ids for encoding in tokenizer.encode_batch(generated)]
    for record in zip(generated, ids, truncated, places):
        write(dict(zip(("text", "ids", "truncated", "bytes"), record)))


def byte_places(text, offsets):
    """Offsets of tokens, marks left out, in bytes instead of characters."""
    if len(text) > LONGEST_LOCATED:
        return []
    places = [0]
    for character in text:
        places.append(places[-1] + len(character.encode()))
    return [places[offset] for pair in offsets[1:-1] for offset in pair]


def write_scalars(tokenizer):
    """Each scalar alone and between letters; where there are marks, also among marks that canonical ordering moves."""
    marks_end = 0x20000
    for start in range(0, len(SCALARS), SCALARS_PER_TEXT):
        group = SCALARS[start : start + SCALARS_PER_TEXT]
        text = " ".join(f"{scalar} a{scalar}b" for scalar in group)
        if ord(group[0]) < marks_end:
            text += "".join(f" e{scalar}\u302e{scalar}\u1b44" for scalar in group)
        normal = tokenizer.normalizer.normalize_str(text)
        words = (word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal))
        write({"text": text, "words": "\n".join(words)})


def main():
    if len(sys.argv) < 3 or sys.argv[2] not in ("strings", "scalars"):
        raise SystemExit(__doc__)
    folder, mode, rest = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    count = int(rest.pop(0)) if mode == "strings" else 0
    tokenizer = reference(folder, json.loads(rest[0]) if rest else {})
    if mode == "strings":
        write_strings(tokenizer, count)
    else:
        write_scalars(tokenizer)


if __name__ == "__main__":
    main()
