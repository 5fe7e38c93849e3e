#!/usr/bin/env python3
"""A network that writes learns an unseen text: its loss before learning, and how far the perplexity of a part held back falls.

    bench/language.py [--text FILE] [--steps 300] [--out DIR]

tiny-stories-decoder.onnx (260,000 parameters, context 128) and a text that it never saw; without --text the GNU General Public License,
version 3, as Debian brings it. Everything learns by AdamW with rate 1e-3, batch 8; as many whole epochs as fit into the steps. The last
fifth of the text is held back.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
graft = os.path.join(here, '..', 'graft')
shared = os.path.join(here, '..', '..', 'shared', 'data', 'text-networks')

options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
options.add_argument('--text', default='/usr/share/common-licenses/GPL-3')
options.add_argument('--steps', type=int, default=300)
options.add_argument('--out')
given = options.parse_args()
if not os.path.isdir(shared):
    sys.exit(f'skipped: there is no {shared}')

with tempfile.TemporaryDirectory() as room:
    network = os.path.join(room, 'decoder.onnx')
    shutil.copy(os.path.join(shared, 'tiny-stories-decoder.onnx'), network)
    shutil.copy(os.path.join(shared, 'tiny-stories-decoder-tokenizer.json'), os.path.join(room, 'tokenizer.json'))
    text = os.path.join(room, 'text.txt')
    shutil.copy(given.text, text)
    task = ['--data', text, '--task', 'text-generation']

    def called(*arguments):
        return json.loads(subprocess.run([graft, *arguments, '--json'], check=True, stdout=subprocess.PIPE).stdout)

    before = called('evaluate', '--network', network, *task)
    blocks = called('evaluate', '--network', network, *task, '--part', 'train')['n']
    steps = -(-blocks // 8)
    epochs = max(1, given.steps // steps)
    run = given.out or os.path.join(room, 'run')
    result = called('train', '--network', network, *task, '--trainable', 'all', '--optimizer', 'adamw', '--lr', '0.001', '--batch', '8',
                    '--epochs', str(epochs), '--out', run)
    perplexity = before['scores'][0]['value']
    after = result['val_score']
    print(f'{blocks} blocks to learn from, {before["n"]} held back; {epochs} epochs of {steps} steps')
    print(f'before: loss {before["loss"]:.6f}, perplexity {perplexity:.2f}')
    print(f'after {result["best_epoch"] * steps} steps: perplexity {after:.2f} ({100 * (after / perplexity - 1):+.1f} %)')
