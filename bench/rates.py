#!/usr/bin/env python3
"""Whether the learning rates that `graft lr-find` suggests can be trained with: on networks of every kind, all of them trainable.

    bench/rates.py --exports FOLDER                      # everything: half an hour on two cores
    bench/rates.py resnet20-cifar10 squeezenet1.0-imagenet

Some dozens of pictures or texts of --data per network, few epochs, the last one judged by its training loss. Printed for each:
what was suggested, how many rates it was the last of, the loss of the first and of the last epoch at it, and at ten times as much. A
run diverged where Graft says so, or where its last epoch's loss is half as much again as its first one's; it failed where that loss is
no better than guessing, which an untrained network may be after so few epochs.
--exports holds networks as torchvision exports them (resnet18.onnx, mobilenet_v3_large.onnx, vit_b_16.onnx). What was
measured is kept in --work: a second call goes on.
"""
import argparse
import json
import math
import pathlib
import subprocess
import tarfile

HERE = pathlib.Path(__file__).resolve().parent
# network, data, examples per class, batch, epochs, steps of the test
TRIALS = {
    "graft-resnet": ("cifar10", 20, 16, 4, 60),
    "resnet20-cifar10": ("cifar10", 20, 16, 4, 60),
    "cifar10-small-cnn": ("cifar10", 20, 16, 6, 60),
    "mnist-cntk": ("mnist", 20, 16, 6, 60),
    "tinybert-untrained": ("sst2", 60, 16, 4, 60),
    "minilm": ("sst2", 40, 8, 3, 60),
    "mobilenetv2-0.35-imagenet": ("hymenoptera", 24, 8, 4, 60),
    "squeezenet1.0-imagenet": ("hymenoptera", 24, 8, 6, 50),
    "mobilenet_v3_large": ("hymenoptera", 16, 8, 4, 50),
    "resnet18": ("hymenoptera", 12, 8, 3, 50),
    "vit_b_16": ("hymenoptera", 6, 4, 3, 40),
}
CLASSES = {"cifar10": 10, "mnist": 10, "sst2": 2, "hymenoptera": 2}
UNTRAINED = {"tinybert-untrained"}
# What networks expect and do not say.
PREPARED = {"mnist-cntk": ["--scale", 255, "--mean", 0, "--std", 1], "tinybert-untrained": ["--tokenizer", "TOKENIZER"]}


def data(name, each, given):
    place = given.work / f"{name}-{each}"
    if place.exists():
        return next(iter(place.glob("*.tsv")), place)
    place.mkdir(parents=True)
    if name == "sst2":
        kept, counts = ["sentence\tlabel"], {}
        for line in (given.data / "datasets/sst2/train.tsv").read_text().splitlines()[1:]:
            label = line.rsplit("\t", 1)[1]
            counts[label] = counts.get(label, 0) + 1
            if counts[label] <= each:
                kept.append(line)
        (place / "texts.tsv").write_text("\n".join(kept) + "\n")
        return place / "texts.tsv"
    counts = {}

    def keep(label, file, content):
        counts[label] = counts.get(label, 0) + 1
        if counts[label] <= each:
            (place / label).mkdir(exist_ok=True)
            (place / label / file).write_bytes(content())

    if name == "hymenoptera":
        for file in sorted((given.data / "datasets/hymenoptera/train").glob("*/*")):
            keep(file.parent.name, file.name, file.read_bytes)
    else:
        archive = given.data / "datasets" / {"cifar10": "cifar10-images.tar.gz", "mnist": "mnist-subset.tar.gz"}[name]
        with tarfile.open(archive) as tar:
            for member in tar:
                parts = pathlib.PurePosixPath(member.name).parts
                if member.isfile() and parts[0] == "train":
                    keep(parts[1], parts[2], lambda: tar.extractfile(member).read())
    return place


def network(name, given):
    for place in (given.data / "networks", given.data / "text-networks", given.exports):
        if place and (place / f"{name}.onnx").exists():
            return place / f"{name}.onnx"
    return name


def graft(*words):
    done = subprocess.run([str(HERE.parent / "graft"), *map(str, words), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True)
    return (json.loads(done.stdout), "") if done.returncode == 0 else (None, done.stderr.strip().splitlines()[-1])


def trained(plan, rate, out, epochs):
    """First and last training loss, and whether the run diverged."""
    found, refused = graft("train", *plan, "--lr", f"{rate:.3g}", "--epochs", epochs, "--keep", "last", "--out", out)
    if found is None:
        if "diverged" not in refused and "loss became" not in refused:
            raise SystemExit(refused)
        return {"diverged": True, "said": refused}
    losses = [epoch["train_loss"] for epoch in json.loads((out / "result.json").read_text())["epochs"]]
    return {"diverged": not math.isfinite(losses[-1]) or losses[-1] > 1.5 * losses[0], "losses": losses}


def words(run, guessing):
    if "losses" not in run:
        return "diverged"
    failed = "diverged" if run["diverged"] else "failed" if run["losses"][-1] >= guessing else ""
    return f"{run['losses'][0]:.3f} -> {run['losses'][-1]:.3f} {failed}".strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", default=list(TRIALS))
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent / "shared/data")
    parser.add_argument("--exports", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("rates-work"))
    parser.add_argument("--threads", type=int, default=1)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    print("| network | suggested | tried | loss | ten times |\n|---|---|---|---|---|")
    for name in given.networks:
        source, each, batch, epochs, steps = TRIALS[name]
        kept = given.work / f"{name}.json"
        if not kept.exists():
            plan = ["--network", network(name, given), "--data", data(source, each, given), "--trainable", "all", "--batch", batch,
                    "--threads", given.threads, *(given.data / "text-networks/tinybert-tokenizer.json" if word == "TOKENIZER" else word for word in PREPARED.get(name, []))]
            found, refused = graft("lr-find", *plan, "--steps", steps)
            if found is None or not found["suggestion"]:
                raise SystemExit(f"{name}: {refused or 'nothing was suggested'}")
            row = {"careful": found["suggestion"], "tried": len(found["trials"])}
            for times in (1, 10):
                row[f"careful x{times}"] = trained(plan, times * row["careful"], given.work / f"run-{name}-{times}", epochs)
            kept.write_text(json.dumps(row, indent=1))
        row = json.loads(kept.read_text())
        guessing = math.inf if name in UNTRAINED else math.log(CLASSES[source]) * 0.98
        cells = [name, f"{row['careful']:.2g}", str(row["tried"]), *(words(row[f"careful x{times}"], guessing) for times in (1, 10))]
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
