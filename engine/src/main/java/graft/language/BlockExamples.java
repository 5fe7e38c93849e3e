package graft.language;

import graft.data.Examples;
import graft.data.Fingerprint;
import graft.data.Targets;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.text.Tokens;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Blocks of tokens, each of which is to be said from those before it. */
final class BlockExamples implements Examples {
    private final Path source;
    private final Blocks blocks;
    private final BlockEncoder encoder;
    private final TokenTargets targets;

    private BlockExamples(Path source, Blocks blocks, BlockEncoder encoder, TokenTargets targets) {
        this.source = source;
        this.blocks = blocks;
        this.encoder = encoder;
        this.targets = targets;
    }

    static BlockExamples of(Path source, Blocks blocks, BlockEncoder encoder, VocabularyScores scores) {
        return new BlockExamples(
                source,
                blocks,
                encoder,
                new TokenTargets(
                        scores.output(),
                        scores.width(),
                        blocks.ids().size(),
                        i -> next(blocks.ids().get(i)),
                        1));
    }

    /** At each place the token behind it: the one shift there is. */
    private static int[] next(int[] block) {
        int[] out = Arrays.copyOfRange(block, 1, block.length + 1);
        out[block.length - 1] = TokenTargets.NONE;
        return out;
    }

    int[] ids(int i) {
        return blocks.ids().get(i);
    }

    BlockEncoder encoder() {
        return encoder;
    }

    @Override
    public int size() {
        return blocks.ids().size();
    }

    @Override
    public String name(int i) {
        return blocks.names().get(i);
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
        return key(blocks.ids().get(i));
    }

    static String key(int[] ids) {
        Fingerprint out = new Fingerprint();
        for (int id : ids) {
            out.add(id);
        }
        return out.hex();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    /** Blocks have one view only. */
    @Override
    public Map<String, Values> inputs(int[] examples, long view) {
        return encoder.texts()
                .batch(Arrays.stream(examples)
                        .mapToObj(i -> tokens(blocks.ids().get(i)))
                        .toList());
    }

    static Tokens tokens(int[] ids) {
        return new Tokens(ids, new int[ids.length], false, false);
    }

    @Override
    public Examples fedTo(Path file, List<ValueInfo> inputs) {
        BlockEncoder other = encoder.fedTo(inputs);
        return other == encoder ? this : new BlockExamples(source, blocks, other, targets);
    }

    @Override
    public long bytes() {
        return bytes(encoder);
    }

    static long bytes(BlockEncoder encoder) {
        return encoder.texts().gives().stream()
                .mapToLong(input ->
                        (long) encoder.length() * input.type().orElseThrow().bytes())
                .sum();
    }
}
