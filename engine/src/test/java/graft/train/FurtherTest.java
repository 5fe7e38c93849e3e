package graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.data.ClassNames;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.progress.Event;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.PlanOptions;
import graft.run.TransferOptions;
import graft.run.TransferOptions.Adaptation;
import graft.testdata.NpzFiles;
import graft.testdata.Plans;
import graft.testdata.TinyNetworks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with a target domain, a teacher and a baseline. */
class FurtherTest {
    @TempDir
    Path folder;

    private Path network;
    private Path data;
    private final List<Event> told = new ArrayList<>();
    private final Progress progress = told::add;

    @BeforeEach
    void networkAndData() throws IOException {
        network = folder.resolve("net.onnx");
        OnnxFile.write(TinyNetworks.convolutional(), network);
        data = NpzFiles.examples(folder.resolve("data.npz"), 60, 20);
    }

    private Plans plan(String out) {
        return Plans.of(network, data, folder.resolve(out)).epochs(2).batch(8).learningRate(0.01);
    }

    private Path target() throws IOException {
        return NpzFiles.examples(folder.resolve("target.npz"), 30, 24);
    }

    @Test
    void theDiscriminatorIsNotInTheFileAndTheLastEpochIsKeptWhereItIsWanted() throws IOException {
        FineTuningResult result = FineTuner.run(
                plan("run")
                        .trainable("all")
                        .with(TransferOptions.ADAPT, Adaptation.DANN)
                        .with(TransferOptions.TARGET, Optional.of(target().toString()))
                        .with(PlanOptions.KEEP, PlanOptions.Kept.LAST)
                        .build(),
                progress);
        assertThat(result.bestEpoch()).isEqualTo(2);
        assertThat(result.frozenUnchanged()).isTrue();
        Model written = OnnxFile.read(result.network());
        assertThat(written.graph().outputNames()).hasSize(1);
        assertThat(written.graph().initializers().keySet()).noneMatch(name -> name.contains("discriminator"));
        assertThat(written.opsets().keySet()).containsExactly("");
        assertThat(result.target().examples()).isEqualTo(24);
        assertThat(result.target().interval()[0])
                .isLessThanOrEqualTo(result.target().score());
        assertThat(result.epochs()).allMatch(epoch -> epoch.targetScore() != null);
    }

    /** The labels of the target are another way round; what is learnt is the same to the byte. */
    @Test
    void labelsOfTheTargetChangeNothing() throws IOException {
        FineTuningPlan with = plan("with")
                .trainable("all")
                .with(TransferOptions.ADAPT, Adaptation.MMD)
                .with(TransferOptions.TARGET, Optional.of(target().toString()))
                .build();
        FineTuningResult result = FineTuner.run(with, progress);
        Path others = turned(folder.resolve("target.npz"), folder.resolve("others.npz"));
        FineTuningResult turned = FineTuner.run(
                with.withOut(folder.resolve("turned")).with(TransferOptions.TARGET, Optional.of(others.toString())),
                progress);
        assertThat(OnnxFile.read(turned.network()).graph().initializers().values())
                .allSatisfy(tensor -> assertThat(tensor.sameAs(OnnxFile.read(result.network())
                                .graph()
                                .initializers()
                                .get(tensor.name())))
                        .isTrue());
    }

    /** The same examples, class 0 called 3, 1 called 2, and back. */
    private static Path turned(Path from, Path to) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                if (entry.getName().startsWith("y_")) {
                    // Whole numbers of eight bytes behind a header, whose length stands in its ninth byte.
                    for (int at = 10 + content[8]; at < content.length; at += 8) {
                        content[at] = (byte) (3 - content[at]);
                    }
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        return to;
    }

    @Test
    void aBaselineIsTheSameRunWithoutAndIsSaidBeside() throws IOException {
        Plans adapted = plan("run")
                .trainable("all")
                .with(TransferOptions.ADAPT, Adaptation.CORAL)
                .with(TransferOptions.TARGET, Optional.of(target().toString()))
                .with(TransferOptions.BASELINE, true);
        FineTuningResult result = FineTuner.run(adapted.build(), progress);
        FineTuningResult alone = FineTuner.run(
                plan("alone")
                        .trainable("all")
                        .with(TransferOptions.TARGET, Optional.of(target().toString()))
                        .build(),
                progress);
        assertThat(result.baseline().valScore()).isEqualTo(alone.valScore());
        assertThat(result.baseline().targetScore()).isEqualTo(alone.target().score());
        assertThat(result.baseline().targetGain())
                .isEqualTo(result.target().score() - alone.target().score());
        assertThat(result.baseline().out()).isEqualTo(folder.resolve("run/baseline"));
    }

