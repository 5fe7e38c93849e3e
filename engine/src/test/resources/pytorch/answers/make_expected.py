#!/usr/bin/env python3
"""Makes train.json, dev.json, windows.json and what PyTorch turns ../text/net.onnx into: a second source for answers in passages.

    python3 make_expected.py        # needs torch, transformers, tokenizers, onnx, numpy; writes beside itself

The network is that of ../text/make_expected.py, made again from its seed. Passages of up to 40 words, some with emoji, laid out as
SQuAD 2.0 is; windows of 24 tokens of which neighbours share 8, as Hugging Face's tokenizers cut them (truncation only_second, stride 8);
places by code points of the encoding, a window without the whole answer points to its first token. windows.json: ids, types and both
places of all windows of train.json. One epoch over the windows in order, batch 8, a linear head at zero on each token, the mean of
torch.nn.functional.cross_entropy of beginnings and of ends, padding at minus infinity, no dropout, no weight decay. head: SGD with
momentum 0.9 and rate 0.05. all: the same. adamw: everything by AdamW with rate 0.002. What moves all
scores alike is left out, biases of keys too: their gradients are zero but for rounding. Computed in double precision. losses.json: the mean loss of the epoch's windows.
"""
import json
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
rng = np.random.default_rng(9)
torch.manual_seed(11)
BATCH, WIDTH, LENGTH, STRIDE = 8, 16, 24, 8
tokenizer = Tokenizer.from_file(os.path.join(text, 'tokenizer.json'))
words = [a + b for a in 'bdfgklmnp' for b in 'aeio']


def some(low, high):
    return [words[int(rng.integers(36))] for _ in range(int(rng.integers(low, high)))]


def articles(count, first):
    out, number = [], first
    for a in range(count):
        paragraphs = []
        for _ in range(2):
            row = some(6, 40)
            if rng.random() < 0.4:
                row.insert(int(rng.integers(len(row))), '\U0001f389')
            context = ' '.join(row)
            qas = []
            for _ in range(2):
                number += 1
                asked = {'id': f'q{number}', 'question': ' '.join(some(2, 6)), 'answers': [], 'is_impossible': True}
                if rng.random() < 0.8:
                    begin = int(rng.integers(len(row)))
                    end = min(len(row), begin + int(rng.integers(1, 4)))
                    start = len(' '.join(row[:begin])) + (1 if begin else 0)
                    asked['is_impossible'] = False
                    asked['answers'] = [{'text': ' '.join(row[begin:end]), 'answer_start': start}]
                qas.append(asked)
            paragraphs.append({'context': context, 'qas': qas})
        out.append({'title': f'article {first + a}', 'paragraphs': paragraphs})
    return out


train, dev = articles(6, 0), articles(2, 100)
for name, part in (('train', train), ('dev', dev)):
    with open(os.path.join(here, name + '.json'), 'w', encoding='utf-8') as out:
        json.dump({'version': 'v2.0', 'data': part}, out, ensure_ascii=False)

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

def parts(question, context):
    """Ids, types and code points of each window; None where a token is not of the passage."""
    tokenizer.no_truncation()
    whole = tokenizer.encode(question, context)
    first = whole.sequence_ids.index(1)
    count = len(whole.ids) - first - 1
    room, out = LENGTH - first - 1, []
    for begin in range(0, count, room - STRIDE):
        end = min(count, begin + room)
        chosen = list(range(first)) + list(range(first + begin, first + end)) + [len(whole.ids) - 1]
        out.append(([whole.ids[i] for i in chosen], [whole.type_ids[i] for i in chosen],
                    [whole.offsets[i] if whole.sequence_ids[i] == 1 else None for i in chosen]))
        if end == count:
            break
    # Some versions of the library leave out windows where there are more than two.
    tokenizer.enable_truncation(max_length=LENGTH, stride=STRIDE, strategy='only_second')
    encoding = tokenizer.encode(question, context)
    given = [encoding] + encoding.overflowing
    assert given[0].ids == out[0][0] and given[0].type_ids == out[0][1]
    assert len(given) < len(out) or [each.ids for each in given] == [each[0] for each in out]
    return out


