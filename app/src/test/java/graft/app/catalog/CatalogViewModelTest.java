package graft.app.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.InProcessWorker;
import graft.app.jobs.DirectJobRunner;
import graft.catalog.AcceptedLicences;
import graft.catalog.InstalledNetworks;
import graft.catalog.KnownNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogViewModelTest {
    @TempDir
    Path folder;

    private CatalogViewModel networks;

    @BeforeEach
    void list() {
        networks = new CatalogViewModel(
                new DirectJobRunner(),
                new InProcessWorker(),
                new InstalledNetworks(folder.resolve("networks")),
                new AcceptedLicences(folder.resolve("licences.json")));
        networks.refresh();
    }

    private KnownNetwork network(String name) {
        return networks.shown().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theListIsLookedThroughByWordsTaskAndPlace() {
        int all = networks.shown().size();
        networks.searchProperty().set("imagenet RESNET");
        assertThat(networks.shown()).hasSizeBetween(3, all - 1).allMatch(each -> each.name()
                .contains("resnet"));
        networks.searchProperty().set("");
        networks.taskProperty().set("object-detection");
        assertThat(networks.shown())
                .isNotEmpty()
                .allMatch(each -> each.task().orElse("").equals("object-detection"));
        networks.taskProperty().set("");
        networks.hereProperty().set(true);
        assertThat(networks.shown()).allMatch(each -> each.network().isPresent());
    }

    @Test
    void whatIsFetchedIsChosenCanBeOpenedAndIsRemovedAgain() throws IOException {
        Path own = Files.writeString(folder.resolve("mine.onnx"), "a network");
        networks.fetch(own.toString());
        assertThat(networks.problemProperty().get()).isEmpty();
        assertThat(networks.chosenProperty().get().name()).isEqualTo("mine");
        assertThat(networks.chosenProperty().get().network().orElseThrow()).hasContent("a network");
        assertThat(networks.saidProperty().get()).contains("mine");
        networks.remove();
        assertThat(networks.chosenProperty().get()).isNull();
        assertThat(networks.shown()).noneMatch(each -> each.name().equals("mine"));
        assertThat(own).exists();
    }

    @Test
    void whatCannotBeFetchedIsSaidInTheWordsOfTheCommand() {
        networks.fetch("hf:nonsense");
        assertThat(networks.problemProperty().get()).contains("hf:nonsense");
        assertThat(networks.busyProperty().get()).isFalse();
    }

    @Test
    void aLicenceIsAskedForOnce() {
        KnownNetwork resnet = network("resnet-18");
        assertThat(networks.isAccepted(resnet)).isFalse();
        new AcceptedLicences(folder.resolve("licences.json"))
                .add(resnet.licence().orElseThrow());
        assertThat(networks.isAccepted(resnet)).isTrue();
        assertThat(networks.isAccepted(network("resnet-34"))).isTrue();
    }
}
