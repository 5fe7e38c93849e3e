"""Principal components by numpy's singular values of the centred rows: coordinates U*S, shares S^2 / sum S^2, signs so that the row
that is farthest out on a component is on its positive side."""
import json

import numpy as np


def case(n, d, seed):
    random = np.random.RandomState(seed)
    f = (random.randn(n, d) * np.linspace(3, 0.3, d) + random.randn(d)).astype(np.float32)
    exact = f.astype(np.float64)
    u, s, _ = np.linalg.svd(exact - exact.mean(0), full_matrices=False)
    points = u[:, :2] * s[:2]
    points = points * np.sign(points[np.abs(points).argmax(0), [0, 1]])
    return {'rows': [[float(each) for each in row] for row in f], 'points': points.tolist(),
            'shares': (s[:2] ** 2 / (s ** 2).sum()).tolist(), 'variance': float((s ** 2).sum() / (n - 1))}


# More rows than columns, and more columns than rows.
json.dump([case(20, 5, 1), case(8, 30, 2)], open('plane.json', 'w'))
