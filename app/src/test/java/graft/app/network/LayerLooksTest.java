package graft.app.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.jobs.DirectJobRunner;
import graft.app.task.ExampleSet;
import graft.app.task.Shown;
import graft.catalog.MiniLm;
import graft.evaluate.LayerResponse;
import graft.evaluate.LayerResponse.Channel;
import graft.network.Layer;
import graft.options.Settings;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerLooksTest {
    private static final int RED = 0;
    private static final int BLUE = 2;

    @TempDir
    Path folder;

    private final ObjectProperty<ExampleSet> data = new SimpleObjectProperty<>();
    private final ObjectProperty<List<String>> classes = new SimpleObjectProperty<>(List.of());
    private NetworkViewModel networks;

    private void open(Path network, Path examples) {
        ExampleSet set = ExampleSet.open(examples, Settings.NONE);
        classes.set(set.classNames());
        data.set(set);
        networks = new NetworkViewModel(new DirectJobRunner(), new InProcessWorker(), classes, data);
        networks.open(network);
        assertThat(networks.problemProperty().get()).isEmpty();
    }

    private Layer layer(String name) {
        return networks.networkProperty().get().shownLayers().stream()
                .filter(each -> each.name().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private ChosenExample example() {
        return networks.looks().example();
    }

    private Channel strongest() {
        assertThat(networks.looks().problemProperty().get()).isEmpty();
        return networks.looks().responseProperty().get().strongest().get(0);
    }

    private void pictures() throws Exception {
        open(SmallNetworks.sameAgain(folder.resolve("net.onnx")), RedAndBlue.splitPictures(folder.resolve("data"), 3));
        networks.looks().ask(List.of(layer("same")));
    }

    @Test
    void aLayerIsShownWithTheExampleThatIsChosen() throws Exception {
        pictures();
        assertThat(strongest().number()).as("of a blue picture").isEqualTo(BLUE);
        assertThat(strongest().strength()).isCloseTo(1, within(1e-6));
        Shown red = data.get().examples("red").get(0);
        example().choose(red);
        assertThat(strongest().number()).as("of a red picture").isEqualTo(RED);
    }

    @Test
    void nextAndPreviousGoRoundTheDataClassByClass() throws Exception {
        pictures();
        assertThat(example().count()).isEqualTo(12);
        assertThat(example().index()).isZero();
        example().previous();
        assertThat(example().index()).isEqualTo(11);
        assertThat(strongest().number()).as("the last is red").isEqualTo(RED);
        example().next();
        assertThat(example().index()).isZero();
        example().next();
        assertThat(example().exampleProperty().get())
                .isEqualTo(data.get().examples("blue").get(1));
        assertThat(strongest().number()).isEqualTo(BLUE);
    }

    @Test
    void aDroppedPictureIsNoneOfTheDataAndStaysWhenTheyChange() throws Exception {
        pictures();
        Path dropped = RedAndBlue.picture(folder.resolve("green.png"), Color.GREEN);
        example().drop(dropped);
        assertThat(example().index()).isEqualTo(-1);
        assertThat(strongest().number()).as("green").isEqualTo(1);
        data.set(ExampleSet.open(RedAndBlue.splitPictures(folder.resolve("others"), 2), Settings.NONE));
        assertThat(example().exampleProperty().get().file()).isEqualTo(dropped);
        example().next();
        assertThat(example().index()).isZero();
    }

    @Test
    void whatIsChosenIsChosenStillWhenTheDataAreReadAgain() throws Exception {
        pictures();
        example().choose(data.get().examples("red").get(1));
        int before = example().index();
        data.set(ExampleSet.open(folder.resolve("data"), Settings.NONE));
        assertThat(example().index()).isEqualTo(before);
    }

    @Test
    void whatCannotBeReadIsSaidAndShowsNothing() throws Exception {
        pictures();
        example().drop(Files.writeString(folder.resolve("words.png"), "no picture"));
        assertThat(networks.looks().responseProperty().get()).isNull();
        assertThat(networks.looks().problemProperty().get()).contains("words.png");
        example().next();
        assertThat(networks.looks().problemProperty().get()).isEmpty();
    }

    @Test
    void ofATextEachTokenIsAColumn() throws Exception {
        Path mails = Files.writeString(
                folder.resolve("mails.csv"), "text,label\nhello world,a\ngood morning to you,b\nhello,a\nyou,b\n");
        open(MiniLm.file(), mails);
        networks.looks().ask(List.of(layer("output.dense")));
        LayerResponse response = networks.looks().responseProperty().get();
        assertThat(networks.looks().problemProperty().get()).isEmpty();
        assertThat(response.channels()).as("all-MiniLM-L6-v2 is 384 wide").isEqualTo(384);
        assertThat(response.strongest().get(0).width())
                .as("[CLS] hello world [SEP]")
                .isEqualTo(4);
        example().drop(Files.writeString(folder.resolve("one.txt"), "good morning"));
        assertThat(strongest().width()).as("[CLS] good morning [SEP]").isEqualTo(4);
        example()
                .choose(data.get().examples("b").stream()
                        .filter(each -> each.words().contains("good morning to you"))
                        .findFirst()
                        .orElseThrow());
        assertThat(strongest().width()).as("four words").isEqualTo(6);
    }
}
