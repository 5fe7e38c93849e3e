#!/usr/bin/env python3
"""Makes net.onnx, tokenizer.json, train.tsv, val.tsv and what PyTorch turns the network into: a second source for texts.

    python3 make_expected.py        # needs torch, transformers, tokenizers, onnx, numpy; writes beside itself

A BERT of two blocks (width 16, two attention heads, 40 words, 24 positions) with random numbers, exported as encoders are: inputs
input_ids, attention_mask and token_type_ids, output last_hidden_state. One epoch in order, batch 8 (the last batch is short), each
batch padded to its longest, the states averaged over the tokens that are there, a linear head at zero, mean cross-entropy, no
dropout, no weight decay. head: SGD with momentum 0.9 and rate 0.05. all: the same. adamw: everything by AdamW with rate 0.002.
Biases of keys that learn are left out: their gradients are zero but for rounding, and so are their updates, or noise that AdamW blows
up. Computed in double precision. logits.json: what the network of "all" answers to val.tsv, one text at a time.
"""
import json
import os
import sys

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

sys.modules['torchvision'] = None  # not needed, and one of another version than torch's would be in the way
from transformers import BertConfig, BertModel  # noqa: E402

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(11)
torch.manual_seed(11)
BATCH, CLASSES, WIDTH = 8, 3, 16

words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'] + [a + b for a in 'bdfgklmnp' for b in 'aeio']
tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token='[UNK]'))
tokenizer.normalizer = normalizers.Lowercase()
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
tokenizer.post_processor = processors.BertProcessing(('[SEP]', 3), ('[CLS]', 2))
tokenizer.add_special_tokens(words[:4])
tokenizer.save(os.path.join(here, 'tokenizer.json'), pretty=False)


def texts(count):
    out = []
    for i in range(count):
        label = int(rng.integers(CLASSES))
        length = int(rng.integers(2, 15))
        # Each class prefers twelve of the words, so that there is something to learn.
        chosen = [words[4 + (label * 12 + int(rng.integers(12)) if rng.random() < 0.7 else int(rng.integers(36)))]
                  for _ in range(length)]
        out.append((' '.join(chosen), label))
    return out


train, val = texts(29), texts(8)
for name, part in (('train', train), ('val', val)):
    with open(os.path.join(here, name + '.tsv'), 'w', encoding='utf-8') as out:
        out.write('text\tlabel\n' + ''.join(f'{text}\t{"abc"[label]}\n' for text, label in part))

config = BertConfig(vocab_size=len(words), hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                    max_position_embeddings=24, type_vocab_size=2, hidden_dropout_prob=0, attention_probs_dropout_prob=0,
                    initializer_range=0.2)
config._attn_implementation = 'eager'
body = BertModel(config, add_pooling_layer=False).eval()
with torch.no_grad():
    for parameter in body.parameters():
        if parameter.dim() == 1:
            parameter += 0.1 * torch.randn_like(parameter)


class Encoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.body = body

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.body(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).last_hidden_state


names = ['input_ids', 'attention_mask', 'token_type_ids']
example = torch.randint(4, len(words), (2, 6))
axes = {name: {0: 'batch_size', 1: 'sequence_length'} for name in names + ['last_hidden_state']}
torch.onnx.export(Encoder(), (example, torch.ones_like(example), torch.zeros_like(example)), os.path.join(here, 'net.onnx'),
                  input_names=names, output_names=['last_hidden_state'], dynamic_axes=axes, opset_version=14, dynamo=False)

model = onnx.load(os.path.join(here, 'net.onnx'))
for node in model.graph.node:
    node.doc_string = ''
onnx.save(model, os.path.join(here, 'net.onnx'))
tensors = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}

# The weights of products are stored turned, under a name of the exporter's: found by their numbers.
by_name = {}
for name, parameter in body.named_parameters():
    value = parameter.detach().numpy()
    for tensor, numbers in tensors.items():
        if numbers.shape == value.shape and np.array_equal(numbers, value):
            by_name[name] = (tensor, False)
        elif numbers.shape == value.T.shape and np.array_equal(numbers, value.T):
            by_name[name] = (tensor, True)
assert len(by_name) == len(list(body.named_parameters())), [n for n, _ in body.named_parameters() if n not in by_name]


def batch(part):
    encodings = [tokenizer.encode(text) for text, _ in part]
    longest = max(len(e.ids) for e in encodings)
    ids = torch.tensor([e.ids + [0] * (longest - len(e.ids)) for e in encodings])
    mask = torch.tensor([[1] * len(e.ids) + [0] * (longest - len(e.ids)) for e in encodings])
    return ids, mask, torch.tensor([label for _, label in part])


def logits(network, weight, bias, ids, mask):
    states = network(input_ids=ids, attention_mask=mask, token_type_ids=torch.zeros_like(ids)).last_hidden_state
    wide = mask.unsqueeze(-1).to(states.dtype)
    return ((states * wide).sum(1) / wide.sum(1)) @ weight.T + bias


def trained(everything, optimizer):
    network = BertModel(config, add_pooling_layer=False).double().eval()
    network.load_state_dict({k: v.double() for k, v in body.state_dict().items()})
    weight = torch.zeros(CLASSES, WIDTH, dtype=torch.double, requires_grad=True)
    bias = torch.zeros(CLASSES, dtype=torch.double, requires_grad=True)
    steps = optimizer([weight, bias] + (list(network.parameters()) if everything else []))
    for at in range(0, len(train), BATCH):
        ids, mask, y = batch(train[at:at + BATCH])
        steps.zero_grad()
        F.cross_entropy(logits(network, weight, bias, ids, mask), y).backward()
        steps.step()
    return network, weight, bias


def sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.05, momentum=0.9)


def adamw(parameters):
    return torch.optim.AdamW(parameters, lr=0.002, weight_decay=0)


for name, everything, optimizer in (('head', False, sgd), ('all', True, sgd), ('adamw', True, adamw)):
    network, weight, bias = trained(everything, optimizer)
    after = {'head.weight': weight.detach().numpy(), 'head.bias': bias.detach().numpy()}
    for parameter, value in network.named_parameters():
        tensor, turned = by_name[parameter]
        if name == 'head' or not parameter.endswith('key.bias'):
            after[tensor] = value.detach().numpy().T if turned else value.detach().numpy()
    graph = helper.make_graph([], name, [], [helper.make_tensor_value_info('head.bias', TensorProto.FLOAT, [CLASSES])],
                              [numpy_helper.from_array(np.ascontiguousarray(v, np.float32), k) for k, v in after.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8),
              os.path.join(here, f'after-{name}.onnx'))
    if name == 'all':
        with torch.no_grad():
            answers = [[round(float(v), 7) for v in logits(network, weight, bias, *batch([example])[:2])[0]] for example in val]
        with open(os.path.join(here, 'logits.json'), 'w', encoding='utf-8') as out:
            json.dump(answers, out)
            out.write('\n')
