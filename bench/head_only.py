#!/usr/bin/env python3
"""Head-only fine-tuning of MobileNetV2 0.35 on ants and bees, whole process: Graft against the usual PyTorch loop.

    bench/head_only.py [--peer-python .peer/bin/python] [--turns 3] [--epochs 10] [--threads 2]

Prints one JSON object: all seconds, medians, their ratio, and the accuracies reached (a run that did not learn does not count).
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
shared = os.path.join(os.path.dirname(root), 'shared')
parser = argparse.ArgumentParser()
parser.add_argument('--peer-python', default=os.path.join(root, '.peer/bin/python'))
parser.add_argument('--turns', type=int, default=3)
parser.add_argument('--epochs', type=int, default=10)
parser.add_argument('--threads', type=int, default=2)
options = parser.parse_args()
network = os.path.join(shared, 'data/networks/mobilenetv2-0.35-imagenet.onnx')
data = os.path.join(shared, 'data/datasets/hymenoptera')
if not os.path.exists(network):
    sys.exit(f'skipped: {network} is absent')


def timed(command):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f'{command[0]} failed:\n{done.stderr[-2000:]}')
    return seconds, json.loads(done.stdout)


graft, peer, accuracies = [], [], {}
subprocess.run([os.path.join(root, 'graft'), '--version'], check=True, stdout=subprocess.DEVNULL)  # built before timing
for _ in range(options.turns):
    out = tempfile.mkdtemp()
    try:
        seconds, result = timed([
            os.path.join(root, 'graft'), 'train', '--network', network, '--data', data, '--out', os.path.join(out, 'run'),
            '--mean', '0.5', '--std', '0.5', '--epochs', str(options.epochs), '--lr', '0.001',
            '--threads', str(options.threads), '--json'])
    finally:
        shutil.rmtree(out)
    graft.append(seconds)
    accuracies['graft'] = result['val_accuracy']
    seconds, result = timed([
        options.peer_python, os.path.join(shared, 'peers/torch_finetune.py'), network, data, '--trainable', 'head',
        '--epochs', str(options.epochs), '--batch', '16', '--threads', str(options.threads), '--lr', '0.001'])
    peer.append(seconds)
    accuracies['peer'] = max(result['val_accuracy'])
print(json.dumps(dict(
    graft_s=[round(s, 2) for s in graft], peer_s=[round(s, 2) for s in peer],
    ratio=round(statistics.median(graft) / statistics.median(peer), 3), accuracy=accuracies)))
