package graft.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class InstallationTest {
    @AfterEach
    void forget() {
        System.clearProperty("graft.natives");
        System.clearProperty("graft.networks");
    }

    @Test
    void whatALauncherSaysInPropertiesIsFoundAndHandedOnToTheProcessesOfRuns() {
        Assumptions.assumeTrue(
                System.getenv("GRAFT_NETWORKS") == null, "the start script has said where the networks are");
        System.setProperty("graft.networks", "some where/networks");

        assertThat(Installation.NETWORKS.folder()).contains(Path.of("some where/networks"));
        assertThat(Installation.handedOn()).contains("-Dgraft.networks=some where/networks");
    }

    @Test
    void whatNobodySaidIsNotHandedOn() {
        assertThat(Installation.handedOn()).noneMatch(option -> option.startsWith("-Dgraft."));
    }
}
