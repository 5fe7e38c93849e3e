#!/usr/bin/env python3
"""Graft and PyTorch in turns: prints the ratio of medians (below 1: Graft is faster), keeps all numbers, writes the page of them.

    bench/compare.py [--peer-python .peer/bin/python] [--networks DIR] [--turns 3] [--threads 2] [WORK ...]

WORK: head head-epoch last10 all step-resnet18 step-bert evaluate pictures start memory; page: only writes the page. --networks names the folder that
../shared/peers/export_networks.py wrote full-size networks to. Each work leaves bench/results/WORK.json; docs/performance.md is
written from all that lie there. A run that did not learn as well as its peer does not count: accuracies stand beside the times.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(here)
shared = os.path.join(os.path.dirname(root), 'shared')
results = os.path.join(here, 'results')
graft = os.path.join(root, 'graft')
network = os.path.join(shared, 'data/networks/mobilenetv2-0.35-imagenet.onnx')
data = os.path.join(shared, 'data/datasets/hymenoptera')
finetune = os.path.join(shared, 'peers/torch_finetune.py')
step = os.path.join(shared, 'peers/torch_step.py')


def timed(command, **environment):
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment})
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f'{" ".join(command)} failed:\n{done.stderr[-2000:]}')
    return seconds, done.stdout


def train(spec, epochs):
    """Whole process from an empty cache: seconds, and the result."""
    out = tempfile.mkdtemp()
    try:
        seconds, text = timed([graft, 'train', '--network', network, '--data', data, '--out', os.path.join(out, 'run'), '--mean', '0.5',
                               '--std', '0.5', '--trainable', spec, '--epochs', str(epochs), '--lr', '0.001', '--threads',
                               str(options.threads), '--json'], GRAFT_CACHE_DIR=os.path.join(out, 'cache'), GRAFT_HOME=out)
    finally:
        shutil.rmtree(out)
    return seconds, json.loads(text)


def torch_train(spec, epochs):
    seconds, text = timed([options.peer_python, finetune, network, data, '--trainable', spec, '--epochs', str(epochs), '--batch', '16',
                           '--threads', str(options.threads), '--lr', '0.001'])
    return seconds, json.loads(text)


def training(spec, epochs, seconds_of=lambda whole, epoch_s: whole):
    mine, peer, accuracy = [], [], {}
    for _ in range(options.turns):
        whole, result = train(spec, epochs)
        mine.append(seconds_of(whole, [e['seconds'] for e in result['epochs']]))
        accuracy['graft'] = result['val_accuracy']
        whole, result = torch_train(spec, epochs)
        peer.append(seconds_of(whole, result['epoch_s']))
        accuracy['peer'] = max(result['val_accuracy'])
    return dict(graft=mine, peer=peer, accuracy=accuracy)


def steps(name, batch):
    mine, peer, memory = [], [], dict(graft=[], peer=[])
    for _ in range(options.turns):
        result = json.loads(timed([graft, 'bench', 'step', os.path.join(options.networks, name + '.onnx'), '--batch', str(batch),
                                   '--steps', '8', '--threads', str(options.threads), '--json'])[1])
        mine.append(result['median_s'])
        memory['graft'].append(result['peak_mib'])
        result = json.loads(timed([options.peer_python, step, name, '--batch', str(batch), '--steps', '8', '--threads',
                                   str(options.threads)])[1])
        peer.append(result['median_s'])
        memory['peer'].append(result['peak_mib'])
    return dict(graft=mine, peer=peer, peak_mib=memory)


def head_epoch():
    """A cached head epoch alone: what seven more epochs cost the training, without validation, over seven."""
    mine, peer = [], []
    for _ in range(options.turns):
        out = tempfile.mkdtemp()
        try:
            done = subprocess.run(
                [graft, 'train', '--network', network, '--data', data, '--out', os.path.join(out, 'run'), '--mean', '0.5', '--std',
                 '0.5', '--epochs', '10', '--lr', '0.001', '--threads', str(options.threads), '--json'],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=True, env={**os.environ, 'GRAFT_HOME': out})
        finally:
            shutil.rmtree(out)
        mine.append(statistics.median(e['seconds'] for e in json.loads(done.stdout)['epochs']))
        peer.append(statistics.median(torch_train('head', 3)[1]['epoch_s']))
    return dict(graft=mine, peer=peer, note="Graft's epochs with their validation")


def pictures():
    """Decoding and preprocessing alone. Graft: time until every picture is ready, as its events tell; the peer: Pillow, one process."""
    mine, peer = [], []
    for _ in range(options.turns):
        start = None
        process = subprocess.Popen([graft, 'evaluate', '--network', network, '--data', data, '--mean', '0.5', '--std', '0.5', '--size',
                                    '224', '--events'], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for line in process.stderr:
            event = json.loads(line) if line.startswith('{') else {}
            if event.get('what') == 'reading pictures':
                start = start or time.perf_counter()
                last = time.perf_counter()
        process.wait()
        mine.append(last - start)
        peer.append(torch_train('head', 1)[1]['load_s'])
    return dict(graft=mine, peer=peer)


EVALUATE = '''
import json, sys, time
sys.argv = [sys.argv[1], sys.argv[2], sys.argv[3], '--threads', sys.argv[4]]
exec(open(sys.argv[0]).read().rsplit('main()', 1)[0])
torch.set_num_threads(int(sys.argv[4]))
vec = lambda v: np.array([v] * 3, np.float32)
x, y, _ = load(os.path.join(sys.argv[2], 'val'), 224, vec(.5), vec(.5), False, 1.0)
net = OnnxInTorch(onnx.load(sys.argv[1])).eval()
with torch.no_grad():
    n = sum(len(net(b)) for b in x.split(32))
'''


def evaluation():
    """A ResNet-50 with a two-class head over the validation pictures, whole process; the peer runs the same file in eager PyTorch."""
    out = tempfile.mkdtemp()
    mine, peer = [], []
    try:
        judged = os.path.join(out, 'run', 'network.onnx')
        timed([graft, 'train', '--network', os.path.join(options.networks, 'resnet50.onnx'), '--data', data, '--out',
               os.path.join(out, 'run'), '--size', '224', '--mean', '0.5', '--std', '0.5', '--epochs', '1', '--json'], GRAFT_HOME=out)
        for _ in range(options.turns):
            mine.append(timed([graft, 'evaluate', '--network', judged, '--data', data, '--threads', str(options.threads), '--json'])[0])
            peer.append(timed([options.peer_python, '-c', EVALUATE, finetune, judged, data, str(options.threads)])[0])
    finally:
        shutil.rmtree(out)
    return dict(graft=mine, peer=peer)


def start():
    """Seconds of commands that do next to nothing, and until the window can be seen (needs xvfb-run and xev)."""
    runs = range(3 * options.turns)
    with open(network, 'rb') as file:
        file.read()
    seconds = {'`graft --version` (wanted: below 0.3)': [timed([graft, '--version'])[0] for _ in runs],
               '`graft layers` of MobileNetV2 0.35, 1.7 MB (wanted: below 1)': [timed([graft, 'layers', network])[0] for _ in runs]}
    if shutil.which('xvfb-run') and shutil.which('xev'):
        # The X server itself tells when the window is mapped: asking it again and again would take the time of the start.
        shown = (f'stdbuf -oL xev -root -event substructure > "$0" 2>&1 & sleep 0.5; start=$(date +%s.%N); "{graft}" >/dev/null 2>&1 &'
                 'tail -f "$0" | grep -q -m1 MapNotify; echo "$(date +%s.%N) $start"; sleep 2; kill $(jobs -p); wait')
        with tempfile.NamedTemporaryFile() as events:
            for _ in runs:
                out = timed(['xvfb-run', '-a', '-s', '-screen 0 1280x800x24', 'bash', '-c', shown, events.name])[1]
                seconds.setdefault('the window (wanted: below 2 from the second start on)', []).append(
                    float(out.split()[0]) - float(out.split()[1]))
        seconds['the window (wanted: below 2 from the second start on)'].pop(0)
    return dict(seconds=seconds)


def memory():
    """Resident memory over 2,000 small steps, read from outside ten times a second."""
    process = subprocess.Popen([graft, 'bench', 'step', network, '--batch', '1', '--steps', '2000', '--threads', '1', '--json'],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    curve = []
    while process.poll() is None:
        with open(f'/proc/{process.pid}/status') as status:
            curve += [int(line.split()[1]) // 1024 for line in status if line.startswith('VmRSS')]
        time.sleep(0.5)
    if process.returncode != 0:
        sys.exit('bench step failed')
    return dict(curve_mib=curve[::max(1, len(curve) // 40)])


WORKS = {
    'head': ('head only, MobileNetV2 0.35, 10 epochs, whole process, empty cache', 0.35, lambda: training('head', 10)),
    'head-epoch': ('one such epoch once the cache is built', 0.02, head_epoch),
    'last10': ('last:10 of MobileNetV2 0.35, per epoch after the first', 0.6,
               lambda: training('last:10', 4, lambda whole, epochs: statistics.median(epochs[1:]))),
    'all': ('everything trainable, MobileNetV2 0.35, 2 epochs, whole process', 0.95, lambda: training('all', 2)),
    'step-resnet18': ('a step of ResNet-18, batch 16', 0.85, lambda: steps('resnet18', 16)),
    'step-bert': ('a step of BERT base, sequence 128, batch 8', 1.05, lambda: steps('bert_base', 8)),
    'evaluate': ('`evaluate` of a ResNet-50, 153 pictures, whole process', 0.7, evaluation),
    'pictures': ('reading and preparing 397 pictures', 0.7, pictures),
    'start': ('Medians of starts in seconds', None, start),
    'memory': ('resident memory over 2,000 steps, MiB', None, memory),
}


def page():
    lines = ['# How fast Graft is', '',
             f'Written by `bench/compare.py` from `bench/results/`, {os.cpu_count()} cores, {options.threads} threads, in turns with the',
             'peer: the usual PyTorch loop (`../shared/peers`). Ratios are of medians; below 1, Graft is faster.',
             'Both sides of a row are of one run; different rows may be of different machines.', '',
             '| work | Graft | peer | ratio | wanted |', '|---|---|---|---|---|']
    notes = []
    for name, (title, wanted, _) in WORKS.items():
        file = os.path.join(results, name + '.json')
        if not os.path.exists(file):
            continue
        with open(file) as f:
            r = json.load(f)
        if 'curve_mib' in r:
            notes += ['', f'{title}: ' + ' '.join(str(v) for v in r['curve_mib']) + '.']
        elif 'seconds' in r:
            notes += ['', f'{title}: ' + '; '.join(f'{what} {statistics.median(s):.2f}' for what, s in r['seconds'].items()) + '.']
        else:
            lines.append(f'| {title} (`bench/compare.py {name}`) | {statistics.median(r["graft"]):.3g} s | '
                         f'{statistics.median(r["peer"]):.3g} s | **{r["ratio"]}** | {wanted} |')
            if 'peak_mib' in r:
                m = r['peak_mib']
                lines.append(f'| its peak memory | {max(m["graft"])} MiB | {max(m["peer"])} MiB | '
                             f'**{max(m["graft"]) / max(m["peer"]):.2f}** | 1.25 |')
            if 'accuracy' in r:
                lines.append(f'| its accuracy | {r["accuracy"]["graft"]:.3f} | {r["accuracy"]["peer"]:.3f} | | |')
            if r['load'] > 2 * os.cpu_count():
                notes += ['', f'`{name}` was measured while other work ran on the machine (load {r["load"]}).']
    with open(os.path.join(root, 'docs', 'performance.md'), 'w') as f:
        f.write('\n'.join(lines + notes) + '\n')


parser = argparse.ArgumentParser()
parser.add_argument('works', nargs='*', metavar='WORK', default=list(WORKS))
parser.add_argument('--peer-python', default=os.path.join(root, '.peer/bin/python'))
parser.add_argument('--networks', default=os.path.join(root, '.peer/networks'))
parser.add_argument('--turns', type=int, default=3)
parser.add_argument('--threads', type=int, default=2)
options = parser.parse_args()
if not os.path.exists(network):
    sys.exit(f'skipped: {network} is absent')
os.makedirs(results, exist_ok=True)
if options.works != ['page']:
    timed([graft, '--version'])  # built before timing
for work in [w for w in options.works if w != 'page']:
    measured = WORKS[work][2]()
    if 'peer' in measured:
        measured['ratio'] = round(statistics.median(measured['graft']) / statistics.median(measured['peer']), 3)
    measured['load'] = round(os.getloadavg()[0], 1)
    with open(os.path.join(results, work + '.json'), 'w') as f:
        json.dump(measured, f, indent=1)
    print(json.dumps({work: measured}), flush=True)
    page()
page()
