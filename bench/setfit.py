#!/usr/bin/env python3
"""What a handful of labelled texts per class comes to by pairs (SetFit), by everything at once, and by the head alone.

    bench/setfit.py [--shot 8] [--seeds 3] [--test 500] [--out DIR]

AG-News and MiniLM. For each seed --shot texts per class are drawn to learn from and as many others to choose epochs by; all recipes
learn from the same ones and are judged once on the same --test texts of the test part. setfit: one epoch of pairs, AdamW, 2e-5 for the body. all: ten
epochs, AdamW, 5e-5 for the body and 5e-4 for the new head. head: thirty epochs by SGD with rate 0.1. Texts are cut at 64 tokens. Runs that are there are not done again.
"""
import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
graft = os.path.join(here, '..', 'graft')
data = os.path.join(here, '..', '..', 'shared', 'data', 'datasets', 'ag-news')

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument('--shot', type=int, default=8)
options.add_argument('--seeds', type=int, default=3)
options.add_argument('--test', type=int, default=500)
options.add_argument('--out', default='setfit-runs')
given = options.parse_args()
if not os.path.isdir(data):
    sys.exit(f'skipped: there is no {data}')
out = os.path.abspath(given.out)

RECIPES = {
    'setfit': ['--recipe', 'setfit', '--epochs', '1', '--optimizer', 'adamw', '--lr', '0.0002', '--batch', '16'],
    'all': ['--trainable', 'all', '--epochs', '10', '--optimizer', 'adamw', '--lr', '0.0005', '--lr-factors', '*:0.1,head:1', '--batch', '8'],
    'head': ['--recipe', 'head', '--epochs', '30', '--lr', '0.1', '--batch', '8'],
}


def rows(name):
    with open(os.path.join(data, name), encoding='utf-8', newline='') as lines:
        return [row for row in csv.reader(lines, delimiter='\t', quoting=csv.QUOTE_NONE) if len(row) == 2]


train, test = rows('dev.tsv'), rows('test.tsv')
random.Random(0).shuffle(test)
accuracies = {recipe: [] for recipe in RECIPES}
for seed in range(1, given.seeds + 1):
    folder = os.path.join(out, f'texts-{given.shot}-{seed}')
    os.makedirs(folder, exist_ok=True)
    random.Random(seed).shuffle(train)
    of_class = {}
    for row in train:
        of_class.setdefault(row[1], []).append(row)
    chosen = {'train': [row for some in of_class.values() for row in some[:given.shot]],
              'dev': [row for some in of_class.values() for row in some[given.shot:2 * given.shot]], 'test': test[:given.test]}
    for part, some in chosen.items():
        with open(os.path.join(folder, part + '.tsv'), 'w', encoding='utf-8') as lines:
            lines.write('text\tlabel\n' + ''.join(f'{text}\t{label}\n' for text, label in some))
    for recipe, how in RECIPES.items():
        run = os.path.join(out, f'{recipe}-{given.shot}-{seed}')
        start = time.time()
        if not os.path.isfile(os.path.join(run, 'result.json')):
            subprocess.run([graft, 'train', '--network', 'minilm', '--data', folder, '--max-length', '64', '--seed',
                            str(seed), '--out', run, *how], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        judged = json.loads(subprocess.run([graft, 'evaluate', '--network', os.path.join(run, 'network.onnx'), '--data', folder, '--part',
                                            'test', '--json'], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)
        accuracies[recipe].append(judged['accuracy'])
        print(f'seed {seed} {recipe}: {100 * judged["accuracy"]:.1f} % of {judged["n"]} ({time.time() - start:.0f} s)', flush=True)
for recipe, found in accuracies.items():
    print(f'{recipe}: {100 * statistics.mean(found):.1f} +- {100 * statistics.stdev(found) if len(found) > 1 else 0:.1f}')
