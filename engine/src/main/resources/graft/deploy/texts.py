# @NEEDS@
# @EXAMPLE@   prints, for each text, every class with its probability, the likeliest first
import json
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

NETWORK, TOKENIZER = @PY_FILE@, @PY_TOKENIZER@
IDS, MASK, TYPES, POSITIONS = @PY_IDS@, @PY_MASK@, @PY_TYPES@, @PY_POSITIONS@
OUTPUT = @PY_OUTPUT@
MAX_LENGTH = @MAX_LENGTH@  # tokens; what is longer is cut
LENGTH = @LENGTH@  # of every text, where the file fixes it; 0: as long as it is
PADDING, NOTHING = @PADDING@, @NOTHING@  # the token that fills up, and the one for a text without any
PAIRS, BATCH = @PY_PAIRS@, @BATCH@  # whether two arguments are one example; examples that the file insists on

tokenizer = Tokenizer.from_file(TOKENIZER)
tokenizer.no_padding()
tokenizer.enable_truncation(MAX_LENGTH, strategy="longest_first")


def prepared(*texts):
    """The network's inputs, a batch of one."""
    encoded = tokenizer.encode(*texts)
    ids, types = encoded.ids or [NOTHING], encoded.type_ids or [0]
    missing = [0] * max(0, LENGTH - len(ids))
    rows = {
        IDS: ids + [PADDING] * len(missing),
        MASK: [1] * len(ids) + missing,
        TYPES: types + missing,
        POSITIONS: list(range(len(ids) + len(missing))),
    }
    kinds = {"tensor(int32)": np.int32, "tensor(int64)": np.int64}
    return {i.name: np.repeat(np.array([rows[i.name]], kinds[i.type]), BATCH, 0) for i in net.get_inputs()}


def probabilities(scores):
    if scores.min() >= 0 and scores.max() <= 1 and abs(scores.sum() - 1) < 0.01:
        return scores  # the network ends in a softmax
    e = np.exp(scores - scores.max())
    return e / e.sum()


net = onnxruntime.InferenceSession(NETWORK, providers=["CPUExecutionProvider"])
classes = @PY_CLASSES@
given = sys.argv[1:]
for texts in zip(given[::2], given[1::2]) if PAIRS else zip(given):
    scores = net.run([OUTPUT], prepared(*texts))[0].astype(np.float64).reshape(BATCH, -1)[0]
    print("  |  ".join(texts))
    for i in np.argsort(-probabilities(scores), kind="stable"):
        print("  %s  %.4f" % (classes[i], probabilities(scores)[i]))
