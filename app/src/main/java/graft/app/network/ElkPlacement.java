package graft.app.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import org.slf4j.LoggerFactory;

/** Placement by ELK's layered algorithm: few crossings and short arrows, in a time that grows fast with the boxes. */
final class ElkPlacement {
    /**
     * Boxes and crossed rows together (ELK makes a node of each) up to which it is asked at all: about a second of one core.
     */
    static final long LARGEST = 1_500;

    /** ELK walks graphs by recursion; a long network is deep. Memory is taken only as far as it is used. */
    private static final long STACK = 128L << 20;

    private static final long POLL_MILLIS = 20;

    private ElkPlacement() {}

    /**
     * Empty where patience ends, if it does, or ELK fails. Its algorithms look at a cancellation only between their phases, so each
     * layout has a thread and a provider of its own, which nobody waits for once it is not wanted any more.
     *
     * @throws CancellationException once {@code cancelled} says so
     */
    static Optional<GraphLayout> of(Outline outline, BooleanSupplier cancelled, Optional<Duration> patience) {
        CompletableFuture<GraphLayout> result = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.complete(layOut(outline, result::isCancelled));
                    } catch (Throwable e) { // whatever it is, another placement takes over
                        result.completeExceptionally(e);
                    }
                },
                "layout",
                STACK);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        try {
            long began = System.nanoTime();
            return await(
                    result,
                    cancelled,
                    () -> patience.isPresent()
                            && System.nanoTime() - began > patience.get().toNanos());
        } finally {
            result.cancel(false);
        }
    }

    private static Optional<GraphLayout> await(
            CompletableFuture<GraphLayout> result, BooleanSupplier cancelled, BooleanSupplier late) {
        while (!late.getAsBoolean()) {
            if (cancelled.getAsBoolean()) {
                throw new CancellationException("the graph is not wanted any more");
            }
            try {
                return Optional.of(result.get(POLL_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException notYet) {
                continue;
            } catch (ExecutionException e) {
                LoggerFactory.getLogger(ElkPlacement.class).warn("ELK gave up; placed simply instead", e.getCause());
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
        return Optional.empty();
    }

    /** Stops ELK wherever it reports progress, not only between its phases. */
    private static final class Monitor extends BasicProgressMonitor {
        private final BooleanSupplier cancelled;

        private Monitor(BooleanSupplier cancelled) {
            this.cancelled = cancelled;
        }

        @Override
        public boolean isCanceled() {
            return cancelled.getAsBoolean();
        }

        @Override
        protected void doBegin(String name, float work, boolean top, int maxLevels) {
            stopIfCancelled();
        }

        @Override
        protected void doWorked(float completed, float total, boolean top) {
            stopIfCancelled();
        }

        @Override
        protected BasicProgressMonitor doSubTask(float work, int maxLevels) {
            return new Monitor(cancelled);
        }

        private void stopIfCancelled() {
            if (isCanceled()) {
                throw new CancellationException("the graph is not wanted any more");
            }
        }
    }

    private static GraphLayout layOut(Outline outline, BooleanSupplier cancelled) {
        LayoutMetaDataService.getInstance(); // registers what the options' defaults are copied with
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GraphLayout.GAP);
        // ELK's default walks off diagonally on long networks with skip connections.
        root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        List<ElkNode> nodes = new ArrayList<>();
        for (Outline.Box box : outline.boxes()) {
            ElkNode node = ElkGraphUtil.createNode(root);
            node.setDimensions(GraphLayout.widthOf(box), GraphLayout.heightOf(box));
            nodes.add(node);
        }
        List<ElkEdge> edges = new ArrayList<>();
        for (Outline.Arrow arrow : outline.arrows()) {
            edges.add(ElkGraphUtil.createSimpleEdge(nodes.get(arrow.from()), nodes.get(arrow.to())));
        }
        // Not through ELK's engine: its pool of providers is one for all threads.
        new LayeredLayoutProvider().layout(root, new Monitor(cancelled));
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("the graph is not wanted any more");
        }
        return new GraphLayout(
                outline,
                nodes.stream()
                        .map(node -> new Rectangle2D(node.getX(), node.getY(), node.getWidth(), node.getHeight()))
                        .toList(),
                edges.stream().map(ElkPlacement::points).toList(),
                root.getWidth(),
                root.getHeight(),
                false);
    }

    private static List<Point2D> points(ElkEdge edge) {
        List<Point2D> out = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            out.add(new Point2D(section.getStartX(), section.getStartY()));
            for (ElkBendPoint bend : section.getBendPoints()) {
                out.add(new Point2D(bend.getX(), bend.getY()));
            }
            out.add(new Point2D(section.getEndX(), section.getEndY()));
        }
        return out;
    }
}
