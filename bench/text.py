#!/usr/bin/env python3
"""Texts: Graft and its peer (transformers on PyTorch) in turns, on the same texts and the same network, with as many threads.

    bench/text.py [--peer-python .peer/bin/python] [--turns 3] [--threads 2] [--data DIR] [--limit N] [WORK ...]

WORK: head  whole process: features of the frozen network once, then ten epochs of a linear head; ratio of times
      all   one epoch of everything; ratio of times, and of peak memory
      accuracy  of scikit-learn's logistic regression on the same features, and on counts of words (TF-IDF) alone

DIR holds train.tsv and val.tsv; without it they are made of ../shared/data/datasets/sst2: dev.tsv to learn from, test.tsv to judge by.
The network is the one that the build unpacked (engine/target/networks/minilm). The peer needs torch, transformers, tokenizers, onnx,
onnxruntime and scikit-learn; it gets its weights out of the ONNX file. Each work leaves bench/results/text-WORK.json. A run
that did not learn as well as its peer does not count: accuracies stand beside the times.
"""
import argparse
import csv
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
minilm = os.path.join(root, 'engine/target/networks/minilm')
sst2 = os.path.join(os.path.dirname(root), 'shared/data/datasets/sst2')
HEAD = dict(epochs=10, batch=32, lr=0.001)
ALL = dict(epochs=1, batch=32, lr=5e-5)
MAX_LENGTH = 128
SEED = 1


# What runs in the peer's Python.

def rows(file):
    with open(file, encoding='utf-8', newline='') as table:
        lines = list(csv.reader(table, delimiter='\t', quoting=csv.QUOTE_NONE))
    return [line[0] for line in lines[1:]], [line[1] for line in lines[1:]]


def peer_network():
    """transformers' BertModel with the numbers of the ONNX file."""
    import onnx
    import torch
    from onnx import numpy_helper
    sys.modules['torchvision'] = None  # not needed, and one of another version than torch's would be in the way
    from transformers import BertConfig, BertModel

    graph = onnx.load(os.path.join(minilm, 'minilm.onnx')).graph
    tensors = {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in graph.initializer}
    producers = {name: node for node in graph.node for name in node.output}
    state = {name: tensor for name, tensor in tensors.items() if tensor.is_floating_point() and '.' in name}
    for node in graph.node:
        bias = next((name for name in node.input if name.endswith('.bias') and 'LayerNorm' not in name), None)
        if node.op_type == 'Add' and bias:
            product = producers[next(name for name in node.input if name != bias)]
            state[bias[:-len('bias')] + 'weight'] = tensors[product.input[1]].T.contiguous()
    config = BertConfig(vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
                        max_position_embeddings=512, type_vocab_size=2)
    network = BertModel(config, add_pooling_layer=False)
    missing, unexpected = network.load_state_dict(state, strict=False)
    assert not [name for name in missing if 'position_ids' not in name], missing
    return network


def batches(encodings, order, size):
    import torch
    for at in range(0, len(order), size):
        chosen = order[at:at + size]
        longest = max(len(encodings[i].ids) for i in chosen)
        ids = torch.zeros(len(chosen), longest, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, i in enumerate(chosen):
            ids[row, :len(encodings[i].ids)] = torch.tensor(encodings[i].ids)
            mask[row, :len(encodings[i].ids)] = 1
        yield chosen, ids, mask


def pooled(network, ids, mask):
    states = network(input_ids=ids, attention_mask=mask).last_hidden_state
    wide = mask.unsqueeze(-1).float()
    return (states * wide).sum(1) / wide.sum(1)


def features(network, encodings):
    import torch
    out = torch.zeros(len(encodings), 384)
    with torch.no_grad():
        for chosen, ids, mask in batches(encodings, sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids)), 32):
            out[chosen] = pooled(network, ids, mask)
    return out


def encoded(texts):
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(os.path.join(minilm, 'tokenizer.json'))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_LENGTH)
    return tokenizer.encode_batch(texts)


def peer(work, data, threads):
    import torch
    from torch import nn
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    texts, labels = rows(os.path.join(data, 'train.tsv'))
    judged, truth = rows(os.path.join(data, 'val.tsv'))
    classes = sorted(set(labels))
    y = torch.tensor([classes.index(label) for label in labels])
    v = torch.tensor([classes.index(label) for label in truth])
    x, z = encoded(texts), encoded(judged)
    network = peer_network().eval()
    head = nn.Linear(384, len(classes))
    start = time.perf_counter()
    if work == 'head':
        inner, outer = features(network, x), features(network, z)
        optimizer = torch.optim.AdamW(head.parameters(), lr=HEAD['lr'], weight_decay=0)
        best = 0
        for _ in range(HEAD['epochs']):
            order = torch.randperm(len(y))
            for at in range(0, len(y), HEAD['batch']):
                chosen = order[at:at + HEAD['batch']]
                optimizer.zero_grad()
                nn.functional.cross_entropy(head(inner[chosen]), y[chosen]).backward()
                optimizer.step()
            best = max(best, (head(outer).argmax(1) == v).float().mean().item())
    else:
        network.train()
        parameters = list(network.parameters()) + list(head.parameters())
        optimizer = torch.optim.AdamW(parameters, lr=ALL['lr'], weight_decay=0)
        for _ in range(ALL['epochs']):
            shuffled = torch.randperm(len(y)).tolist()
            stretch = 50 * ALL['batch']
            order = [i for at in range(0, len(shuffled), stretch)
                     for i in sorted(shuffled[at:at + stretch], key=lambda i: -len(x[i].ids))]
            steps = list(range(0, len(order), ALL['batch']))
            for step in torch.randperm(len(steps)).tolist():
                for chosen, ids, mask in batches(x, order[steps[step]:steps[step] + ALL['batch']], ALL['batch']):
                    optimizer.zero_grad()
                    nn.functional.cross_entropy(head(pooled(network, ids, mask)), y[chosen]).backward()
                    optimizer.step()
        network.eval()
        best = (head(features(network, z)).argmax(1) == v).float().mean().item()
    print(json.dumps(dict(val_accuracy=best, work_s=time.perf_counter() - start)))


