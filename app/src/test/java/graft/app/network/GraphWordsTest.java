package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import graft.network.Importer;
import graft.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a graph, and the frames around its open blocks. */
class GraphWordsTest {
    @TempDir
    Path folder;

    private Network network;

    @BeforeEach
    void open() {
        network = Importer.open(SmallNetworks.write(
                folder.resolve("n.onnx"),
                SmallNetworks.chain(
                        "stem", "layer1.0.a", "layer1.0.b", "layer1.1.a", "layer1.1.b", "layer2.0.a", "layer2.0.b"),
                Map.of()));
    }

    private Outline outline(String... open) {
        return Outline.of(network, tensor -> null, GraphLevel.ARCHITECTURE, Set.of(open), LayerBlocks.of(network));
    }

    private static List<String> titles(Outline outline) {
        return outline.boxes().stream().map(Outline.Box::title).toList();
    }

    @Test
    void theSelectedBoxIsSaidWithItsNeighbours() {
        Outline outline = outline();
        Marks marks = Marks.of(outline, network, tensor -> null, 0);
        assertThat(GraphWords.of(outline, marks, Set.of(2), ""))
                .isEqualTo("layer1, 2 × block, 592 parameters, frozen. Fed by stem. Read by layer2.");
        assertThat(GraphWords.of(outline, marks, Set.of(0), "")).contains("Fed by nothing");
        assertThat(GraphWords.of(outline, marks, Set.of(), "a network")).endsWith("a network");
    }

    @Test
    void aStageOpensIntoItsBlocksAndABlockIntoItsLayers() {
        assertThat(titles(outline())).startsWith("x", "stem", "layer1", "layer2");
        assertThat(titles(outline("layer1"))).startsWith("x", "stem", "layer1.0", "layer1.1", "layer2");
        assertThat(titles(outline("layer1", "layer1.1")))
                .startsWith("x", "stem", "layer1.0", "layer1.1.a", "layer1.1.b", "layer2");
        // Shut again, the stage hides what is open inside of it.
        assertThat(titles(outline("layer1.1"))).startsWith("x", "stem", "layer1", "layer2");
    }

    @Test
    void framesStandAroundWhatIsOpenAndAreClosedByTheirTabs() {
        GraphLayout layout = SimplePlacement.of(outline("layer1", "layer1.1"), Ranks.of(outline("layer1", "layer1.1")));
        Frames frames = Frames.of(layout);
        assertThat(frames.frames()).extracting(Frames.Frame::block).containsExactly("layer1", "layer1.1");
        Rectangle2D outer = frames.frames().get(0).at();
        Rectangle2D inner = frames.frames().get(1).at();
        assertThat(outer.contains(inner)).isTrue();
        for (int i = 0; i < layout.boxes().size(); i++) {
            boolean inside = layout.outline().boxes().get(i).inside().contains("layer1");
            assertThat(outer.contains(layout.boxes().get(i)))
                    .as(titles(layout.outline()).get(i))
                    .isEqualTo(inside);
            assertThat(inside || !outer.intersects(layout.boxes().get(i))).isTrue();
        }
        assertThat(frames.tabAt(new Point2D(inner.getMinX() + 5, inner.getMinY() + 5)))
                .isEqualTo("layer1.1");
        assertThat(frames.tabAt(new Point2D(outer.getMinX() + 5, outer.getMinY() + 5)))
                .isEqualTo("layer1");
        assertThat(frames.tabAt(new Point2D(-500, 0))).isNull();
    }

    @Test
    void whatNearlyAllNamesBeginWithIsLeftOut() {
        String[] names = new String[12];
        for (int i = 0; i < names.length; i++) {
            names[i] = "net.block" + i / 4 + "." + i % 4;
        }
        // The classifier of the small network is called fc: no part of the wrapper.
        Network wrapped =
                Importer.open(SmallNetworks.write(folder.resolve("w.onnx"), SmallNetworks.chain(names), Map.of()));
        assertThat(ShortNames.of(wrapped)).isEqualTo(new ShortNames("net."));
        assertThat(ShortNames.of(wrapped).of("net.block0.1")).isEqualTo("block0.1");
        assertThat(ShortNames.of(wrapped).of("fc")).isEqualTo("fc");
        assertThat(ShortNames.of(network).prefix()).isEmpty();
    }
}
