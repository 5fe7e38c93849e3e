#!/usr/bin/env python3
"""Names in sentences: MiniLM learns WNUT17 and wikigold as a whole, three epochs, and entity F1 is told with its interval.

    bench/tags.py [--out DIR] [wnut17] [wikigold]

wnut17: train.conll to learn, test.conll judged. wikigold: the first 80 % of its sentences to learn, the others judged. The last epoch
counts and nothing is chosen by what is judged. Batch 16, AdamW with rate 1e-4 for the body and 1e-3 for the head, linear warm-up over
a tenth and down to zero, gradients clipped at 1. Runs that are there are not done again.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
graft = os.path.join(here, '..', 'graft')
data = os.path.join(here, '..', '..', 'shared', 'data', 'datasets', 'ner')


def sentences(file):
    out, open_ = [], []
    with open(file, encoding='utf-8') as lines:
        for line in lines:
            if not line.strip() or line.startswith('-DOCSTART-'):
                if open_:
                    out.append(open_)
                open_ = []
            else:
                open_.append(line)
    return out + ([open_] if open_ else [])


def write(file, some):
    with open(file, 'w', encoding='utf-8') as out:
        out.write('\n'.join(''.join(each) for each in some))


def made(name, folder):
    os.makedirs(folder, exist_ok=True)
    if name == 'wnut17':
        for part, judged in (('train', 'train'), ('dev', 'test')):
            shutil.copy(os.path.join(data, 'wnut17', judged + '.conll'), os.path.join(folder, part + '.conll'))
    else:
        every = sentences(os.path.join(data, 'wikigold', 'wikigold.conll'))
        cut = int(0.8 * len(every))
        write(os.path.join(folder, 'train.conll'), every[:cut])
        write(os.path.join(folder, 'dev.conll'), every[cut:])
    return folder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('names', nargs='*', default=['wnut17', 'wikigold'])
    parser.add_argument('--out', default='tags-of-bench')
    asked = parser.parse_args()
    if not os.path.exists(data):
        sys.exit('the sentences are not there')
    for name in asked.names:
        folder = made(name, os.path.join(asked.out, name))
        run = os.path.join(asked.out, name + '-run')
        if not os.path.exists(os.path.join(run, 'result.json')):
            subprocess.run([graft, 'train', '--network', 'minilm', '--data', folder, '--trainable', 'all', '--epochs', '3',
                            '--lr', '0.001', '--lr-factors', '*:0.1,head:1', '--optimizer', 'adamw', '--weight-decay', '0.01',
                            '--schedule', 'linear', '--warmup', '0.3', '--clip', '1', '--batch', '16', '--keep', 'last',
                            '--out', run], check=True)
        said = subprocess.run([graft, 'evaluate', '--network', os.path.join(run, 'network.onnx'), '--data', folder, '--json'],
                              check=True, stdout=subprocess.PIPE)
        found = json.loads(said.stdout)
        f1 = found['scores'][0]
        with open(os.path.join(run, 'result.json')) as result:
            seconds = json.load(result)['seconds']
        types = ', '.join(f"{each['type']} {each['f1']:.3f}" for each in found['details']['per_type'])
        print(f"{name}: F1 {f1['value']:.4f} [{f1['interval'][0]:.3f}, {f1['interval'][1]:.3f}] on {found['n']} sentences, "
              f"{found['details']['all']['support']} entities ({types}); {seconds:.0f} s", flush=True)


if __name__ == '__main__':
    main()
