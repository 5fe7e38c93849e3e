#!/usr/bin/env python3
"""Makes after-gaps.onnx and gaps-loss.json: what PyTorch turns ../text/net.onnx into by filling gaps.

    python3 make_gaps.py        # needs torch, transformers, onnx, numpy; writes beside itself

The encoder of ../text, and scores of the vocabulary that are tied to its embedding: states @ table.T + bias, the bias at zero. gaps.json
holds the blocks with tokens hidden as Graft hides them from texts/ (seed 0, block size 12, the first epoch), and the tokens wanted, -1
where none is. One epoch in order, batch 4, the mean cross-entropy of the tokens wanted in a batch, SGD with momentum 0.9 and rate 0.05,
no dropout, no weight decay, in double precision. Biases of keys are left out: their gradients are zero but for rounding.
"""
import json
import os
import sys

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

sys.modules['torchvision'] = None  # not needed, and one of another version than torch's would be in the way
from transformers import BertConfig, BertModel  # noqa: E402

here = os.path.dirname(os.path.abspath(__file__))
BATCH, WIDTH, WORDS = 4, 16, 40
tensors = {t.name: numpy_helper.to_array(t) for t in onnx.load(os.path.join(here, '..', 'text', 'net.onnx')).graph.initializer}

# As ../text/make_expected.py makes it: weights of products are stored turned, under a name of the exporter's, and found by their numbers.
torch.manual_seed(11)
config = BertConfig(vocab_size=WORDS, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                    max_position_embeddings=24, type_vocab_size=2, hidden_dropout_prob=0, attention_probs_dropout_prob=0,
                    initializer_range=0.2)
config._attn_implementation = 'eager'
network = BertModel(config, add_pooling_layer=False).eval()
with torch.no_grad():
    for parameter in network.parameters():
        if parameter.dim() == 1:
            parameter += 0.1 * torch.randn_like(parameter)
by_name = {}
for name, parameter in network.named_parameters():
    value = parameter.detach().numpy()
    for tensor, numbers in tensors.items():
        if numbers.shape == value.shape and np.array_equal(numbers, value):
            by_name[name] = (tensor, False)
        elif numbers.shape == value.T.shape and np.array_equal(numbers, value.T):
            by_name[name] = (tensor, True)
assert len(by_name) == len(list(network.named_parameters())), [n for n, _ in network.named_parameters() if n not in by_name]

network = network.double()
bias = torch.zeros(WORDS, dtype=torch.double, requires_grad=True)
with open(os.path.join(here, 'gaps.json')) as file:
    gaps = json.load(file)
ids, wanted = torch.tensor(gaps['ids']), torch.tensor(gaps['wanted'])
steps = torch.optim.SGD([bias] + list(network.parameters()), lr=0.05, momentum=0.9)
loss_sum = 0
for begin in range(0, len(ids), BATCH):
    x, y = ids[begin:begin + BATCH], wanted[begin:begin + BATCH]
    states = network(input_ids=x, attention_mask=torch.ones_like(x), token_type_ids=torch.zeros_like(x)).last_hidden_state
    logits = states @ network.embeddings.word_embeddings.weight.T + bias
    loss = F.cross_entropy(logits.reshape(-1, WORDS), y.reshape(-1), ignore_index=-1)
    steps.zero_grad()
    loss.backward()
    steps.step()
    loss_sum += loss.item() * len(x)

after = {'head.bias': bias.detach().numpy()}
for name, parameter in network.named_parameters():
    if not name.endswith('key.bias'):
        tensor, turned = by_name[name]
        after[tensor] = parameter.detach().numpy().T if turned else parameter.detach().numpy()
graph = helper.make_graph([], 'gaps', [], [helper.make_tensor_value_info('head.bias', TensorProto.FLOAT, [WORDS])],
                          [numpy_helper.from_array(np.ascontiguousarray(v, np.float32), k) for k, v in after.items()])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8), os.path.join(here, 'after-gaps.onnx'))
with open(os.path.join(here, 'gaps-loss.json'), 'w') as out:
    json.dump(loss_sum / len(ids), out)
    out.write('\n')
