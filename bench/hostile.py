#!/usr/bin/env python3
"""Structure-aware mutants of small networks against the commands.

    mvn -q package -DskipTests                       # also compiles the driver among the tests
    python bench/hostile.py --count 200 --seed 1     # needs onnx and numpy; all commands
    python bench/hostile.py --commands train,deploy --count 1300
    python bench/hostile.py --npz 300                # mutants of an .npz file instead

Each mutant is a small network with one to three changes: values of attributes, shapes, types, dims and data of initializers, edges,
operators, operator sets, nodes that ask for absurd amounts, bytes. Many run in one process (graft.cli.HostileDriver); what ends it
is survived by starting another. Reported: deaths by signal, stack traces, "inside Graft", other exit codes than 0 and 1, more than
20 s, more than 4 GiB, NaN with exit code 0, refusals that do not name the file. The files of findings are kept; --confirm runs them
once more by the start script, as a user would. The same seed makes the same files.
"""
import argparse, glob, json, os, random, re, shutil, signal, subprocess, sys, tempfile, threading, time
import numpy as np
import onnx
from onnx import TensorProto as T, helper as h, numpy_helper as nh

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
INTS = [0, -1, 1, 2, 3, 5, 7, 16, 255, 65536, 10**6, 10**9, 2**31 - 1, 2**31, -2**31, 2**40, 2**62, 2**63 - 1, -2**63]
FLOATS = [0.0, -1.0, 1e-38, 1e38, float("nan"), float("inf"), float("-inf"), 0.5, 2.0]
STRINGS = [b"", b"BOGUS", b"SAME_UPPER", b"VALID", b"nearest", b"linear", b"\x1b[31m", b"ij,jk->ik"]
OPS = ["Conv", "ConvTranspose", "MaxPool", "AveragePool", "GlobalAveragePool", "Gemm", "MatMul", "Add", "Mul", "Div", "Mod", "Pow", "Relu",
       "Reshape", "Transpose", "Concat", "Split", "Gather", "Slice", "Pad", "Resize", "Softmax", "ReduceMean", "Flatten", "Squeeze",
       "Unsqueeze", "BatchNormalization", "InstanceNormalization", "LayerNormalization", "LRN", "Dropout", "Cast", "Clip", "Expand", "Tile",
       "TopK", "OneHot", "ArgMax", "Identity", "Shape", "ConstantOfShape", "Range", "LSTM", "GRU", "DepthToSpace", "SpaceToDepth", "Einsum",
       "Where", "CumSum", "ScatterND", "GatherND", "NonZero", "QuantizeLinear", "DequantizeLinear", "If", "Loop", "NoSuchOperator"]


