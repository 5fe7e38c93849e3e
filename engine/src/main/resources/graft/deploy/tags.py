# @NEEDS@
# @EXAMPLE@   prints, for each text, its entities: where they begin and end (in letters), their kind, how sure that is
import json
import sys
import unicodedata

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


TAGS = @PY_TAGS@
EACH = notes.get("graft.words") == "punctuation-each"  # whether each sign of punctuation is a word of its own


def is_sign(letter):
    return unicodedata.category(letter)[0] in "PSZ" or unicodedata.category(letter) == "Cc"


def is_ideograph(letter):
    return unicodedata.name(letter, "").startswith("CJK ")


def plain(text, begin, end):
    """Of scripts without blanks each sign is a word."""
    start = begin
    for i in range(begin, end):
        if is_ideograph(text[i]):
            yield from [(start, i)] if start < i else []
            yield i, i + 1
            start = i + 1
    yield from [(start, end)] if start < end else []


def cut(text, begin, end):
    if EACH:
        start = begin
        for i in range(begin, end):
            if is_sign(text[i]):
                yield from plain(text, start, i)
                yield i, i + 1
                start = i + 1
        yield from plain(text, start, end)
        return
    while begin < end and is_sign(text[begin]) and not (text[begin] in "@#" and text[begin + 1:begin + 2].isalnum()):
        yield begin, begin + 1
        begin += 1
    last = end
    while last > begin and is_sign(text[last - 1]):
        last -= 1
    clitic = last - 2 if last - begin > 2 and text[last - 2] in "'\u2019" and text[last - 1] in "sS" else last
    yield from plain(text, begin, clitic)
    yield from plain(text, clitic, last)
    for i in range(last, end):
        yield i, i + 1


def words(text):
    begin = 0
    for piece in "".join(" " if c.isspace() else c for c in text).split(" "):
        yield from cut(text, begin, begin + len(piece))
        begin += len(piece) + 1


def entities(text):
    cells = list(words(text))
    whole = tokenizer.encode(text)
    inside = [i for i, s in enumerate(whole.special_tokens_mask) if not s]
    first, last = (inside[0], inside[-1] + 1) if inside else (len(whole.ids) // 2, len(whole.ids) // 2)
    before, after = whole.ids[:first], whole.ids[last:]
    pieces, word = {}, 0
    for i in range(first, last):
        begin, end = whole.offsets[i]
        while word < len(cells) and cells[word][1] <= begin:
            word += 1
        if word < len(cells) and begin < end and cells[word][0] < end:
            pieces.setdefault(word, i - first)
    count, room = last - first, max(1, MAX_LENGTH - len(before) - len(after))
    starts = [0]
    while starts[-1] + room < count:
        starts.append(min(len(starts) * max(1, room - room // 4), count - room))
    home = {w: max(starts, key=lambda s: (min(p - s, s + room - 1 - p), -s)) for w, p in pieces.items()}
    said = ["O"] * len(cells)
    sure = [0.0] * len(cells)
    for start in starts:
        end = min(count, start + room)
        y = asked(before + whole.ids[first + start:first + end] + after,
                  whole.type_ids[:first] + whole.type_ids[first + start:first + end] + whole.type_ids[last:])
        scores = next(v for k, v in sorted(y.items(), key=lambda each: "logits" not in each[0])
                      if v.ndim == 2 and v.shape[1] == len(TAGS))
        for w, p in pieces.items():
            if home[w] == start:
                row = scores[p - start + len(before)]
                said[w] = TAGS[int(row.argmax())]
                sure[w] = 1 / np.exp(row - row.max()).sum()
    return merged(text, cells, said, sure)


def merged(text, cells, said, sure):
    """Neighbouring words of one kind; B- and S- begin an entity, E- and S- end it."""
    found = []
    ended = True
    for w, tag in enumerate(said):
        if tag == "O":
            ended = True
            continue
        kind = tag[2:] or "_"
        if ended or tag[0] in "BS" or found[-1][0] != kind:
            found.append([kind, w, w])
        found[-1][2] = w
        ended = tag[0] in "ES"
    return [(cells[a][0], cells[b][1], kind, sum(sure[a:b + 1]) / (b + 1 - a)) for kind, a, b in found]


for text in sys.argv[1:]:
    print(text)
    for begin, end, kind, p in entities(text):
        print("  %d-%d  %s  %s  %.4f" % (begin, end, text[begin:end], kind, p))
