package graft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
                        "graft.data..", "graft.onnx..", "graft.inference..", "graft.evaluate..", "graft.deploy..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    @Test
    void trainingKnowsNotHowResultsAreJudged() {
        noClasses()
                .that()
                .resideInAnyPackage("graft.train..", "graft.network..", "graft.data..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("graft.evaluate..", "graft.deploy..", "graft.project..", "graft.cli..")
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
