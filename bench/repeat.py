#!/usr/bin/env python3
"""Runs one plan many times under load and compares all results: there must be one.

bench/repeat.py --network NET --data DATA [--times 300] [--load 4] [--kp kp.so] [-- OPTIONS OF train]

The repetitions take turns: an empty folder of kept features or one that is full; a young generation of 1, 2 or 32 MiB; nothing
else in the process, or a thread that collects garbage all the time; and, with --kp, a run before that fails with a full disk at
some write. Exit code 1 if two results differ; what differs is printed, and the folders of both stay.
"""
import argparse
import collections
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "app" / "target"
PLAN = "--trainable last:2 --augment flip --views 2 --threads 1 --checkpoint-seconds 0 --epochs 4 --batch 8".split()


def command(young, main, classes, arguments):
    """As the start script and the window have it, but for the young generation."""
    return ["java", "-XX:+UseSerialGC", f"-Xmn{young}m", "-Djava.awt.headless=true", "-Dai.djl.offline=true",
            "-cp", f"{classes}:{TARGET}/graft-app.jar:{TARGET}/libs/*", main, *arguments]


def environment(work):
    out = dict(os.environ)
    out.update(GRAFT_NATIVES=f"{TARGET}/natives", LD_LIBRARY_PATH=f"{TARGET}/natives", ORT_DISABLE_TELEMETRY="1",
               MALLOC_TRIM_THRESHOLD_="4294967296", MALLOC_MMAP_THRESHOLD_="4294967296", MALLOC_ARENA_MAX="1",
               GRAFT_HOME=f"{work}/home", GRAFT_CACHE_DIR=f"{work}/cache")
    return out


def losses(run):
    epochs = json.loads((run / "result.json").read_text())["epochs"]
    return [(e["train_loss"], e["val_loss"]) for e in epochs]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", required=True, type=pathlib.Path)
    parser.add_argument("--data", required=True, type=pathlib.Path)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--load", type=int, default=4, help="processes that do nothing but keep the processor busy")
    parser.add_argument("--kp", type=pathlib.Path, help="the library that makes system calls fail")
    parser.add_argument("options", nargs="*", help="of train, behind --; instead of " + " ".join(PLAN))
    given = parser.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="repeat-"))
    subprocess.run(["javac", "-cp", f"{TARGET}/libs/*", "-d", work, HERE / "repeat" / "Disturbed.java"], check=True)
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(given.load)]
    results = collections.defaultdict(list)
    begun = time.time()
    try:
        for i in range(given.times):
            run = work / f"run{i}"
            train = ["train", "--network", given.network, "--data", given.data, "--out", run, *(given.options or PLAN)]
            train = [str(word) for word in train]
            env = environment(work)
            if i % 2 == 0:
                shutil.rmtree(work / "cache", ignore_errors=True)
            if given.kp and i % 3 == 0:
                fails = dict(env, LD_PRELOAD=str(given.kp), KP_MODE="2", KP_AT=str(1 + i // 3 % 7), KP_PRE=f"{work}/",
                             KP_FN=("write", "pwrite64", "pwrite", "fdatasync")[i // 3 % 4])
                subprocess.run(command(32, "graft.cli.Main", work, train), env=fails, capture_output=True)
                shutil.rmtree(run, ignore_errors=True)
            entry = "Disturbed" if i % 4 == 1 else "graft.cli.Main"
            done = subprocess.run(command((1, 2, 32)[i % 3], entry, work, train), env=env, capture_output=True, text=True)
            if done.returncode != 0:
                results["failed: " + done.stderr.strip().splitlines()[-1]].append(run)
            else:
                results[hashlib.sha256((run / "network.onnx").read_bytes()).hexdigest()].append(run)
                if run != next(iter(results.values()))[0] and len(results) == 1:
                    shutil.rmtree(run)
            if (i + 1) % 10 == 0 or i + 1 == given.times:
                print(f"{i + 1} runs, {len(results)} result(s), {time.time() - begun:.0f} s", flush=True)
    finally:
        for process in busy:
            process.kill()
    for digest, runs in results.items():
        print(f"{len(runs)} x {digest}, first {runs[0]}")
        if (runs[0] / "result.json").exists():
            print("   ", losses(runs[0]))
    if len(results) > 1:
        sys.exit(1)
    shutil.rmtree(work)


main()
