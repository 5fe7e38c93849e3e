#!/usr/bin/env python3
"""Makes networks as Hugging Face's exporter writes them, heads and all, and what PyTorch and ONNX Runtime make of them.

    python3 make_expected.py        # needs torch, transformers, tokenizers, onnx, onnxruntime, numpy; writes beside itself

answers/model.onnx: a BertForQuestionAnswering of one block (width 8), outputs start_logits and end_logits. tags/model.onnx: a
DistilBertForTokenClassification, output logits, whose config.json names the tags in an order of its own. Both have random numbers, the
vocabulary of ../text and its tokenizer. answers/said.json: the best answer (a stretch of 30 tokens at most, scores added) to each
question of ../answers/dev.json that fits one window of 24 tokens, by ONNX Runtime. tags/said.json: the tags of the words of
../tags/dev.conll, by ONNX Runtime. after-answers.onnx, after-tags.onnx: one epoch in order of SGD (batch 8, rate 0.05, momentum 0.9) on
everything, the head included, as ../answers and ../tags learn, in double precision; losses.json its mean losses.
"""
import json
import os
import shutil
import sys

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

sys.modules['torchvision'] = None  # not needed, and one of another version than torch's would be in the way
from transformers import (BertConfig, BertForQuestionAnswering, DistilBertConfig,  # noqa: E402
                          DistilBertForTokenClassification)

here = os.path.dirname(os.path.abspath(__file__))
beside = lambda *names: os.path.join(here, *names)  # noqa: E731
torch.manual_seed(23)
BATCH, LENGTH, LONGEST = 8, 24, 30
NAMES = ['I-b', 'O', 'B-a', 'B-b', 'I-a']
tokenizer = Tokenizer.from_file(beside('..', 'text', 'tokenizer.json'))
common = {'vocab_size': 40, 'max_position_embeddings': 24, 'initializer_range': 0.5}
asking = BertForQuestionAnswering(BertConfig(
    hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, type_vocab_size=2, hidden_dropout_prob=0,
    attention_probs_dropout_prob=0, attn_implementation='eager', **common)).eval()
tagging = DistilBertForTokenClassification(DistilBertConfig(
    dim=8, n_layers=1, n_heads=2, hidden_dim=16, dropout=0, attention_dropout=0, seq_classif_dropout=0,
    attn_implementation='eager', id2label=dict(enumerate(NAMES)), label2id={n: i for i, n in enumerate(NAMES)}, **common)).eval()
with torch.no_grad():
    for network in (asking, tagging):
        for parameter in network.parameters():
            if parameter.dim() == 1:
                parameter += 0.1 * torch.randn_like(parameter)


class Plain(torch.nn.Module):
    def __init__(self, network, inputs, outputs):
        super().__init__()
        self.network, self.inputs, self.outputs = network, inputs, outputs

    def forward(self, *values):
        said = self.network(**dict(zip(self.inputs, values)))
        return tuple(getattr(said, name) for name in self.outputs)


def exported(network, folder, inputs, outputs):
    os.makedirs(beside(folder), exist_ok=True)
    example = torch.randint(4, 40, (2, 6))
    values = tuple(example if name == 'input_ids' else torch.ones_like(example) for name in inputs)
    path = beside(folder, 'model.onnx')
    torch.onnx.export(Plain(network, inputs, outputs), values, path, input_names=inputs, output_names=outputs,
                      dynamic_axes={name: {0: 'batch_size', 1: 'sequence_length'} for name in inputs + outputs},
                      opset_version=14, dynamo=False)
    model = onnx.load(path)
    for node in model.graph.node:
        node.doc_string = ''
    onnx.save(model, path)
    network.config.architectures = [type(network).__name__]
    network.config.to_json_file(beside(folder, 'config.json'))
    shutil.copy(beside('..', 'text', 'tokenizer.json'), beside(folder, 'tokenizer.json'))
    return {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}


def named(network, tensors):
    out = {}
    for name, parameter in network.named_parameters():
        value = parameter.detach().numpy()
        for tensor, numbers in tensors.items():
            if numbers.shape == value.shape and np.array_equal(numbers, value):
                out[name] = (tensor, False)
            elif numbers.shape == value.T.shape and np.array_equal(numbers, value.T):
                out[name] = (tensor, True)
        assert name in out, name
    return out


asking_names = named(asking, exported(asking, 'answers', ['input_ids', 'attention_mask', 'token_type_ids'],
                                      ['start_logits', 'end_logits']))
tagging_names = named(tagging, exported(tagging, 'tags', ['input_ids', 'attention_mask'], ['logits']))


def rows(part):
    out, row = [], []
    for line in open(beside('..', 'tags', part + '.conll')).read().split('\n') + ['']:
        if line:
            row.append(line.split('\t'))
        elif row:
            out.append(row)
            row = []
    return out