def rich():
    """Most families of operators in one small network: [N, 3, 16, 16] to [N, 2]."""
    r = np.random.default_rng(7)
    f = lambda *s: (r.standard_normal(s) * 0.2).astype(np.float32)
    i = lambda *v: np.array(v, np.int64)
    init, nodes = {}, []
    def c(name, value): init[name] = value; return name
    def n(op, ins, out, **a): nodes.append(h.make_node(op, ins, [out] if isinstance(out, str) else out, name=out if isinstance(out, str) else out[0], **a))
    n("Conv", ["x", c("w1", f(8, 3, 3, 3)), c("b1", f(8))], "c1", pads=[1, 1, 1, 1], strides=[2, 2])
    n("BatchNormalization", ["c1", c("s", np.ones(8, np.float32)), c("bb", f(8)), c("m", f(8)), c("v", np.ones(8, np.float32))], "bn")
    n("Clip", ["bn", c("lo", np.float32(0)), c("hi", np.float32(6))], "r1")
    n("Conv", ["r1", c("w2", f(8, 1, 3, 3))], "c2", pads=[1, 1, 1, 1], group=8)
    n("Add", ["r1", "c2"], "a1"); n("AveragePool", ["a1"], "p1", kernel_shape=[2, 2], strides=[2, 2])
    n("Resize", ["p1", "", c("scales", np.array([1, 1, 2, 2], np.float32))], "up", mode="nearest")
    n("Concat", ["up", "a1"], "cat", axis=1); n("Split", ["cat", c("parts", i(8, 8))], ["sp1", "sp2"], axis=1)
    n("ConvTranspose", ["sp1", c("w3", f(8, 4, 2, 2))], "ct", strides=[2, 2]); n("MaxPool", ["ct"], "mp", kernel_shape=[2, 2], strides=[2, 2])
    n("Concat", ["mp", "sp2"], "cat2", axis=1)
    n("Shape", ["cat2"], "sh"); n("Gather", ["sh", c("zero", np.int64(0))], "g0", axis=0); n("Unsqueeze", ["g0", c("ax0", i(0))], "g1")
    n("Concat", ["g1", c("rest", i(12, 64))], "target", axis=0); n("Reshape", ["cat2", "target"], "tok")
    n("Transpose", ["tok"], "seq", perm=[0, 2, 1]); n("LayerNormalization", ["seq", c("ls", np.ones(12, np.float32)), c("lb", f(12))], "ln")
    n("MatMul", ["ln", c("wq", f(12, 12))], "q"); n("Transpose", ["ln"], "k", perm=[0, 2, 1]); n("MatMul", ["q", "k"], "sc")
    n("Softmax", ["sc"], "att", axis=-1); n("MatMul", ["att", "ln"], "o")
    n("Slice", ["o", c("st", i(0)), c("en", i(32)), c("axs", i(1)), c("stp", i(1))], "half"); n("Pad", ["half", c("pd", i(0, 1, 0, 0, 1, 0))], "pad")
    n("ReduceMean", ["pad", c("rax", i(1))], "rm", keepdims=0); n("Dropout", ["rm"], "dr")
    n("Gemm", ["dr", c("wg", f(2, 12)), c("bg", f(2))], "logits", transB=1)
    g = h.make_graph(nodes, "rich", [h.make_tensor_value_info("x", T.FLOAT, ["N", 3, 16, 16])], [h.make_tensor_value_info("logits", T.FLOAT, ["N", 2])],
                     [nh.from_array(np.asarray(v), k) for k, v in init.items()])
    return h.make_model(g, opset_imports=[h.make_opsetid("", 18)], ir_version=8)


def half(model):
    m = onnx.ModelProto(); m.CopyFrom(model)
    for t in m.graph.initializer:
        if t.data_type == T.FLOAT and t.name not in ("scales",): t.CopyFrom(nh.from_array(nh.to_array(t).astype(np.float16), t.name))
    for v in list(m.graph.input) + list(m.graph.output): v.type.tensor_type.elem_type = T.FLOAT16
    return m


def quantized():
    r = np.random.default_rng(3); W = r.integers(-90, 90, (8, 3, 3, 3)).astype(np.int8); G = r.integers(-90, 90, (2, 8)).astype(np.int8)
    q = lambda x, y, s, z: [h.make_node("QuantizeLinear", [x, s, z], [y + "q"]), h.make_node("DequantizeLinear", [y + "q", s, z], [y])]
    nodes = q("x", "xd", "s", "z") + [h.make_node("DequantizeLinear", ["W", "sw", "zw"], ["Wd"], axis=0), h.make_node("Conv", ["xd", "Wd"], ["c"], pads=[1, 1, 1, 1])]
    nodes += q("c", "cd", "s2", "z") + [h.make_node("GlobalAveragePool", ["cd"], ["p"]), h.make_node("Flatten", ["p"], ["f"])]
    nodes += [h.make_node("DequantizeLinear", ["G", "sg", "zg"], ["Gd"]), h.make_node("Gemm", ["f", "Gd"], ["logits"], transB=1)]
    a = nh.from_array
    init = [a(W, "W"), a(G, "G"), a(np.float32(0.02), "s"), a(np.float32(0.05), "s2"), a(np.int8(0), "z"), a(np.full(8, 0.01, np.float32), "sw"),
            a(np.zeros(8, np.int8), "zw"), a(np.float32(0.01), "sg"), a(np.int8(0), "zg")]
    g = h.make_graph(nodes, "q", [h.make_tensor_value_info("x", T.FLOAT, ["N", 3, 16, 16])], [h.make_tensor_value_info("logits", T.FLOAT, ["N", 2])], init)
    return h.make_model(g, opset_imports=[h.make_opsetid("", 13)], ir_version=8)


