# @NEEDS@
# @EXAMPLE@   prints, for each picture, every class with its probability, the likeliest first
import io
import json
import sys

import numpy as np
import onnxruntime
from PIL import Image, ImageCms, ImageOps

NETWORK = @PY_FILE@
INPUT, OUTPUT = @PY_INPUT@, @PY_OUTPUT@
HEIGHT, WIDTH = @HEIGHT@, @WIDTH@
COVER = @PY_COVER@  # (height, width) that the resized picture just covers; None: stretched to HEIGHT x WIDTH
SCALE, MEAN, STD = @SCALE@, [@MEAN@], [@STD@]
CHANNELS, CHANNELS_FIRST, BATCH = "@CHANNELS@", @PY_FIRST@, @BATCH@
TYPE = np.@NUMPY@


def decoded(path):
    """As viewers show it: turned as its EXIF data say, in sRGB, on white, 8 bits."""
    picture = Image.open(path)
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith(("I", "F")):  # 16 bits: the high byte
        picture = Image.fromarray((np.asarray(picture).astype(np.int64) >> 8).astype(np.uint8))
    picture = ImageOps.exif_transpose(picture)
    if profile and picture.mode in ("RGB", "CMYK"):
        try:
            picture = ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            pass  # a damaged profile; viewers leave it aside too
    if "A" in picture.mode or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    return picture.convert("RGB")


def prepared(path):
    """The network's input, a batch of one."""
    picture = decoded(path)
    if CHANNELS == "gray":
        picture = picture.convert("L")
    if COVER is None:
        picture = picture.resize((WIDTH, HEIGHT), Image.BILINEAR)
    else:
        factor = max(COVER[0] / picture.height, COVER[1] / picture.width)
        size = max(WIDTH, round(picture.width * factor)), max(HEIGHT, round(picture.height * factor))
        picture = picture.resize(size, Image.BILINEAR)
        left, top = (picture.width - WIDTH) // 2, (picture.height - HEIGHT) // 2
        picture = picture.crop((left, top, left + WIDTH, top + HEIGHT))
    pixels = np.asarray(picture, np.float32).reshape(HEIGHT, WIDTH, -1)
    if CHANNELS == "bgr":
        pixels = pixels[:, :, ::-1]
    x = (pixels / 255 * SCALE - np.array(MEAN, np.float32)) / np.array(STD, np.float32)
    if CHANNELS_FIRST:
        x = x.transpose(2, 0, 1)
    if TYPE not in (np.float32, np.float16, np.float64):
        x = np.rint(x)
    return np.ascontiguousarray(x[None], TYPE)


def probabilities(scores):
    if scores.min() >= 0 and scores.max() <= 1 and abs(scores.sum() - 1) < 0.01:
        return scores  # the network ends in a softmax
    e = np.exp(scores - scores.max())
    return e / e.sum()


net = onnxruntime.InferenceSession(NETWORK, providers=["CPUExecutionProvider"])
classes = @PY_CLASSES@
for path in sys.argv[1:]:
    x = np.repeat(prepared(path), BATCH, 0)
    scores = net.run([OUTPUT], {INPUT: x})[0].astype(np.float64).reshape(BATCH, -1)[0]
    print(path)
    for i in np.argsort(-probabilities(scores), kind="stable"):
        print("  %s  %.4f" % (classes[i], probabilities(scores)[i]))
