#!/usr/bin/env python3
"""Which score tells examples apart that a network has learnt nothing about: area under the ROC curve of several of them.

    bench/ood.py --network NET --features TENSOR --known FOLDER_WITH_train_AND_val --strange FOLDER... [--size 224] [--mean M --std S]
        [--most 1000]

`--known` has class folders below `train` and `val`. On features of `train` a linear head is fitted; scores are those of `val` against those of
each `--strange` folder: k nearest neighbours of normalised features (Sun et al., ICML 2022), Mahalanobis with one covariance for all classes
(Lee et al., NeurIPS 2018), energy and largest probability of the head (Liu et al., NeurIPS 2020). Printed beside the area is the share of strange
examples beyond the 95 % quantile of `val`. Needs numpy, onnx, onnxruntime, pillow and scikit-learn.
"""
import argparse
import os

import numpy as np
import onnx
import onnxruntime
from PIL import Image
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

PICTURES = ('.jpg', '.jpeg', '.png')


def files(folder, most, seed=1):
    found = sorted(os.path.join(where, name) for where, _, names in os.walk(folder, followlinks=True) for name in names
                   if name.lower().endswith(PICTURES))
    np.random.RandomState(seed).shuffle(found)
    return found[:most]


def prepared(path, wanted):
    picture = Image.open(path).convert('RGB')
    short = wanted.size if wanted.size <= 64 else wanted.size * 256 // 224
    ratio = short / min(picture.size)
    picture = picture.resize([max(short, round(side * ratio)) for side in picture.size], Image.BILINEAR)
    left, top = (picture.width - wanted.size) // 2, (picture.height - wanted.size) // 2
    picture = picture.crop((left, top, left + wanted.size, top + wanted.size))
    numbers = np.asarray(picture, np.float32) / 255
    return ((numbers - np.array(wanted.mean, np.float32)) / np.array(wanted.std, np.float32)).transpose(2, 0, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--network', required=True)
    parser.add_argument('--features', required=True)
    parser.add_argument('--known', required=True)
    parser.add_argument('--strange', nargs='+', required=True)
    parser.add_argument('--size', type=int, default=224)
    parser.add_argument('--mean', type=float, nargs='+', default=[0.5])
    parser.add_argument('--std', type=float, nargs='+', default=[0.5])
    parser.add_argument('--most', type=int, default=1000)
    wanted = parser.parse_args()

    model = onnx.load(wanted.network)
    if wanted.features not in [output.name for output in model.graph.output]:
        model.graph.output.append(onnx.helper.make_empty_tensor_value_info(wanted.features))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    entry = session.get_inputs()[0].name

    def features(paths):
        rows = []
        for path in paths:
            row = session.run([wanted.features], {entry: prepared(path, wanted)[None]})[0]
            rows.append(row.reshape(row.shape[1], -1).mean(1))
        return np.array(rows, np.float64)

    train = files(os.path.join(wanted.known, 'train'), wanted.most)
    val = files(os.path.join(wanted.known, 'val'), wanted.most)
    known, asked = features(train), features(val)
    names = [os.path.basename(os.path.dirname(path)) for path in train]
    head = LogisticRegression(max_iter=300, C=1.0).fit(known, names)
    print(f'{wanted.known}: {len(train)} to learn from, {len(val)} to validate, head right in '
          f'{head.score(asked, [os.path.basename(os.path.dirname(path)) for path in val]):.3f}')

    def normal(rows):
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def nearest(k):
        def score(rows):
            apart = 2 - 2 * normal(rows) @ normal(known).T
            return np.sqrt(np.maximum(0, np.sort(apart, axis=1)[:, min(k, len(known)) - 1]))
        return score

    classes = sorted(set(names))
    means = np.array([known[[name == c for name in names]].mean(0) for c in classes])
    centred = known - means[[classes.index(name) for name in names]]
    covariance = centred.T @ centred / len(known)
    shrunk = 0.9 * covariance + 0.1 * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    inverse = np.linalg.inv(shrunk)

    def mahalanobis(rows):
        return np.min([np.einsum('ij,jk,ik->i', rows - mean, inverse, rows - mean) for mean in means], axis=0)

    def logits(rows):
        said = head.decision_function(rows)
        return np.stack([-said / 2, said / 2], 1) if said.ndim == 1 else said

    def energy(rows):
        return -np.log(np.exp(logits(rows) - 0).sum(1))

    def unsure(rows):
        return -head.predict_proba(rows).max(1)

    methods = {f'{k} nearest': nearest(k) for k in (1, 5, 10, 50)}
    methods.update(mahalanobis=mahalanobis, energy=energy, probability=unsure)
    for folder in wanted.strange:
        strange = features(files(folder, wanted.most))
        print(f'{folder}: {len(strange)}')
        for name, score in methods.items():
            own, other = score(asked), score(strange)
            area = roc_auc_score([0] * len(own) + [1] * len(other), np.concatenate([own, other]))
            print(f'  {name:12} AUROC {area:.3f}, beyond the threshold {np.mean(other > np.quantile(own, 0.95)):.3f}')


if __name__ == '__main__':
    main()
