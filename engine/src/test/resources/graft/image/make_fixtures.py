#!/usr/bin/env python3
"""Draws the pictures beside this file and writes what Pillow makes of them; saves arrays as NumPy does.

    pip install pillow==12.3.0 numpy==2.4.6
    python3 make_fixtures.py

pictures/NAME            a picture
pictures/NAME.SIZE.rgb   its bytes on white, after convert('RGB'), resize, centre crop: SIZE x SIZE x 3, row by row
pictures/NAME.SIZE.gray  the same after convert('L'): SIZE x SIZE
arrays/*.npy, *.npz      what their names say
"""
import io
import os
import zipfile

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))


def drawn(width, height, seed):
    """Smooth waves with noise: both flat parts and hard edges."""
    r = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    planes = [127 + 100 * np.sin(x / (3 + 4 * r.random()) + c) * np.cos(y / (3 + 4 * r.random())) for c in range(3)]
    picture = np.stack(planes, -1) + r.normal(0, 12, (height, width, 3))
    picture[height // 3:height // 2, width // 3:width // 2] = (255, 0, 40)
    return Image.fromarray(picture.clip(0, 255).astype(np.uint8))


def prepared(image, mode, size):
    """The lines of the peer program that decide sizes and rounding."""
    if 'A' in image.mode:
        white = Image.new('RGB', image.size, 'white')
        white.paste(image.convert('RGBA'), mask=image.getchannel('A'))
        image = white
    image = image.convert(mode)
    w, h = image.size
    s = size * 256 / 224 / min(w, h) if size > 64 else size / min(w, h)
    image = image.resize((max(size, round(w * s)), max(size, round(h * s))), Image.BILINEAR)
    l, t = (image.size[0] - size) // 2, (image.size[1] - size) // 2
    return np.asarray(image.crop((l, t, l + size, t + size)), np.uint8)


def pictures(folder):
    os.makedirs(folder, exist_ok=True)
    im = drawn(61, 47, 1)
    alpha = Image.fromarray(np.random.default_rng(2).integers(0, 256, (47, 61), np.uint8))
    rgba = im.copy()
    rgba.putalpha(alpha)
    files = {
        'rgb.png': im, 'tall.png': drawn(33, 150, 3), 'tiny.png': drawn(9, 7, 4), 'wide.png': drawn(90, 4, 5),
        'grey.png': im.convert('L'), 'grey-alpha.png': rgba.convert('LA'), 'alpha.png': rgba,
        'palette.png': im.quantize(16), 'bilevel.png': im.convert('1'),
        'rgb.bmp': im, 'palette.bmp': im.quantize(200), 'rgb.tif': im, 'cmyk.tif': im.convert('CMYK'),
        'lossless.webp': im, 'rgb.ppm': im, 'grey.pgm': im.convert('L'),
        'rgb.jpg': im, 'progressive.jpg': im, '444.jpg': im, '422.jpg': im, 'grey.jpg': im.convert('L'),
        'cmyk.jpg': im.convert('CMYK'), 'stored-as-rgb.jpg': im,
    }
    options = {
        'lossless.webp': dict(lossless=True, exact=True), 'progressive.jpg': dict(progressive=True),
        '444.jpg': dict(subsampling=0), '422.jpg': dict(subsampling=1), 'stored-as-rgb.jpg': dict(keep_rgb=True),
    }
    for name, image in files.items():
        image.save(os.path.join(folder, name), **options.get(name, {}))
    with open(os.path.join(folder, 'cmyk.jpg'), 'rb') as f:
        cmyk = f.read()
    at = cmyk.index(b'Adobe') + 11
    with open(os.path.join(folder, 'ycck.jpg'), 'wb') as f:     # the same components, declared to be YCCK
        f.write(cmyk[:at] + b'\2' + cmyk[at + 1:])
    for name in list(files) + ['ycck.jpg']:
        with Image.open(os.path.join(folder, name)) as image:
            for size, mode, ending in [(20, 'RGB', 'rgb'), (20, 'L', 'gray'), (68, 'RGB', 'rgb')]:
                if size == 20 or name in ('rgb.png', 'tall.png', 'tiny.png', 'wide.png'):
                    with open(os.path.join(folder, f'{name}.{size}.{ending}'), 'wb') as f:
                        f.write(prepared(image, mode, size).tobytes())


def arrays(folder):
    os.makedirs(folder, exist_ok=True)
    a = np.arange(24).reshape(2, 3, 4)
    for dtype in ('float16', 'float32', 'float64', 'int32', 'int64', 'uint8', 'int16', '>f4'):
        np.save(os.path.join(folder, dtype.replace('>', 'big-endian-') + '.npy'), a.astype(dtype))
    np.save(os.path.join(folder, 'fortran.npy'), np.asfortranarray(a.astype(np.float32)))
    np.save(os.path.join(folder, 'scalar.npy'), np.int64(7))
    np.save(os.path.join(folder, 'text.npy'), np.array(['ant', 'bee', 'Grasmücke']))
    for version in ((2, 0), (3, 0)):
        with open(os.path.join(folder, f'version{version[0]}.npy'), 'wb') as f:
            np.lib.format.write_array(f, a.astype(np.float32), version=version)
    x = np.arange(5 * 3, dtype=np.float32).reshape(5, 3)
    y = np.array([0, 1, 2, 1, 0])
    good = dict(x_train=x, y_train=y, x_val=x[:2] * 2, y_val=np.array([1, 0], np.int32))
    np.savez(os.path.join(folder, 'good.npz'), **good)
    np.savez_compressed(os.path.join(folder, 'named.npz'), **good, classes=np.array(['ant', 'bee', 'cat']))
    np.savez(os.path.join(folder, 'numbered.npz'), **good, classes=np.array([3, 7, 12]))
    bad = {
        'no-labels': dict(y_val=None), 'negative': dict(y_train=np.array([0, 1, -1, 1, 0])),
        'fractions': dict(y_train=y.astype(np.float32)), 'one-hot': dict(y_train=np.eye(3, dtype=np.int64)[y]),
        'one-class': dict(y_train=y * 0, y_val=np.array([0, 0])), 'unknown-class': dict(y_val=np.array([1, 3])),
        'other-shape': dict(x_val=np.zeros((2, 4), np.float32)), 'other-type': dict(x_val=np.zeros((2, 3), np.int64)),
        'other-count': dict(x_train=x[:4]), 'empty-val': dict(x_val=x[:0], y_val=y[:0]),
        'bools': dict(x_train=x > 3), 'too-many': dict(classes=np.array(['ant', 'bee'])),
        'one-name': dict(classes=np.array(['ant', 'bee', 'ant'])), 'measures': dict(classes=np.array([1.5, 2, 3])),
    }
    for name, change in bad.items():
        content = {k: v for k, v in {**good, **change}.items() if v is not None}
        np.savez(os.path.join(folder, name + '.npz'), **content)
    with zipfile.ZipFile(os.path.join(folder, 'not-numpy.npz'), 'w') as z:
        for key in good:
            z.writestr(key + '.npy', 'this is no array')
    cut = io.BytesIO()
    np.save(cut, x)
    with zipfile.ZipFile(os.path.join(folder, 'cut.npz'), 'w') as z:
        for key in good:
            z.writestr(key + '.npy', cut.getvalue()[:-8])


pictures(os.path.join(HERE, 'pictures'))
arrays(os.path.join(HERE, 'arrays'))

# Inputs that are not square: checksums over three pictures, for PicturePreparationTest.
import zlib
for h, w, rh, rw, stretched in [(20, 12, 20, 12, 0), (12, 20, 24, 30, 0), (70, 90, 70 * 256 / 224, 90 * 256 / 224, 0), (20, 12, 0, 0, 1), (20, 20, 33, 33, 0)]:
    crc = 0
    for name in ("rgb.png", "tall.png", "wide.png"):
        im = Image.open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures", name)).convert("RGB")
        if stretched:
            im = im.resize((w, h), Image.BILINEAR)
        else:
            f = max(rh / im.height, rw / im.width)
            im = im.resize((max(w, round(im.width * f)), max(h, round(im.height * f))), Image.BILINEAR)
            l, t = (im.width - w) // 2, (im.height - h) // 2
            im = im.crop((l, t, l + w, t + h))
        crc = zlib.crc32(im.tobytes(), crc)
    print("%d x %d: %x" % (h, w, crc))
