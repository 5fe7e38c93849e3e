#!/usr/bin/env python3
"""Writes a LeNet with random weights, as PyTorch's layers begin: what the tables of docs/domain-adaptation.md start from.

    python3 bench/lenet.py SEED FILE        # needs numpy and onnx

Input [N, 1, 28, 28] in -1…1; conv 5-20, ReLU, pool 2, conv 5-50, ReLU, pool 2, linear 800-500, ReLU, linear 500-10.
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def lenet(seed):
    random = np.random.default_rng(seed)

    def uniform(name, inputs, *shape):
        bound = 1 / np.sqrt(inputs)
        return numpy_helper.from_array(random.uniform(-bound, bound, shape).astype(np.float32), name)

    weights = [
        uniform("conv1.weight", 25, 20, 1, 5, 5), uniform("conv1.bias", 25, 20),
        uniform("conv2.weight", 500, 50, 20, 5, 5), uniform("conv2.bias", 500, 50),
        uniform("fc1.weight", 800, 500, 800), uniform("fc1.bias", 800, 500),
        uniform("fc2.weight", 500, 10, 500), uniform("fc2.bias", 500, 10),
    ]
    node = helper.make_node
    nodes = [
        node("Conv", ["x", "conv1.weight", "conv1.bias"], ["c1"], name="conv1"),
        node("Relu", ["c1"], ["r1"], name="relu1"),
        node("MaxPool", ["r1"], ["p1"], name="pool1", kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", ["p1", "conv2.weight", "conv2.bias"], ["c2"], name="conv2"),
        node("Relu", ["c2"], ["r2"], name="relu2"),
        node("MaxPool", ["r2"], ["p2"], name="pool2", kernel_shape=[2, 2], strides=[2, 2]),
        node("Flatten", ["p2"], ["flat"], name="flatten", axis=1),
        node("Gemm", ["flat", "fc1.weight", "fc1.bias"], ["h"], name="fc1", transB=1),
        node("Relu", ["h"], ["features"], name="relu3"),
        node("Gemm", ["features", "fc2.weight", "fc2.bias"], ["scores"], name="fc2", transB=1),
    ]
    graph = helper.make_graph(
        nodes, "lenet",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 1, 28, 28])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", 10])], weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    notes = {"graft.size": "28", "graft.resize": "stretch", "graft.scale": "1", "graft.mean": "0.5", "graft.std": "0.5",
             "graft.channels": "gray", "graft.layout": "nchw"}
    for key, value in notes.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    return model


if __name__ == "__main__":
    onnx.save(lenet(int(sys.argv[1])), sys.argv[2])
