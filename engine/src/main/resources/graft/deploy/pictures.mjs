// @NEEDS@
// @EXAMPLE@   prints, for each picture, every class with its probability, the likeliest first
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';

const NETWORK = @JS_FILE@;
const INPUT = @JS_INPUT@, OUTPUT = @JS_OUTPUT@;
const HEIGHT = @HEIGHT@, WIDTH = @WIDTH@;
const COVER = @JS_COVER@; // [height, width] that the resized picture just covers; null: stretched to HEIGHT x WIDTH
const SCALE = @SCALE@, MEAN = [@MEAN@], STD = [@STD@];
const CHANNELS = '@CHANNELS@', CHANNELS_FIRST = @FIRST@, BATCH = @BATCH@;
const CLASSES = @JS_CLASSES@;

// The first position that counts, and the weights from there on: a triangle as wide as the reduction.
function weights(to, length, newLength) {
  if (length === newLength) return { low: to, w: [1] };
  const scale = length / newLength, support = Math.max(scale, 1), centre = (to + 0.5) * scale;
  const low = Math.max(Math.trunc(centre - support + 0.5), 0);
  const high = Math.min(Math.trunc(centre + support + 0.5), length);
  const w = [];
  for (let k = low; k < high; k++) w.push(Math.max(0, 1 - Math.abs((k - centre + 0.5) / support)));
  const total = w.reduce((a, b) => a + b, 0);
  return { low, w: w.map((v) => v / total) };
}

// Bilinear with antialias, along rows, then along columns, each rounded to 8 bits.
function resized(pixels, height, width, newHeight, newWidth) {
  const narrow = new Uint8ClampedArray(height * newWidth * 3), out = new Uint8ClampedArray(newHeight * newWidth * 3);
  for (let x = 0; x < newWidth; x++) {
    const { low, w } = weights(x, width, newWidth);
    for (let y = 0; y < height; y++)
      for (let c = 0; c < 3; c++) {
        let sum = 0.5;
        for (let k = 0; k < w.length; k++) sum += pixels[(y * width + low + k) * 3 + c] * w[k];
        narrow[(y * newWidth + x) * 3 + c] = Math.floor(sum);
      }
  }
  for (let y = 0; y < newHeight; y++) {
    const { low, w } = weights(y, height, newHeight);
    for (let i = 0; i < newWidth * 3; i++) {
      let sum = 0.5;
      for (let k = 0; k < w.length; k++) sum += narrow[(low + k) * newWidth * 3 + i] * w[k];
      out[y * newWidth * 3 + i] = Math.floor(sum);
    }
  }
  return out;
}

// Halves go to the even neighbour.
function round(value) {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

async function prepared(path) {
  // As viewers show it: turned as its EXIF data say, in sRGB, on white, 8 bits.
  const { data, info } = await sharp(path).rotate().flatten({ background: '#ffffff' }).toColourspace('srgb')
    .removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  let pixels = data;
  if (info.channels === 1) {
    pixels = new Uint8Array(info.width * info.height * 3);
    for (let i = 0; i < pixels.length; i++) pixels[i] = data[Math.floor(i / 3)];
  }
  if (CHANNELS === 'gray') {
    for (let i = 0; i < pixels.length; i += 3)
      pixels[i] = (pixels[i] * 19595 + pixels[i + 1] * 38470 + pixels[i + 2] * 7471 + 0x8000) >> 16;
  }
  let newHeight = HEIGHT, newWidth = WIDTH;
  if (COVER) {
    const factor = Math.max(COVER[0] / info.height, COVER[1] / info.width);
    newHeight = Math.max(HEIGHT, round(info.height * factor));
    newWidth = Math.max(WIDTH, round(info.width * factor));
  }
  const whole = resized(pixels, info.height, info.width, newHeight, newWidth);
  const left = Math.floor((newWidth - WIDTH) / 2), top = Math.floor((newHeight - HEIGHT) / 2);
  const bands = MEAN.length, one = bands * HEIGHT * WIDTH, x = new Float32Array(BATCH * one);
  for (let c = 0; c < bands; c++)
    for (let row = 0; row < HEIGHT; row++)
      for (let column = 0; column < WIDTH; column++) {
        const pixel = whole[((top + row) * newWidth + left + column) * 3 + (CHANNELS === 'bgr' ? 2 - c : c)];
        const at = row * WIDTH + column;
        x[CHANNELS_FIRST ? c * HEIGHT * WIDTH + at : at * bands + c] = ((pixel / 255) * SCALE - MEAN[c]) / STD[c];
      }
  for (let i = 1; i < BATCH; i++) x.copyWithin(i * one, 0, one);
  return x;
}

function probabilities(scores) {
  const sum = scores.reduce((a, b) => a + b, 0), most = Math.max(...scores);
  if (Math.min(...scores) >= 0 && most <= 1 && Math.abs(sum - 1) < 0.01) return scores; // it ends in a softmax
  const e = scores.map((s) => Math.exp(s - most)), total = e.reduce((a, b) => a + b, 0);
  return e.map((v) => v / total);
}

const net = await ort.InferenceSession.create(NETWORK);
for (const path of process.argv.slice(2)) {
  const pixels = await prepared(path);
  const x = new ort.Tensor('@JS_TYPE@', @JS_CONVERT@, [@SHAPE@]);
  const scores = Array.from((await net.run({ [INPUT]: x }))[OUTPUT].data, Number);
  const p = probabilities(scores.slice(0, scores.length / BATCH));
  console.log(path);
  [...p.keys()].sort((a, b) => p[b] - p[a]).forEach((i) => console.log(`  ${CLASSES[i]}  ${p[i].toFixed(4)}`));
}
