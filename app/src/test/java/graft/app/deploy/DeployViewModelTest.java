package graft.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.HeldJobRunner;
import graft.app.InProcessWorker;
import graft.app.RedAndBlue;
import graft.app.jobs.DirectJobRunner;
import graft.app.jobs.JobRunner;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import graft.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployViewModelTest {
    @TempDir
    Path folder;

    private final SimpleObjectProperty<Path> network = new SimpleObjectProperty<>();
    private final SimpleBooleanProperty current = new SimpleBooleanProperty(true);
    private final SimpleObjectProperty<Path> data = new SimpleObjectProperty<>();

    @BeforeEach
    void makeFiles() throws IOException {
        network.set(RedAndBlue.network(folder.resolve("net.onnx"), 1));
        data.set(RedAndBlue.splitPictures(folder.resolve("data"), 4));
    }

    private DeployViewModel model(JobRunner jobs) {
        return new DeployViewModel(jobs, new InProcessWorker(), network, current, data);
    }

    private DeployViewModel compared() {
        DeployViewModel model = model(new DirectJobRunner());
        model.compare();
        assertThat(model.problemProperty().get()).isEmpty();
        return model;
    }

    @Test
    void formsMeasuredBeforeTheDataChangedAreNotSaidToBeOfAnOlderRun() {
        DeployViewModel model = compared();
        model.trainedBeforeProperty().set(true);
        current.set(false);
        assertThat(model.headlineProperty().get()).endsWith("data changed since");
        assertThat(model.statusProperty().get()).startsWith("The data have changed since");
        model.compare();
        assertThat(model.staleProperty().get()).isFalse();
        assertThat(model.statusProperty().get()).contains("trained before the data changed");
    }

    @Test
    void formsAreNotMeasuredByDataOfOtherClasses() {
        DeployViewModel model = model(new DirectJobRunner());
        model.misfitProperty().set("The open data have cats, the network answers with dogs.");
        assertThat(model.obstacleProperty().get()).contains("answers with dogs");
        assertThat(model.statusProperty().get()).contains("answers with dogs");
        model.compare();
        assertThat(model.deploymentProperty().get()).isNull();
    }

    @Test
    void everyFormIsMeasuredAndOneRecommended() {
        Deployment deployment = compared().deploymentProperty().get();
        assertThat(deployment.variants())
                .extracting(Variant::name)
                .containsExactly("fp32", "fp16", "int8-dynamic", "int8-static", "int8-static-per-channel");
        // One of the eight pictures lies in the wrong folder.
        assertThat(deployment.variants().get(0).accuracy()).isEqualTo(7.0 / 8);
        assertThat(deployment.variants())
                .filteredOn(v -> v.verdict().startsWith("recommended"))
                .hasSize(1);
    }

    @Test
    void formsOfAnOlderRunAreSaidToBeSo() {
        DeployViewModel model = compared();
        assertThat(model.staleProperty().get()).isFalse();
        current.set(false); // another network was opened
        assertThat(model.staleProperty().get()).isTrue();
        assertThat(model.headlineProperty().get()).endsWith("older run");
        assertThat(model.statusProperty().get()).contains("older run");
    }

    @Test
    void theRecommendedFormIsChosenAndSavedAsItWasMeasured() throws IOException {
        DeployViewModel model = compared();
        Variant chosen = model.chosenProperty().get();
        assertThat(chosen.name()).isEqualTo(model.deploymentProperty().get().recommended());
        Path target = folder.resolve("shipped.onnx");
        model.save(target);
        assertThat(target).hasSameBinaryContentAs(Path.of(chosen.file()));
        assertThat(model.shippedProperty().get().bytes()).isEqualTo(Files.size(target));
        assertThat(OnnxFile.read(target).metadata()).containsKey("graft.classes");
        assertThat(model.shippedProperty().get().code().byLanguage())
                .containsOnlyKeys("Java", "Python", "JavaScript")
                .allSatisfy((language, code) -> assertThat(code).contains("\"shipped.onnx\"", "\"x\"", "HEIGHT"));
    }

    @Test
    void anUnwritablePlaceIsExplained() {
        DeployViewModel model = compared();
        model.save(folder.resolve("absent/shipped.onnx"));
        assertThat(model.problemProperty().get()).contains("absent").contains("Check that the folder exists");
        assertThat(model.shippedProperty().get()).isNull();
    }

    @Test
    void figuresOfOtherExamplesAreForgotten() throws IOException {
        DeployViewModel model = compared();
        data.set(RedAndBlue.splitPictures(folder.resolve("other"), 3));
        assertThat(model.deploymentProperty().get()).isNull();
        assertThat(model.chosenProperty().get()).isNull();
        assertThat(model.headlineProperty().get()).isEmpty();
    }

    @Test
    void figuresThatArriveForAnEarlierNetworkAreNotShown() {
        HeldJobRunner jobs = new HeldJobRunner(new DirectJobRunner());
        DeployViewModel model = model(jobs);
        model.compare();
        assertThat(model.measuringProperty().get()).isTrue();
        network.set(RedAndBlue.network(folder.resolve("later.onnx"), 1));
        assertThat(jobs.jobs().get(0).isCancelled()).isTrue();
        assertThat(model.problemProperty().get())
                .contains("net.onnx was given up")
                .contains("Compare again");
        jobs.goOn();
        assertThat(model.deploymentProperty().get()).isNull();
    }

    @Test
    void cancellingAsksTheJobToEnd() {
        HeldJobRunner jobs = new HeldJobRunner(new DirectJobRunner());
        DeployViewModel model = model(jobs);
        model.compare();
        model.cancel();
        assertThat(jobs.jobs()).singleElement().satisfies(job -> assertThat(job.isCancelled())
                .isTrue());
    }
}
