package graft.app.network;

import graft.app.controls.Counts;
import graft.app.network.Marks.Lock;
import graft.app.network.Outline.Box;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The graph in words, for those who hear it: the selected box, what feeds it and what reads it. */
final class GraphWords {
    private GraphWords() {}

    /**
     * @param whole what there is to say of the network
     * @param selected numbers of boxes
     */
    static String of(Outline outline, Marks marks, Set<Integer> selected, String whole) {
        if (selected.isEmpty()) {
            return Texts.of("network.graph.accessible", whole);
        }
        if (selected.size() > 1) {
            return Texts.of(
                    "network.graph.accessible.several", selected.size(), titles(outline, List.copyOf(selected)));
        }
        int number = selected.iterator().next();
        Box box = outline.boxes().get(number);
        String itself = Stream.of(
                        box.title(),
                        box.kind().equals(box.title()) ? "" : box.kind(),
                        box.shape().isEmpty() ? "" : Texts.of("network.graph.accessible.shape", box.shape()),
                        box.parameters() == 0
                                ? ""
                                : Texts.of("network.graph.accessible.parameters", Counts.exact(box.parameters())),
                        lock(marks.locks().get(number)))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        return Texts.of(
                "network.graph.accessible.one",
                itself,
                titles(outline, outline.below(number)),
                titles(outline, outline.above(number)));
    }

    private static String titles(Outline outline, List<Integer> boxes) {
        return boxes.isEmpty()
                ? Texts.of("network.graph.accessible.nothing")
                : boxes.stream()
                        .limit(6)
                        .map(number -> outline.boxes().get(number).title())
                        .collect(Collectors.joining(", "));
    }

    private static String lock(Lock lock) {
        return switch (lock) {
            case NONE -> "";
            case FROZEN -> Texts.of("network.state.frozen");
            case PARTLY -> Texts.of("network.state.partly");
            case LEARNING -> Texts.of("network.state.learning");
        };
    }
}
