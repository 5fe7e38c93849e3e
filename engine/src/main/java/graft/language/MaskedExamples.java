package graft.language;

import graft.data.Examples;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Blocks of tokens of which some are hidden and to be found out, as BERT learns (Devlin et al. 2018): of those that are chosen, 80 % are
 * masked, 10 % become any other, 10 % stay.
 */
final class MaskedExamples implements Examples {
    /**
     * How tokens are hidden.
     *
     * @param mask the number that stands for what is hidden
     * @param special numbers that are never hidden, nor put in the place of others
     * @param vocabulary how many numbers there are
     * @param share of the tokens that is chosen
     * @param seed of what is chosen
     * @param versions of each block, each with others hidden
     */
    record Hiding(int mask, TreeSet<Integer> special, int vocabulary, double share, long seed, int versions) {}

    private static final double MASKED = 0.8;
    private static final double OTHER = 0.9;

    private final Path source;
    private final Blocks blocks;
    private final BlockEncoder encoder;
    private final Hiding hiding;
    private final TokenTargets targets;

    private MaskedExamples(Path source, Blocks blocks, BlockEncoder encoder, Hiding hiding, TokenTargets targets) {
        this.source = source;
        this.blocks = blocks;
        this.encoder = encoder;
        this.hiding = hiding;
        this.targets = targets;
    }

    /** @param output the network's output with a score for each token */
    static MaskedExamples of(
            Path source, Blocks blocks, BlockEncoder encoder, Hiding hiding, String output, int vocabulary) {
        int count = blocks.ids().size();
        return new MaskedExamples(
                source,
                blocks,
                encoder,
                hiding,
                new TokenTargets(
                        output,
                        vocabulary,
                        count * hiding.versions,
                        i -> hidden(blocks.ids().get(i % count), i / count, hiding).wanted,
                        hiding.versions));
    }

    /**
     * A block with tokens hidden.
     *
     * @param ids as the network sees them
     * @param wanted the tokens that are to be found out, at their places
     */
    record Hidden(int[] ids, int[] wanted) {}

    /** Depends on nothing but the block, the version and the seed. */
    static Hidden hidden(int[] block, int version, Hiding how) {
        SplittableRandom random = new SplittableRandom(
                how.seed * 0x9E3779B97F4A7C15L + version * 0xBF58476D1CE4E5B9L + Arrays.hashCode(block));
        int[] places = IntStream.range(0, block.length)
                .filter(t -> !how.special.contains(block[t]))
                .toArray();
        for (int i = places.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = places[i];
            places[i] = places[j];
            places[j] = swapped;
        }
        int[] ids = block.clone();
        int[] wanted = new int[block.length];
        Arrays.fill(wanted, TokenTargets.NONE);
        int count = places.length == 0 ? 0 : Math.max(1, (int) Math.round(how.share * places.length));
        for (int i = 0; i < count; i++) {
            wanted[places[i]] = block[places[i]];
            double fate = random.nextDouble();
            ids[places[i]] = fate < MASKED ? how.mask : fate < OTHER ? other(random, how) : block[places[i]];
        }
        return new Hidden(ids, wanted);
    }

    private static int other(SplittableRandom random, Hiding how) {
        int out = random.nextInt(how.vocabulary);
        while (how.special.contains(out)) {
            out = random.nextInt(how.vocabulary);
        }
        return out;
    }

    private int block(int i) {
        return i % blocks.ids().size();
    }

    private int version(int i) {
        return i / blocks.ids().size();
    }

    @Override
    public int size() {
        return blocks.ids().size() * hiding.versions;
    }

    @Override
    public String name(int i) {
        return blocks.names().get(block(i)) + (version(i) == 0 ? "" : ", hidden otherwise (" + (version(i) + 1) + ")");
    }

    @Override
    public String place(int i) {
        return source + ", " + name(i);
    }

    @Override
    public String preparing() {
        return "--tokenizer, --block-size";
    }

    @Override
    public String key(int i) {
        return BlockExamples.key(hidden(blocks.ids().get(block(i)), version(i), hiding).ids);
    }

    @Override
    public Targets targets() {
        return targets;
    }

    /** What is hidden is a matter of versions, not of views. */
    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        return encoder.texts()
                .batch(Arrays.stream(examples)
                        .mapToObj(i -> BlockExamples.tokens(hidden(blocks.ids().get(block(i)), version(i), hiding).ids))
                        .toList());
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        BlockEncoder other = encoder.fedTo(inputs);
        return other == encoder ? this : new MaskedExamples(source, blocks, other, hiding, targets);
    }

    @Override
    public long bytes() {
        return BlockExamples.bytes(encoder);
    }
}
