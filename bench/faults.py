#!/usr/bin/env python3
"""Kills Graft, or fails a system call of it, at chosen calls, and looks at what is left.

    bench/faults.py [--points 4] [--only train,deploy,quantize,convert] [--kinds kill,fail] [--source ../shared/faults]

For each command and each function that writes (write, fsync, rename, unlink, mkdir, pwrite64, ...) a first run counts the calls; then
the command runs again and again, each time killed before or after one of these calls, or with the call failing (no space left; input or
output error). --points says how many calls of each function are tried in each way, spread over all of them, the first and the last
among them.

What must hold: a killed run leaves nothing half-written under a final name, and run again (`resume`, where a run folder is left) it
ends with the same bytes, without leftovers. A failed call ends in exit code 1 and one paragraph that names a file of the run, and what
has its final name is whole; or nothing needed the call, and all results are whole and exit code 0 is right.

Needs Linux, a C compiler, and the folder with kp.c (a library to preload), base.onnx, tiny.npz and q_ok.onnx.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
FUNCTIONS = ['write', 'pwrite64', 'fsync', 'fdatasync', 'rename', 'unlink', 'mkdir', 'ftruncate64', 'msync']
WAYS = {'kill': [(0, 'killed before'), (1, 'killed after')], 'fail': [(2, 'no space in'), (3, 'i/o error in')]}
# Figures of time and memory differ from run to run; a checkpoint is whatever step it was written at.
VARYING = {'result.json', 'checkpoint.safetensors', 'run.lock'}


class Bench:
    def __init__(self, source, work):
        self.source = source
        self.work = work
        self.library = os.path.join(work, 'kp.so')
        subprocess.run(['cc', '-shared', '-fPIC', '-O1', os.path.join(source, 'kp.c'), '-o', self.library, '-ldl'], check=True)
        self.place = os.path.join(work, 'place')
        self.out = os.path.join(self.place, 'out')

    def commands(self):
        base, data, quantized = (os.path.join(self.source, n) for n in ('base.onnx', 'tiny.npz', 'q_ok.onnx'))
        return {
            'train': ['train', '--network', base, '--data', data, '--out', self.out, '--epochs', '3', '--trainable', 'last:1',
                      '--checkpoint-seconds', '0', '--threads', '1'],
            'deploy': ['deploy', '--network', base, '--data', data, '--out', self.out],
            'quantize': ['quantize', '--network', base, '--calibrate', data, '--out', os.path.join(self.out, 'int8.onnx')],
            'convert': ['convert', quantized, '--out', os.path.join(self.out, 'fp32.onnx')],
        }

    def fresh(self, name):
        shutil.rmtree(self.place, ignore_errors=True)
        os.makedirs(self.place if name in ('train', 'deploy') else self.out)

    def run(self, arguments, **fault):
        environment = {**os.environ, 'GRAFT_HOME': os.path.join(self.place, 'home'),
                       'GRAFT_CACHE_DIR': os.path.join(self.place, 'cache')}
        if fault:
            environment.update({'LD_PRELOAD': self.library, 'KP_PRE': self.place + '/', **fault})
        done = subprocess.run([os.path.join(root, 'graft'), *arguments], env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, errors='replace', timeout=300)
        return done.returncode, done.stdout, done.stderr

    def results(self):
        found = {}
        for folder, _, names in os.walk(self.out):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as file:
                    found[os.path.relpath(os.path.join(folder, name), self.out)] = file.read()
        return found

    def count(self, arguments, function):
        counter = os.path.join(self.work, 'count')
        if os.path.exists(counter):
            os.remove(counter)
        code, _, err = self.run(arguments, KP_FN=function, KP_AT='-1', KP_COUNT=counter)
        if code != 0:
            sys.exit(f'{" ".join(arguments)} failed without a fault:\n{err}')
        return int(open(counter).read()) if os.path.exists(counter) else 0


def half_written(found, whole):
    """Names of results that are there, but not as they should be."""
    wrong = []
    for name, content in found.items():
        if name.endswith('.part'):
            continue
        if name in VARYING:
            if name.endswith('.json'):
                try:
                    json.loads(content)
                except ValueError:
                    wrong.append(name)
        elif content != whole.get(name):
            wrong.append(name)
    return wrong


def again(bench, name, arguments):
    left = os.path.exists(os.path.join(bench.out, 'plan.json'))
    return bench.run(['resume', bench.out] if name == 'train' and left else arguments)


def complaints(bench, name, arguments, whole, function, at, mode):
    """What is wrong after a fault; and whether it happened at all."""
    bench.fresh(name)
    code, out, err = bench.run(arguments, KP_FN=function, KP_AT=str(at), KP_MODE=str(mode))
    found = bench.results()
    wrong = [f'{each} is half-written' for each in half_written(found, whole)]
    if mode >= 2:
        words = [line for line in err.splitlines() if line.startswith('graft: ')]
        missing = [each for each in whole if each not in found and each not in VARYING]
        if code == 0 and missing:
            wrong.append(f'exit code 0 without {missing}')
        if code not in (0, 1):
            wrong.append(f'exit code {code}: {err[-300:]}')
        if code == 1 and (len(words) != 1 or not any(each in words[0] for each in (bench.place, bench.source))):
            wrong.append(f'{len(words)} paragraphs, or no file named: {err[-300:]}')
        if any(each in err for each in ('\tat ', 'inside Graft', 'Exception')):
            wrong.append(f'a trace: {err[-300:]}')
        if code == 1 and name != 'train' and set(found) - set(whole):
            wrong.append(f'left behind: {sorted(set(found) - set(whole))}')
    elif code == 0 and function != 'unlink':
        return wrong, False
    second, _, err = again(bench, name, arguments)
    if second != 0:
        wrong.append(f'run again it ends with {second}: {err[-300:]}')
    else:
        found = bench.results()
        wrong += [f'run again, {each} differs' for each in half_written(found, whole)]
        wrong += [f'run again, {each} is missing' for each in whole if each not in found and each not in VARYING]
        wrong += [f'run again, {each} is left over' for each in found if each.endswith('.part')]
    return wrong, True


def points(count, most):
    if count <= most:
        return list(range(1, count + 1))
    return sorted({1 + round(i * (count - 1) / (most - 1)) for i in range(most)}) if most > 1 else [1 + count // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--points', type=int, default=4)
    parser.add_argument('--only', default='train,deploy,quantize,convert')
    parser.add_argument('--kinds', default='kill,fail')
    parser.add_argument('--functions', default=','.join(FUNCTIONS))
    parser.add_argument('--source', default=os.path.join(os.path.dirname(root), 'shared', 'faults'))
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix='graft-faults-')
    bench = Bench(os.path.abspath(options.source), work)
    tried = {'kill': 0, 'fail': 0}
    bad = 0
    start = time.time()
    try:
        for name in options.only.split(','):
            arguments = bench.commands()[name]
            bench.fresh(name)
            code, _, err = bench.run(arguments)
            if code != 0:
                sys.exit(f'{name} fails without a fault:\n{err}')
            whole = bench.results()
            for function in options.functions.split(','):
                bench.fresh(name)
                calls = bench.count(arguments, function)
                for kind in options.kinds.split(','):
                    for mode, words in WAYS[kind]:
                        for at in points(calls, options.points):
                            wrong, happened = complaints(bench, name, arguments, whole, function, at, mode)
                            tried[kind] += happened
                            bad += bool(wrong)
                            if wrong:
                                print(f'{name}: {words} call {at} of {calls} of {function}: ' + '; '.join(wrong), flush=True)
                print(f'{name}: {function}, {calls} calls', file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f'{tried["kill"]} kills, {tried["fail"]} failing calls, {bad} with complaints, {time.time() - start:.0f} s')
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