windows = []
for article in train:
    for paragraph in article['paragraphs']:
        for asked in paragraph['qas']:
            for ids, types, offsets in parts(asked['question'], paragraph['context']):
                places = [0, 0]
                if asked['answers']:
                    start = asked['answers'][0]['answer_start']
                    end = start + len(asked['answers'][0]['text'])
                    begins = [i for i, at in enumerate(offsets) if at and at[0] == start]
                    ends = [i for i, at in enumerate(offsets) if at and at[1] == end]
                    if begins and ends:
                        places = [begins[0], ends[0]]
                windows.append({'ids': ids, 'types': types, 'places': places})
assert len(windows) > 24 and any(w['places'][0] for w in windows)
with open(os.path.join(here, 'windows.json'), 'w') as out:
    json.dump(windows, out)


def batch(rows):
    longest = max(len(row['ids']) for row in rows)
    padded = lambda key, fill: torch.tensor([row[key] + [fill] * (longest - len(row[key])) for row in rows])  # noqa: E731
    mask = torch.tensor([[1] * len(row['ids']) + [0] * (longest - len(row['ids'])) for row in rows])
    return padded('ids', 0), mask, padded('types', 0), torch.tensor([row['places'] for row in rows])


def trained(everything, optimizer):
    network = BertModel(config, add_pooling_layer=False).double().eval()
    network.load_state_dict({k: v.double() for k, v in body.state_dict().items()})
    weight = torch.zeros(2, WIDTH, dtype=torch.double, requires_grad=True)
    bias = torch.zeros(2, dtype=torch.double, requires_grad=True)
    learning = [weight, bias] + (list(network.parameters()) if everything else [])
    steps = (torch.optim.AdamW(learning, lr=0.002, weight_decay=0) if optimizer == 'adamw'
             else torch.optim.SGD(learning, lr=0.05, momentum=0.9))
    loss_sum = 0
    for begin in range(0, len(windows), BATCH):
        rows = windows[begin:begin + BATCH]
        ids, mask, types, places = batch(rows)
        states = network(input_ids=ids, attention_mask=mask, token_type_ids=types).last_hidden_state
        scores = (states @ weight.T + bias).masked_fill(mask.unsqueeze(-1) == 0, float('-inf'))
        loss = (F.cross_entropy(scores[:, :, 0], places[:, 0]) + F.cross_entropy(scores[:, :, 1], places[:, 1])) / 2
        steps.zero_grad()
        loss.backward()
        steps.step()
        loss_sum += loss.item() * len(rows)
    # The bias of beginnings moves all of them alike: its gradient is zero but for rounding.
    out = {'head.weight': weight.detach().numpy().T}
    if everything:
        for name, parameter in network.named_parameters():
            # The bias of the last norm moves the scores of all tokens alike.
            if not name.endswith('key.bias') and name != 'encoder.layer.1.output.LayerNorm.bias':
                tensor, turned = by_name[name]
                value = parameter.detach().numpy()
                out[tensor] = value.T if turned else value
    return out, loss_sum / len(windows)


losses = {}
for recipe, everything, optimizer in (('head', False, 'sgd'), ('all', True, 'sgd'), ('adamw', True, 'adamw')):
    after, losses[recipe] = trained(everything, optimizer)
    graph = helper.make_graph([], recipe, [], [helper.make_tensor_value_info('head.weight', TensorProto.FLOAT, [WIDTH, 2])], [
        numpy_helper.from_array(np.ascontiguousarray(value.astype(np.float32)), name) for name, value in after.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8),
              os.path.join(here, f'after-{recipe}.onnx'))
with open(os.path.join(here, 'losses.json'), 'w') as out:
    json.dump(losses, out)