def small(model):
    """The classic: two convolutions, a pooling, a classifier."""
    r = np.random.default_rng(5); f = lambda *s: (r.standard_normal(s) * 0.2).astype(np.float32)
    nodes = [h.make_node("Conv", ["x", "w1", "b1"], ["c1"], name="conv1", pads=[1, 1, 1, 1]), h.make_node("Relu", ["c1"], ["r1"], name="r1"),
             h.make_node("MaxPool", ["r1"], ["p1"], name="pool1", kernel_shape=[2, 2], strides=[2, 2]), h.make_node("Conv", ["p1", "w2"], ["c2"], name="conv2", pads=[1, 1, 1, 1]),
             h.make_node("Relu", ["c2"], ["r2"]), h.make_node("GlobalAveragePool", ["r2"], ["g"]), h.make_node("Flatten", ["g"], ["f"]),
             h.make_node("Gemm", ["f", "w3", "b3"], ["logits"], transB=1)]
    init = [nh.from_array(v, k) for k, v in dict(w1=f(8, 3, 3, 3), b1=f(8), w2=f(8, 8, 3, 3), w3=f(2, 8), b3=f(2)).items()]
    g = h.make_graph(nodes, "small", [h.make_tensor_value_info("x", T.FLOAT, ["N", 3, 16, 16])], [h.make_tensor_value_info("logits", T.FLOAT, ["N", 2])], init)
    return h.make_model(g, opset_imports=[h.make_opsetid("", 13)], ir_version=8)


def attributes(m):
    return [(n, a) for n in m.graph.node for a in n.attribute]


def tensors(m):
    return [n for node in m.graph.node for n in node.output] + [t.name for t in m.graph.initializer] + [i.name for i in m.graph.input]


def m_attribute(m, r):
    if not attributes(m): return
    node, a = r.choice(attributes(m)); kind = r.randrange(6)
    if kind == 0: node.attribute.remove(a)
    elif kind == 1: a.type = r.choice([1, 2, 3, 6, 7]); a.i = r.choice(INTS)
    elif a.type == onnx.AttributeProto.INT: a.i = r.choice(INTS)
    elif a.type == onnx.AttributeProto.INTS:
        if kind == 2 and a.ints: del a.ints[r.randrange(len(a.ints)):]
        elif kind == 3: a.ints.append(r.choice(INTS))
        elif a.ints: a.ints[r.randrange(len(a.ints))] = r.choice(INTS)
    elif a.type == onnx.AttributeProto.FLOAT: a.f = r.choice(FLOATS)
    elif a.type == onnx.AttributeProto.STRING: a.s = r.choice(STRINGS)
    else: a.i = r.choice(INTS)


def m_add_attribute(m, r):
    node = r.choice(m.graph.node)
    name = r.choice(["group", "axis", "axes", "pads", "strides", "dilations", "kernel_shape", "auto_pad", "ceil_mode", "epsilon", "alpha", "beta", "transA", "perm",
                     "to", "mode", "keepdims", "allowzero", "output_padding", "output_shape", "training_mode", "momentum", "hidden_size", "blocksize", "num_outputs"])
    v = r.choice([r.choice(INTS), [r.choice(INTS) for _ in range(r.randrange(5))] or [1], r.choice(FLOATS), r.choice(STRINGS)])
    try: node.attribute.append(h.make_attribute(name, v))
    except (ValueError, TypeError): pass


def m_edge(m, r):
    node = r.choice(m.graph.node); kind = r.randrange(5)
    if kind == 0 and node.input: node.input[r.randrange(len(node.input))] = r.choice(tensors(m))
    elif kind == 1 and node.input: node.input[r.randrange(len(node.input))] = r.choice(["", "nothing"])
    elif kind == 2 and node.input: del node.input[r.randrange(len(node.input)):]
    elif kind == 3: node.input.append(r.choice(tensors(m)))
    elif node.output: node.output[0] = r.choice(tensors(m) + [""])


def m_operator(m, r):
    r.choice(m.graph.node).op_type = r.choice(OPS)


def m_node(m, r):
    kind = r.randrange(3); i = r.randrange(len(m.graph.node))
    if kind == 0: del m.graph.node[i]
    elif kind == 1: m.graph.node.append(m.graph.node[i])
    else:
        nodes = list(m.graph.node); r.shuffle(nodes); del m.graph.node[:]; m.graph.node.extend(nodes)


