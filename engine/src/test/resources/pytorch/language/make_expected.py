#!/usr/bin/env python3
"""Makes net.onnx, merged.onnx, tokenizer.json, texts/ and what PyTorch turns the network into: a second source for networks that write.

    python3 make_expected.py        # needs torch, tokenizers, onnx, numpy; writes beside itself

A decoder of two blocks as GPT-2 is built (width 16, two heads, 40 words, 24 positions, the embedding is the last layer too) with random
numbers, exported with a past: input_ids, attention_mask, past_key_values.*, logits, present.*. merged.onnx holds it and the same without
a past in the two branches of an If, as Optimum merges decoders. Texts are cut into tokens, each ends with <|endoftext|>, all one after
the other are cut into blocks of 12; the loss is the mean over the 11 tokens of each that have one before them. One epoch in order, batch
4 (the last batch is short), no dropout, no weight decay. all: SGD with momentum 0.9 and rate 0.05. adamw: AdamW with rate 0.002.
last: as all, but only the upper block's MLP, the last norm and the embedding learn, which is looked up in below what is frozen, too.
Biases of keys are left out: their gradients are zero but for rounding. Computed in double precision. losses.json: of the epoch's steps,
weighted by blocks, and of texts/dev.txt before it.
"""
import json
import os

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(3)
torch.manual_seed(3)
BATCH, BLOCK, WIDTH, HEADS, LAYERS, POSITIONS = 4, 12, 16, 2, 2, 24

words = ['[PAD]', '[UNK]', '<|endoftext|>', '[MASK]'] + [a + b for a in 'bdfgklmnp' for b in 'aeio']
tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token='[UNK]'))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
tokenizer.add_special_tokens(words[:4])
tokenizer.save(os.path.join(here, 'tokenizer.json'), pretty=False)


def text(count):
    out, at = [], int(rng.integers(36))
    for _ in range(count):
        at = (at + int(rng.integers(1, 4))) % 36 if rng.random() < 0.8 else int(rng.integers(36))
        out.append(words[4 + at])
    return ' '.join(out)


train, dev = [text(int(rng.integers(5, 40))) for _ in range(12)], [text(60)]
os.makedirs(os.path.join(here, 'texts'), exist_ok=True)
with open(os.path.join(here, 'texts', 'train.jsonl'), 'w') as out:
    out.write(''.join(json.dumps({'text': each}) + '\n' for each in train))
