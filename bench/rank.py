#!/usr/bin/env python3
"""Whether the order of `graft rank` is that of the accuracies after fine-tuning: Kendall's tau, and what the ranking costs.

    bench/rank.py [--epochs N] [--seed N] [--recipe NAME ...] [--data DIR] [--out DIR] [NETWORK ...]

Every network is ranked alone, for its time, and all together, for their order; then fine-tuned by each recipe, with the same budget. Runs that are
there are not done again. What is not in ../shared is skipped.
"""
import argparse
import json
import os
import subprocess
import sys
import time

here = os.path.dirname(os.path.abspath(__file__))
graft = os.path.join(here, '..', 'graft')
shared = os.path.join(here, '..', '..', 'shared', 'data')
DATA = os.path.join(shared, 'datasets', 'hymenoptera')
NETWORKS = ['mobilenetv2-0.35-imagenet', 'squeezenet1.0-imagenet', 'resnet20-cifar10', 'cifar10-small-cnn']


def run(*command):
    start = time.time()
    done = subprocess.run([graft, *command], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout, time.time() - start


def ranked(networks, data):
    options = [word for network in networks for word in ('--network', network)]
    printed, seconds = run('rank', *options, '--data', data, '--skip-unreadable', '--json')
    return json.loads(printed)['ranking'], seconds


def trained(network, data, recipe, asked):
    folder = os.path.join(asked.out, os.path.basename(network).removesuffix('.onnx') + '-' + recipe)
    result = os.path.join(folder, 'result.json')
    took = os.path.join(folder, 'seconds-of-bench')
    if not os.path.exists(took):
        _, seconds = run('train', '--network', network, '--data', data, '--out', folder, '--recipe', recipe, '--epochs',
                         str(asked.epochs), '--seed', str(asked.seed), '--skip-unreadable')
        with open(took, 'w') as file:
            file.write(str(seconds))
    with open(result) as file, open(took) as seconds:
        return json.load(file)['val_accuracy'], float(seconds.read())


def tau(one, other):
    """Kendall's tau-b."""
    same = ties_one = ties_other = pairs = 0
    for i in range(len(one)):
        for j in range(i):
            a, b = (one[i] > one[j]) - (one[i] < one[j]), (other[i] > other[j]) - (other[i] < other[j])
            same += a * b
            ties_one += a == 0
            ties_other += b == 0
            pairs += 1
    return same / ((pairs - ties_one) * (pairs - ties_other)) ** 0.5


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('networks', nargs='*')
    parser.add_argument('--data', default=DATA)
    parser.add_argument('--recipe', nargs='*', default=['head', 'probe-then-finetune'])
    parser.add_argument('--epochs', type=int, default=10)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--out', default='rank-of-bench')
    asked = parser.parse_args()
    networks = asked.networks or [os.path.join(shared, 'networks', name + '.onnx') for name in NETWORKS]
    if not all(os.path.exists(path) for path in networks + [asked.data]):
        sys.exit('the networks or the pictures are not there')
    _, start = run('--version')
    print(f'load {os.getloadavg()[0]:.1f}; starting the program takes {start:.1f} s', flush=True)
    order, _ = ranked(networks, asked.data)
    log_me = {row['network']: row for row in order}
    accuracies = {recipe: [] for recipe in asked.recipe}
    for network in networks:
        _, alone = ranked([network], asked.data)
        row = log_me[network]
        print(f"{os.path.basename(network):36} LogME {row['log_me']:7.3f}  probe {row['probe_accuracy']:6.1%}  rank {alone:6.1f} s", end='')
        for recipe in asked.recipe:
            accuracy, seconds = trained(network, asked.data, recipe, asked)
            accuracies[recipe].append(accuracy)
            print(f'  {recipe} {accuracy:6.1%} in {seconds:6.1f} s (rank costs {alone / seconds:5.1%})', end='', flush=True)
        print(flush=True)
    scores = [log_me[network]['log_me'] for network in networks]
    for recipe in asked.recipe:
        print(f'tau of LogME against {recipe}: {tau(scores, accuracies[recipe]):.2f}', flush=True)


if __name__ == '__main__':
    main()
