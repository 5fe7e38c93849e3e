#!/usr/bin/env python3
"""Makes lora-net.onnx, lora-data.npz and what PyTorch turns the network into with thin matrices beside its weights, and with adapters behind its layers.

    python3 make_lora.py        # needs torch, onnx, numpy; writes beside itself

One epoch in order, batch 4 (the last one is short), SGD with momentum 0.9 and rate 0.3, mean cross-entropy, head at zero.
Beside each weight W of a convolution, a MatMul and a Gemm learn A [r, in] and B [out, r] as peft has them: what is added is
alpha / r * B @ A. A begins uniform in +-1/sqrt(in), drawn as Java's SplittableRandom draws; B begins at zero.
Behind the same three layers, with what follows them (norm and ReLU), learn adapters h + relu(h D + d) U + u of two numbers, D drawn in the same way.
"""
import os

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
CLASSES, BATCH, RATE, RANK, ALPHA = 3, 4, 0.3, 2, 6
MASK = (1 << 64) - 1


class SplittableRandom:
    """Steele, Lea and Flood 2014, as java.util.SplittableRandom has it."""

    def __init__(self, seed, gamma=0x9E3779B97F4A7C15):
        self.seed, self.gamma = seed & MASK, gamma

    @staticmethod
    def mix(z, first, second, shift):
        z = ((z ^ (z >> shift[0])) * first) & MASK
        z = ((z ^ (z >> shift[1])) * second) & MASK
        return z ^ (z >> shift[2])

    def next_seed(self):
        self.seed = (self.seed + self.gamma) & MASK
        return self.seed

    def next_long(self):
        return self.mix(self.next_seed(), 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, (30, 27, 31))

    def split(self):
        seed = self.next_long()
        gamma = self.mix(self.next_seed(), 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, (33, 33, 33)) | 1
        if bin(gamma ^ (gamma >> 1)).count('1') < 24:
            gamma ^= 0xAAAAAAAAAAAAAAAA
        return SplittableRandom(seed, gamma)

    def uniform(self, bound, count):
        values = [(self.next_long() >> 11) * 2.0 ** -53 * (2 * bound) - bound for _ in range(count)]
        return np.array(values, dtype=np.float32)


def normal(*shape, scale=0.4):
    return (rng.standard_normal(shape) * scale).astype(np.float32)


tensors = {'stem.weight': normal(6, 3, 3, 3), 'stem.bias': normal(6), 'bn.weight': 1 + normal(6), 'bn.bias': normal(6),
           'bn.running_mean': normal(6), 'bn.running_var': (0.5 + rng.random(6)).astype(np.float32),
           'up.weight': normal(6, 10), 'up.bias': normal(10), 'down.weight': normal(5, 10), 'down.bias': normal(5),
           'old.weight': normal(4, 5), 'old.bias': normal(4)}
nodes = [
    helper.make_node('Conv', ['x', 'stem.weight', 'stem.bias'], ['c'], 'stem', pads=[1, 1, 1, 1], strides=[2, 2]),
    helper.make_node('BatchNormalization', ['c'] + [f'bn.{p}' for p in ('weight', 'bias', 'running_mean', 'running_var')], ['n'], 'bn'),
    helper.make_node('Relu', ['n'], ['a'], 'relu'),
    helper.make_node('GlobalAveragePool', ['a'], ['p'], 'pool'),
    helper.make_node('Flatten', ['p'], ['f'], 'flatten'),
    helper.make_node('MatMul', ['f', 'up.weight'], ['m'], 'up'),
    helper.make_node('Add', ['up.bias', 'm'], ['u'], 'up.add'),
    helper.make_node('Relu', ['u'], ['v'], 'relu2'),
    helper.make_node('Gemm', ['v', 'down.weight', 'down.bias'], ['d'], 'down', transB=1),
    helper.make_node('Relu', ['d'], ['w'], 'relu3'),
    helper.make_node('Gemm', ['w', 'old.weight', 'old.bias'], ['y'], 'old', transB=1),
]
graph = helper.make_graph(
    nodes, 'lora', [helper.make_tensor_value_info('x', TensorProto.FLOAT, ['N', 3, 8, 8])],
    [helper.make_tensor_value_info('y', TensorProto.FLOAT, ['N', 4])],
    [numpy_helper.from_array(v, k) for k, v in tensors.items()])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, os.path.join(here, 'lora-net.onnx'))

labels = rng.integers(0, CLASSES, 37)
patterns = normal(CLASSES, 3, 8, 8, scale=1)
x = (patterns[labels] + rng.standard_normal((37, 3, 8, 8))).astype(np.float32)
np.savez_compressed(os.path.join(here, 'lora-data.npz'), x_train=x[:29], y_train=labels[:29], x_val=x[29:], y_val=labels[29:])

