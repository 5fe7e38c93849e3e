#!/usr/bin/env python3
"""How often the sets of `graft conformal` hold the true class, over random halves of labelled pictures.

    bench/conformal.py --network NET --pictures FOLDER_OF_CLASS_FOLDERS [--most 1000] [--seeds 5] [--alphas 0.05,0.1,0.2]
        [-- OPTIONS OF GRAFT CONFORMAL]

By seed the pictures are halved: one half is `val`, which gives the threshold, the other `test`, which is judged. Printed are the coverage, whether it
lies within 1 - alpha +- 1.96 sqrt(alpha (1 - alpha) / n) of the test half alone, and whether within the bounds that Graft states, which know that the
threshold comes from a sample too. Of many runs the first holds in fewer than 95 of 100.
"""
import argparse
import json
import math
import os
import random
import subprocess
import sys
import tempfile

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
graft = os.path.join(root, 'graft.cmd' if os.name == 'nt' else 'graft')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--network', required=True)
    parser.add_argument('--pictures', required=True)
    parser.add_argument('--most', type=int, default=1000)
    parser.add_argument('--seeds', type=int, default=5)
    parser.add_argument('--alphas', default='0.05,0.1,0.2')
    parser.add_argument('options', nargs='*')
    wanted = parser.parse_args()
    found = [(name, os.path.join(wanted.pictures, name, file)) for name in sorted(os.listdir(wanted.pictures))
             for file in sorted(os.listdir(os.path.join(wanted.pictures, name))) if file.lower().endswith(('.jpg', '.png'))]
    random.Random(0).shuffle(found)
    found = found[:wanted.most]
    tally = {}
    for seed in range(1, wanted.seeds + 1):
        order = found[:]
        random.Random(seed).shuffle(order)
        with tempfile.TemporaryDirectory() as data:
            for i, (name, file) in enumerate(order):
                for part in ('val' if i % 2 else 'test',) + (('train',) if i < len(order) // 4 else ()):
                    os.makedirs(os.path.join(data, part, name), exist_ok=True)
                    os.symlink(os.path.abspath(file), os.path.join(data, part, name, f'{i}{os.path.splitext(file)[1]}'))
            for alpha in map(float, wanted.alphas.split(',')):
                done = subprocess.run([graft, 'conformal', '--network', wanted.network, '--data', data, '--alpha', str(alpha),
                                       '--seed', str(seed), '--json', *wanted.options], capture_output=True, text=True)
                if done.returncode:
                    sys.exit(done.stderr)
                said = json.loads(done.stdout)
                wide = 1.96 * math.sqrt(alpha * (1 - alpha) / said['n'])
                low, high = said['bounds']
                tally.setdefault(alpha, []).append((said['coverage'], abs(said['coverage'] - 1 + alpha) <= wide,
                                                    low <= said['coverage'] <= high, said['mean_set_size']))
    for alpha, rows in tally.items():
        print(f'alpha {alpha}: promised {1 - alpha:.3f}, mean coverage {sum(row[0] for row in rows) / len(rows):.3f} '
              f'({min(row[0] for row in rows):.3f} ... {max(row[0] for row in rows):.3f}), within the binomial bound '
              f'{sum(row[1] for row in rows)} of {len(rows)}, within what Graft states {sum(row[2] for row in rows)}, '
              f'classes in a set {sum(row[3] for row in rows) / len(rows):.2f}')


if __name__ == '__main__':
    main()
