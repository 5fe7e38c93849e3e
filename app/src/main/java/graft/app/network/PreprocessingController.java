package graft.app.network;

import graft.Refusal;
import graft.app.network.PreprocessingDraft.Preset;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.PictureInput;
import graft.image.Preprocessing;
import graft.image.Resizing;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

/** The form for how pictures are prepared. What is typed counts once it is right; what is wrong is said below it. */
final class PreprocessingController {
    private final NetworkViewModel networks;
    private boolean filling;

    @FXML
    private Node form;

    @FXML
    private ComboBox<Preset> preset;

    @FXML
    private TextField size;

    @FXML
    private TextField resize;

    @FXML
    private TextField scale;

    @FXML
    private TextField mean;

    @FXML
    private TextField std;

    @FXML
    private ComboBox<Channels> channels;

    @FXML
    private ComboBox<Layout> layout;

    @FXML
    private Label assumed;

    @FXML
    private Button tryWays;

    @FXML
    private Label proposed;

    @FXML
    private Label error;

    PreprocessingController(NetworkViewModel networks) {
        this.networks = networks;
    }

    @FXML
    private void initialize() {
        preset.getItems().setAll(Preset.values());
        channels.getItems().setAll(Channels.values());
        layout.getItems().setAll(Layout.values());
        for (TextField field : List.of(size, resize, scale, mean, std)) {
            field.setOnAction(event -> commit());
            field.focusedProperty().addListener((observable, before, focused) -> {
                if (!focused) {
                    commit();
                }
            });
        }
        channels.valueProperty().addListener((observable, before, now) -> commit());
        layout.valueProperty().addListener((observable, before, now) -> commit());
        preset.valueProperty().addListener((observable, before, now) -> {
            if (now != null && !filling) {
                fill(now.on(draft()));
                commit();
            }
        });
        networks.preprocessingProperty().addListener((observable, before, now) -> fill(now));
        networks.networkProperty().addListener((observable, before, now) -> showState());
        PreparationProposal proposal = networks.proposal();
        tryWays.setOnAction(event -> proposal.run());
        tryWays.disableProperty().bind(proposal.runningProperty());
        tryWays.visibleProperty().bind(proposal.possibleProperty());
        tryWays.managedProperty().bind(tryWays.visibleProperty());
        proposed.textProperty().bind(proposal.wordsProperty());
        proposed.visibleProperty().bind(proposed.textProperty().isNotEmpty());
        proposed.managedProperty().bind(proposed.visibleProperty());
        assumed.visibleProperty().bind(assumed.textProperty().isNotEmpty());
        assumed.managedProperty().bind(assumed.visibleProperty());
        error.visibleProperty().bind(error.textProperty().isNotEmpty());
        error.managedProperty().bind(error.visibleProperty());
        networks.preprocessingAssumedProperty().addListener((observable, before, now) -> showState());
        fill(networks.preprocessingProperty().get());
    }

    private void fill(Preprocessing known) {
        fill(known == null ? PreprocessingDraft.blank() : PreprocessingDraft.of(known));
        error.setText("");
        showState();
    }

    private void fill(PreprocessingDraft draft) {
        filling = true;
        size.setText(draft.size());
        resize.setText(draft.resize());
        scale.setText(draft.scale());
        mean.setText(draft.mean());
        std.setText(draft.std());
        channels.setValue(draft.channels());
        layout.setValue(draft.layout());
        preset.setValue(Preset.of(draft).orElse(null));
        filling = false;
    }

    private void showState() {
        // Texts and tables are not prepared like this.
        boolean pictures = networks.input().map(PictureInput::mayBePictures).orElse(true);
        form.setVisible(pictures);
        form.setManaged(pictures);
        Preprocessing known = networks.preprocessingProperty().get();
        resize.setPromptText(
                known == null
                        ? Texts.of("network.preprocessing.resize.unknown")
                        : Texts.of(
                                "network.preprocessing.resize.usual", Resizing.usual(known.height(), known.width())));
        boolean unknown = networks.preprocessingProperty().get() == null;
        boolean guessed = networks.preprocessingAssumedProperty().get();
        assumed.setText(
                unknown
                        ? Texts.of("network.preprocessing.unknown")
                        : guessed ? Texts.of("network.preprocessing.assumed") : "");
    }

    private PreprocessingDraft draft() {
        return new PreprocessingDraft(
                size.getText(),
                resize.getText(),
                scale.getText(),
                mean.getText(),
                std.getText(),
                channels.getValue(),
                layout.getValue());
    }

    private void commit() {
        Preprocessing present = networks.preprocessingProperty().get();
        PreprocessingDraft typed = draft();
        boolean unchanged = typed.equals(present == null ? PreprocessingDraft.blank() : PreprocessingDraft.of(present));
        if (filling || networks.networkProperty().get() == null || unchanged) {
            return;
        }
        try {
            Preprocessing wanted = typed.parse(networks.input());
            error.setText("");
            networks.preprocessingProperty().set(wanted);
        } catch (Refusal e) {
            error.setText(e.getMessage());
        }
    }
}
