#!/usr/bin/env python3
"""Makes net.onnx, data.npz and what PyTorch turns the network into: the second source of PyTorchEqualityTest.

    python3 make_expected.py        # needs torch, onnx, numpy; writes beside itself

One epoch in order, batch 8 (the last batch is short), SGD with momentum 0.9 and rate 0.05, mean cross-entropy, head at
zero. Trainable batch norms use the batch and learn their statistics with the file's momentum; the others are frozen.
"""
import os

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(5)
CLASSES, BATCH, RATE = 3, 8, 0.05


def normal(*shape, scale=0.3):
    return (rng.standard_normal(shape) * scale).astype(np.float32)


def norm(channels):
    return [1 + normal(channels), normal(channels), normal(channels), (0.5 + rng.random(channels)).astype(np.float32)]


tensors = {'stem.weight': normal(8, 3, 3, 3), 'depth.weight': normal(8, 1, 3, 3), 'point.weight': normal(12, 8, 1, 1),
           'point.bias': normal(12), 'old.weight': normal(5, 12), 'old.bias': normal(5)}
for name, channels in (('bn1', 8), ('bn2', 8), ('bn3', 12)):
    for part, value in zip(('weight', 'bias', 'running_mean', 'running_var'), norm(channels)):
        tensors[f'{name}.{part}'] = value


def bn(name, x, y, momentum):
    parts = [f'{name}.{p}' for p in ('weight', 'bias', 'running_mean', 'running_var')]
    return helper.make_node('BatchNormalization', [x] + parts, [y], name, momentum=momentum, epsilon=1e-3)


nodes = [
    helper.make_node('Conv', ['x', 'stem.weight'], ['c1'], 'stem', pads=[1, 1, 1, 1], strides=[2, 2]),
    bn('bn1', 'c1', 'n1', 0.9),
    helper.make_node('Clip', ['n1', 'zero', 'six'], ['a1'], 'clip1'),
    helper.make_node('Conv', ['a1', 'depth.weight'], ['c2'], 'depth', pads=[0, 0, 1, 1], group=8),
    bn('bn2', 'c2', 'n2', 0.99),
    helper.make_node('Relu', ['n2'], ['a2'], 'relu2'),
    helper.make_node('Conv', ['a2', 'point.weight', 'point.bias'], ['c3'], 'point'),
    bn('bn3', 'c3', 'n3', 0.8),
    helper.make_node('Relu', ['n3'], ['a3'], 'relu3'),
    helper.make_node('GlobalAveragePool', ['a3'], ['p'], 'pool'),
    helper.make_node('Flatten', ['p'], ['f'], 'flatten'),
    helper.make_node('Gemm', ['f', 'old.weight', 'old.bias'], ['g'], 'old', transB=1),
    helper.make_node('Softmax', ['g'], ['y'], 'softmax', axis=1),
]
bounds = {'zero': np.float32(0), 'six': np.float32(6)}
graph = helper.make_graph(
    nodes, 'tiny', [helper.make_tensor_value_info('x', TensorProto.FLOAT, ['N', 3, 10, 10])],
    [helper.make_tensor_value_info('y', TensorProto.FLOAT, ['N', 5])],
    [numpy_helper.from_array(np.asarray(v), k) for k, v in {**tensors, **bounds}.items()])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, os.path.join(here, 'net.onnx'))

labels = rng.integers(0, CLASSES, 37)
patterns = normal(CLASSES, 3, 10, 10, scale=1)
x = (patterns[labels] + rng.standard_normal((37, 3, 10, 10))).astype(np.float32)
np.savez_compressed(os.path.join(here, 'data.npz'), x_train=x[:29], y_train=labels[:29], x_val=x[29:], y_val=labels[29:])

LAYERS = [['stem.weight', 'bn1.weight', 'bn1.bias'], ['depth.weight', 'bn2.weight', 'bn2.bias'],
          ['point.weight', 'point.bias', 'bn3.weight', 'bn3.bias']]


# Another domain: other patterns, brighter. Its labels are never learnt from.
other = np.random.default_rng(8)
target_labels = np.arange(26) % CLASSES
target = (0.7 + 1.5 * patterns[target_labels] + other.standard_normal((26, 3, 10, 10))).astype(np.float32)
np.savez_compressed(os.path.join(here, 'target.npz'), x_train=target[:20], y_train=target_labels[:20],
                    x_val=target[20:], y_val=target_labels[20:])