def encoded(row):
    encoding = tokenizer.encode(' '.join(w for w, _ in row))
    labels, at, starts = [-100] * len(encoding.ids), 0, {}
    for i, (w, _) in enumerate(row):
        starts[at] = i
        at += len(w) + 1
    for j, (begin, end) in enumerate(encoding.offsets):
        if end > begin and begin in starts:
            labels[j] = NAMES.index(row[starts[begin]][1])
    return encoding.ids, labels


def padded(values, fill):
    longest = max(len(each) for each in values)
    return torch.tensor([list(each) + [fill] * (longest - len(each)) for each in values])


def mask(values):
    return padded([[1] * len(each) for each in values], 0)


def trained(network, names, batches, loss_of):
    network = type(network)(network.config).eval()
    network.load_state_dict({k: v for k, v in (tagging if names is tagging_names else asking).state_dict().items()})
    network = network.double()
    steps = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    total, count = 0, 0
    for batch in batches:
        steps.zero_grad()
        loss = loss_of(network, batch)
        loss.backward()
        steps.step()
        total, count = total + loss.item() * len(batch), count + len(batch)
    out = {}
    for name, parameter in network.named_parameters():
        # What moves all scores alike has a gradient of zero but for rounding, and so do biases of keys.
        alike = names is asking_names and name in ('qa_outputs.bias', 'bert.encoder.layer.0.output.LayerNorm.bias')
        if not alike and 'key.bias' not in name and 'k_lin.bias' not in name:
            tensor, turned = names[name]
            value = parameter.detach().numpy()
            out[tensor] = value.T if turned else value
    return out, total / count


def answers_loss(network, batch):
    ids, attention = padded([r['ids'] for r in batch], 0), mask([r['ids'] for r in batch])
    said = network(input_ids=ids, attention_mask=attention, token_type_ids=padded([r['types'] for r in batch], 0))
    places = torch.tensor([r['places'] for r in batch])
    out = lambda scores: scores.masked_fill(attention == 0, float('-inf'))  # noqa: E731
    return (F.cross_entropy(out(said.start_logits), places[:, 0]) + F.cross_entropy(out(said.end_logits), places[:, 1])) / 2


def tags_loss(network, batch):
    each = [encoded(row) for row in batch]
    said = network(input_ids=padded([i for i, _ in each], 0), attention_mask=mask([i for i, _ in each]))
    return F.cross_entropy(said.logits.reshape(-1, len(NAMES)), padded([t for _, t in each], -100).reshape(-1), ignore_index=-100)


def batches(values):
    return [values[i:i + BATCH] for i in range(0, len(values), BATCH)]


losses = {}
windows = json.load(open(beside('..', 'answers', 'windows.json')))
for kind, network, names, values, loss in (('answers', asking, asking_names, windows, answers_loss),
                                           ('tags', tagging, tagging_names, rows('train'), tags_loss)):
    after, losses[kind] = trained(network, names, batches(values), loss)
    first = next(iter(after))
    graph = helper.make_graph([], kind, [], [helper.make_tensor_value_info(first, TensorProto.FLOAT, after[first].shape)],
                              [numpy_helper.from_array(np.ascontiguousarray(v, np.float32), k) for k, v in after.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 14)], ir_version=8),
              beside(f'after-{kind}.onnx'))
json.dump(losses, open(beside('losses.json'), 'w'))

session = onnxruntime.InferenceSession(beside('answers', 'model.onnx'))
said = {}
for article in json.load(open(beside('..', 'answers', 'dev.json')))['data']:
    for paragraph in article['paragraphs']:
        for asked in paragraph['qas']:
            encoding = tokenizer.encode(asked['question'], paragraph['context'])
            if len(encoding.ids) > LENGTH:
                continue
            start, end = session.run(None, {'input_ids': np.array([encoding.ids]),
                                            'attention_mask': np.ones((1, len(encoding.ids)), np.int64),
                                            'token_type_ids': np.array([encoding.type_ids])})
            inside = [i for i, s in enumerate(encoding.sequence_ids) if s == 1]
            _, i, j = max((float(start[0, i]) + float(end[0, j]), i, j) for i in inside for j in inside if i <= j < i + LONGEST)
            said[asked['id']] = paragraph['context'][encoding.offsets[i][0]:encoding.offsets[j][1]]
assert said
json.dump(said, open(beside('answers', 'said.json'), 'w'), ensure_ascii=False)

session = onnxruntime.InferenceSession(beside('tags', 'model.onnx'))
said = []
for row in rows('dev'):
    ids, labels = encoded(row)
    scores, = session.run(None, {'input_ids': np.array([ids]), 'attention_mask': np.ones((1, len(ids)), np.int64)})
    said.append([NAMES[int(scores[0, i].argmax())] for i, label in enumerate(labels) if label >= 0])
json.dump(said, open(beside('tags', 'said.json'), 'w'))
