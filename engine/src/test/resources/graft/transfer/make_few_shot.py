"""Expected figures of the tests of few-shot learning: python make_few_shot.py > few_shot.json (numpy, scikit-learn 1.9, torch 2.13)."""
import json

import numpy as np
import torch
from sklearn.neighbors import NearestCentroid

rng = np.random.default_rng(11)
classes, width, features = 3, 6, 5
W = rng.normal(size=(width, features)).astype(np.float32)
centres = rng.normal(size=(classes, width))


def examples(n):
    y = rng.integers(0, classes, n)
    return (centres[y] + 0.9 * rng.normal(size=(n, width))).astype(np.float32), y


x_train, y_train = examples(23)
x_val, y_val = examples(40)
f_train, f_val = (np.tanh(x.astype(np.float64) @ W) for x in (x_train, x_val))
nearest = NearestCentroid().fit(f_train, y_train)


def unit(x):
    return x / np.linalg.norm(x, axis=1, keepdims=True)


shares = torch.softmax(torch.tensor(20 * unit(f_val) @ unit(f_train).T), dim=1).numpy()
# An episode of 3 kinds, 2 examples and 2 questions each, kind by kind.
episode = rng.normal(size=(12, features)).astype(np.float32)
kinds = torch.tensor(episode.astype(np.float64)).reshape(3, 4, features)
means = kinds[:, :2].mean(1)
distances = ((kinds[:, 2:].reshape(-1, 1, features) - means) ** 2).sum(2)
loss = torch.nn.functional.cross_entropy(-distances, torch.arange(3).repeat_interleave(2))


def sharp(others):
    return 7 * torch.nn.functional.cosine_similarity(kinds[:, 2:].reshape(-1, 1, features), others.reshape(1, -1, features), dim=2)


wanted = torch.arange(3).repeat_interleave(2)
cosine = torch.nn.functional.cross_entropy(sharp(means), wanted)
by_example = torch.softmax(sharp(kinds[:, :2]), dim=1).reshape(6, 3, 2).sum(2)
by_matching = torch.nn.functional.nll_loss(torch.log(by_example), wanted)
print(json.dumps({
    "episode_loss_COSINE": cosine.item(), "episode_loss_MATCHING": by_matching.item(),
    "episode": episode.tolist(), "episode_loss": loss.item(),
    "weight": W.tolist(),
    "x_train": x_train.tolist(), "y_train": y_train.tolist(),
    "x_val": x_val.tolist(), "y_val": y_val.tolist(),
    "centroids": nearest.centroids_.tolist(),
    "nearest": nearest.predict(f_val).tolist(),
    "nearest_accuracy": nearest.score(f_val, y_val),
    "matching": (shares @ np.eye(classes)[y_train]).tolist(),
}))
