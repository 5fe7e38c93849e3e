package graft.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import graft.app.RedAndBlue;
import graft.app.task.ExampleSet;
import graft.options.Settings;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableStringValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisfitTest {
    @Test
    void classesThatARunDoesNotKnowAreNamedWithTheWayOut(@TempDir Path folder) throws Exception {
        SimpleObjectProperty<List<String>> classes = new SimpleObjectProperty<>(List.of("ants", "bees"));
        SimpleObjectProperty<Boolean> features = new SimpleObjectProperty<>(false);
        SimpleObjectProperty<ExampleSet> data = new SimpleObjectProperty<>();
        ObservableStringValue misfit = Misfit.of(classes, features, data);
        assertThat(misfit.get()).as("nothing is open").isEmpty();
        data.set(ExampleSet.open(RedAndBlue.splitPictures(folder.resolve("pictures"), 3), Settings.NONE));
        assertThat(misfit.get()).contains("blue, red").contains("ants, bees").contains("Open the data of the run");
        classes.set(List.of("red", "green", "blue"));
        assertThat(misfit.get())
                .as("more classes than the data have do no harm")
                .isEmpty();
        features.set(true);
        assertThat(misfit.get()).contains("Prototypes");
    }
}
