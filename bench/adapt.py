#!/usr/bin/env python3
"""USPS <-> MNIST by domain adaptation against source only in the same program: the table of docs/domain-adaptation.md.

    bench/adapt.py --steps 2000 --seeds 1 2 3                    # everything: an hour or two on two quiet cores
    bench/adapt.py --steps 600 --seeds 1 --adapt dann coral      # some of it

Needs numpy and onnx (bench/lenet.py), and usps.tar.gz and mnist-subset.tar.gz in --data. LeNet from random weights, 64 + 64
pictures a step, SGD 0.9, weight decay 5e-4, 0.01/(1+10p)^0.75, the last step; judged on the target's test pictures, which are
never in a step. Source only is a run of its own, of the same plan and seed. What was measured is kept in --work: a second call
goes on.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tarfile

import onnx

from lenet import lenet

HERE = pathlib.Path(__file__).resolve().parent
SOURCES = {"USPS -> MNIST": ("usps", "mnist-subset", 7291), "MNIST -> USPS": ("mnist-subset", "usps", 6000)}
BATCH = 64


def unpacked(work, archives):
    for name in ("usps", "mnist-subset"):
        place = work / name
        if not (place / "val").is_dir():
            place.mkdir(parents=True, exist_ok=True)
            with tarfile.open(next(archives.rglob(f"{name}.tar.gz"))) as tar:
                tar.extractall(place)
            # All training pictures are learnt from; the source's test pictures are what it validates on.
            (place / "test").rename(place / "val")


def run(work, graft, direction, adapt, seed, steps, weight, more):
    source, target, count = SOURCES[direction]
    per_epoch = -(-count // BATCH)
    epochs = round(steps / per_epoch)
    network = work / f"lenet-{seed}.onnx"
    if not network.exists():
        onnx.save(lenet(seed), network)
    out = work / f"{source}-{adapt}-{steps}-{seed}"
    result = out / "result.json"
    if not result.exists():
        command = [graft]
        if (out / "plan.json").exists():
            command += ["resume", str(out)]
        else:
            command += ["train", "--network", network, "--data", work / source, "--target", work / target, "--adapt", adapt,
                        "--trainable", "all", "--epochs", epochs, "--batch", BATCH, "--lr", 0.01, "--schedule", "inverse",
                        "--weight-decay", 5e-4, "--keep", "last", "--seed", seed, "--out", out, *more]
            if weight:
                command += ["--adapt-weight", weight]
        subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    told = json.loads(result.read_text())
    return told["target_accuracy"], told["val_accuracy"], epochs * per_epoch


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--adapt", nargs="+", default=["dann", "coral", "mmd"])
    parser.add_argument("--directions", nargs="+", default=list(SOURCES), choices=list(SOURCES))
    parser.add_argument("--weight", type=float, help="of adaptation; the method's own where it is not given")
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent / "shared/data")
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "adapt-runs")
    parser.add_argument("--graft", default=str(HERE.parent / "graft"))
    parser.add_argument("more", nargs="*", help="after --: further words of graft train")
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    unpacked(asked.work, asked.data)
    print("| direction | method | steps | target, by seed | mean | over source only | validation of the source |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for direction in asked.directions:
        alone = None
        for adapt in ["none", *asked.adapt]:
            found = [run(asked.work, asked.graft, direction, adapt, seed, asked.steps, asked.weight, asked.more)
                     for seed in asked.seeds]
            mean = statistics.mean(target for target, _, _ in found)
            alone = mean if alone is None else alone
            print(f"| {direction} | {'source only' if adapt == 'none' else adapt} | {found[0][2]} | "
                  f"{', '.join(f'{100 * target:.1f}' for target, _, _ in found)} | {100 * mean:.1f} | "
                  f"{'' if adapt == 'none' else f'{100 * (mean - alone):+.1f}'} | "
                  f"{100 * statistics.mean(val for _, val, _ in found):.1f} |", flush=True)


if __name__ == "__main__":
    main()
