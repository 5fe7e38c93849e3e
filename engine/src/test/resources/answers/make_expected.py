#!/usr/bin/env python3
"""Makes scores.json: F1 and exact match of given answers as SQuAD's programs compute them, and the threshold for no answer.

    python3 make_expected.py        # needs transformers; writes beside itself

first: the rules of evaluate-v1.1.py, written down below. second: those of evaluate-v2.0.py as transformers carries them
(transformers.data.metrics.squad_metrics: get_raw_scores, find_best_thresh). Questions, right answers and given ones are
drawn from words with capitals, articles, punctuation, blanks of Unicode, accents that stand alone, and letters of other scripts.
"""
import collections
import json
import os
import re
import string
import sys

import numpy as np

sys.modules['torchvision'] = None
from transformers.data.metrics import squad_metrics  # noqa: E402

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(4)
WORDS = ['The', 'a', 'an', 'AN', 'cat', 'Cat', "cat's", 'dog,', '(dog)', 'U.S.', '3.5', '$3', 'well-known', 'Straße', 'ΣΟΦΟΣ', 'İstanbul',
         'a_b', 'the\u00a0end', 'x\u2003y', 'a\u0301b', 'the—end', '中文', 'Ａ', '“the”', '½', 'an½', 'É', 'the\u0085a', '\U0001f389', '...']


def some(low, high):
    return ' '.join(WORDS[int(rng.integers(len(WORDS)))] for _ in range(int(rng.integers(low, high))))


def normalize(s):
    s = ''.join(letter for letter in s.lower() if letter not in set(string.punctuation))
    return ' '.join(re.sub(r'\b(a|an|the)\b', ' ', s).split())


def f1(said, gold):
    said, gold = normalize(said).split(), normalize(gold).split()
    same = sum((collections.Counter(said) & collections.Counter(gold)).values())
    if same == 0:
        return 0
    precision, recall = same / len(said), same / len(gold)
    return 2 * precision * recall / (precision + recall)


class Example:
    def __init__(self, qas_id, answers):
        self.qas_id, self.answers = qas_id, answers


questions, predictions = [], {}
for i in range(300):
    golds = [some(1, 5) for _ in range(int(rng.integers(1, 4)))]
    questions.append({'id': f'q{i}', 'golds': golds})
    near = golds[int(rng.integers(len(golds)))]
    choice = rng.random()
    if choice < 0.9:
        predictions[f'q{i}'] = near if choice < 0.3 else some(0, 5) if choice < 0.6 else near.upper() + ' ' + some(0, 2)
first = {'f1': 0, 'exact': 0, 'each': {}}
for each in questions:
    said = predictions.get(each['id'])
    scores = ([0, 0] if said is None else
              [max(f1(said, gold) for gold in each['golds']), max(int(normalize(said) == normalize(g)) for g in each['golds'])])
    first['f1'] += scores[0]
    first['exact'] += scores[1]
    first['each'][each['id']] = scores
first['f1'] /= len(questions)
first['exact'] /= len(questions)

seconds = [dict(each, golds=each['golds'] if rng.random() < 0.6 else []) for each in questions]
said = {each['id']: predictions[each['id']] if rng.random() < 0.7 else '' for each in seconds if each['id'] in predictions}
examples = [Example(each['id'], [{'text': gold} for gold in each['golds']]) for each in seconds if each['id'] in said]
exact_raw, f1_raw = squad_metrics.get_raw_scores(examples, said)
second = {'f1': sum(f1_raw.values()) / len(f1_raw), 'exact': sum(exact_raw.values()) / len(exact_raw),
          'each': {k: [f1_raw[k], exact_raw[k]] for k in f1_raw}}

# The threshold: by how much the score of none is above the best answer's. Answers of articles alone are left out: to the program
# they are answers, and to its F1 they are none.
thirds = [each for each in seconds if all(normalize(gold) for gold in each['golds'])]
full = {each['id']: predictions.get(each['id']) or 'cat' for each in thirds}
missing = {each['id']: float(rng.normal() + (0.8 if not each['golds'] else -0.8)) for each in thirds}
examples = [Example(each['id'], [{'text': gold} for gold in each['golds']]) for each in thirds]
exact_raw, f1_raw = squad_metrics.get_raw_scores(examples, full)
best, threshold = squad_metrics.find_best_thresh(full, f1_raw, missing, {e.qas_id: bool(e.answers) for e in examples})
with open(os.path.join(here, 'scores.json'), 'w') as out:
    json.dump({'first': {'questions': questions, 'predictions': predictions, **first},
               'second': {'questions': seconds, 'predictions': said, **second},
               'none': {'questions': thirds, 'predictions': full, 'missing': missing, 'threshold': threshold, 'f1': best / 100}}, out)
print(first['f1'], second['f1'], best, threshold)
