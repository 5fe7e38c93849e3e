package graft.app.deploy;

import graft.app.controls.Choosers;
import graft.app.controls.Numbers;
import graft.deploy.ClientFolder;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Variant;
import graft.worker.Saving.Saved;
import java.util.ResourceBundle;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Slider;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Connects the Deploy screen. */
public final class DeployController {
    private final DeployViewModel model;
    private final Choosers choosers;
    private final ObservableValue<Double> parity;

    @FXML
    private ResourceBundle resources;

    @FXML
    private VBox deployScreen;

    @FXML
    private Label status;

    @FXML
    private Label problem;

    @FXML
    private Button compare;

    @FXML
    private Button save;

    @FXML
    private VBox nothing;

    @FXML
    private VBox comparing;

    @FXML
    private ProgressBar bar;

    @FXML
    private Label stage;

    @FXML
    private VBox results;

    @FXML
    private TableView<Variant> variants;

    @FXML
    private Slider maxLoss;

    @FXML
    private Label maxLossSays;

    @FXML
    private VBox plotCard;

    @FXML
    private Label plotTitle;

    @FXML
    private HBox languages;

    @FXML
    private HBox proof;

    @FXML
    private Label parityLine;

    @FXML
    private Label savedLine;

    @FXML
    private TextArea code;

    @FXML
    private Button copy;

    @FXML
    private Button saveFolder;

    private FormsTable forms;
    private ProgramPane program;
    private FormsPlot plot;

    /** @param parity largest difference between the engine's answers and those of the exported file; null while unknown */
    public DeployController(DeployViewModel model, Choosers choosers, ObservableValue<Double> parity) {
        this.model = model;
        this.choosers = choosers;
        this.parity = parity;
    }

    @FXML
    private void initialize() {
        forms = new FormsTable(variants, resources, maxLossSays, model.chosenProperty());
        program = new ProgramPane(languages, code, copy);
        plot = new FormsPlot(resources.getString("plot.across"));
        VBox.setVgrow(plot, Priority.ALWAYS);
        plotCard.getChildren().add(plot);
        maxLoss.setValue(model.maxLossProperty().get());
        model.maxLossProperty().bind(maxLoss.valueProperty());
        maxLoss.valueProperty().addListener((property, old, points) -> sayMaxLoss());
        compare.disableProperty().bind(model.obstacleProperty().isNotEmpty().or(model.measuringProperty()));
        save.disableProperty()
                .bind(model.chosenProperty().map(form -> form.file() == null).orElse(true));
        saveFolder
                .disableProperty()
                .bind(save.disableProperty().or(model.programsProperty().isNull()));
        status.textProperty().bind(model.statusProperty());
        model.staleProperty().addListener((property, old, now) -> forms.grey(now));
        forms.grey(model.staleProperty().get());
        problem.textProperty().bind(model.problemProperty());
        problem.visibleProperty().bind(model.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        model.deploymentProperty().addListener((property, old, now) -> show(now));
        model.measuringProperty().addListener((property, old, now) -> showWaiting());
        bar.progressProperty().bind(model.progressProperty());
        stage.textProperty().bind(model.stageProperty());
        show(model.deploymentProperty().get());
        model.shippedProperty().addListener((property, old, now) -> show(now));
        show(model.shippedProperty().get());
        model.folderProperty().addListener((property, old, now) -> showSaved(now));
        model.programsProperty().addListener((property, old, now) -> program.show(now));
        program.show(model.programsProperty().get());
        parity.addListener((property, old, now) -> showParity(now));
        showParity(parity.getValue());
    }

    private void show(Deployment now) {
        boolean there = now != null;
        showWaiting();
        results.setVisible(there);
        // The one primary button: what is to be done next.
        primary(compare, !there);
        primary(save, there);
        plot.show(now);
        sayMaxLoss();
        forms.show(now, model.chosenProperty().get());
        if (there) {
            plotTitle.setText(Numbers.message(
                    resources.getString("plot.title"),
                    FormWords.scoreName(now.variants().get(0))));
        }
    }

    private void showWaiting() {
        boolean there = model.deploymentProperty().get() != null;
        boolean underWay = model.measuringProperty().get();
        nothing.setVisible(!there && !underWay);
        comparing.setVisible(!there && underWay);
    }

    private static void primary(Button button, boolean primary) {
        button.getStyleClass().remove("primary");
        if (primary) {
            button.getStyleClass().add("primary");
        }
    }

    /** Points of a score that is a share, per cent of any other. */
    private void sayMaxLoss() {
        Deployment now = model.deploymentProperty().get();
        boolean points = now == null || now.variants().get(0).score().share();
        maxLossSays.setText(Numbers.message(
                resources.getString(points ? "maxloss.says" : "maxloss.says.share"),
                Numbers.format("%.1f", maxLoss.getValue())));
    }

    private void showParity(Double difference) {
        proof.setVisible(difference != null);
        proof.setManaged(difference != null);
        parityLine.setText(
                difference == null
                        ? ""
                        : difference == 0
                                ? resources.getString("parity.none")
                                : Numbers.message(resources.getString("parity"), Numbers.format("%.1e", difference)));
    }

    private void showSaved(ClientFolder now) {
        if (now != null) {
            tellSaved(Numbers.message(
                    resources.getString("saved.folder"), now.folder(), String.join(", ", now.files()), now.example()));
        }
    }

    private void show(Saved now) {
        tellSaved(
                now == null
                        ? ""
                        : Numbers.message(
                                resources.getString("saved"),
                                now.file(),
                                Numbers.format("%.2f MB", now.bytes() / 1e6)));
    }

    private void tellSaved(String words) {
        savedLine.setVisible(!words.isEmpty());
        savedLine.setManaged(!words.isEmpty());
        savedLine.setText(words);
    }

    @FXML
    private void compare() {
        model.compare();
    }

    @FXML
    private void cancel() {
        model.cancel();
    }

    @FXML
    private void save() {
        choosers.save(deployScreen.getScene().getWindow(), resources.getString("save"), model.suggestedName())
                .ifPresent(model::save);
    }

    @FXML
    private void saveFolder() {
        choosers.folder(deployScreen.getScene().getWindow(), resources.getString("save.folder"))
                .ifPresent(model::saveFolder);
    }

    @FXML
    private void copy() {
        program.copy();
    }
}
