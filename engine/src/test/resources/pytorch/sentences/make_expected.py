#!/usr/bin/env python3
"""Makes net.onnx, tokenizer.json, train.tsv, val.tsv, embeddings.json and after-pairs.onnx: a second source for sentences as rows.

    python3 make_expected.py        # needs torch, tokenizers, onnx, onnxruntime, scikit-learn, numpy; writes beside itself

A small encoder (36 words, width 12, one layer that mixes tokens) with random numbers, exported with input_ids and attention_mask and the
output last_hidden_state. embeddings.json: of val.tsv, computed by ONNX Runtime as sentence-transformers' Pooling and Normalize do it, all
texts in one padded batch: the mean over the attention mask (and the first token), divided by its length. after-pairs.onnx: one epoch on
pairs as SetFit learns (Tunstall et al. 2022), in order: for each example one pair with the next example of its class and one with the
next of another class, going round; batch 8 is four pairs; the loss is the mean of (cos(a, b) - same)^2, as sentence-transformers'
CosineSimilarityLoss has it; SGD with rate 0.2 and momentum 0.9; then scikit-learn's LogisticRegression (C = 1) on the rows, which are not
brought to length one. Computed in double precision. pairs.json: the mean loss of the epoch's steps, weighted by examples.
"""
import json
import os

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression
from tokenizers import Tokenizer, models, pre_tokenizers

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
torch.manual_seed(5)
BATCH, CLASSES, WIDTH = 8, 3, 12

words = ['[PAD]', '[UNK]'] + [a + b for a in 'bdfgklmnp' for b in 'aeio'][:34]
tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, unk_token='[UNK]'))
tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
tokenizer.add_special_tokens(words[:2])
tokenizer.save(os.path.join(here, 'tokenizer.json'), pretty=False)


def texts(count):
    out = []
    for _ in range(count):
        label = int(rng.integers(CLASSES))
        some = [words[2 + (label * 11 + int(rng.integers(11)) if rng.random() < 0.6 else int(rng.integers(34)))]
                for _ in range(int(rng.integers(2, 9)))]
        out.append((' '.join(some), label))
    return out


train, val = texts(14), texts(6)
assert {label for _, label in train} == {0, 1, 2}
for name, part in (('train', train), ('val', val)):
    with open(os.path.join(here, name + '.tsv'), 'w', encoding='utf-8') as out:
        out.write('text\tlabel\n' + ''.join(f'{text}\t{"abc"[label]}\n' for text, label in part))


class Encoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.words = torch.nn.Embedding(len(words), WIDTH)
        self.mixes, self.gives = torch.nn.Linear(WIDTH, WIDTH), torch.nn.Linear(WIDTH, WIDTH)
        self.norm = torch.nn.LayerNorm(WIDTH)

    def forward(self, input_ids, attention_mask):
        h = self.words(input_ids)
        scores = self.mixes(h) @ h.transpose(1, 2) / WIDTH ** 0.5
        mask = (1 - attention_mask.to(h.dtype)).unsqueeze(1) * -1e4
        return self.norm(h + torch.tanh(self.gives(torch.softmax(scores + mask, -1) @ h)))


plain = Encoder().eval()
with torch.no_grad():
    plain.norm.bias += 0.3 * torch.randn(WIDTH)
names = ['input_ids', 'attention_mask']
example = torch.randint(2, len(words), (2, 5))
file = os.path.join(here, 'net.onnx')
torch.onnx.export(plain, (example, torch.ones_like(example)), file, input_names=names, output_names=['last_hidden_state'],
                  dynamic_axes={name: {0: 'batch', 1: 'tokens'} for name in names + ['last_hidden_state']}, opset_version=14,
                  dynamo=False, do_constant_folding=False)
model = onnx.load(file)
for node in model.graph.node:
    node.doc_string = ''
onnx.save(model, file)


def batch(part):
    encodings = [tokenizer.encode(text) for text, _ in part]
    longest = max(len(e.ids) for e in encodings)
    return (torch.tensor([e.ids + [0] * (longest - len(e.ids)) for e in encodings]),
            torch.tensor([[1] * len(e.ids) + [0] * (longest - len(e.ids)) for e in encodings]))


def rows(network, part):
    ids, mask = batch(part)
    states = network(ids, mask)
    wide = mask.unsqueeze(-1).to(states.dtype)
    return (states * wide).sum(1) / wide.sum(1)


ids, mask = batch(val)
states = torch.tensor(onnxruntime.InferenceSession(file, providers=['CPUExecutionProvider'])
                      .run(None, {'input_ids': ids.numpy(), 'attention_mask': mask.numpy()})[0])
wide = mask.unsqueeze(-1).float()
mean = (states * wide).sum(1) / torch.clamp(wide.sum(1), min=1e-9)
with open(os.path.join(here, 'embeddings.json'), 'w') as out:
    json.dump({'mean': F.normalize(mean, p=2, dim=1).tolist(), 'cls': F.normalize(states[:, 0], p=2, dim=1).tolist(),
               'as_they_are': mean.tolist()}, out)

labels = [label for _, label in train]


def following(i, wanted):
    return next(j % len(train) for j in range(i + 1, i + 1 + len(train)) if wanted(labels[j % len(train)]))


order = []
for i, label in enumerate(labels):
    order += [i, following(i, lambda other: other == label), i, following(i, lambda other: other != label)]

network = Encoder().double().eval()
network.load_state_dict({name: value.double() for name, value in plain.state_dict().items()})
learning = list(network.parameters())
steps = torch.optim.SGD(learning, lr=0.2, momentum=0.9)
loss_sum = 0
for begin in range(0, len(order), BATCH):
    some = order[begin:begin + BATCH]
    made = rows(network, [train[i] for i in some])
    same = torch.tensor([float(labels[a] == labels[b]) for a, b in zip(some[::2], some[1::2])], dtype=torch.double)
    loss = F.mse_loss(torch.cosine_similarity(made[::2], made[1::2]), same)
    steps.zero_grad()
    loss.backward()
    steps.step()
    loss_sum += loss.item() * len(some)
with open(os.path.join(here, 'pairs.json'), 'w') as out:
    json.dump({'loss': loss_sum / len(order)}, out)

with torch.no_grad():
    features = rows(network, train).numpy()
head = LogisticRegression(C=1.0, tol=1e-10, max_iter=10000).fit(features, labels)
tensors = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
after = []
for (name, value), (_, first) in zip(network.named_parameters(), plain.named_parameters()):
    found = [(tensor, first.detach().numpy().shape != numbers.shape or not np.array_equal(first.detach().numpy(), numbers))
             for tensor, numbers in tensors.items()
             if np.array_equal(numbers, first.detach().numpy()) or np.array_equal(numbers, first.detach().numpy().T)]
    assert len(found) == 1, (name, found)
    tensor, turned = found[0]
    numbers = value.detach().numpy().astype(np.float32)
    after.append(numpy_helper.from_array(np.ascontiguousarray(numbers.T if turned else numbers), tensor))
after.append(numpy_helper.from_array(head.coef_.astype(np.float32), 'head.weight'))
after.append(numpy_helper.from_array(head.intercept_.astype(np.float32), 'head.bias'))
graph = helper.make_graph([], 'after', [], [helper.make_tensor_value_info('head.bias', TensorProto.FLOAT, [CLASSES])], after)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8), os.path.join(here, 'after-pairs.onnx'))
print(len(train), len(val), loss_sum / len(order), [t.name for t in after])
