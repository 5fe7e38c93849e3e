#!/usr/bin/env python3
"""Makes trust.json: what scipy and numpy find for probabilities of a made-up network that is too sure of itself.

    python3 make_trust.py > trust.json    # needs numpy, scipy
"""
import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax

random = np.random.default_rng(11)
n, classes = 240, 4
true_logits = random.normal(size=(n, classes)) * 1.2
truth = np.array([random.choice(classes, p=softmax(row)) for row in true_logits])
# Rounded, so that a float of Java is the same number.
probabilities = np.float32(softmax(2.7 * true_logits, axis=1))
logits = np.log(np.maximum(np.float64(probabilities), np.finfo(np.float32).tiny))


def nll(log_t):
    return -log_softmax(logits / np.exp(log_t), axis=1)[np.arange(n), truth].mean()


temperature = float(np.exp(minimize_scalar(nll, bounds=(-4, 4), method='bounded', options=dict(xatol=1e-12)).x))
half = n // 2
lac = 1 - np.float64(probabilities)[np.arange(n), truth]
quantiles = {str(alpha): float(np.sort(lac)[int(np.ceil((n + 1) * (1 - alpha) - 1e-9)) - 1]) for alpha in (0.05, 0.1, 0.2)}
print(json.dumps(dict(truth=truth.tolist(), probabilities=[[float(x) for x in row] for row in probabilities],
                      temperature=temperature, nll_before=float(nll(0.0)), nll_after=float(nll(np.log(temperature))),
                      lac=quantiles)))
