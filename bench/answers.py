#!/usr/bin/env python3
"""Answers in passages: MiniLM learns 40 articles of XQuAD as a whole, and F1 on the other 8 is held against a head that learnt nothing.

    bench/answers.py [--out DIR] [--epochs N] [--seeds N]

The last 8 articles are judged. The last epoch counts and nothing is chosen by what is judged. Batch 16, AdamW with rate 1e-4 for the
body and 1e-3 for the head, linear warm-up over a tenth and down to zero, gradients clipped at 1. The baseline is the same network with
its new head as it begins: one epoch of the head at a rate that changes nothing. Runs that are there are not done again; the exit code is
1 where the baseline is not beaten.
"""
import argparse
import json
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
graft = os.path.join(here, '..', 'graft')
data = os.path.join(here, '..', '..', 'shared', 'data', 'datasets', 'qa', 'xquad.en.json')
JUDGED = 8


def made(folder):
    os.makedirs(folder, exist_ok=True)
    with open(data, encoding='utf-8') as file:
        articles = json.load(file)['data']
    for part, some in (('train', articles[:-JUDGED]), ('dev', articles[-JUDGED:])):
        with open(os.path.join(folder, part + '.json'), 'w', encoding='utf-8') as out:
            json.dump({'version': '1.1', 'data': some}, out)
    return folder


def run(folder, out, seed, *how):
    if not os.path.exists(os.path.join(out, 'result.json')):
        subprocess.run([graft, 'train', '--network', 'minilm', '--data', folder, '--batch', '16', '--keep', 'last', '--seed', str(seed), *how,
                        '--out', out], check=True)
    said = subprocess.run([graft, 'evaluate', '--network', os.path.join(out, 'network.onnx'), '--data', folder, '--json'],
                          check=True, stdout=subprocess.PIPE)
    found = json.loads(said.stdout)
    with open(os.path.join(out, 'result.json')) as result:
        seconds = json.load(result)['seconds']
    f1, exact = found['scores'][0], found['scores'][1]
    print(f"{os.path.basename(out)}: F1 {f1['value']:.4f} [{f1['interval'][0]:.3f}, {f1['interval'][1]:.3f}], exact {exact['value']:.4f} on "
          f"{found['n']} questions; {seconds:.0f} s", flush=True)
    return f1['value']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--out', default='answers-of-bench')
    parser.add_argument('--epochs', type=int, default=3)
    parser.add_argument('--seeds', type=int, default=1)
    asked = parser.parse_args()
    if not os.path.exists(data):
        sys.exit('the questions are not there')
    folder = made(os.path.join(asked.out, 'articles'))
    beaten = True
    for seed in range(1, asked.seeds + 1):
        before = run(folder, os.path.join(asked.out, f'untrained-{seed}'), seed, '--trainable', 'head', '--epochs', '1', '--lr', '1e-12')
        after = run(folder, os.path.join(asked.out, f'learnt-{asked.epochs}-{seed}'), seed, '--trainable', 'all', '--epochs', str(asked.epochs),
                    '--lr', '0.001', '--lr-factors', '*:0.1,head:1', '--optimizer', 'adamw', '--weight-decay', '0.01',
                    '--schedule', 'linear', '--warmup', str(asked.epochs / 10), '--clip', '1')
        beaten &= after > before
    sys.exit(0 if beaten else 1)


if __name__ == '__main__':
    main()