def trained(*stages, clip=0, l2_sp=0, ema=0, coral=0, swa=False, size=BATCH):
    """The tensors after stages of an epoch each: how many of the last layers of the body learn beside the head, the rate, and
    how many times that each layer from the top down learns at. A stage begins with a new optimizer."""
    average = {}
    t = {k: torch.from_numpy(v.copy()) for k, v in tensors.items()}
    weight, bias = torch.zeros(CLASSES, 12, requires_grad=True), torch.zeros(CLASSES, requires_grad=True)
    for last, rate, factors in stages:
        for v in t.values():
            v.requires_grad_(False)
        layers = LAYERS[len(LAYERS) - last:]
        learning = [name for layer in layers for name in layer]
        for name in learning:
            t[name].requires_grad_(True)

        def norm(name, value, momentum):
            return F.batch_norm(value, t[name + '.running_mean'], t[name + '.running_var'], t[name + '.weight'],
                                t[name + '.bias'], name + '.weight' in learning, 1 - momentum, 1e-3)

        def body(v):
            v = norm('bn1', F.conv2d(v, t['stem.weight'], None, 2, 1), 0.9).clamp(0, 6)
            v = F.relu(norm('bn2', F.conv2d(F.pad(v, [0, 1, 0, 1]), t['depth.weight'], groups=8), 0.99))
            return F.relu(norm('bn3', F.conv2d(v, t['point.weight'], t['point.bias']), 0.8)).mean((2, 3))

        groups = [{'params': [t[n] for n in layer], 'lr': rate * f} for layer, f in zip(reversed(layers), factors)]
        sgd = torch.optim.SGD([{'params': [weight, bias]}] + groups, lr=rate, momentum=0.9)
        batches = torch.arange(29).split(size)
        for step, batch in enumerate(batches, 1):
            sgd.zero_grad()
            before = {k: v.clone() for k, v in t.items() if 'running' in k}
            v = body(torch.from_numpy(x)[batch])
            loss = F.cross_entropy(v @ weight.T + bias, torch.from_numpy(labels)[batch])
            if coral:  # each domain by its own batch; the statistics that stay are the target's
                for key, value in before.items():
                    t[key] = value
                others = body(torch.from_numpy(target[:20])[(batch[0] + torch.arange(len(batch))) % 20])
                loss = loss + coral * ((torch.cov(v.T) - torch.cov(others.T)) ** 2).sum() / (4 * 12 * 12)
            loss = loss + l2_sp / 2 * sum(((t[n] - torch.from_numpy(tensors[n])) ** 2).sum() for n in learning)
            loss.backward()
            if clip:
                torch.nn.utils.clip_grad_norm_([weight, bias] + [t[n] for n in learning], clip)
            sgd.step()
            for key, value in {**t, 'head.weight': weight, 'head.bias': bias}.items():
                now = value.detach().clone()
                count = step - (len(batches) - -(-len(batches) // 4))  # steps of the last quarter
                keep = (count - 1) / count if swa and count > 1 else ema
                average[key] = average[key] * keep + now * (1 - keep) if keep and key in average else now
    if swa:
        with torch.no_grad():
            weight.copy_(average['head.weight'])
            for key in t:
                t[key].copy_(average[key])
            state = [key for key in t if 'running' in key]
            sums = {key: 0 for key in state}
            full = [batch for batch in batches if len(batch) == size]
            for batch in full:  # as update_bn: the mean over batches of what each has
                for key in state:
                    t[key].zero_()
                body(torch.from_numpy(x)[batch])
                for key in state:
                    sums[key] += t[key].double() / {'bn1': 0.1, 'bn2': 0.01, 'bn3': 0.2}[key[:3]] / len(full)
            average.update({key: value.float() for key, value in sums.items()})
    t = average
    return {k: v.detach().numpy() for k, v in t.items() if not k.startswith('old.')}


ALIKE = [1, 1, 1]
# In the last one both layers of the block learn at half the rate, the stem at a quarter.
ALL = [(3, RATE, ALIKE)]
for name, stages, more in (('head', [(0, RATE, ALIKE)], {}), ('last2', [(2, RATE, ALIKE)], {}), ('all', ALL, {}),
                           ('stages', [(0, RATE, ALIKE), (3, RATE, [0.5, 0.5, 0.25])], {}),
                           ('clip', ALL, {'clip': 0.5}), ('l2-sp', ALL, {'l2_sp': 4}), ('ema', ALL, {'ema': 0.7}),
                           ('coral', ALL, {'coral': 50}),
                           ('swa', ALL, {'swa': True, 'size': 4})):
    graph = helper.make_graph([], name, [], [helper.make_tensor_value_info('head.bias', TensorProto.FLOAT, [CLASSES])],
                              [numpy_helper.from_array(v, k) for k, v in trained(*stages, **more).items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], ir_version=8), os.path.join(here, f'after-{name}.onnx'))
