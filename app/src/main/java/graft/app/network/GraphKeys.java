package graft.app.network;

import java.util.List;
import javafx.scene.input.KeyEvent;

/** The keys that move in the graph: arrows walk along its edges, Enter opens a block, Backspace closes the one around. */
final class GraphKeys {
    private final GraphPane graph;

    GraphKeys(GraphPane graph) {
        this.graph = graph;
    }

    void on() {
        graph.setOnKeyPressed(this::pressed);
    }

    private void pressed(KeyEvent event) {
        boolean done = !event.isShortcutDown() && !event.isAltDown() && graph.graph() != null;
        if (done) {
            switch (event.getCode()) {
                case F -> graph.fit();
                case PLUS, ADD, EQUALS -> graph.zoomIn();
                case MINUS, SUBTRACT -> graph.zoomOut();
                case DOWN -> walk(true, event.isShiftDown());
                case UP -> walk(false, event.isShiftDown());
                case RIGHT -> sideways(1);
                case LEFT -> sideways(-1);
                case HOME -> graph.reveal(0);
                case END -> graph.reveal(graph.graph().boxes().size() - 1);
                case ESCAPE -> graph.selection().clear();
                case ENTER -> graph.selection().boxes().stream().findFirst().ifPresent(graph::reportOpened);
                case BACK_SPACE -> close();
                default -> done = false;
            }
        }
        if (done) {
            event.consume();
        }
    }

    private void close() {
        graph.selection().boxes().stream().findFirst().ifPresent(box -> {
            List<String> inside = graph.graph().outline().boxes().get(box).inside();
            if (!inside.isEmpty()) {
                graph.reportClosed(inside.get(inside.size() - 1));
            }
        });
    }

    /** Along an arrow, down the drawing or up; from nothing, to the first box or the last. */
    private void walk(boolean down, boolean range) {
        int from = graph.selection().end();
        if (from < 0) {
            graph.reveal(down ? 0 : graph.graph().boxes().size() - 1);
            return;
        }
        Outline outline = graph.graph().outline();
        List<Integer> next = down ? outline.above(from) : outline.below(from);
        if (!next.isEmpty() && range) {
            graph.selection().extendTo(next.get(0));
            graph.bringIntoView(next.get(0));
        } else if (!next.isEmpty()) {
            graph.reveal(next.get(0));
        }
    }

    /** To the nearest box beside this one. */
    private void sideways(int direction) {
        int from = graph.selection().end();
        if (from >= 0) {
            int best = graph.graph().beside(from, direction);
            if (best >= 0) {
                graph.reveal(best);
            }
        }
    }
}
