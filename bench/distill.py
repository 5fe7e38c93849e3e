#!/usr/bin/env python3
"""A student with and without its teacher, several seeds each: the table of docs/distillation.md.

    bench/distill.py [--settings T:ALPHA ...] [--seeds 1 2 3] [--epochs 8] [--data DIR] [--work DIR]

Teacher ResNet-20, student a small CNN from random weights, 10,000 CIFAR-10 pictures (the first 1,000 of each class by name), mirrored and
moved by up to 4 pixels, Adam (AdamW without decay) 0.001 with a cosine; judged on all 10,000 test pictures after the last epoch, which choose nothing. Needs onnx
(to write beside the teacher how its pictures are prepared). Runs that are there are not done again.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tarfile

import onnx

HERE = pathlib.Path(__file__).resolve().parent
PREPARED = {"mean": "0.485,0.456,0.406", "std": "0.229,0.224,0.225"}


def unpacked(work, archive):
    place = work / "cifar"
    if not place.is_dir():
        with tarfile.open(archive) as tar:
            tar.extractall(work / "all")
        for part, most in (("train", 1000), ("test", None)):
            for folder in sorted((work / "all" / part).iterdir()):
                into = place / ("val" if part == "test" else part) / folder.name
                into.mkdir(parents=True)
                for file in sorted(folder.iterdir())[:most]:
                    file.rename(into / file.name)
    return place


def teacher(work, network):
    """The same network with notes of its preparation, as Graft writes them into its own files."""
    file = work / "teacher.onnx"
    if not file.exists():
        model = onnx.load(network)
        for key, value in {"size": "32", "resize": "cover:32", "scale": "1", "channels": "rgb", "layout": "nchw", **PREPARED}.items():
            model.metadata_props.add(key="graft." + key, value=value)
        onnx.save(model, file)
    return file


def accuracy(asked, seed, setting, data, taught_by, network):
    student = asked.work / f"student-{seed}.onnx"
    graft = str(HERE.parent / "graft")
    if not student.exists():
        subprocess.run([graft, "untrained", "--network", network, "--seed", str(seed), "--out", student], check=True, stdout=subprocess.DEVNULL)
    out = asked.work / f"{setting.replace(':', '-')}-{seed}"
    if not (out / "result.json").exists():
        command = [graft, "train", "--network", student, "--data", data, "--out", out, "--trainable", "all", "--epochs", asked.epochs,
                   "--batch", 64, "--optimizer", "adamw", "--weight-decay", 0, "--lr", 0.001, "--schedule", "cosine", "--augment", "flip,affine:0:0.125:1-1:0",
                   "--keep", "last", "--seed", seed, "--mean", PREPARED["mean"], "--std", PREPARED["std"], *asked.more]
        if setting != "alone":
            temperature, alpha = setting.split(":")
            command += ["--teacher", taught_by, "--temperature", temperature, "--alpha", alpha]
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    return json.loads((out / "result.json").read_text())["val_accuracy"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--settings", nargs="+", default=["4:0.5", "2:0.5", "4:0.9"])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent / "shared/data")
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "distill-runs")
    parser.add_argument("more", nargs="*", help="after --: further words of graft train")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    data = unpacked(asked.work, asked.data / "datasets/cifar10-images.tar.gz")
    taught_by = teacher(asked.work, asked.data / "networks/resnet20-cifar10.onnx")
    network = asked.data / "networks/cifar10-small-cnn.onnx"
    print("| T : alpha | test, by seed | mean | over the student alone |\n|---|---|---|---|", flush=True)
    alone = None
    for setting in ["alone", *asked.settings]:
        found = [accuracy(asked, seed, setting, data, taught_by, network) for seed in asked.seeds]
        mean = statistics.mean(found)
        alone = mean if alone is None else alone
        print(f"| {setting} | {', '.join(f'{100 * each:.1f}' for each in found)} | {100 * mean:.1f} | "
              f"{'' if setting == 'alone' else f'{100 * (mean - alone):+.1f}'} |", flush=True)


if __name__ == "__main__":
    main()
