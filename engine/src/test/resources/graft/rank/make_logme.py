"""LogME by the formulas of You et al. (ICML 2021), section 4, written out with matrices: numpy alone.

A = alpha I + beta F'F, m = beta A^-1 F'y, gamma = sum of beta s / (alpha + beta s) over the eigenvalues s of F'F; alpha = gamma / m'm and
beta = (n - gamma) / |Fm - y|^2 until nothing changes. The 1e-5 in both denominators is that of the authors' program.
"""
import json

import numpy as np


def evidence(f, y):
    n, d = f.shape
    alpha = beta = 1.0
    last = -np.inf
    for _ in range(100):
        a = alpha * np.eye(d) + beta * f.T @ f
        m = beta * np.linalg.solve(a, f.T @ y)
        s = np.maximum(np.linalg.eigvalsh(f.T @ f), 0)
        gamma = (beta * s / (alpha + beta * s)).sum()
        alpha = gamma / (m @ m + 1e-5)
        beta = (n - gamma) / (((f @ m - y) ** 2).sum() + 1e-5)
        a = alpha * np.eye(d) + beta * f.T @ f
        m = beta * np.linalg.solve(a, f.T @ y)
        e = (n / 2 * np.log(beta) + d / 2 * np.log(alpha) - n / 2 * np.log(2 * np.pi)
             - beta / 2 * ((f @ m - y) ** 2).sum() - alpha / 2 * m @ m - np.linalg.slogdet(a)[1] / 2) / n
        if abs(e - last) <= 1e-6 * abs(e):
            break
        last = e
    return e


def case(n, d, classes, signal, seed):
    random = np.random.RandomState(seed)
    labels = np.arange(n) % classes
    means = random.randn(classes, d) * signal
    f = (means[labels] + random.randn(n, d)).astype(np.float32)
    exact = f.astype(np.float64)
    value = float(np.mean([evidence(exact, (labels == c).astype(float)) for c in range(classes)]))
    return {'features': [[float(each) for each in row] for row in f], 'labels': labels.tolist(), 'classes': classes,
            'log_me': value}


json.dump([case(40, 6, 2, 1.5, 1), case(40, 6, 2, 0, 2), case(15, 24, 3, 1.0, 3), case(30, 30, 4, 0.6, 4)],
          open('logme.json', 'w'))
