package graft.app.architecture;

import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import graft.worker.Work;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

class AppArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("graft.app");

    @Test
    void screensFormNoCycle() {
        slices().matching("graft.app.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void viewModelsKnowNoControls() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx.scene..")
                .check(CLASSES);
    }

    @Test
    void thereIsOneDoorToTheFxThread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("graft.app.jobs..")
                .should()
                .callMethod(Platform.class, "runLater", Runnable.class)
                .check(CLASSES);
    }

    /** As in the engine: what is sent is counted in one place, and the window knows no other way to another machine. */
    @Test
    void theWindowOpensNoConnections() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "speak to other machines",
                        type -> type.getName().matches("java[.]net[.](.*Socket|.*URLConnection|http[.].*)")
                                || type.getPackageName().matches("javax[.]net.*|javafx[.]scene[.](web|media).*")
                                || type.getName().matches("java[.]nio[.]channels[.].*SocketChannel")))
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "open an address",
                        call -> call.getTargetOwner().isEquivalentTo(java.net.URL.class)
                                && call.getName().startsWith("open")))
                .check(CLASSES);
    }

    /** What formats by itself forgets the language of numbers; what is no text for people is excepted. */
    @Test
    void numbersAreWrittenByOneFormatter() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Numbers")
                .and()
                .doNotHaveSimpleName("Counts") // whole numbers alone
                .and()
                .doNotHaveSimpleName("RunSeries") // CSV
                .and()
                .doNotHaveSimpleName("Theme") // CSS
                .and()
                .doNotHaveSimpleName("TimeLeft") // a clock
                .and()
                .haveSimpleNameNotStartingWith("Timeline") // rounds
                .and()
                .doNotHaveSimpleName("Rates") // as the command line takes it
                .and()
                .doNotHaveSimpleName("SettingsForm") // likewise
                .and()
                .doNotHaveSimpleName("Watch") // an English sentence
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "format numbers",
                        call -> call.getName().equals("format")
                                && call.getTargetOwner()
                                        .getName()
                                        .matches("java[.](lang[.]String|text[.]MessageFormat)")))
                .orShould()
                .callConstructor(java.text.DecimalFormat.class, String.class)
                .check(CLASSES);
    }

    @Test
    void widgetsKnowNoEngine() {
        noClasses()
                .that()
                .resideInAPackage("graft.app.controls..")
                .should()
                .dependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("graft..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                        "graft.app.controls.."))))
                .check(CLASSES);
    }

    /** A crash of native code must cost a run, not the window. */
    @Test
    void theWindowDoesNotTrainInItsOwnProcess() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleName("FineTuner")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(CLASSES);
    }

    /** A file must never take the window along: native code sees it in a worker's process alone. */
    @Test
    void theWindowRunsNoNetworkInItsOwnProcess() {
        JavaClasses all = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("graft");
        noClasses()
                .that()
                .resideInAPackage("graft.app..")
                .should()
                .dependOnClassesThat(runNetworks().or(name("graft.network.Importer")))
                .orShould()
                .callMethod(Work.class, "doing")
                .check(all);
    }

    private static DescribedPredicate<JavaClass> runNetworks() {
        return DescribedPredicate.describe(
                "run networks, or call what does",
                type -> type.getPackageName().startsWith("graft.inference")
                        || !type.getPackageName().startsWith("graft.app")
                                && type.getDirectDependenciesFromSelf().stream()
                                        .map(dependency ->
                                                dependency.getTargetClass().getPackageName())
                                        .anyMatch(name -> name.startsWith("graft.inference")
                                                || name.startsWith("ai.onnxruntime")
                                                || name.startsWith("ai.djl")));
    }
}
