package graft.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.Mails;
import graft.app.RedAndBlue;
import graft.app.data.DataViewModel;
import graft.app.jobs.DirectJobRunner;
import graft.app.network.NetworkViewModel;
import graft.catalog.MiniLm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainViewModelTest {
    private static final String RESULT = "{\"status\":\"finished\",\"epochs\":[],\"val_accuracy\":0.9,\"best_epoch\":1,"
            + "\"network\":\"run/network.onnx\",\"classes\":[\"blue\",\"red\"],\"frozen_tensors\":0}";

    @TempDir
    Path folder;

    private final FakeProcess process = new FakeProcess();
    private final DataViewModel data = new DataViewModel(new DirectJobRunner());
    private final NetworkViewModel networks =
            new NetworkViewModel(new DirectJobRunner(), new InProcessWorker(), data.classesProperty());
    private TrainViewModel train;

    @BeforeEach
    void openBoth() throws IOException {
        train = new TrainViewModel(networks, data.examplesProperty(), folder, process, System::nanoTime);
        data.open(RedAndBlue.splitPictures(folder.resolve("data"), 4));
        networks.open(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        train.start();
    }

    private void finish() {
        process.says("{\"event\":\"epoch\",\"epoch\":1,\"val_loss\":0.5,\"val_accuracy\":0.9}");
        process.ends(0, RESULT);
    }

    @Test
    void aRunsPageSaysWhatItIsOf() {
        assertThat(train.run().subjectProperty().get().words())
                .isEqualTo("data · net · head · 10 epochs · SGD 0.01 · batch 16");
    }

    @Test
    void theStepSaysThatARunIsOfOtherData() throws IOException {
        finish();
        assertThat(train.headlineProperty().get()).isEqualTo("finished · 90.0 %");
        data.open(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(train.currentProperty().get()).isFalse();
        assertThat(train.headlineProperty().get()).isEqualTo("older run: finished · 90.0 %");
        data.undo();
        assertThat(train.headlineProperty().get()).isEqualTo("finished · 90.0 %");
    }

    @Test
    void theStepSaysThatARunIsOfAnotherNetwork() {
        finish();
        networks.open(RedAndBlue.network(folder.resolve("other.onnx"), 1));
        assertThat(train.headlineProperty().get()).startsWith("older run");
    }

    @Test
    void aRunUnderWayIsTheOneOfTheMoment() throws IOException {
        data.open(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(train.headlineProperty().get()).isEqualTo("preparing");
    }

    /** Not that preprocessing is missing, which could be set to no avail. */
    @Test
    void aNetworkThatTakesNoHeadSaysWhy() {
        finish();
        networks.open(RedAndBlue.oneNumber(folder.resolve("mean.onnx")));
        assertThat(train.obstacleProperty().get())
                .startsWith("This network cannot learn: A head cannot stand on the tensor")
                .contains("mean.onnx");
    }

    @Test
    void textsNeedANetworkThatReadsTexts() throws IOException {
        finish();
        data.open(Mails.table(folder.resolve("mails.csv"), 5));
        assertThat(train.obstacleProperty().get())
                .startsWith("This network reads no texts")
                .contains("MiniLM");
        networks.open(MiniLm.file());
        assertThat(train.obstacleProperty().get()).isEmpty();
        assertThat(networks.preprocessingProperty().get()).isNull();
        // Of each token 384 numbers; the mean of a text's tokens, and a linear layer with its bias for two classes.
        assertThat(networks.networkProperty().get().trainableParameters()).isEqualTo(2 * 384 + 2);
        assertThat(networks.report()).last().asString().contains("reads texts");
        train.start();
        assertThat(train.run().subjectProperty().get().words())
                .isEqualTo("mails.csv · minilm · head · 10 epochs · SGD 0.01 · batch 16");
        data.open(RedAndBlue.splitPictures(folder.resolve("pictures"), 3));
        assertThat(train.obstacleProperty().get()).contains("not pictures");
    }
}
