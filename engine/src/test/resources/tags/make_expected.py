#!/usr/bin/env python3
"""Makes seqeval.json: scores of random tags in IOB1, IOB2, IOBES and of broken sequences, as seqeval's default mode gives them.

    python3 make_expected.py        # needs seqeval (1.2.2) and numpy; writes beside itself
"""
import json
import os

import numpy as np
from seqeval.metrics.sequence_labeling import accuracy_score, f1_score, get_entities, precision_score, recall_score

rng = np.random.default_rng(3)
TYPES = ['LOC', 'PER', 'a-b']


def entities(length):
    out, at = [], 0
    while at < length:
        if rng.random() < 0.4:
            at += 1
        else:
            end = min(length, at + int(rng.integers(1, 4)))
            out.append((at, end, TYPES[int(rng.integers(3))]))
            at = end
    return out


def tags(length, scheme, found):
    out = ['O'] * length
    before = None
    for begin, end, kind in found:
        for i in range(begin, end):
            place = 'I'
            if scheme == 'IOB2' and i == begin or scheme == 'IOB1' and i == begin and before == (begin, kind):
                place = 'B'
            if scheme == 'IOBES':
                place = 'S' if end == begin + 1 else 'B' if i == begin else 'E' if i == end - 1 else 'I'
            out[i] = place + '-' + kind
        before = (end, kind)
    return out


def broken(length, letters):
    return ['O' if rng.random() < 0.3 else letters[int(rng.integers(len(letters)))] + '-' + TYPES[int(rng.integers(3))]
            for _ in range(length)]


cases = []
for scheme in ['IOB1', 'IOB2', 'IOBES', 'broken BI', 'broken BIES', 'all O']:
    for _ in range(4):
        gold, said = [], []
        for _ in range(int(rng.integers(1, 6))):
            length = int(rng.integers(1, 12))
            if scheme == 'all O':
                gold.append(['O'] * length)
                said.append(['O'] * length)
            elif scheme.startswith('broken'):
                gold.append(broken(length, scheme[7:]))
                said.append([g if rng.random() < 0.6 else b for g, b in zip(gold[-1], broken(length, scheme[7:]))])
            else:
                found = entities(length)
                kept = [e for e in found if rng.random() < 0.7]
                gold.append(tags(length, scheme, found))
                said.append(tags(length, scheme, kept))
        sentences = [[list(e) for e in get_entities(s)] for s in gold]
        cases.append(dict(scheme=scheme, gold=gold, said=said, entities=sentences, precision=precision_score(gold, said),
                          recall=recall_score(gold, said), f1=f1_score(gold, said), accuracy=accuracy_score(gold, said)))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'seqeval.json'), 'w') as out:
    json.dump(cases, out, separators=(',', ':'))
