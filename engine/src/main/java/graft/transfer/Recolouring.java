package graft.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import graft.Refusal;
import graft.features.Features;
import graft.features.LabelledFeatures;
import graft.onnx.ElementType;
import graft.onnx.Values;
import graft.ops.ArrayTensors;
import graft.ops.TorchEngine;
import graft.ops.TorchScript;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Features of a source with means, deviations and correlations of a target: each is freed of its own domain's (whitened) and given
 * the other's (CORAL in closed form, Sun, Feng and Saenko 2016: features are standardised in each domain, and a unit matrix is added
 * to the correlations). A head that learns from them suits the target's features as they are, so nothing of this is in the file.
 */
final class Recolouring implements Features {
    private static final int AT_ONCE = 256;

    /** In double; deviations of what never changes count as one. */
    private static final String FORMULA = """
            s = a.double()
            t = b.double()
            m = torch.mean(s, [0])
            n = torch.mean(t, [0])
            u = torch.sqrt(torch.mean(torch.square(torch.sub(s, m)), [0]))
            v = torch.sqrt(torch.mean(torch.square(torch.sub(t, n)), [0]))
            u = torch.where(torch.gt(u, 1e-9), u, torch.ones_like(u))
            w = torch.where(torch.gt(v, 1e-9), v, torch.ones_like(v))
            x = torch.div(torch.sub(s, m), u)
            y = torch.div(torch.sub(t, n), w)
            i = torch.eye(x.size(1), dtype=x.dtype)
            p, q = torch.linalg_eigh(torch.add(torch.div(torch.mm(torch.t(x), x), x.size(0)), i))
            r, z = torch.linalg_eigh(torch.add(torch.div(torch.mm(torch.t(y), y), y.size(0)), i))
            white = torch.mm(torch.div(q, torch.sqrt(p)), torch.t(q))
            colour = torch.mm(torch.mul(z, torch.sqrt(r)), torch.t(z))
            return torch.add(torch.mul(torch.mm(x, torch.mm(white, colour)), v), n).float()
            """;

    private final Features plain;
    private final String name;
    private final int size;
    private final Features target;
    private final int targetSize;
    private final int threads;
    /** Of the view that was asked for last: an epoch asks for one. */
    private float[] whole = {};

    private long wholeView = -1;

    private Recolouring(LabelledFeatures source, LabelledFeatures target, String name, int threads) {
        this.plain = source.features();
        this.size = source.size();
        this.target = target.features();
        this.targetSize = target.size();
        this.name = name;
        this.threads = threads;
    }

    /** @throws Refusal where what crosses to the head is no row of numbers per example */
    static LabelledFeatures of(LabelledFeatures source, LabelledFeatures target, int threads) {
        long view = viewOf(source.features());
        Map<String, Values> first = source.features().of(new int[] {0}, view);
        Values only = first.values().iterator().next();
        if (first.size() != 1 || only.type() != ElementType.FLOAT || only.shape().length != 2) {
            throw new Refusal(
                    "--adapt coral-closed re-colours one row of features per example, and below this head lie "
                            + first.keySet() + " " + Arrays.toString(only.shape())
                            + ". Stand the head on a tensor of rows with --features, or adapt by --adapt coral.");
        }
        String name = first.keySet().iterator().next();
        return new LabelledFeatures(new Recolouring(source, target, name, threads), source.targets(), source.sizes());
    }

    private static long viewOf(Features features) {
        return features.has(0, 0) ? 0 : 1;
    }

    private static float[] all(Features features, String name, int size, long view) {
        float[] out = null;
        for (int from = 0; from < size; from += AT_ONCE) {
            int[] some = IntStream.range(from, Math.min(from + AT_ONCE, size)).toArray();
            FloatBuffer rows = features.of(some, view).get(name).floats();
            int width = rows.remaining() / some.length;
            out = out == null ? new float[Math.multiplyExact(size, width)] : out;
            rows.get(out, from * width, some.length * width);
        }
        return out;
    }

    private float[] recoloured(long view) {
        if (view == wholeView) {
            return whole;
        }
        float[] source = all(plain, name, size, view);
        float[] others = all(target, name, targetSize, viewOf(target));
        int width = source.length / size;
        try (NDManager manager = TorchEngine.start(threads);
                TorchScript script = new TorchScript(manager)) {
            NDArray here = ArrayTensors.toArray(manager, source, size, width);
            NDArray there = ArrayTensors.toArray(manager, others, targetSize, width);
            whole = script.call(manager, FORMULA.strip(), 1, here, there).head().toFloatArray();
            wholeView = view;
        }
        return whole;
    }

    @Override
    public Map<String, Values> of(int[] examples, long view) {
        float[] all = recoloured(view);
        int width = all.length / size;
        float[] out = new float[examples.length * width];
        for (int i = 0; i < examples.length; i++) {
            System.arraycopy(all, examples[i] * width, out, i * width, width);
        }
        return Map.of(name, Values.ofFloats(new long[] {examples.length, width}, out));
    }

    @Override
    public boolean has(int example, long view) {
        return plain.has(example, view);
    }

    @Override
    public Optional<NDArray> matrix(NDManager owner, long view) {
        float[] all = recoloured(view);
        return Optional.of(ArrayTensors.toArray(owner, all, size, all.length / size));
    }

    @Override
    public void close() {
        plain.close();
    }
}