def m_initializer(m, r):
    if not m.graph.initializer: return
    t = r.choice(m.graph.initializer); kind = r.randrange(8)
    if kind == 0: t.data_type = r.choice([0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 16, 17, 22, 99])
    elif kind == 1 and t.dims: t.dims[r.randrange(len(t.dims))] = r.choice(INTS)
    elif kind == 2: t.raw_data = t.raw_data[: r.randrange(len(t.raw_data) + 1)]
    elif kind == 3: m.graph.initializer.remove(t)
    elif kind == 4:
        v = nh.to_array(t); s = list(v.shape); r.shuffle(s); t.CopyFrom(nh.from_array(v.reshape(s), t.name))
    elif kind == 5 and t.data_type == T.FLOAT:
        v = nh.to_array(t).copy(); v.reshape(-1)[r.randrange(max(1, v.size))] = r.choice(FLOATS); t.CopyFrom(nh.from_array(v, t.name))
    elif kind == 6 and t.data_type == T.INT64:
        v = nh.to_array(t).copy().reshape(-1); v[r.randrange(max(1, v.size))] = r.choice(INTS); t.CopyFrom(nh.from_array(v.reshape(nh.to_array(t).shape), t.name))
    else:
        v = nh.to_array(t); s = [r.choice([0, 1, 2, 3, 4, 8]) for _ in range(r.randrange(5))]
        t.CopyFrom(nh.from_array(np.resize(v, s).astype(v.dtype), t.name))


def m_value(m, r):
    v = r.choice(list(m.graph.input) + list(m.graph.output)); tt = v.type.tensor_type; kind = r.randrange(5)
    if kind == 0: tt.elem_type = r.choice([0, 1, 2, 6, 7, 8, 9, 10, 11, 16, 99])
    elif kind == 1 and tt.shape.dim: tt.shape.dim[r.randrange(len(tt.shape.dim))].dim_value = r.choice(INTS)
    elif kind == 2: tt.shape.dim.add().dim_value = r.choice(INTS)
    elif kind == 3: tt.ClearField("shape")
    elif tt.shape.dim: del tt.shape.dim[r.randrange(len(tt.shape.dim)):]


def m_versions(m, r):
    kind = r.randrange(4)
    if kind == 0: m.ir_version = r.choice([0, 1, 3, 4, 10, 13, 14, 99])
    elif kind == 1: m.opset_import[0].version = r.choice([-1, 0, 1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17, 18, 20, 23, 26, 27, 99])
    elif kind == 2: m.opset_import[0].domain = r.choice(["com.microsoft", "x", "ai.onnx.ml"])
    else: del m.opset_import[:]


