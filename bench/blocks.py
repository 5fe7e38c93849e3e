"""Writes the table of blocks by which Graft knows torchvision's architectures: python blocks.py > blocks.csv

Needs torch and torchvision; no weights are fetched. An architecture is the SHA-256 of the shapes and strides of its convolutions, sorted, so that
neither names, nor folded batch norms, nor another head, nor the order of branches change it. Mean and deviation are what torchvision's own transforms of
its pre-trained weights say.
"""

import hashlib

import torch
import torchvision

FEWEST = 4  # convolutions: fewer are no architecture
TOO_LARGE = ("regnet_y_128gf", "vit_h_14")


def built(name, options):
    try:
        with torch.device("meta"):
            return torchvision.models.get_model(name, weights=None, **options)
    except NotImplementedError:
        return torchvision.models.get_model(name, weights=None, **options)


def fingerprint(network):
    lines = []
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            shape = ",".join(str(side) for side in module.weight.shape)
            lines.append(shape + "/" + ",".join(str(step) for step in module.stride))
    text = "\n".join(sorted(lines))
    return len(lines), hashlib.sha256(text.encode()).hexdigest()[:16]


def numbers(values):
    return " ".join(str(value) for value in values)


def main():
    print("architecture,convolutions,sha256,mean,std")
    seen = set()
    for name in sorted(torchvision.models.list_models(module=torchvision.models)):
        if name in TOO_LARGE:
            continue
        how = torchvision.models.get_model_weights(name).DEFAULT.transforms()
        auxiliary = name in ("googlenet", "inception_v3")
        for options in ({"init_weights": False}, {"init_weights": False, "aux_logits": False}) if auxiliary else ({},):
            count, digest = fingerprint(built(name, options))
            if count >= FEWEST and digest not in seen:
                seen.add(digest)
                print(f"{name},{count},{digest},{numbers(how.mean)},{numbers(how.std)}")


if __name__ == "__main__":
    main()
