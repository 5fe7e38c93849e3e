#!/usr/bin/env python3
"""Recipes on the same examples, several seeds each: the mean of the validation accuracies with its interval, beside the plain ways.

    bench/recipes.py [--seeds N] [--epochs N] [--out DIR] [NAME ...]

NAME is a recipe, or KEY=OPTIONS for a way of one's own: "mine=--stages 'head epochs=2 lr=0.01; last:10 epochs=4 lr=0.001'". Runs that
are there are not done again. Pictures of ants and bees, MobileNetV2 0.35; what is not in ../shared is skipped.
"""
import argparse
import json
import os
import shlex
import statistics
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
shared = os.path.join(here, '..', '..', 'shared', 'data')
NETWORK = os.path.join(shared, 'networks', 'mobilenetv2-0.35-imagenet.onnx')
DATA = os.path.join(shared, 'datasets', 'hymenoptera')
# Two-sided 95 % of Student's t by degrees of freedom.
T = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}


def accuracy(name, options, seed, out):
    folder = os.path.join(out, f'{name}-{seed}')
    result = os.path.join(folder, 'result.json')
    if not os.path.exists(result):
        command = [os.path.join(here, '..', 'graft'), 'train', '--network', NETWORK, '--data', DATA, '--out', folder,
                   '--mean', '0.5', '--std', '0.5', '--seed', str(seed)] + options
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(result) as file:
        return json.load(file)['val_accuracy']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('names', nargs='*', default=['head', 'all', 'probe-then-finetune'])
    parser.add_argument('--seeds', type=int, default=5)
    parser.add_argument('--epochs', type=int, default=6)
    parser.add_argument('--out', default='recipes-of-bench')
    asked = parser.parse_args()
    if not os.path.exists(NETWORK):
        sys.exit('the network and the pictures are not there')
    for word in asked.names:
        name, _, own = word.partition('=')
        options = shlex.split(own) if own else ['--recipe', name, '--epochs', str(asked.epochs)]
        got = [accuracy(name, options, seed, asked.out) for seed in range(1, asked.seeds + 1)]
        half = T[len(got) - 1] * statistics.stdev(got) / len(got) ** 0.5 if len(got) > 1 else float('nan')
        print(f'{name:24} {statistics.mean(got):.4f} ± {half:.4f}  ', ' '.join(f'{value:.4f}' for value in got), flush=True)


if __name__ == '__main__':
    main()
