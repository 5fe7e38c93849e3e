package graft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("graft");

    @Test
    void packagesFormNoCycle() {
        slices().matching("graft.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theEngineKnowsNothingOfTheScreen() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "graft.app..")
                .check(CLASSES);
    }

    @Test
    void onlyTheOnnxPackageSeesProtobuf() {
        noClasses()
                .that()
                .resideOutsideOfPackage("graft.onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "graft.onnx.proto..")
                .check(CLASSES);
    }

    @Test
    void dataKnowsNoPyTorch() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "graft.data..",
                        "graft.run..",
                        "graft.quantize..",
                        "graft.sample..",
                        "graft.image..",
                        "graft.onnx..",
                        "graft.inference..",
                        "graft.evaluate..",
                        "graft.trust..",
                        "graft.deploy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void textKnowsOnlyTheTokenizersOfDjl() {
        noClasses()
                .that()
                .resideInAPackage("graft.text..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.ndarray..", "ai.djl.pytorch..", "ai.djl.nn..", "graft.train..")
                .check(CLASSES);
    }

    /** DJL keeps such numbers in memory of Java, which may be freed before PyTorch reads them in the backward pass. */
    @Test
    void numbersGoIntoArraysThatOwnTheirMemory() {
        DescribedPredicate<JavaMethodCall> sharing = DescribedPredicate.describe(
                "share memory of Java with PyTorch", call -> sharesMemory(call.getTarget()));
        noClasses()
                .that()
                .doNotHaveSimpleName("ArrayTensors") // copies what is small, and says where it shares
                .and()
                .doNotHaveSimpleName("Call") // copies
                .and()
                .doNotHaveSimpleName("CachedFeatures") // holds the mapping as long as the arrays live
                .should()
                .callMethodWhere(sharing)
                .check(CLASSES);
    }

    private static boolean sharesMemory(MethodCallTarget target) {
        List<JavaClass> given = target.getRawParameterTypes();
        if (given.isEmpty()) {
            return false;
        }
        boolean ofJava = given.get(0).isAssignableTo(Number.class)
                || given.get(0).isAssignableTo(Buffer.class)
                || given.get(0).isPrimitive()
                || given.get(0).isArray() && given.get(0).getBaseComponentType().isPrimitive();
        boolean takesNumbers = target.getOwner().isAssignableTo(NDManager.class)
                        && target.getName().equals("create")
                || target.getOwner().isAssignableTo(NDArray.class)
                        && (target.getName().equals("set") || given.get(0).isAssignableTo(Number.class));
        return ofJava && takesNumbers;
    }

    @Test
    void trainingKnowsNotHowResultsAreJudged() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "graft.train..",
                        "graft.features..",
                        "graft.run..",
                        "graft.gradcheck..",
                        "graft.network..",
                        "graft.data..",
                        "graft.image..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "graft.evaluate..", "graft.quantize..", "graft.deploy..", "graft.project..", "graft.cli..")
                .check(CLASSES);
    }

    /** What is to be answered is a task's to know: {@code HeadSteps} alone recognises one objective, which it computes faster. */
    @Test
    void loopExportAndHistoryNameNoKindOfTarget() {
        noClasses()
                .that()
                .resideInAnyPackage("graft.train..", "graft.features..", "graft.run..", "graft.project..")
                .and()
                .haveSimpleNameNotStartingWith("HeadSteps")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("graft[.]data[.]Class.*")
                .check(CLASSES);
    }

    /** "0 bytes sent" is a count: whatever opened a connection elsewhere would not be counted. */
    @Test
    void connectionsAreOpenedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("graft.online..")
                .should()
                .dependOnClassesThat(OpenDoors.TYPES)
                .orShould()
                .callMethodWhere(OpenDoors.CALLS)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandsKnowTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("graft.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "graft.cli..")
                .check(CLASSES);
    }
}
