"""One-shot learning on Omniglot: a small network learns by episodes on a background set, and is asked about all 20 runs of the
original one-shot task (20 characters of one alphabet, one drawing each; Lake et al. 2015).

    python bench/omniglot.py --data DIR --set small1 --work FOLDER [--epochs 30] [--episodes 50] [--within 0.5] [--no-rotations]

DIR holds images_background_small1.zip, images_background_small2.zip and all_runs.zip. Needs numpy, pillow, scipy and onnx.
Prints the mean error over the runs: of the network, of the same network untrained, of pixels, and of the modified Hausdorff
distance that the task's authors took for a baseline.
"""
import argparse
import json
import pathlib
import subprocess
import zipfile

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from scipy.spatial.distance import cdist

HERE = pathlib.Path(__file__).resolve().parent.parent
SIDE = 28


def graft(*arguments):
    done = subprocess.run([str(HERE / "graft"), *map(str, arguments), "--json"], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def conv4(file, width=64, seed=1):
    """Four times convolution, batch norm, ReLU, pooling (Vinyals et al. 2016): 28x28 -> 64."""
    rng = np.random.default_rng(seed)
    nodes, tensors, last, channels = [], [], "input", 1
    for i in range(4):
        deviation = np.sqrt(2 / (channels * 9))
        values = {
            f"conv{i}.weight": rng.normal(0, deviation, (width, channels, 3, 3)),
            f"conv{i}.bias": np.zeros(width),
            f"bn{i}.weight": np.ones(width), f"bn{i}.bias": np.zeros(width),
            f"bn{i}.running_mean": np.zeros(width), f"bn{i}.running_var": np.ones(width),
        }
        tensors += [numpy_helper.from_array(v.astype(np.float32), k) for k, v in values.items()]
        names = list(values)
        nodes += [
            helper.make_node("Conv", [last, names[0], names[1]], [f"c{i}"], f"conv{i}", pads=[1, 1, 1, 1]),
            helper.make_node("BatchNormalization", [f"c{i}", *names[2:]], [f"n{i}"], f"bn{i}"),
            helper.make_node("Relu", [f"n{i}"], [f"r{i}"], f"relu{i}"),
            helper.make_node("MaxPool", [f"r{i}"], [f"p{i}"], f"pool{i}", kernel_shape=[2, 2], strides=[2, 2]),
        ]
        last, channels = f"p{i}", width
    nodes.append(helper.make_node("Flatten", [last], ["embedding"], "flatten"))
    graph = helper.make_graph(
        nodes, "conv4",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["N", 1, SIDE, SIDE])],
        [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["N", width])], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, file)


def small(picture):
    return picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR)


def background(archive, out, rotations):
    """Class folders ALPHABET__CHARACTER__ROTATION: alphabets are groups, rotated characters are classes of their own."""
    if out.exists():
        return
    with zipfile.ZipFile(archive) as files:
        for name in sorted(files.namelist()):
            if not name.endswith(".png"):
                continue
            alphabet, character, file = pathlib.PurePosixPath(name).parts[-3:]
            with files.open(name) as opened:
                picture = Image.open(opened).convert("L")
            for turn in range(4 if rotations else 1):
                # Rotated alphabets are groups of their own too: characters of one rotation are told apart.
                folder = out / f"{alphabet}-{turn * 90}__{character}"
                folder.mkdir(parents=True, exist_ok=True)
                small(picture.rotate(turn * 90)).save(folder / file)


def hausdorff(run, pairs):
    def ink(name):
        points = np.argwhere(np.asarray(Image.open(run.parent / name).convert("L")) < 128).astype(float)
        return points - points.mean(0)

    def modified(one, two):
        apart = cdist(one, two)
        return max(apart.min(1).mean(), apart.min(0).mean())

    known = {train: ink(train) for _, train in pairs}
    right = 0
    for test, train in pairs:
        asked = ink(test)
        right += min(known, key=lambda name: modified(asked, known[name])) == train
    return right / len(pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--set", default="small1")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--episodes", type=int, default=50)
    parser.add_argument("--within", type=float, default=0.5)
    parser.add_argument("--augment", default="affine:10:0.05:0.85-1.15:9")
    parser.add_argument("--no-rotations", action="store_true")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    network = given.work / "conv4.onnx"
    conv4(network, seed=given.seed)
    pictures = given.work / f"{given.set}{'-plain' if given.no_rotations else ''}"
    background(given.data / f"images_background_{given.set}.zip", pictures, not given.no_rotations)
    prepared = ["--size", SIDE, "--resize", "stretch", "--scale", 1, "--mean", 1, "--std", 1]
    run = given.work / f"run-{given.set}-{given.epochs}x{given.episodes}"
    if not (run / "network.onnx").exists():
        result = graft(
            "train", "--network", network, "--data", pictures, "--out", run, "--recipe", "episodes",
            "--way", 20, "--shot", 1, "--query", 5, "--episodes", given.episodes, "--epochs", given.epochs,
            "--within", given.within, "--held-out", 0.05, "--augment", given.augment, "--optimizer", "adamw", "--lr", 0.001,
            "--schedule", "cosine", "--threads", given.threads, "--seed", given.seed, *prepared)
        print(f"trained in {result['seconds']:.0f} s; {result['metric']} {result['val_score']:.3f}")
    with zipfile.ZipFile(given.data / "all_runs.zip") as files:
        files.extractall(given.work / "all_runs")
    figures = {"network": [], "untrained": [], "pixels": [], "hausdorff": []}
    for number in range(1, given.runs + 1):
        root = given.work / "all_runs" / f"run{number:02d}"
        pairs = [line.split() for line in (root / "class_labels.txt").read_text().splitlines() if line.strip()]
        folders = given.work / "folders" / root.name
        for test, train in pairs:
            name = pathlib.PurePosixPath(train).stem
            for part, file in (("train", train), ("val", test)):
                (folders / part / name).mkdir(parents=True, exist_ok=True)
                small(Image.open(root.parent / file)).save(folders / part / name / pathlib.PurePosixPath(file).name)
        found = graft(
            "episodes", "--network", run / "network.onnx", "--data", folders, "--way", 20, "--shot", 1, "--episodes", 1,
            *prepared)
        figures["network"].append(found["accuracy"])
        figures["untrained"].append(found["baselines"]["untrained"]["accuracy"])
        figures["pixels"].append(found["baselines"]["pixels"]["accuracy"])
        figures["hausdorff"].append(hausdorff(root, pairs))
    for name, accuracies in figures.items():
        print(f"{name:10} error {100 * (1 - np.mean(accuracies)):.2f} %")


if __name__ == "__main__":
    main()