def m_bomb(m, r):
    """A node of an absurd amount between two others."""
    node = r.choice(m.graph.node)
    if not node.input: return
    at = r.randrange(len(node.input)); src = node.input[at]; k = str(r.randrange(10**6))
    def c(v, dtype=np.int64):
        name = "k" + str(len(m.graph.initializer)) + "_" + k; m.graph.initializer.append(nh.from_array(np.array(v, dtype), name)); return name
    big = [r.choice(INTS) for _ in range(r.randrange(1, 5))]
    kinds = {
        "Reshape": lambda: ([src, c(big)], {}), "Expand": lambda: ([src, c(big)], {}), "Tile": lambda: ([src, c([r.choice(INTS) for _ in range(4)])], {}),
        "ConstantOfShape": lambda: ([c(big)], {}), "Range": lambda: ([c(0), c(r.choice(INTS)), c(r.choice(INTS))], {}),
        "Pad": lambda: ([src, c([r.choice(INTS) for _ in range(8)])], {}), "Resize": lambda: ([src, "", c([1, 1, r.choice(FLOATS), r.choice(FLOATS)], np.float32)], {}),
        "Resize2": lambda: ([src, "", "", c([1, 3, r.choice(INTS), r.choice(INTS)])], {}), "Gather": lambda: ([src, c(big)], dict(axis=r.choice([0, 1, -1, 9]))),
        "Split": lambda: ([src, c(big)], dict(axis=r.choice([0, 1, 7]))), "TopK": lambda: ([src, c([r.choice(INTS)])], {}),
        "OneHot": lambda: ([c(big), c(r.choice(INTS)), c([0, 1], np.float32)], {}), "Div": lambda: ([c([r.choice(INTS)]), c([r.choice([0, -1, 3])])], {}),
        "Mod": lambda: ([c([r.choice(INTS)]), c([r.choice([0, -1, 3])])], {}), "DepthToSpace": lambda: ([src], dict(blocksize=r.choice(INTS))),
        "SpaceToDepth": lambda: ([src], dict(blocksize=r.choice(INTS))), "LRN": lambda: ([src], dict(size=r.choice(INTS))),
        "MaxPool": lambda: ([src], dict(kernel_shape=[r.choice(INTS), r.choice(INTS)])), "Slice": lambda: ([src, c([r.choice(INTS)]), c([r.choice(INTS)]), c([r.choice([0, 1, 9])]), c([r.choice(INTS)])], {}),
        "CumSum": lambda: ([src, c(r.choice(INTS))], {}), "GatherND": lambda: ([src, c([big])], dict(batch_dims=r.choice([0, 1, -1, 9]))),
        "ScatterND": lambda: ([src, c([big]), src], {}), "Unsqueeze": lambda: ([src, c(big)], {}), "ReduceMean": lambda: ([src, c(big)], {}),
        "Concat": lambda: ([src] * r.choice([2, 3, 40]), dict(axis=r.choice([0, 1, 2, -1, 9]))), "Einsum": lambda: ([src, src], dict(equation=r.choice(["abcd,abcd->abcdabcd", "ab,cd->abcd", "...i,...j->...ij"]))),
        "Loop": None}
    op = r.choice(list(kinds)); out = "bomb_" + k
    if op == "Loop":
        body = h.make_graph([h.make_node("Identity", ["ci"], ["co"]), h.make_node(r.choice(["Identity", "Relu"]), ["vi"], ["vo"])], "body",
                            [h.make_tensor_value_info("it", T.INT64, []), h.make_tensor_value_info("ci", T.BOOL, []), h.make_tensor_value_info("vi", T.FLOAT, None)],
                            [h.make_tensor_value_info("co", T.BOOL, []), h.make_tensor_value_info("vo", T.FLOAT, None)])
        new = h.make_node("Loop", [c(r.choice(INTS)), c(True, np.bool_), src], [out], name=out, body=body)
    else:
        ins, attrs = kinds[op](); new = h.make_node(op.rstrip("2"), ins, [out, out + "b"] if op in ("TopK", "Split") else [out], name=out, **attrs)
    i = list(m.graph.node).index(node); node.input[at] = out; m.graph.node.insert(i, new)


def m_name(m, r):
    name = r.choice(["a\x1b[31mred", "a\rb", "a\nb", "\u202egpj", "x" * 5000, "/etc/passwd", "%s%n", "\u009b2J"])
    node = r.choice(m.graph.node); node.name = name
    if m.graph.initializer and r.random() < 0.5:
        t = r.choice(m.graph.initializer); old, t.name = t.name, name
        for n in m.graph.node:
            for i, x in enumerate(n.input):
                if x == old: n.input[i] = name


MUTATIONS = [m_attribute] * 5 + [m_add_attribute] * 3 + [m_edge] * 3 + [m_operator] * 2 + [m_node, m_node] + [m_initializer] * 4 + [m_value] * 2 + [m_versions] + [m_bomb] * 5 + [m_name]


def mutant(base, seed):
    r = random.Random(seed)
    while True:
        m = onnx.ModelProto(); m.CopyFrom(base)
        for _ in range(r.choice([1, 1, 1, 2, 3])):
            if m.graph.node:
                try: r.choice(MUTATIONS)(m, r)
                except (ValueError, TypeError, IndexError, OverflowError, KeyError): pass
        try: data = bytearray(m.SerializeToString())
        except (ValueError, TypeError): continue
        if r.random() < 0.08:
            for _ in range(r.randrange(1, 4)):
                if data: data[r.randrange(len(data))] = r.randrange(256)
        elif r.random() < 0.03: data = data[: r.randrange(len(data) + 1)]
        return bytes(data)


