#!/usr/bin/env python3
"""Makes suspects.json: what scikit-learn's ridge regression says of examples that it did not learn from.

    python3 make_suspects.py > suspects.json    # needs numpy, scikit-learn, scipy

Two sets: fewer coordinates than examples, and more of them (as of pictures, where inner products are all that counts).
"""
import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import Ridge

PENALTIES = [0.03, 0.1, 0.3, 1, 3, 10, 30, 100]


def case(seed, n, width, classes):
    random = np.random.default_rng(seed)
    centres = random.normal(size=(classes, width)) * 0.9
    labels = random.integers(classes, size=n)
    x = np.float32(centres[labels] + random.normal(size=(n, width)) + 3)
    turned = random.choice(n, n // 10, replace=False)
    labels[turned] = (labels[turned] + 1) % classes
    folds = 5
    # As Graft's own rule gives them, which is free to choose: examples in turn.
    fold_of = np.arange(n) % folds
    best = None
    for penalty in PENALTIES:
        scores = np.zeros((n, classes))
        for fold in range(folds):
            learnt, left = fold_of != fold, fold_of == fold
            features, wanted = np.float64(x[learnt]), np.eye(classes)[labels[learnt]]
            centred = features - features.mean(0)
            alpha = penalty * (centred ** 2).sum() / min(learnt.sum(), width if width <= n else n)
            scores[left] = Ridge(alpha=alpha).fit(features, wanted).predict(np.float64(x[left]))
        scores -= scores.mean(1, keepdims=True)
        logits = scores / np.sqrt((scores ** 2).mean())
        at = np.arange(n), labels
        found = minimize_scalar(lambda log_t: -log_softmax(logits / np.exp(log_t), axis=1)[at].mean(), bounds=(-4, 4),
                                method='bounded', options=dict(xatol=1e-12))
        if best is None or found.fun < best[0]:
            best = found.fun, penalty, softmax(logits / np.exp(found.x), axis=1)
    return dict(x=x.astype(float).tolist(), labels=labels.tolist(), fold_of=fold_of.tolist(), turned=sorted(turned.tolist()),
                penalty=best[1], probabilities=best[2].tolist())


print(json.dumps(dict(few=case(5, 80, 6, 3), many=case(6, 40, 60, 2))))
