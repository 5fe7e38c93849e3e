package graft.app.network;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the boxes and arrows of an outline are drawn: the input on top, everything flows down.
 *
 * @param boxes in the order of the outline
 * @param arrows in the order of the outline, from the first point to the last
 */
record GraphLayout(Outline outline, List<Rectangle2D> boxes, List<List<Point2D>> arrows, double width, double height) {
    private static final double LARGE_WIDTH = 250;
    private static final double LARGE_HEIGHT = 46;
    private static final double SMALL_WIDTH = 180;
    private static final double SMALL_HEIGHT = 24;
    /** Between rows; leaves room for the frontier. */
    static final double GAP = 26;

    /** Takes a while (0.1 to 1 s for 1 000 boxes): not for the FX thread. One at a time, as ELK wishes. */
    static synchronized GraphLayout of(Outline outline) {
        ElkNode root = ElkGraphUtil.createGraph();
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.DOWN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, GAP);
        // ELK's default walks off diagonally on long networks with skip connections.
        root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        List<ElkNode> nodes = new ArrayList<>();
        for (Outline.Box box : outline.boxes()) {
            ElkNode node = ElkGraphUtil.createNode(root);
            node.setDimensions(box.isLarge() ? LARGE_WIDTH : SMALL_WIDTH, box.isLarge() ? LARGE_HEIGHT : SMALL_HEIGHT);
            nodes.add(node);
        }
        List<ElkEdge> edges = new ArrayList<>();
        for (Outline.Arrow arrow : outline.arrows()) {
            edges.add(ElkGraphUtil.createSimpleEdge(nodes.get(arrow.from()), nodes.get(arrow.to())));
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        return new GraphLayout(
                outline,
                nodes.stream()
                        .map(node -> new Rectangle2D(node.getX(), node.getY(), node.getWidth(), node.getHeight()))
                        .toList(),
                edges.stream().map(GraphLayout::points).toList(),
                root.getWidth(),
                root.getHeight());
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
