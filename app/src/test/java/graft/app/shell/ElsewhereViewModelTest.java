package graft.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javafx.beans.property.SimpleStringProperty;
import org.junit.jupiter.api.Test;

class ElsewhereViewModelTest {
    private final SimpleStringProperty data = new SimpleStringProperty("");
    private final SimpleStringProperty network = new SimpleStringProperty("");
    private final ElsewhereViewModel model = new ElsewhereViewModel(Map.of(Step.DATA, data, Step.NETWORK, network));

    @Test
    void anErrorOfAnotherScreenIsSaidWhereTheUserIs() {
        model.shownProperty().set(Step.TRAIN);
        network.set("broken.onnx cannot be read");
        assertThat(model.saidProperty().get())
                .isEqualTo(new ElsewhereViewModel.Said(Step.NETWORK, "broken.onnx cannot be read"));
        model.shownProperty().set(Step.EVALUATE);
        assertThat(model.saidProperty().get()).as("still to be read").isNotNull();
        model.shownProperty().set(Step.NETWORK);
        assertThat(model.saidProperty().get()).as("said by the screen itself").isNull();
    }

    @Test
    void anErrorOfTheScreenThatIsShownIsNotSaidTwice() {
        model.shownProperty().set(Step.DATA);
        data.set("no pictures");
        assertThat(model.saidProperty().get()).isNull();
    }

    @Test
    void whatIsNoProblemAnyMoreOrWasReadIsNotSaid() {
        model.shownProperty().set(Step.DEPLOY);
        data.set("no pictures");
        network.set("broken");
        data.set("");
        assertThat(model.saidProperty().get().step()).isEqualTo(Step.NETWORK);
        network.set("");
        assertThat(model.saidProperty().get()).isNull();
        network.set("broken");
        model.dismiss();
        assertThat(model.saidProperty().get()).isNull();
    }
}
