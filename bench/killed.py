#!/usr/bin/env python3
"""Kills runs with `kill -9` at chosen moments, lets them go on, and holds their bytes against those of runs that nobody disturbed.

    bench/killed.py                            # every case: a quarter of an hour on two cores
    bench/killed.py stages episodes sweep --moments 4

Each case runs once undisturbed, and its events are counted. Then it runs again and is killed at a step within each stage, right
after a stage (or a run of a sweep) began, at the end of an epoch, while features are computed, and while the file is written; goes
on with `graft resume` (a sweep: with the same command), is killed once more on the way, and goes on to the end. The network's bytes
must be those of the undisturbed run. --moments bounds how many moments of a case are tried; without it all are.

Needs cifar10-images.tar.gz in --data.
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tarfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
RECIPE = ["--recipe", "probe-then-finetune", "--epochs", 4]
ALL = ["--trainable", "all", "--epochs", 2, "--lr", 0.005]
CASES = {
    "head": ["--epochs", 3],
    "stages": RECIPE,
    "views": [*ALL, "--augment", "flip,crop,color,affine"],
    "auto": ["--lr", "auto", "--epochs", 2, "--augment", "flip", "--views", 2],
    "gradual": ["--recipe", "gradual", "--epochs", 4, "--optimizer", "adamw", "--lr-decay", 0.7, "--warmup", 1],
    "lora": ["--lora", "4:8", "--epochs", 2, "--lr", 0.005],
    "swa": [*ALL, "--swa"],
    "ema": [*RECIPE, "--ema", 0.9, "--clip", 1, "--l2-sp", 0.01],
    "mixed": [*ALL, "--mixup", 0.2, "--cutmix", 1],
    "distil": [*ALL, "--teacher", "graft-resnet", "--temperature", 2, "--alpha", 0.5],
    "dann": [*ALL, "--adapt", "dann", "--target", "TARGET"],
    "coral": [*ALL, "--adapt", "coral", "--target", "TARGET"],
    "mmd": [*ALL, "--adapt", "mmd", "--target", "TARGET", "--baseline"],
    "episodes": ["--recipe", "episodes", "--way", 4, "--shot", 1, "--query", 2, "--episodes", 6, "--epochs", 2, "--held-out", 0],
    "sweep": ["--recipes", "head,all", "--rates", "0.02,0.005", "--epochs", 4],
}


def pictures(given):
    """Ten classes of ten pictures to learn from, and eight of others to judge by; another domain, unlabelled."""
    place = given.work / "pictures"
    if place.exists():
        return place
    counts = collections.Counter()
    with tarfile.open(given.data / "datasets/cifar10-images.tar.gz") as tar:
        for member in tar:
            parts = pathlib.PurePosixPath(member.name).parts
            if not member.isfile() or parts[0] != "train":
                continue
            label, number = parts[1], counts[parts[1]]
            counts[label] += 1
            if number < 26:
                folder = given.work / "target" if number >= 18 else place / ("train" if number < 10 else "val") / label
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{label}-{parts[2]}").write_bytes(tar.extractfile(member).read())
    return place


class Case:
    def __init__(self, name, given):
        self.name = name
        self.given = given
        self.home = given.work / name
        self.sweep = name == "sweep"

    def command(self, out):
        words = [str(self.given.work / "target") if word == "TARGET" else word for word in CASES[self.name]]
        return ["sweep" if self.sweep else "train", "--network", "graft-resnet", "--data", pictures(self.given), "--out", out,
                "--threads", 1, "--seed", 5, "--checkpoint-seconds", 0, *words]

    def run(self, command, out, kill_at=None):
        """The moments that were passed, and the exit code; with kill_at, killed at the moment of that name."""
        cache = out.parent / f"{out.name}-cache"
        environment = {**os.environ, "GRAFT_HOME": str(self.given.work / "home"), "GRAFT_CACHE_DIR": str(cache)}
        process = subprocess.Popen([str(HERE.parent / "graft"), *map(str, command), "--events", "--json"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True)
        told = []
        answer = threading.Thread(target=lambda: told.append(process.stdout.read()))
        answer.start()
        moments, counts, last = [], collections.Counter(), ""
        for line in process.stderr:
            last = line
            try:
                event = json.loads(line)
            except ValueError:
                continue
            kind = event.get("event", "")
            if kind == "stage":
                kind = event["what"]
            counts[kind] += 1
            moments.append(f"{kind} {counts[kind]}")
            if moments[-1] == kill_at:
                os.killpg(process.pid, signal.SIGKILL)
                break
        process.wait()
        answer.join()
        if process.returncode and kill_at is None:
            raise SystemExit(f"{self.name}: {last}")
        return moments, process.returncode

    def again(self, out):
        if self.sweep or not (out / "plan.json").exists():
            return self.command(out)
        return ["resume", out]

    def bytes(self, out):
        return {str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest()
                for file in sorted(out.rglob("network.onnx"))}

    def chosen(self, moments):
        """One in the middle of each run of steps, the beginnings of stages, ends of epochs, features, the writing."""
        out, steps = [], []
        for moment in [*moments, "end 1"]:
            kind = moment.rsplit(" ", 1)[0]
            if kind == "step":
                steps.append(moment)
                continue
            if steps:
                out.append(steps[len(steps) // 2])
                steps = []
            if kind in ("stage_started", "epoch", "exporting", "run_started", "rate_chosen", "round") or moment == "caching features 2":
                out.append(moment)
        if self.given.moments and len(out) > self.given.moments:
            out = [out[round(i * (len(out) - 1) / max(1, self.given.moments - 1))] for i in range(self.given.moments)]
        return out

    def check(self):
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(parents=True)
        whole = self.home / "whole"
        moments, _ = self.run(self.command(whole), whole)
        expected = self.bytes(whole)
        wrong = 0
        chosen = self.chosen(moments)
        for number, moment in enumerate(chosen):
            out = self.home / f"killed-{number}"
            _, code = self.run(self.command(out), out, moment)
            if code == 0:
                print(f"{self.name}: not killed at {moment}: the run was over", flush=True)
            # Killed once more at the third step that is left, where there are as many.
            self.run(self.again(out), out, "step 3")
            if self.sweep or not (out / "result.json").exists():
                self.run(self.again(out), out)
            same = self.bytes(out) == expected
            wrong += not same
            print(f"{self.name}: killed at {moment}: {'same bytes' if same else 'OTHER BYTES in ' + str(out)}", flush=True)
            if same:
                shutil.rmtree(out)
                shutil.rmtree(out.parent / f"{out.name}-cache", ignore_errors=True)
        return wrong, len(chosen)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", default=list(CASES))
    parser.add_argument("--data", type=pathlib.Path, default=HERE.parent.parent / "shared/data")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("killed-work"))
    parser.add_argument("--moments", type=int, default=0)
    given = parser.parse_args()
    given.work = given.work.resolve()
    given.work.mkdir(parents=True, exist_ok=True)
    pictures(given)
    wrong = tried = 0
    for name in given.cases:
        bad, all_of_them = Case(name, given).check()
        wrong, tried = wrong + bad, tried + all_of_them
    print(f"{tried} moments, {wrong} with other bytes")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
