"""Writes tokens.json, features.json and bytes.json: what Hugging Face's own libraries make of the texts of texts.json.

    python make_expected.py FOLDER_OF_MINILM

FOLDER_OF_MINILM holds minilm.onnx and tokenizer.json (engine/target/networks/minilm after a build). Made with tokenizers 0.23.2,
onnxruntime and numpy; features are computed by ONNX Runtime one text at a time, without any padding.
"""

import json
import pathlib
import sys

import numpy
import onnxruntime
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

here = pathlib.Path(__file__).parent
minilm = pathlib.Path(sys.argv[1])
MAX_LENGTH = 32
texts = json.loads((here / "texts.json").read_text("utf-8"))


def encoded(tokenizer, first, second=None):
    encoding = tokenizer.encode(first, second) if second is not None else tokenizer.encode(first)
    return {
        "ids": encoding.ids,
        "types": encoding.type_ids,
        "spans": [list(span) for span in encoding.offsets],
        "truncated": len(encoding.overflowing) > 0,
    }


tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(MAX_LENGTH)
singles = [encoded(tokenizer, text) for text in texts]
pairs = [encoded(tokenizer, a, b) for a, b in zip(texts, texts[1:])]
(here / "tokens.json").write_text(
    json.dumps({"max_length": MAX_LENGTH, "singles": singles, "pairs": pairs}, separators=(",", ":")) + "\n", "utf-8")

session = onnxruntime.InferenceSession(str(minilm / "minilm.onnx"))
features = []
for single in singles[:12]:
    ids = numpy.array([single["ids"]], numpy.int64)
    (states,) = session.run(
        None, {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.array([single["types"]])})
    mean = states[0].mean(axis=0)
    features.append({"first": [round(float(x), 7) for x in mean[:8]], "norm": round(float(numpy.linalg.norm(mean)), 6)})
(here / "features.json").write_text(json.dumps(features, separators=(",", ":")) + "\n", "utf-8")

# Byte-level pieces as GPT-2 has them: no token for padding, none that is unknown, nothing around the text.
small = Tokenizer(models.BPE())
small.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
small.decoder = decoders.ByteLevel()
small.train_from_iterator(texts, trainers.BpeTrainer(
    vocab_size=320, special_tokens=["<|endoftext|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
(here / "bytes").mkdir(exist_ok=True)
small.save(str(here / "bytes" / "tokenizer.json"), pretty=False)
(here / "bytes" / "expected.json").write_text(
    json.dumps([small.encode(text).ids for text in texts], separators=(",", ":")) + "\n", "utf-8")