def peer_accuracy(data, threads):
    import torch
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    torch.set_num_threads(threads)
    texts, labels = rows(os.path.join(data, 'train.tsv'))
    judged, truth = rows(os.path.join(data, 'val.tsv'))
    network = peer_network().eval()
    inner, outer = features(network, encoded(texts)).numpy(), features(network, encoded(judged)).numpy()
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    counts = words.fit_transform(texts)
    print(json.dumps(dict(
        features=LogisticRegression(max_iter=2000).fit(inner, labels).score(outer, truth),
        tfidf=LogisticRegression(max_iter=2000, C=10).fit(counts, labels).score(words.transform(judged), truth))))


# What compares.

def run(command, **environment):
    """Seconds, MiB at the most, and what it printed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile('w+') as out, tempfile.TemporaryFile('w+') as errors:
        child = subprocess.Popen(command, stdout=out, stderr=errors, env={**os.environ, **environment})
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        out.seek(0)
        errors.seek(0)
        if child.returncode != 0:
            sys.exit(f'{" ".join(command)} failed:\n{errors.read()[-2000:]}')
        return seconds, usage.ru_maxrss / 1024, out.read()


def train(work, data):
    settings = HEAD if work == 'head' else ALL
    out = tempfile.mkdtemp()
    try:
        seconds, mib, text = run(
            [os.path.join(root, 'graft'), 'train', '--network', 'minilm', '--data', data, '--out', os.path.join(out, 'run'),
             '--trainable', 'head' if work == 'head' else 'all', '--epochs', str(settings['epochs']), '--batch', str(settings['batch']),
             '--optimizer', 'adamw', '--lr', str(settings['lr']), '--weight-decay', '0', '--max-length', str(MAX_LENGTH), '--seed',
             str(SEED), '--threads', str(options.threads), '--json'],
            GRAFT_CACHE_DIR=os.path.join(out, 'cache'), GRAFT_HOME=out)
    finally:
        shutil.rmtree(out)
    return seconds, mib, json.loads(text)


def peer_run(work, data):
    seconds, mib, text = run([options.peer_python, os.path.abspath(__file__), '--peer', work, '--data', data, '--threads',
                              str(options.threads)])
    return seconds, mib, json.loads(text)


def compare(work, data):
    mine, theirs, memory, accuracy = [], [], dict(graft=[], peer=[]), dict(graft=[], peer=[])
    for _ in range(options.turns):
        for name, times, runner in (('graft', mine, train), ('peer', theirs, peer_run)):
            seconds, mib, result = runner(work, data)
            times.append(seconds if work == 'head' else result.get('work_s') or sum(e['seconds'] for e in result['epochs']))
            memory[name].append(mib)
            accuracy[name].append(result['val_accuracy'])
    ratio = statistics.median(mine) / statistics.median(theirs)
    ratio_of_memory = statistics.median(memory['graft']) / statistics.median(memory['peer'])
    print(f'{work}: time {ratio:.2f}, memory {ratio_of_memory:.2f}, accuracy {statistics.mean(accuracy["graft"]):.3f}'
          f' (peer {statistics.mean(accuracy["peer"]):.3f})')
    keep(work, dict(graft=mine, peer=theirs, memory_mib=memory, accuracy=accuracy, ratio=ratio, ratio_of_memory=ratio_of_memory))


def keep(work, numbers):
    os.makedirs(os.path.join(here, 'results'), exist_ok=True)
    with open(os.path.join(here, 'results', f'text-{work}.json'), 'w', encoding='utf-8') as out:
        json.dump(numbers, out, indent=1)
        out.write('\n')


def made(folder):
    """SST-2's smaller part to learn from, its test part to judge by."""
    for source, target in (('dev.tsv', 'train.tsv'), ('test.tsv', 'val.tsv')):
        with open(os.path.join(sst2, source), encoding='utf-8') as lines, open(
                os.path.join(folder, target), 'w', encoding='utf-8') as out:
            for number, line in enumerate(lines):
                if options.limit == 0 or number <= options.limit:
                    out.write(line)
    return folder


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('work', nargs='*', metavar='WORK', help='head, all, accuracy; all of them without one')
    parser.add_argument('--peer-python', default=os.path.join(root, '.peer/bin/python'))
    parser.add_argument('--turns', type=int, default=3)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--data')
    parser.add_argument('--limit', type=int, default=0, help='rows of each part; 0 = all')
    parser.add_argument('--peer', choices=['head', 'all', 'accuracy'], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer == 'accuracy':
        peer_accuracy(options.data, options.threads)
    elif options.peer:
        peer(options.peer, options.data, options.threads)
    else:
        with tempfile.TemporaryDirectory() as folder:
            data = options.data or made(folder)
            for work in options.work or ['head', 'all', 'accuracy']:
                if work == 'accuracy':
                    numbers = peer_run('accuracy', data)[2]
                    print(f'accuracy: features {numbers["features"]:.3f}, TF-IDF {numbers["tfidf"]:.3f}')
                    keep(work, numbers)
                else:
                    compare(work, data)
