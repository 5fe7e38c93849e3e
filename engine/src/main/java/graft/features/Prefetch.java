package graft.features;

import graft.onnx.Values;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Makes the features of the next batch in the background while this one is learnt from. Used by one thread. */
final class Prefetch implements Features {
    private final Features source;
    private int[] examples = {};
    private long view;
    private CompletableFuture<Map<String, Values>> coming = CompletableFuture.completedFuture(Map.of());

    /** Closes {@code source} when it is closed itself. */
    Prefetch(Features source) {
        this.source = source;
    }

    @Override
    public void expect(int[] examples, long view) {
        await();
        int[] asked = examples.clone();
        this.examples = asked;
        this.view = view;
        this.coming = CompletableFuture.supplyAsync(() -> source.of(asked, view));
    }

    @Override
    public Map<String, Values> of(int[] examples, long view) {
        if (this.examples.length == 0 || this.view != view || !Arrays.equals(this.examples, examples)) {
            await();
            return source.of(examples, view);
        }
        this.examples = new int[0];
        try {
            return coming.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException defect ? defect : e;
        }
    }

    /** The source serves one thread at a time. What became of a batch that nobody asks for does not matter. */
    private void await() {
        coming.handle((features, failure) -> features).join();
        examples = new int[0];
    }

    @Override
    public boolean has(int example, long view) {
        return source.has(example, view);
    }

    @Override
    public void close() {
        await();
        source.close();
    }
}
