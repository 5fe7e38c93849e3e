package graft.language;

import graft.judge.Showing;
import graft.onnx.Values;
import graft.text.TextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Reads the whole text anew for each token; of one that is longer than the network can read, its end. */
final class WholeText implements NextScores {
    private final TextEncoder encoder;
    private final String output;
    private final OptionalInt context;
    private final int batch;
    private final Showing.Answering network;
    private boolean windowed;

    /** @param batch texts that the network's file fixes; 0 where it takes any number */
    WholeText(TextEncoder encoder, String output, OptionalInt context, int batch, Showing.Answering network) {
        this.encoder = encoder;
        this.output = output;
        this.context = context;
        this.batch = Math.max(1, batch);
        this.network = network;
    }

    @Override
    public float[] after(int[] ids) {
        int[] read = window(ids, context);
        windowed |= read.length < ids.length;
        Values said = network.answers(encoder.batch(java.util.Collections.nCopies(batch, BlockExamples.tokens(read))))
                .get(output);
        return row(said, read.length - 1);
    }

    static int[] window(int[] ids, OptionalInt most) {
        return most.isPresent() && ids.length > most.getAsInt()
                ? Arrays.copyOfRange(ids, ids.length - most.getAsInt(), ids.length)
                : ids;
    }

    /** Scores at one place of the first text. */
    static float[] row(Values scores, int place) {
        float[] out = new float[Math.toIntExact(scores.shape()[2])];
        var numbers = scores.floats();
        numbers.get(numbers.position() + place * out.length, out);
        return out;
    }

    @Override
    public boolean isWindowed() {
        return windowed;
    }

    static List<Integer> boxed(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }
}
