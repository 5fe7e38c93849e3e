#!/usr/bin/env python3
"""Makes train.conll, dev.conll and what PyTorch turns ../text/net.onnx into: a second source for tags of words.

    python3 make_expected.py        # needs torch, transformers, tokenizers, onnx, numpy; writes beside itself

The network is that of ../text/make_expected.py, made again from its seed. Words of one to three pieces; the first piece of each has
its tag, all others and the padding -100. One epoch in order, batch 8 (the last batch is short), a linear head at zero on each token,
torch.nn.functional.cross_entropy with its mean over the words of a batch, no dropout, no weight decay. head: SGD with momentum 0.9
and rate 0.05. all: the same. adamw: everything by AdamW with rate 0.002. Biases of keys that learn are left out: their gradients are
zero but for rounding. recipe: as transformers are fine-tuned, two epochs: AdamW with rate 0.01 and weight decay 0.1, neither biases nor
weights of norms decayed (as transformers' Trainer groups them), the head at the full rate, each block of the body at 0.7 of the one
above it and the embeddings at 0.7 of the lowest, the rate rising along a line over two steps and then falling along one to zero
(torch.optim.lr_scheduler.LinearLR, one after the other), gradients clipped to a norm of 0.5. Computed in double precision. losses.json: the mean loss of the first epoch's steps, weighted by sentences.
"""
import json
import math
import os
import sys

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

sys.modules['torchvision'] = None  # not needed, and one of another version than torch's would be in the way
from transformers import BertConfig, BertModel  # noqa: E402

here = os.path.dirname(os.path.abspath(__file__))
text = os.path.join(here, '..', 'text')
rng = np.random.default_rng(5)
torch.manual_seed(11)
BATCH, WIDTH = 8, 16
TAGS = ['O', 'B-a', 'I-a', 'B-b', 'I-b']
tokenizer = Tokenizer.from_file(os.path.join(text, 'tokenizer.json'))
words = [a + b for a in 'bdfgklmnp' for b in 'aeio']


def word(kind):
    first = kind * 12 if rng.random() < 0.7 else 0
    pieces = [words[int(first + rng.integers(12))] for _ in range(int(rng.integers(1, 3)))]
    return '-'.join(pieces)


def sentences(count):
    out = []
    for _ in range(count):
        row = []
        while len(row) < int(rng.integers(2, 6)):
            kind = int(rng.integers(3))
            for i in range(1 if kind == 0 else int(rng.integers(1, 3))):
                row.append((word(kind), 'O' if kind == 0 else ('B-' if i == 0 else 'I-') + 'xab'[kind]))
        out.append(row)
    return out


train, dev = sentences(29), sentences(6)
for name, part in (('train', train), ('dev', dev)):
    with open(os.path.join(here, name + '.conll'), 'w') as out:
        out.write('\n'.join(''.join(f'{w}\t{t}\n' for w, t in row) for row in part))

config = BertConfig(vocab_size=40, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                    max_position_embeddings=24, type_vocab_size=2, hidden_dropout_prob=0, attention_probs_dropout_prob=0,
                    initializer_range=0.2)
config._attn_implementation = 'eager'
body = BertModel(config, add_pooling_layer=False).eval()
with torch.no_grad():
    for parameter in body.parameters():
        if parameter.dim() == 1:
            parameter += 0.1 * torch.randn_like(parameter)

tensors = {t.name: numpy_helper.to_array(t) for t in onnx.load(os.path.join(text, 'net.onnx')).graph.initializer}
by_name = {}
for name, parameter in body.named_parameters():
    value = parameter.detach().numpy()
    for tensor, numbers in tensors.items():
        if numbers.shape == value.shape and np.array_equal(numbers, value):
            by_name[name] = (tensor, False)
        elif numbers.shape == value.T.shape and np.array_equal(numbers, value.T):
            by_name[name] = (tensor, True)
assert len(by_name) == len(list(body.named_parameters())), [n for n, _ in body.named_parameters() if n not in by_name]


def encoded(row):
    encoding = tokenizer.encode(' '.join(w for w, _ in row))
    labels, at, starts = [-100] * len(encoding.ids), 0, {}
    for i, (w, _) in enumerate(row):
        starts[at] = i
        at += len(w) + 1
    for j, (begin, end) in enumerate(encoding.offsets):
        if end > begin and begin in starts:
            labels[j] = TAGS.index(row[starts[begin]][1])
    assert sum(label >= 0 for label in labels) == len(row) and len(encoding.ids) <= 24
    return encoding.ids, labels