with open(os.path.join(here, 'texts', 'dev.txt'), 'w') as out:
    out.write(dev[0])


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.ln_1, self.ln_2 = torch.nn.LayerNorm(WIDTH), torch.nn.LayerNorm(WIDTH)
        self.q, self.k, self.v, self.o = (torch.nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.fc, self.proj = torch.nn.Linear(WIDTH, 4 * WIDTH), torch.nn.Linear(4 * WIDTH, WIDTH)

    def heads(self, x):
        return x.reshape(x.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)

    def forward(self, h, mask, past):
        x = self.ln_1(h)
        q, k, v = self.heads(self.q(x)), self.heads(self.k(x)), self.heads(self.v(x))
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        scores = q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + mask
        mixed = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(h.shape[0], -1, WIDTH)
        h = h + self.o(mixed)
        return h + self.proj(F.gelu(self.fc(self.ln_2(h)))), (k, v)


class Decoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.wte, self.wpe = torch.nn.Embedding(len(words), WIDTH), torch.nn.Embedding(POSITIONS, WIDTH)
        self.h = torch.nn.ModuleList(Block() for _ in range(LAYERS))
        self.ln_f = torch.nn.LayerNorm(WIDTH)

    def forward(self, input_ids, attention_mask, *past):
        before = past[0].shape[2] if past else 0
        length = input_ids.shape[1]
        rows = torch.arange(length).unsqueeze(1) + before
        columns = torch.arange(attention_mask.shape[1]).unsqueeze(0)
        seen = (columns <= rows).unsqueeze(0) & (attention_mask > 0).unsqueeze(1)
        h = self.wte(input_ids) + self.wpe(torch.arange(length) + before)
        mask = torch.where(seen, 0.0, -1e9).to(h.dtype).unsqueeze(1)
        presents = []
        for i, block in enumerate(self.h):
            h, present = block(h, mask, past[2 * i:2 * i + 2] if past else None)
            presents += present
        return (self.ln_f(h) @ self.wte.weight.T, *presents)


plain = Decoder().eval()
with torch.no_grad():
    for name, parameter in plain.named_parameters():
        if parameter.dim() == 1:
            parameter += 0.1 * torch.randn_like(parameter)
        elif 'wte' in name or 'wpe' in name:
            parameter *= 0.3

kinds = [f'{i}.{kind}' for i in range(LAYERS) for kind in ('key', 'value')]
ids = torch.randint(4, len(words), (2, 5))
pasts = tuple(torch.randn(2, HEADS, 3, WIDTH // HEADS) for _ in kinds)
tokens = {'input_ids': {0: 'batch', 1: 'tokens'}, 'logits': {0: 'batch', 1: 'tokens'}}


def exported(name, past):
    file = os.path.join(here, name)
    inputs = ['input_ids', 'attention_mask'] + ([f'past_key_values.{kind}' for kind in kinds] if past else [])
    outputs = ['logits'] + [f'present.{kind}' for kind in kinds]
    axes = dict(tokens, attention_mask={0: 'batch', 1: 'all'})
    axes.update({f'past_key_values.{kind}': {0: 'batch', 2: 'past'} for kind in kinds if past})
    axes.update({f'present.{kind}': {0: 'batch', 2: 'all'} for kind in kinds})
    mask = torch.ones(2, 8 if past else 5, dtype=torch.long)
    torch.onnx.export(plain, (ids, mask) + (pasts if past else ()), file, input_names=inputs, output_names=outputs, dynamic_axes=axes,
                      opset_version=14, dynamo=False, do_constant_folding=False)
    model = onnx.load(file)
    for node in model.graph.node:
        node.doc_string = ''
    onnx.save(model, file)
    return model


with_past = exported('net.onnx', True)
without = exported('without.onnx', False)
os.remove(os.path.join(here, 'without.onnx'))


def branch(model, prefix):
    own = {out for node in model.graph.node for out in node.output}
    nodes = []
    for node in model.graph.node:
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        copy.name = prefix + node.name
        copy.input[:] = [prefix + name if name in own else name for name in node.input]
        copy.output[:] = [prefix + name for name in node.output]
        nodes.append(copy)
    outputs = []
    for output in model.graph.output:
        copy = onnx.ValueInfoProto()
        copy.CopyFrom(output)
        copy.name = prefix + output.name
        outputs.append(copy)
    return helper.make_graph(nodes, prefix, [], outputs)


names = [output.name for output in with_past.graph.output]
choice = helper.make_node('If', ['use_cache_branch'], names, 'choice', then_branch=branch(with_past, 'with/'),
                          else_branch=branch(without, 'without/'))
tensors = {t.name: t for t in list(with_past.graph.initializer) + list(without.graph.initializer)}
for model in (with_past, without):  # one name, one tensor: what both branches read is shared
    for t in model.graph.initializer:
        assert np.array_equal(numpy_helper.to_array(t), numpy_helper.to_array(tensors[t.name])), t.name
merged = helper.make_graph([choice], 'merged', list(with_past.graph.input)
                           + [helper.make_tensor_value_info('use_cache_branch', TensorProto.BOOL, [1])],
                           list(with_past.graph.output), list(tensors.values()))
merged = helper.make_model(merged, opset_imports=[helper.make_opsetid('', 14)], ir_version=8)
onnx.checker.check_model(merged)
onnx.save(merged, os.path.join(here, 'merged.onnx'))

numbers = {t.name: numpy_helper.to_array(t) for t in with_past.graph.initializer}
by_name = {}
for name, parameter in plain.named_parameters():
    value = parameter.detach().numpy()
    for tensor, array in numbers.items():
        if array.shape == value.shape and np.array_equal(array, value):
            by_name[name] = (tensor, False)
        elif array.shape == value.T.shape and np.array_equal(array, value.T):
            by_name[name] = (tensor, True)
assert len(by_name) == len(list(plain.named_parameters())), [n for n, _ in plain.named_parameters() if n not in by_name]


def blocks(texts):
    stream = [token for each in texts for token in tokenizer.encode(each).ids + [2]]
    return torch.tensor([stream[i:i + BLOCK] for i in range(0, len(stream) - BLOCK + 1, BLOCK)])


def loss_of(network, rows):
    logits = network(rows, torch.ones_like(rows))[0]
    return F.cross_entropy(logits[:, :-1].reshape(-1, len(words)), rows[:, 1:].reshape(-1))


def trained(optimizer):
    network = Decoder().double().eval()
    network.load_state_dict({k: v.double() for k, v in plain.state_dict().items()})
    if optimizer == 'last':
        for name, parameter in network.named_parameters():
            parameter.requires_grad = name.startswith(('wte.', 'h.1.fc.', 'h.1.proj.', 'ln_f.'))
    learning = [parameter for parameter in network.parameters() if parameter.requires_grad]
    steps = (torch.optim.AdamW(learning, lr=0.002, weight_decay=0) if optimizer == 'adamw'
             else torch.optim.SGD(learning, lr=0.05, momentum=0.9))
    rows, loss_sum = blocks(train), 0
    for begin in range(0, len(rows), BATCH):
        some = rows[begin:begin + BATCH]
        loss = loss_of(network, some)
        steps.zero_grad()
        loss.backward()
        steps.step()
        loss_sum += loss.item() * len(some)
    out = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad and not name.endswith('.k.bias'):
            tensor, turned = by_name[name]
            value = parameter.detach().numpy()
            out[tensor] = value.T if turned else value
    return out, loss_sum / len(rows)


with torch.no_grad():
    double = Decoder().double().eval()
    double.load_state_dict({k: v.double() for k, v in plain.state_dict().items()})
    losses = {'before': loss_of(double, blocks(dev)).item()}
for recipe in ('all', 'adamw', 'last'):
    after, losses[recipe] = trained(recipe)
    graph = helper.make_graph([], recipe, [], [helper.make_tensor_value_info('ln_f.bias', TensorProto.FLOAT, [WIDTH])], [
        numpy_helper.from_array(np.ascontiguousarray(value.astype(np.float32)), name) for name, value in after.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8),
              os.path.join(here, f'after-{recipe}.onnx'))
with open(os.path.join(here, 'losses.json'), 'w') as out:
    json.dump(losses, out)