random = SplittableRandom(1)
thin = {}
for name in ('stem', 'up', 'down'):
    weight = tensors[name + '.weight']
    turned = weight.T if name == 'up' else weight.reshape(len(weight), -1)  # [out, in], as PyTorch keeps it
    lower = random.split().uniform(1 / np.sqrt(turned.shape[1]), RANK * turned.shape[1])
    # Linear: drawn in the order of [in, r]
    a = lower.reshape(RANK, -1) if name == 'stem' else lower.reshape(-1, RANK).T
    thin[name] = [torch.tensor(np.ascontiguousarray(a), dtype=torch.float64, requires_grad=True),
                  torch.zeros(len(turned), RANK, dtype=torch.float64, requires_grad=True)]

t = {k: torch.from_numpy(v).double() for k, v in tensors.items()}


def zeros(*shape):
    return torch.zeros(*shape, dtype=torch.float64, requires_grad=True)


def learnt(weights, beside, behind):
    """Head after an epoch; beside(name, value) is added to what a layer says before its norm, behind(name, value) follows its ReLU."""
    head, bias = zeros(CLASSES, 5), zeros(CLASSES)
    sgd = torch.optim.SGD([head, bias] + weights, lr=RATE, momentum=0.9)
    for batch in torch.arange(29).split(BATCH):
        sgd.zero_grad()
        v = torch.from_numpy(x)[batch].double()
        v = F.conv2d(v, t['stem.weight'], t['stem.bias'], 2, 1) + beside('stem', v)
        v = F.relu(F.batch_norm(v, t['bn.running_mean'], t['bn.running_var'], t['bn.weight'], t['bn.bias'], False, 0, 1e-5))
        v = behind('stem', v).mean((2, 3))
        v = behind('up', F.relu(v @ t['up.weight'] + t['up.bias'] + beside('up', v)))
        v = behind('down', F.relu(F.linear(v, t['down.weight'], t['down.bias']) + beside('down', v)))
        F.cross_entropy(v @ head.T + bias, torch.from_numpy(labels)[batch]).backward()
        sgd.step()
    return {'head.weight': head, 'head.bias': bias}


def save(name, values):
    values = {k: v if isinstance(v, np.ndarray) else v.detach().numpy().astype(np.float32) for k, v in values.items()}
    graph = helper.make_graph([], 'lora', [], [helper.make_tensor_value_info('head.bias', TensorProto.FLOAT, [CLASSES])],
                              [numpy_helper.from_array(v, k) for k, v in values.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8), os.path.join(here, name))


scale = ALPHA / RANK


def thinly(name, value):
    a, b = thin[name]
    if name == 'stem':
        return scale * F.conv2d(F.conv2d(value, a.reshape(RANK, 3, 3, 3), None, 2, 1), b.reshape(-1, RANK, 1, 1))
    return scale * (value @ a.T) @ b.T


out = {k: v for k, v in tensors.items() if not k.startswith('old.')}
out.update(learnt([w for pair in thin.values() for w in pair], thinly, lambda name, value: value))
for name, (a, b) in thin.items():
    added = (scale * b @ a).detach().numpy()
    weight = tensors[name + '.weight']
    out[name + '.weight'] = (weight + (added.T if name == 'up' else added).reshape(weight.shape)).astype(np.float32)
save('after-lora.onnx', out)

random = SplittableRandom(1)
inserted = {}
for name, width in (('stem', 6), ('up', 10), ('down', 5)):
    lower = torch.from_numpy(random.split().uniform(1 / np.sqrt(width), RANK * width)).double()
    # A convolution's weight is [out, in, 1, 1], a MatMul's [in, out].
    shapes = ((RANK, width, 1, 1), (width, RANK, 1, 1)) if name == 'stem' else ((width, RANK), (RANK, width))
    inserted[name] = [lower.reshape(shapes[0]).requires_grad_(), zeros(RANK), zeros(*shapes[1]), zeros(width)]


def adapted(name, value):
    down, down_bias, up, up_bias = inserted[name]
    if name == 'stem':
        return value + F.conv2d(F.relu(F.conv2d(value, down, down_bias)), up, up_bias)
    return value + F.relu(value @ down + down_bias) @ up + up_bias


out = learnt([w for each in inserted.values() for w in each], lambda name, value: 0, adapted)
for name, each in inserted.items():
    out.update(zip([f'{name}.adapter_{part}' for part in ('down.weight', 'down.bias', 'up.weight', 'up.bias')], each))
save('after-adapter.onnx', out)
