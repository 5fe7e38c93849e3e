"""Expected figures of ConfidenceTest: python make_confidence.py > confidence.json (numpy and scikit-learn 1.9)."""
import json

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

rng = np.random.default_rng(7)
cases = []
for classes, n in ((2, 60), (3, 90)):
    truth = rng.integers(0, classes, n)
    scores = rng.normal(size=(n, classes)) + 1.2 * np.eye(classes)[truth]
    p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    p = np.round(p, 1 if classes == 2 else 3)  # of two classes many are equal
    p[:, -1] = 1 - p[:, :-1].sum(1)
    p = p.astype(np.float32)
    predicted = p.argmax(1)
    confidence = p[np.arange(n), predicted].astype(np.float64)
    ece = 0.0
    for low in range(15):
        inside = (confidence > low / 15) & (confidence <= (low + 1) / 15)
        if inside.any():
            ece += inside.mean() * abs((predicted == truth)[inside].mean() - confidence[inside].mean())
    wide = p.astype(np.float64)
    cases.append({
        "truth": truth.tolist(),
        "probabilities": p.tolist(),
        "ece": ece,
        "brier": brier_score_loss(truth, wide[:, 1] if classes == 2 else wide / wide.sum(1, keepdims=True)),
        "nll": log_loss(truth, p if classes == 2 else p / p.sum(1, keepdims=True)),
        # One against the rest, macro: roc_auc_score itself insists on sums of exactly 1, which would tear ties apart.
        "auc": np.mean([roc_auc_score(truth == c, wide[:, c]) for c in range(classes)]),
        "aucs": [roc_auc_score(truth == c, wide[:, c]) for c in range(classes)],
    })
print(json.dumps(cases))
