package graft.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "graft", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().matching("graft.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theEngineKnowsNothingOfTheScreen =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("javafx..", "graft.app..");

    @ArchTest
    static final ArchRule onlyTheOnnxPackageSeesProtobuf = noClasses()
            .that()
            .resideOutsideOfPackage("graft.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.google.protobuf..", "graft.onnx.proto..");

    @ArchTest
    static final ArchRule dataKnowsNoPyTorch = noClasses()
            .that()
            .resideInAnyPackage(
                    "graft.data..", "graft.onnx..", "graft.inference..", "graft.evaluate..", "graft.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule trainingKnowsNotHowResultsAreJudged = noClasses()
            .that()
            .resideInAnyPackage("graft.train..", "graft.network..", "graft.data..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("graft.evaluate..", "graft.deploy..", "graft.project..", "graft.cli..");

    @ArchTest
    static final ArchRule onlyTheCommandsKnowTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackage("graft.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "graft.cli..");
}
