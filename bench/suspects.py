#!/usr/bin/env python3
"""Turns labels over and looks how well `graft suspects` finds them.

    bench/suspects.py --network NET --data FOLDER_OR_TABLE [--share 0.1] [--seeds 1,2,3] [-- OPTIONS OF GRAFT SUSPECTS]

A copy of the data is made; `--share` of the labels in it are given another class by chance (`graft data relabel`: nothing is moved), in each
class alike. Printed are, by seed, the area under the ROC curve of the score over all examples (1 = every turned label is more suspicious
than every other; labels that were wrong before count as right), how many labels are said to be wrong, and how many of these were turned.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
graft = os.path.join(root, 'graft.cmd' if os.name == 'nt' else 'graft')


def ask(*arguments):
    done = subprocess.run([graft, *arguments, '--json'], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def area(scores, turned):
    """Share of pairs of a turned and another label in which the turned one has the lower score; equal ones count half."""
    ranked = sorted(range(len(scores)), key=lambda i: scores[i])
    ranks, at = [0.0] * len(scores), 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and scores[ranked[end]] == scores[ranked[at]]:
            end += 1
        for i in ranked[at:end]:
            ranks[i] = (at + end - 1) / 2 + 1
        at = end
    others = len(scores) - len(turned)
    rest = sum(ranks[i] for i in range(len(scores)) if i not in turned)
    return (rest - others * (others + 1) / 2) / (len(turned) * others)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--network', required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--share', type=float, default=0.1)
    parser.add_argument('--seeds', default='1,2,3')
    parser.add_argument('options', nargs='*')
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        copy = os.path.join(work, os.path.basename(wanted.data.rstrip('/')))
        if os.path.isdir(wanted.data):
            shutil.copytree(wanted.data, copy)
        else:
            shutil.copy(wanted.data, copy)
        clean = ask('suspects', '--network', wanted.network, '--data', copy, *wanted.options)
        print(f"as it is: {clean['expected_wrong']} of {clean['n']} labels look wrong")
        labels = {each['name']: each['label'] for each in clean['suspects']}
        classes = sorted(set(labels.values()))
        for seed in map(int, wanted.seeds.split(',')):
            chance = random.Random(seed)
            turned = {}
            for name in classes:
                mine = sorted(each for each in labels if labels[each] == name)
                for example in chance.sample(mine, round(wanted.share * len(mine))):
                    turned[example] = chance.choice([other for other in classes if other != name])
            for name in classes:
                mine = [each for each in turned if turned[each] == name]
                for at in range(0, len(mine), 500):
                    ask('data', 'relabel', '--data', copy, '--to', name, *mine[at:at + 500])
            found = ask('suspects', '--network', wanted.network, '--data', copy, *wanted.options)['suspects']
            wrong = [each for each in found if each['wrong']]
            hit = sum(each['name'] in turned for each in wrong)
            positions = {i for i, each in enumerate(found) if each['name'] in turned}
            print(f"seed {seed}: {len(turned)} labels turned, AUROC {area([each['score'] for each in found], positions):.4f},"
                  f" {len(wrong)} said to be wrong, {hit} of them turned", flush=True)
            ask('data', 'restore', '--data', copy, *turned)


main()