def batch(rows):
    all_of = [encoded(row) for row in rows]
    longest = max(len(ids) for ids, _ in all_of)
    return (torch.tensor([ids + [0] * (longest - len(ids)) for ids, _ in all_of]),
            torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids, _ in all_of]),
            torch.tensor([labels + [-100] * (longest - len(ids)) for ids, labels in all_of]))


def grouped(network, head):
    from transformers.trainer_pt_utils import get_parameter_names
    decayed = get_parameter_names(network, [torch.nn.LayerNorm], ['bias'])
    groups = [{'params': [head[0]], 'lr': 0.01, 'weight_decay': 0.1}, {'params': [head[1]], 'lr': 0.01, 'weight_decay': 0}]
    for name, parameter in network.named_parameters():
        below = 3 if name.startswith('embeddings.') else 2 - int(name.split('.')[2])
        groups.append({'params': [parameter], 'lr': 0.01 * 0.7 ** below, 'weight_decay': 0.1 if name in decayed else 0})
    return torch.optim.AdamW(groups)


def trained(everything, optimizer):
    network = BertModel(config, add_pooling_layer=False).double().eval()
    network.load_state_dict({k: v.double() for k, v in body.state_dict().items()})
    weight = torch.zeros(len(TAGS), WIDTH, dtype=torch.double, requires_grad=True)
    bias = torch.zeros(len(TAGS), dtype=torch.double, requires_grad=True)
    learning = [weight, bias] + (list(network.parameters()) if everything else [])
    steps = (grouped(network, (weight, bias)) if optimizer == 'recipe'
             else torch.optim.AdamW(learning, lr=0.002, weight_decay=0) if optimizer == 'adamw'
             else torch.optim.SGD(learning, lr=0.05, momentum=0.9))
    epochs = 2 if optimizer == 'recipe' else 1
    every = epochs * math.ceil(len(train) / BATCH)
    schedule = torch.optim.lr_scheduler.SequentialLR(steps, [
        torch.optim.lr_scheduler.LinearLR(steps, start_factor=1 / 2, total_iters=1),
        torch.optim.lr_scheduler.LinearLR(steps, start_factor=1, end_factor=0, total_iters=every - 2)], milestones=[2])
    if optimizer != 'recipe':
        schedule = torch.optim.lr_scheduler.LambdaLR(steps, lambda step: 1)
    loss_sum = 0
    for step in range(every):
        begin = step * BATCH % (math.ceil(len(train) / BATCH) * BATCH)
        rows = train[begin:begin + BATCH]
        ids, mask, labels = batch(rows)
        states = network(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)).last_hidden_state
        loss = F.cross_entropy((states @ weight.T + bias).reshape(-1, len(TAGS)), labels.reshape(-1), ignore_index=-100)
        steps.zero_grad()
        loss.backward()
        if optimizer == 'recipe':
            torch.nn.utils.clip_grad_norm_(learning, 0.5)
        steps.step()
        schedule.step()
        loss_sum += loss.item() * len(rows) if step < every / epochs else 0
    out = {'head.weight': weight.detach().numpy().T, 'head.bias': bias.detach().numpy()}
    if everything:
        for name, parameter in network.named_parameters():
            if not name.endswith('key.bias'):
                tensor, turned = by_name[name]
                value = parameter.detach().numpy()
                out[tensor] = value.T if turned else value
    return out, loss_sum / len(train)


losses = {}
for recipe, everything, optimizer in (('head', False, 'sgd'), ('all', True, 'sgd'), ('adamw', True, 'adamw'),
                                      ('recipe', True, 'recipe')):
    after, losses[recipe] = trained(everything, optimizer)
    graph = helper.make_graph([], recipe, [], [helper.make_tensor_value_info('head.bias', TensorProto.FLOAT, [len(TAGS)])], [
        numpy_helper.from_array(np.ascontiguousarray(value.astype(np.float32)), name) for name, value in after.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8),
              os.path.join(here, f'after-{recipe}.onnx'))
with open(os.path.join(here, 'losses.json'), 'w') as out:
    json.dump(losses, out)
