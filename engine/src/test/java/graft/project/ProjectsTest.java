package graft.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.project.Projects.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsTest {
    @TempDir
    Path folder;

    private Path home;
    private Projects projects;

    @BeforeEach
    void makeHome() {
        home = folder.resolve("home");
        projects = new Projects(home);
    }

    @Test
    void theUsualOneIsThereBeforeAnythingWasWritten() {
        assertThat(projects.all()).containsExactly(new Known(home.resolve("project"), ""));
        assertThat(projects.last()).isEqualTo(home.resolve("project"));
        assertThat(home).doesNotExist();
    }

    @Test
    void theOneOpenedLastComesFirstAndOnce() {
        Path cells = projects.create(folder.resolve("cells"));
        Path steel = projects.create(folder.resolve("steel"));
        projects.opened(cells);
        projects.opened(steel);
        projects.opened(folder.resolve("x/../cells"));
        assertThat(new Projects(home).all()).extracting(Known::folder).containsExactly(cells, steel, projects.usual());
        assertThat(new Projects(home).last()).isEqualTo(cells);
    }

    @Test
    void whatIsForgottenStaysOnTheDisk() {
        Path cells = projects.create(folder.resolve("cells"));
        projects.opened(cells);
        projects.forget(cells);
        assertThat(projects.all()).extracting(Known::folder).containsExactly(projects.usual());
        assertThat(cells.resolve("runs.db")).isRegularFile();
    }

    @Test
    void aProjectNeedsAFolderOfItsOwn() throws IOException {
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> projects.create(full))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        full
                                + " is not empty, and a project needs a folder of its own. Choose another name or another place.");
        assertThat(full).isDirectoryContaining("glob:**letter.txt");
        assertThatThrownBy(() -> projects.create(full.resolve("letter.txt")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not empty");
        Path cells = projects.create(folder.resolve("cells"));
        assertThatThrownBy(() -> projects.create(cells))
                .isInstanceOf(Refusal.class)
                .hasMessage(cells + " is a project already. Open it, or choose another name.");
    }

    @Test
    void whatIsNoProjectIsNotOpenedAsOne() throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        assertThatThrownBy(() -> projects.find(pictures))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(pictures + " is no project: it holds no runs.db.");
        assertThat(pictures).isEmptyDirectory();
        assertThatThrownBy(() -> projects.find(folder.resolve("gone")))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("The project " + folder.resolve("gone") + " is not there.");
        assertThat(projects.find(projects.usual())).as("there or not").isEqualTo(projects.usual());
    }

    @Test
    void aDamagedListLosesNoProject() throws IOException {
        Path cells = projects.create(folder.resolve("cells"));
        projects.opened(cells);
        Files.writeString(home.resolve("projects.json"), "{\"projects\": [");
        assertThat(projects.last()).isEqualTo(projects.usual());
        assertThat(home.resolve("projects.json.damaged")).hasContent("{\"projects\": [");
        projects.opened(projects.find(cells));
        assertThat(projects.last()).isEqualTo(cells);
    }
}