def npz_mutant(path, seed):
    r = random.Random(seed); g = np.random.default_rng(seed)
    a = dict(x_train=g.standard_normal((8, 3, 16, 16)).astype(np.float32), y_train=np.arange(8) % 2, x_val=g.standard_normal((4, 3, 16, 16)).astype(np.float32), y_val=np.arange(4) % 2)
    for _ in range(r.choice([1, 1, 2])):
        k = r.choice(list(a)); v = a[k]; kind = r.randrange(9)
        if kind == 0: del a[k]
        elif kind == 1: a[k] = v.astype(r.choice([np.float64, np.float16, np.uint8, np.int8, np.bool_, np.complex64, "S3", "U2", object]))
        elif kind == 2: a[k] = v[: r.choice([0, 1, 2])]
        elif kind == 3: a[k] = np.asfortranarray(v)
        elif kind == 4: a[k] = v.reshape(-1)
        elif kind == 5: a[k] = v.astype(np.float32); a[k].reshape(-1)[0] = r.choice(FLOATS)
        elif kind == 6: a[k] = v * r.choice([10**9, -1, 1e30])
        elif kind == 7: a[k] = v.byteswap().view(v.dtype.newbyteorder())
        else: a[k] = v[None]
        if not a: break
    np.savez(path, **a) if r.random() < 0.7 else np.savez_compressed(path, **a)
    data = bytearray(open(path, "rb").read()); kind = r.random()
    if kind < 0.25: data = data[: r.randrange(len(data))]
    elif kind < 0.6:
        for _ in range(r.randrange(1, 6)): data[r.randrange(min(len(data), 400) if r.random() < 0.5 else len(data))] = r.randrange(256)
    open(path, "wb").write(data)


def arguments(command, file, data, out):
    return {"layers": ["layers", file], "convert": ["convert", file, "--out", out + ".onnx"], "gradcheck": ["gradcheck", file],
            "train": ["train", "--network", file, "--data", data, "--out", out, "--epochs", "1", "--trainable", "all", "--project", out + ".project"],
            "quantize": ["quantize", "--network", file, "--calibrate", data, "--out", out + ".onnx"],
            "deploy": ["deploy", "--network", file, "--data", data, "--out", out]}[command]


