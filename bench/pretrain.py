#!/usr/bin/env python3
"""Is it of use to let an encoder read the field's own texts before it learns from few labelled ones?

    bench/pretrain.py [--unlabelled 2000] [--labelled 40] [--seeds 3] [--out DIR]

AG-News and MiniLM. Direct: the network as it came learns the class of --labelled texts (all of it, four epochs, AdamW with rate 5e-5 for the
body). Continued: it first fills the gaps of other --unlabelled texts (one epoch, rate 5e-5), then the same. Both are judged on 1,000
texts of the test part, with the same labelled texts for each seed. Runs that are there are not done again.
"""
import argparse
import csv
import json
import os
import random
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
graft = os.path.join(here, '..', 'graft')
data = os.path.join(here, '..', '..', 'shared', 'data', 'datasets', 'ag-news')

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument('--unlabelled', type=int, default=2000)
options.add_argument('--labelled', type=int, default=40)
options.add_argument('--seeds', type=int, default=3)
options.add_argument('--out', default='pretrain-runs')
given = options.parse_args()
if not os.path.isdir(data):
    sys.exit(f'skipped: there is no {data}')
out = os.path.abspath(given.out)
os.makedirs(out, exist_ok=True)


def rows(name):
    with open(os.path.join(data, name), encoding='utf-8', newline='') as lines:
        return [row for row in csv.reader(lines, delimiter='\t', quoting=csv.QUOTE_NONE) if len(row) == 2]


def called(*arguments):
    return json.loads(subprocess.run([graft, *arguments, '--json'], check=True, stdout=subprocess.PIPE).stdout)


train, test = rows('dev.tsv'), rows('test.tsv')
random.Random(0).shuffle(train)
random.Random(0).shuffle(test)
texts = os.path.join(out, 'texts.jsonl')
with open(texts, 'w', encoding='utf-8') as lines:
    lines.write(''.join(json.dumps({'text': text}) + '\n' for text, _ in train[:given.unlabelled]))
continued = os.path.join(out, 'continued')
if not os.path.isfile(os.path.join(continued, 'result.json')):
    called('train', '--network', 'minilm', '--data', texts, '--task', 'fill-mask', '--trainable', 'all', '--optimizer', 'adamw', '--lr',
           '0.00005', '--epochs', '1', '--batch', '8', '--block-size', '64', '--out', continued)
filled = json.load(open(os.path.join(continued, 'result.json'), encoding='utf-8'))
print(f'continued on {given.unlabelled} texts: perplexity of hidden tokens {filled["val_score"]:.1f}')

accuracies = {'direct': [], 'continued': []}
for seed in range(given.seeds):
    rest = train[given.unlabelled:]
    random.Random(seed).shuffle(rest)
    folder = os.path.join(out, f'labelled-{seed}')
    os.makedirs(folder, exist_ok=True)
    of_class = {}
    for row in rest:
        of_class.setdefault(row[1], []).append(row)
    each = given.labelled // len(of_class)
    chosen = {'train': [row for some in of_class.values() for row in some[:each]],
              'dev': [row for some in of_class.values() for row in some[each:each + 10]], 'test': test[:1000]}
    for part, some in chosen.items():
        with open(os.path.join(folder, part + '.tsv'), 'w', encoding='utf-8') as lines:
            lines.write('text\tlabel\n' + ''.join(f'{text}\t{label}\n' for text, label in some))
    for name, network in (('direct', 'minilm'), ('continued', os.path.join(continued, 'network.onnx'))):
        run = os.path.join(out, f'{name}-{seed}')
        if not os.path.isfile(os.path.join(run, 'result.json')):
            called('train', '--network', network, '--data', folder, '--trainable', 'all', '--optimizer', 'adamw', '--lr', '0.0005',
                   '--lr-factors', '*:0.1,head:1', '--epochs', '4', '--keep', 'last', '--batch', '8', '--seed', str(seed), '--out', run)
        result = json.load(open(os.path.join(run, 'result.json'), encoding='utf-8'))
        accuracies[name].append(result['test_score'] if 'test_score' in result else result['test_accuracy'])
    print(f'seed {seed}: direct {accuracies["direct"][-1]:.3f}, continued {accuracies["continued"][-1]:.3f}')
means = {name: sum(some) / len(some) for name, some in accuracies.items()}
print(f'mean of {given.seeds}: direct {means["direct"]:.3f}, continued {means["continued"]:.3f} ({100 * (means["continued"] - means["direct"]):+.1f} points)')
