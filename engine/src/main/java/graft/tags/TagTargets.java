package graft.tags;

import graft.data.Examples;
import graft.onnx.ElementType;
import graft.onnx.Values;
import graft.text.Tokens;
import graft.text.WindowTargets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A tag for the first token of each word, as soft targets of a cross-entropy; all other tokens count nothing, as PyTorch's
 * {@code ignore_index} leaves them out. Examples are windows of sentences.
 *
 * @param tags in the order of the network's answers
 * @param sentences that the windows are of
 * @param gold by sentence and word, the number of its tag; −1 where nobody knows it
 * @param windows of the sentences
 * @param sentence by window, which one it is of
 * @param weights how much a word with each tag counts
 * @param smoothing share that is spread over all tags, 0…1
 * @param length of all windows, where the network's file fixes it
 */
public record TagTargets(
        List<String> tags,
        List<Sentence> sentences,
        int[][] gold,
        List<Windows.Window> windows,
        int[] sentence,
        float[] weights,
        double smoothing,
        OptionalInt length)
        implements WindowTargets {
    /** The tensor that {@link #of(int[], int)} gives: {@code [N, tokens, tags]}, FLOAT. */
    static final String NAME = "target";

    /** All tags alike, nothing smoothed. */
    static TagTargets equal(
            List<String> tags,
            List<Sentence> sentences,
            List<Windows.Window> windows,
            int[] sentence,
            OptionalInt length) {
        float[] alike = new float[tags.size()];
        Arrays.fill(alike, 1);
        Set<String> known = Set.copyOf(tags);
        int[][] gold = sentences.stream()
                .map(each -> each.tags().isEmpty()
                        ? IntStream.range(0, each.words()).map(word -> -1).toArray()
                        : Scheme.spelled(each.tags(), known).stream()
                                .mapToInt(tags::indexOf)
                                .toArray())
                .toArray(int[][]::new);
        return new TagTargets(tags, sentences, gold, windows, sentence, alike, 0, length);
    }

    /** The targets of examples whose words have tags. */
    public static TagTargets of(Examples examples) {
        return examples.targets(TagTargets.class);
    }

    /** The same for a network that answers with other tags, or with these in another order. */
    TagTargets answeredBy(List<String> others) {
        return others.equals(tags) ? this : equal(others, sentences, windows, sentence, length);
    }

    @Override
    public TagTargets ofLength(OptionalInt fixed) {
        return new TagTargets(tags, sentences, gold, windows, sentence, weights, smoothing, fixed);
    }

    /** Every tag weighs the same in sum: n / (tags · words with the tag). */
    public TagTargets balanced() {
        int[] counts = new int[tags.size()];
        int all = 0;
        for (int[] words : gold) {
            for (int tag : words) {
                counts[Math.max(0, tag)] += tag < 0 ? 0 : 1;
                all += tag < 0 ? 0 : 1;
            }
        }
        float[] out = new float[counts.length];
        for (int tag = 0; tag < out.length; tag++) {
            out[tag] = counts[tag] == 0 ? 0 : (float) all / (out.length * counts[tag]);
        }
        return new TagTargets(tags, sentences, gold, windows, sentence, out, smoothing, length);
    }

    public TagTargets smoothed(double share) {
        return new TagTargets(tags, sentences, gold, windows, sentence, weights, share, length);
    }

    @Override
    public Map<String, Values> of(int[] examples, int real) {
        int longest = longest(examples);
        int width = tags.size();
        ByteBuffer values = ByteBuffer.allocate(Math.multiplyExact(examples.length * longest, width * Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < real; i++) {
            Windows.Window window = windows.get(examples[i]);
            for (int w = 0; w < window.places().length; w++) {
                int label = label(examples[i], w);
                int row = (i * longest + window.places()[w]) * width;
                for (int tag = 0; label >= 0 && tag < width; tag++) {
                    double share = smoothing / width + (tag == label ? 1 - smoothing : 0);
                    values.putFloat((row + tag) * Float.BYTES, (float) (weights[tag] * share));
                }
            }
        }
        return Map.of(NAME, new Values(ElementType.FLOAT, new long[] {examples.length, longest, width}, values));
    }

    /** The tag of a word of a window, by its place in the window's list. */
    int label(int window, int word) {
        return gold[sentence[window]][windows.get(window).words()[word]];
    }

    @Override
    public Tokens tokens(int window) {
        return windows.get(window).tokens();
    }

    @Override
    public int owner(int window) {
        return sentence[window];
    }

    /** Words of these windows that have tags, weighed: what PyTorch's mean with {@code ignore_index} divides by. */
    @Override
    public double weight(int[] examples) {
        double sum = 0;
        for (int example : examples) {
            for (int w = 0; w < windows.get(example).words().length; w++) {
                int label = label(example, w);
                sum += label < 0 ? 0 : weights[label];
            }
        }
        // A step of sentences without any word that counts has a loss of nothing.
        return sum == 0 ? 1 : sum;
    }
}