    /** A baseline of fewer epochs would be none; the share of a discriminator is planned over all of them. */
    @Test
    void aBaselineIsGivenTheSameEpochsLaterAndADiscriminatorNone() throws IOException {
        Plans plan = plan("run")
                .trainable("all")
                .with(TransferOptions.ADAPT, Adaptation.CORAL)
                .with(TransferOptions.TARGET, Optional.of(target().toString()))
                .with(TransferOptions.BASELINE, true);
        FineTuner.run(plan.build(), progress);
        FineTuner.extend(folder.resolve("run"), 3);
        FineTuner.resume(folder.resolve("run"), progress);
        assertThat(FineTuner.resume(folder.resolve("run/baseline"), progress).epochs())
                .hasSize(3);
        FineTuner.run(
                plan.out(folder.resolve("dann"))
                        .with(TransferOptions.ADAPT, Adaptation.DANN)
                        .with(TransferOptions.BASELINE, false)
                        .build(),
                progress);
        assertThatThrownBy(() -> FineTuner.extend(folder.resolve("dann"), 3))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("discriminator")
                .hasMessageContaining("--epochs=3");
    }

    @Test
    void whatCannotAdaptIsRefusedWithTheWayOut() throws IOException {
        Plans plan = plan("run").with(TransferOptions.ADAPT, Adaptation.DANN);
        assertThatThrownBy(() -> FineTuner.run(plan.build(), progress))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--target");
        plan.with(TransferOptions.TARGET, Optional.of(target().toString()));
        assertThatThrownBy(() -> FineTuner.run(plan.build(), progress))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--adapt dann")
                .hasMessageContaining("coral-closed");
        plan.trainable("all").with(TransferOptions.ADAPT, Adaptation.CORAL_CLOSED);
        assertThatThrownBy(() -> FineTuner.run(plan.build(), progress))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--adapt coral-closed")
                .hasMessageContaining("--trainable head");
    }

    @Test
    void aHeadLearnsFromRecolouredFeaturesAndTheFileIsAsAnyOther() throws IOException {
        FineTuningResult result = FineTuner.run(
                plan("run")
                        .with(TransferOptions.ADAPT, Adaptation.CORAL_CLOSED)
                        .with(TransferOptions.TARGET, Optional.of(target().toString()))
                        .build(),
                progress);
        assertThat(result.frozenUnchanged()).isTrue();
        assertThat(result.target().score()).isBetween(0.0, 1.0);
    }

    private Path teacher(List<String> classes) {
        Path file = folder.resolve("teacher.onnx");
        OnnxFile.write(
                TinyNetworks.convolutional().withMetadata(Map.of(ClassNames.KEY, ClassNames.toMetadata(classes))),
                file);
        return file;
    }

    /** With all of the loss the teacher's, a student comes nearer to it, whatever the labels are. */
    @Test
    void aStudentLearnsTheAnswersOfItsTeacher() throws IOException {
        Path teacher = teacher(List.of("0", "1", "2", "3"));
        FineTuningPlan plan = plan("run")
                .epochs(6)
                .learningRate(0.3)
                .with(TransferOptions.TEACHER, Optional.of(teacher.toString()))
                .with(TransferOptions.ALPHA, 1.0)
                .with(TransferOptions.TEMPERATURE, 2.0)
                .with(PlanOptions.KEEP, PlanOptions.Kept.LAST)
                .build();
        FineTuningResult result = FineTuner.run(plan, progress);
        assertThat(told.stream().map(Event::line))
                .anyMatch(line -> line.contains("teacher.onnx has a validation accuracy"));
        assertThat(result.epochs().get(5).trainLoss())
                .isLessThan(result.epochs().get(0).trainLoss() / 2);
        Path others = turned(data, folder.resolve("others.npz"));
        FineTuningResult turned = FineTuner.run(plan.withData(others).withOut(folder.resolve("turned")), progress);
        assertThat(OnnxFile.read(turned.network()).graph().initializers().get("head.weight"))
                .satisfies(weight -> assertThat(weight.sameAs(OnnxFile.read(result.network())
                                .graph()
                                .initializers()
                                .get("head.weight")))
                        .isTrue());
    }

    @Test
    void aTeacherOfOtherClassesIsRefusedByTheirNames() throws IOException {
        Path teacher = teacher(List.of("0", "1", "2", "dog"));
        assertThatThrownBy(() -> FineTuner.run(
                        plan("run")
                                .with(TransferOptions.TEACHER, Optional.of(teacher.toString()))
                                .build(),
                        progress))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("teacher.onnx")
                .hasMessageContaining("does not know 3")
                .hasMessageContaining("dog");
    }
}
