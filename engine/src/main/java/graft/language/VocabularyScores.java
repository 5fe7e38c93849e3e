package graft.language;

import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.text.TextEncoder;
import graft.text.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The output of a network that scores each token of the vocabulary at each place, found by running it on a few tokens.
 *
 * @param output its name
 * @param width how many tokens are scored
 * @param forwards whether a place knows nothing of those behind it, as in networks that write on
 */
public record VocabularyScores(String output, int width, boolean forwards) {
    private static final String USUAL = "logits";
    private static final int TRIED = 6;
    /** Of numbers that are computed in the same way from the same tokens. */
    private static final double SAME = 1e-4;

    /** Empty where no output is of that kind. */
    public static Optional<VocabularyScores> of(Model network, TextEncoder encoder, int fixedBatch) {
        try (OrtSession session = OrtSession.openPlain(network)) {
            return of(session, encoder, fixedBatch);
        }
    }

    static Optional<VocabularyScores> of(OrtSession session, TextEncoder encoder, int fixedBatch) {
        int most = encoder.inputs().positions().orElse(TRIED);
        int length = encoder.fixedLength().orElse(Math.min(TRIED, most));
        int tokens = encoder.inputs().embeddings().orElse(encoder.file().vocabulary());
        int batch = Math.max(1, fixedBatch);
        int[] one = IntStream.range(0, length).map(i -> (7 * i + 3) % tokens).toArray();
        int[] other = one.clone();
        other[length - 1] = (one[length - 1] + 1) % tokens;
        Map<String, Values> fed = fed(session, encoder, one, batch);
        List<String> candidates = new ArrayList<>();
        session.shapes(fed).forEach((name, shape) -> {
            boolean scores = shape.length == 3
                    && shape[0] == batch
                    && shape[1] == length
                    && (encoder.inputs().embeddings().isPresent() ? shape[2] == tokens : shape[2] >= tokens);
            if (scores && isFloat(session, name)) {
                candidates.add(name);
            }
        });
        Optional<String> found = candidates.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(USUAL))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Values first = session.run(fed, found.get());
        Values second = session.run(fed(session, encoder, other, batch), found.get());
        int width = Math.toIntExact(first.shape()[2]);
        return Optional.of(new VocabularyScores(found.get(), width, alike(first, second, (length - 1) * width)));
    }

    private static boolean isFloat(OrtSession session, String output) {
        return Optional.ofNullable(session.outputs().get(output))
                .flatMap(ValueInfo::type)
                .filter(type -> type == ElementType.FLOAT)
                .isPresent();
    }

    private static Map<String, Values> fed(OrtSession session, TextEncoder encoder, int[] ids, int batch) {
        Tokens tokens = new Tokens(ids, new int[ids.length], false, false);
        return session.taken(
                encoder.batch(IntStream.range(0, batch).mapToObj(i -> tokens).collect(Collectors.toList())));
    }

    private static boolean alike(Values one, Values other, int count) {
        float[] a = new float[count];
        float[] b = new float[count];
        one.floats().get(a);
        other.floats().get(b);
        double largest = 1;
        double apart = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
            apart = Math.max(apart, Math.abs(a[i] - b[i]));
        }
        return apart <= SAME * largest;
    }
}
