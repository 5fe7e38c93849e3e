"""Writes objectives.json: losses and gradients of objectives over two streams and a teacher, by PyTorch in double.

The formulas are those of the papers' own code: binary cross-entropy with logits, a covariance by torch.cov, pairwise distances
one by one, KLDivLoss(reduction="batchmean").
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
N, D, H, C = 6, 5, 100, 4
PROGRESS, TEMPERATURE = 0.3, 2.5


def rounded(tensor):
    return tensor.float().double()


source = rounded(torch.randn(N, D))
target = rounded(torch.randn(N, D) * 1.5 + 0.4)
out = {"source": source.flatten().tolist(), "target": target.flatten().tolist(), "progress": PROGRESS}


def gradients(name, loss, *tensors):
    found = torch.autograd.grad(loss, tensors)
    out[name] = {"loss": loss.item(), "gradients": [g.flatten().tolist() for g in found]}


def learning(tensor):
    return tensor.clone().requires_grad_(True)


class Reversal(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, scale):
        ctx.scale = scale
        return x.view_as(x)

    @staticmethod
    def backward(ctx, gradient):
        return -ctx.scale * gradient, None


def adversary():
    s, t = learning(source), learning(target)
    # Any numbers that can be written down: the test puts the same into the graph.
    weights = [
        learning(rounded(torch.sin(torch.arange(D * H) * 0.7).reshape(D, H) * 0.3)),
        learning(rounded(torch.cos(torch.arange(H) * 0.3) * 0.1)),
        learning(rounded(torch.cos(torch.arange(H) * 0.9).reshape(H, 1) * 0.3)),
        learning(torch.tensor([0.0625])),
    ]
    out["discriminator"] = [w.detach().flatten().tolist() for w in weights]
    scale = 2 / (1 + torch.exp(torch.tensor(-10 * PROGRESS))) - 1
    both = Reversal.apply(torch.cat([s, t]), scale)
    z = torch.relu(both @ weights[0] + weights[1]) @ weights[2] + weights[3]
    loss = F.binary_cross_entropy_with_logits(z[:, 0], torch.cat([torch.ones(N), torch.zeros(N)]))
    gradients("adversary", loss, s, t, *weights)


def covariance():
    s, t = learning(source), learning(target)
    gradients("covariance", ((torch.cov(s.T) - torch.cov(t.T)) ** 2).sum() / (4 * D * D), s, t)


def discrepancy():
    s, t = learning(source), learning(target)
    z = torch.cat([s, t])
    distances = ((z[:, None] - z[None]) ** 2).sum(-1)
    mean = distances.detach().mean()
    kernel = sum(torch.exp(-distances / (2 * mean * 2.0**k)) for k in (-3, -2, -1, 0, 1))
    off = 1 - torch.eye(N)
    within = (kernel[:N, :N] * off).sum() + (kernel[N:, N:] * off).sum()
    gradients("discrepancy", within / (N * (N - 1)) - 2 * kernel[:N, N:].mean(), s, t)


def soft_targets():
    student, teacher = learning(rounded(torch.randn(N, C))), rounded(torch.randn(N, C + 2) * 3)
    places = [5, 0, 3, 1]
    out["student"], out["teacher"], out["places"] = student.flatten().tolist(), teacher.flatten().tolist(), places
    out["temperature"] = TEMPERATURE
    loss = F.kl_div(
        F.log_softmax(student / TEMPERATURE, 1), F.softmax(teacher[:, places] / TEMPERATURE, 1), reduction="batchmean"
    )
    gradients("soft_targets", loss * TEMPERATURE**2, student)


adversary()
covariance()
discrepancy()
soft_targets()
pathlib.Path(__file__).with_name("objectives.json").write_text(json.dumps(out, indent=1) + "\n")
