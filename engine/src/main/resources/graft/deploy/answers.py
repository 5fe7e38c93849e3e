# @NEEDS@
# @EXAMPLE@   prints, for each passage with a question, the best answer, where it begins and ends (in letters), and how sure that is
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

NETWORK, TOKENIZER = @PY_FILE@, @PY_TOKENIZER@
IDS, MASK, TYPES, POSITIONS = @PY_IDS@, @PY_MASK@, @PY_TYPES@, @PY_POSITIONS@
MAX_LENGTH = @MAX_LENGTH@  # tokens that are read at once; what is longer is read in windows that overlap
LENGTH = @LENGTH@  # of every window, where the file fixes it; 0: as long as it is
PADDING, NOTHING, BATCH = @PADDING@, @NOTHING@, @BATCH@  # the token that fills up, the one for a text without any; examples at once

tokenizer = Tokenizer.from_file(TOKENIZER)
tokenizer.no_padding()
tokenizer.no_truncation()
net = onnxruntime.InferenceSession(NETWORK, providers=["CPUExecutionProvider"])
notes = net.get_modelmeta().custom_metadata_map
outputs = [o.name for o in net.get_outputs()]


def asked(ids, types):
    """All outputs for one window, by name."""
    ids, types = ids or [NOTHING], types or [0]
    missing = [0] * max(0, LENGTH - len(ids))
    rows = {
        IDS: ids + [PADDING] * len(missing),
        MASK: [1] * len(ids) + missing,
        TYPES: types + missing,
        POSITIONS: list(range(len(ids) + len(missing))),
    }
    kinds = {"tensor(int32)": np.int32, "tensor(int64)": np.int64}
    x = {i.name: np.repeat(np.array([rows[i.name]], kinds[i.type]), BATCH, 0) for i in net.get_inputs()}
    return {name: y[0].astype(np.float64) for name, y in zip(outputs, net.run(None, x))}


OVERLAP, LONGEST = @OVERLAP@, @LONGEST@  # tokens that two windows share, and those of an answer
THRESHOLD = notes.get("graft.no_answer_threshold")  # by how much "none" is to be above the best answer; None: each is answered


def windows(question, passage):
    """Ids, types and, by place, the letters of tokens of the passage."""
    most = max(1, min(64, MAX_LENGTH // 2))
    alone = tokenizer.encode(question, add_special_tokens=False)
    if len(alone.ids) > most:
        question = question[:alone.offsets[most - 1][1]]
    whole = tokenizer.encode(question, passage)
    inside = [i for i, s in enumerate(whole.sequence_ids) if s == 1]
    if not inside:
        return
    first, last = inside[0], inside[-1] + 1
    room = max(1, MAX_LENGTH - first - (len(whole.ids) - last))
    begin = first
    while True:
        end = min(last, begin + room)
        chosen = list(range(first)) + list(range(begin, end)) + list(range(last, len(whole.ids)))
        yield ([whole.ids[i] for i in chosen], [whole.type_ids[i] for i in chosen],
               {first + i - begin: whole.offsets[i] for i in range(begin, end)})
        if end == last:
            return
        begin += max(room - OVERLAP, max(1, room // 4))


def scores(ids, types):
    y = asked(ids, types)
    both = [v for v in y.values() if v.ndim == 2 and v.shape[1] == 2]
    if both:
        return both[0][:, 0], both[0][:, 1]
    return (next(v for k, v in y.items() if "start" in k), next(v for k, v in y.items() if "end" in k))


def answer(passage, question):
    nowhere, found = np.inf, {}
    for ids, types, letters in windows(question, passage):
        starts, ends = scores(ids, types)
        nowhere = min(nowhere, starts[0] + ends[0])
        full = [i for i, (a, b) in letters.items() if b > a]
        for i in full:
            for j in full:
                if i <= j < i + LONGEST:
                    a, b = letters[i][0], letters[j][1]
                    a += len(passage[a:b]) - len(passage[a:b].lstrip())
                    b -= len(passage[a:b]) - len(passage[a:b].rstrip())
                    found[a, b] = max(found.get((a, b), -np.inf), starts[i] + ends[j])
    if not found:
        return 0, 0, 1.0
    best = sorted(found.items(), key=lambda each: -each[1])[:20]
    all_scores = np.array([s for _, s in best] + ([nowhere] if THRESHOLD else []))
    p = np.exp(all_scores - all_scores.max())
    p /= p.sum()
    if THRESHOLD and nowhere - best[0][1] > float(THRESHOLD):
        return 0, 0, p[-1]
    return best[0][0] + (p[0],)


for passage, question in zip(sys.argv[1::2], sys.argv[2::2]):
    print(question)
    print("  %d-%d  %s  %.4f" % (lambda a, b, p: (a, b, passage[a:b] or "(no answer)", p))(*answer(passage, question)))