def cpu(pid):
    """Seconds of processor time: on a busy machine the clock says little."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Driver:
    def __init__(self, work, classes):
        self.work, self.classes, self.process = work, classes, None

    def start(self):
        natives = f"{ROOT}/app/target/natives"
        env = dict(os.environ, GRAFT_HOME=self.work + "/home", GRAFT_CACHE_DIR=self.work + "/cache", ORT_DISABLE_TELEMETRY="1", GRAFT_NATIVES=natives, LD_LIBRARY_PATH=natives,
                   MALLOC_ARENA_MAX="1")
        self.log = open(self.work + "/stderr", "w+b")
        self.process = subprocess.Popen(["java", "-XX:+UseSerialGC", "-Xmn32m", "-Djava.awt.headless=true", "-XX:+SuppressFatalErrorMessage", "-Dai.djl.offline=true",
                                         "-cp", f"{self.classes}/test-classes:{self.classes}/classes:{ROOT}/app/target/libs/*", "graft.cli.HostileDriver"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, cwd=self.work, env=env, preexec_fn=lambda: __import__("resource").setrlimit(__import__("resource").RLIMIT_CORE, (0, 0)))

    def run(self, args, limit):
        if self.process is None or self.process.poll() is not None: self.start()
        pid = self.process.pid; self.log.seek(0); self.log.truncate()
        try: open(f"/proc/{pid}/clear_refs", "w").write("5")
        except OSError: pass
        begun = cpu(pid); timer = threading.Timer(limit, self.process.kill); timer.start()
        self.process.stdin.write((json.dumps(args) + "\n").encode()); self.process.stdin.flush()
        line = self.process.stdout.readline(); timer.cancel()
        if line:
            seconds = cpu(pid) - begun
            a = json.loads(line)
            peak = int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) >> 10
            return a["code"], a["out"], a["err"], seconds, peak
        code = self.process.wait(); seconds = limit if code == -9 else 0; self.log.seek(0)
        return code, "", self.log.read().decode("utf8", "replace"), seconds, 0


def problems(code, out, err, seconds, peak, name):
    found = []
    if code < 0: found.append("signal %d" % -code)
    elif code not in (0, 1): found.append("exit %d" % code)
    if seconds > 20: found.append("%.0f s" % seconds)
    if peak > 4096: found.append("%d MiB" % peak)
    if "inside Graft" in err: found.append("inside Graft")
    if re.search(r"^\s+at [\w.$]+\(|\.(cc|cpp|h):\d+|[a-z]\.[A-Z]\w+(Exception|Error)\b|REDACTED|frame #", err, re.M): found.append("trace")
    if code == 0 and re.search(r"\bNaN\b|\bnan\b|Infinity", out): found.append("NaN")
    if code == 1 and name not in err: found.append("no name")
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + err): found.append("escape")
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--commands", default="layers,convert,train,gradcheck,quantize,deploy"); p.add_argument("--count", type=int, default=150)
    p.add_argument("--seed", type=int, default=1); p.add_argument("--npz", type=int, default=0); p.add_argument("--keep", default="hostile-findings"); p.add_argument("--confirm", action="store_true")
    p.add_argument("--classes", default=ROOT + "/engine/target", help="a copy of engine/target, where that is built anew meanwhile")
    a = p.parse_args()
    work = tempfile.mkdtemp(prefix="hostile"); os.makedirs(a.keep, exist_ok=True); driver = Driver(work, os.path.abspath(a.classes)); data = work + "/tiny.npz"
    g = np.random.default_rng(0)
    np.savez(data, x_train=g.standard_normal((8, 3, 16, 16)).astype(np.float32), y_train=np.arange(8) % 2, x_val=g.standard_normal((8, 3, 16, 16)).astype(np.float32), y_val=np.arange(8) % 2)
    bases = [small(None), rich()]; narrow = [half(small(None)), half(rich()), quantized()]; total, bad = {}, {}
    jobs = [(c, i) for c in a.commands.split(",") for i in range(a.count)] if not a.npz else [("train", i) for i in range(a.npz)]
    for command, i in jobs:
        seed = (a.seed * 1_000_003 + i) * 7 + len(command); name = f"m{a.seed}_{i}"; out = f"{work}/o_{command}_{i}"
        if a.npz:
            file = f"{work}/good.onnx"; onnx.save(bases[0], file); mine = f"{work}/{name}.npz"; npz_mutant(mine, seed); args = arguments("train", file, mine, out); kept = mine
        else:
            file = f"{work}/{name}.onnx"; choice = narrow if command == "convert" else bases
            open(file, "wb").write(mutant(choice[i % len(choice)], seed)); args = arguments(command, file, data, out); kept = file
        code, o, e, seconds, peak = driver.run(args, 240)
        found = problems(code, o, e, seconds, peak, name)
        if found and a.confirm:
            for x in glob.glob(out + "*"): shutil.rmtree(x, ignore_errors=True) if os.path.isdir(x) else os.remove(x)
            t = time.time(); q = subprocess.run([ROOT + "/graft"] + args, capture_output=True, timeout=120, env=dict(os.environ, GRAFT_HOME=work + "/home", GRAFT_CACHE_DIR=work + "/cache"))
            code, o, e, seconds = q.returncode, q.stdout.decode("utf8", "replace"), q.stderr.decode("utf8", "replace"), time.time() - t
            found = [f for f in found if f.endswith("MiB")] + problems(code, o, e, seconds, 0, name) + (["crash"] if "made the library" in e else [])
        total[command] = total.get(command, 0) + 1
        if found:
            bad[command] = bad.get(command, 0) + 1; keep = f"{a.keep}/{command}_{os.path.basename(kept)}"; shutil.copy(kept, keep)
            print(f"{command} {os.path.basename(keep)} {found}: {' '.join(e.split())[-420:]}", flush=True)
        for x in glob.glob(out + "*") + ([kept] if not a.npz else []): shutil.rmtree(x, ignore_errors=True) if os.path.isdir(x) else os.remove(x)
    for c in total: print(f"{c}: {total[c]} mutants, {bad.get(c, 0)} findings", flush=True)
    shutil.rmtree(work, ignore_errors=True)
    return 1 if bad else 0


if __name__ == "__main__": sys.exit(main())
