#!/usr/bin/env python3
"""Writes the pictures in shown/ and, beside each, what viewers show of it.

    pip install pillow==12.3.0 numpy==2.4.6
    python3 make_shown.py

shown/NAME        a picture that is not to be taken as its bytes lie there
shown/NAME.rgb    width and height (32 bits each, little-endian), then its pixels as red, green, blue, row by row: turned by
                  ImageOps.exif_transpose, converted to sRGB by ImageCms (perceptual) where it carries a profile, pasted on
                  white by its own transparency
"""
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, 'shown')
SRGB = ImageCms.createProfile('sRGB')


def drawn(width=13, height=9, seed=1):
    """Corners of four colours on a ramp: no turn and no mirror image is like another."""
    r = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    a = np.stack([x * 255 // (width - 1), y * 255 // (height - 1), (x * y) % 256], -1).astype(np.uint8)
    a[:3, :3], a[:3, -3:], a[-3:, :3] = (250, 10, 20), (10, 240, 30), (20, 30, 230)
    a[4:6, 5:9] = r.integers(0, 256, (2, 4, 3))
    return Image.fromarray(a)


def alpha(seed=2, width=13, height=9):
    a = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    a[:2], a[2:4] = 0, 255
    return Image.fromarray(a)


# --- profiles: matrix and curves, grey, and inks by a table; ICC.1:2001 ---

def number(value):
    return struct.pack('>i', round(value * 65536))


def profile(space, tags, pcs=b'XYZ ', kind=b'mntr'):
    body, table, at = b'', b'', 128 + 4 + 12 * len(tags)
    for name, data in tags:
        data += b'\0' * (-len(data) % 4)
        table += name + struct.pack('>II', at, len(data))
        body, at = body + data, at + len(data)
    head = struct.pack('>I4sI4s4s4s', at, b'lcms', 0x02400000, kind, space, pcs)
    head += struct.pack('>6H', 2020, 1, 1, 0, 0, 0) + b'acsp' + b'\0' * 28
    head += number(0.9642) + number(1) + number(0.8249)
    return head.ljust(128, b'\0') + struct.pack('>I', len(tags)) + table + body


def text(words):
    return b'text\0\0\0\0' + words + b'\0'


def description(words):
    return b'desc\0\0\0\0' + struct.pack('>I', len(words) + 1) + words + b'\0' + b'\0' * 78


def gamma(value):
    return b'curv\0\0\0\0' + struct.pack('>IH', 1, round(value * 256))


def xyz(*values):
    return b'XYZ \0\0\0\0' + b''.join(map(number, values))


WHITE = [(b'desc', description(b'made for tests')), (b'cprt', text(b'none')), (b'wtpt', xyz(0.9642, 1, 0.8249))]


def rgb_profile(columns, exponent):
    names = [b'rXYZ', b'gXYZ', b'bXYZ']
    return profile(b'RGB ', WHITE + [(n, xyz(*c)) for n, c in zip(names, columns)]
                   + [(n, gamma(exponent)) for n in (b'rTRC', b'gTRC', b'bTRC')])


# Adapted to D50 (Bradford); Adobe RGB (1998) and Display P3.
ADOBE = rgb_profile([(0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)], 2.19921875)
P3 = rgb_profile([(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)], 2.2)
GREY = profile(b'GRAY', WHITE + [(b'kTRC', gamma(1.4))])


def ink_table():
    """Corners of the cube of inks in Lab, two grid points an ink."""
    table = b''
    for i in range(16):
        c, m, y, k = [(i >> s) & 1 for s in (3, 2, 1, 0)]
        light = max(0.05, (1 - 0.35 * c) * (1 - 0.45 * m) * (1 - 0.1 * y) * (1 - 0.9 * k))
        table += bytes([round(255 * light), round(128 + (60 * m - 30 * c) * (1 - k)), round(128 + (80 * y - 40 * c) * (1 - k))])
    ramp = bytes(range(256))
    one = number(1)
    nil = number(0)
    return (b'mft1\0\0\0\0' + bytes([4, 3, 2, 0]) + one + nil * 3 + one + nil * 3 + one + ramp * 4 + table + ramp * 3)


INKS = profile(b'CMYK', WHITE + [(b'A2B0', ink_table())], b'Lab ', b'prtr')


def shown(image):
    image.seek(0)
    icc = image.info.get('icc_profile')
    image = ImageOps.exif_transpose(image)
    if image.mode in ('P', 'PA') or 'transparency' in image.info:
        image = image.convert('RGBA')
    if image.mode == 'LA':
        image = image.convert('RGBA')
    if icc:
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        mask = image.getchannel('A') if image.mode == 'RGBA' else None
        if mask:
            image = image.convert('RGB')
        image = ImageCms.profileToProfile(image, source, SRGB, outputMode='RGB')
        if mask:
            image.putalpha(mask)
    if image.mode == 'RGBA':
        white = Image.new('RGB', image.size, 'white')
        white.paste(image, mask=image.getchannel('A'))
        image = white
    return image.convert('RGB')


def exif(orientation, big=False):
    head = b'MM\0*\0\0\0\x08' if big else b'II*\0\x08\0\0\0'
    form = '>' if big else '<'
    return b'Exif\0\0' + head + struct.pack(form + 'HHHIHHI', 1, 274, 3, 1, orientation, 0, 0)


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(bits, colour, rows, *more):
    """rows: bytes of each row."""
    width = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    pixels = len(rows[0]) * 8 // bits // width
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', pixels, len(rows), bits, colour, 0, 0, 0))
            + b''.join(more) + chunk(b'IDAT', zlib.compress(b''.join(b'\0' + r for r in rows))) + chunk(b'IEND', b''))


def put(name, content):
    with open(os.path.join(OUT, name), 'wb') as f:
        f.write(content)


def save(name, image, **options):
    image.save(os.path.join(OUT, name), **options)


def main():
    os.makedirs(OUT, exist_ok=True)
    for name in os.listdir(OUT):
        os.remove(os.path.join(OUT, name))
    im = drawn()
    rgba = im.copy()
    rgba.putalpha(alpha())
    for o in range(0, 10):
        save(f'orientation{o}.jpg', im, exif=exif(o, big=o % 2 == 1), quality=95, subsampling=0)
    for o in (2, 3, 5, 6, 8):
        save(f'orientation{o}.png', im, exif=exif(o, big=o % 2 == 0))
        save(f'orientation{o}.webp', im, exif=exif(o, big=o % 2 == 1), lossless=True, exact=True)
        save(f'orientation{o}.tif', im, tiffinfo={274: o})
    save('orientation-grey7.jpg', im.convert('L'), exif=exif(7), quality=95)
    save('orientation6-with-alpha.png', rgba, exif=exif(6))
    whole = exif(6)
    for length in (6, 10, 14, 20, 25):
        save(f'exif-cut-to-{length}.jpg', im, exif=whole[:length], quality=95, subsampling=0)
    save('exif-points-nowhere.jpg', im, exif=b'Exif\0\0II*\0\xf0\xff\xff\xff', quality=95, subsampling=0)
    save('exif-many-tags.jpg', im, exif=b'Exif\0\0II*\0\x08\0\0\0\xff\xff' + b'\1' * 30, quality=95, subsampling=0)

    save('alpha.png', rgba)
    save('alpha.webp', rgba, lossless=True, exact=True)
    save('alpha.tif', rgba)
    save('grey-alpha.png', rgba.convert('LA'))
    palette = im.quantize(16)
    save('palette-one-clear.png', palette, transparency=3)
    save('palette-half-clear.png', palette, transparency=bytes(range(0, 240, 15)))
    save('one-colour-clear.png', im, transparency=(250, 10, 20))
    save('one-grey-clear.png', im.convert('L'), transparency=84)
    save('first-frame.gif', palette, save_all=True, append_images=[palette.rotate(180)], transparency=3)
    save('plain.gif', palette)
    save('animated.webp', rgba, save_all=True, append_images=[rgba.rotate(180)], lossless=True, exact=True)
    save('animated.png', rgba, save_all=True, append_images=[rgba.rotate(180)])
    with open(os.path.join(OUT, 'plain.gif'), 'rb') as f:      # the same frame in the middle of a larger screen
        gif = bytearray(f.read())
    at = gif.index(b'\x2c', 13 + 3 * 16)
    gif[6:10], gif[at + 1:at + 5] = struct.pack('<HH', 20, 15), struct.pack('<HH', 4, 3)
    put('gif-on-larger-screen.gif', bytes(gif[:10] + b'%c' % (gif[10]) + gif[11:]))

    for name, icc in (('adobe', ADOBE), ('p3', P3)):
        save(f'profile-{name}.jpg', im, icc_profile=icc, quality=95, subsampling=0)
        save(f'profile-{name}.png', im, icc_profile=icc)
        save(f'profile-{name}.webp', im, icc_profile=icc, lossless=True, exact=True)
        save(f'profile-{name}.tif', im, icc_profile=icc)
    save('profile-adobe-alpha.png', rgba, icc_profile=ADOBE)
    save('profile-adobe-orientation8.jpg', im, icc_profile=ADOBE, exif=exif(8), quality=95, subsampling=0)
    save('profile-grey.jpg', im.convert('L'), icc_profile=GREY, quality=95)
    save('profile-grey.png', im.convert('L'), icc_profile=GREY)
    save('profile-inks.jpg', im.convert('CMYK'), icc_profile=INKS, quality=95)
    save('profile-srgb.jpg', im, icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes(), quality=95, subsampling=0)

    wide = (np.arange(9 * 13).reshape(9, 13) * 560).astype('>u2')
    put('grey16-with-alpha.png', png(16, 4, [np.stack([r, r[::-1]], -1).astype('>u2').tobytes() for r in wide]))
    for name in sorted(os.listdir(OUT)):
        path = os.path.join(OUT, name)
        if name == 'grey16-with-alpha.png':                    # Pillow has no such mode: by hand, on the high bytes
            grey, clear = (wide >> 8).astype(int), (wide[:, ::-1] >> 8).astype(int)
            sums = grey * clear + 255 * (255 - clear) + 128
            image = Image.fromarray((((sums >> 8) + sums) >> 8).astype(np.uint8)).convert('RGB')
        elif name == 'gif-on-larger-screen.gif':               # Pillow fills the screen with the palette's first colour
            image = Image.new('RGB', (20, 15), 'white')
            image.paste(palette.convert('RGB'), (4, 3))
        elif name == 'profile-srgb.jpg':                       # stays as it is, to the bit
            image = Image.open(path).convert('RGB')
        else:
            image = shown(Image.open(path))
        put(name + '.rgb', struct.pack('<II', *image.size) + image.tobytes())


main()
