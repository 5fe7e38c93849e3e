package graft.app.deploy;

import graft.app.controls.Numbers;
import graft.app.controls.TextScale;
import graft.deploy.Deployment;
import graft.deploy.Deployment.Standing;
import graft.deploy.Deployment.Variant;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;

/**
 * The forms side by side: a figure with what belongs to it below, and in the last column what a form loses and gains, which has the
 * width that is left. Where the columns have no room, the table is moved sideways: nothing of it is left out.
 */
final class FormsTable {
    private static final PseudoClass RECOMMENDED = PseudoClass.getPseudoClass("recommended");
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");
    /** The table's own borders, and the bar that moves its rows. */
    private static final double EDGE = 14;

    private static final double WIDE = 200;

    private final TableView<Variant> table;
    private final ResourceBundle texts;
    private final TableColumn<Variant, Variant> score;
    private final TableColumn<Variant, Variant> verdict;
    private Variant fp32;

    /**
     * @param body a label with the body's font, on the same screen
     * @param chosen what is selected, both ways
     */
    FormsTable(TableView<Variant> table, ResourceBundle texts, Labeled body, ObjectProperty<Variant> chosen) {
        this.table = table;
        this.texts = texts;
        TableColumn<Variant, Variant> name = new TableColumn<>(texts.getString("column.form"));
        name.setId("name");
        name.setMinWidth(126);
        name.setComparator(Comparator.comparing(FormWords::name));
        name.setCellFactory(NameCell::new);
        score = figures(
                "score",
                84,
                FormWords::score,
                FormWords::interval,
                form -> form.score() == null ? null : form.score().value());
        verdict = new TableColumn<>(texts.getString("column.verdict"));
        verdict.setId("verdict");
        verdict.setMinWidth(130);
        verdict.setSortable(false);
        verdict.setCellFactory(VerdictCell::new);
        List<TableColumn<Variant, Variant>> columns = List.of(
                name,
                score,
                figures(
                        "worst",
                        92,
                        FormWords::worst,
                        FormWords::worstClass,
                        form -> form.worstClass() == null
                                ? null
                                : form.worstClass().recall()),
                figures("agreement", 66, form -> FormWords.share(form.agreement()), form -> "", Variant::agreement),
                figures(
                        "size",
                        70,
                        FormWords::megabytes,
                        form -> "",
                        form -> form.file() == null ? null : (double) form.bytes()),
                figures(
                        "memory",
                        72,
                        FormWords::memory,
                        form -> "",
                        form -> form.memoryBytes() == null ? null : (double) form.memoryBytes()),
                figures("p50", 86, form -> FormWords.milliseconds(form.p50Ms()), FormWords::p95, Variant::p50Ms),
                verdict);
        columns.forEach(column -> column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue())));
        table.getColumns().setAll(columns);
        table.setRowFactory(any -> new Row());
        TextScale.columns(table, body);
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.widthProperty().addListener((property, old, now) -> fit());
        table.getColumns().forEach(column -> {
            column.minWidthProperty().addListener((property, old, now) -> fit());
            if (column != verdict) {
                column.widthProperty().addListener((property, old, now) -> fit());
            }
        });
        table.getSelectionModel().selectedItemProperty().addListener((property, old, form) -> {
            if (form != null) {
                chosen.set(form);
            }
        });
        chosen.addListener((property, old, form) -> {
            if (form != null) {
                table.getSelectionModel().select(form);
            }
        });
    }

    /** Figures get a little of what is over, the words of the verdict the rest. */
    private void fit() {
        double least = table.getColumns().stream()
                .mapToDouble(TableColumn::getMinWidth)
                .sum();
        double room = table.getWidth() - EDGE;
        double over = Math.max(0, room - least - WIDE);
        double each = 1 + Math.min(0.4, over / Math.max(1, least));
        double others = 0;
        for (TableColumn<Variant, ?> column : table.getColumns()) {
            if (column != verdict) {
                column.setPrefWidth(Math.floor(column.getMinWidth() * each));
                others += column.getPrefWidth();
            }
        }
        verdict.setPrefWidth(Math.max(verdict.getMinWidth(), Math.floor(room - others)));
    }

    /** @param number by which rows are sorted */
    private TableColumn<Variant, Variant> figures(
            String id,
            double width,
            Function<Variant, String> words,
            Function<Variant, String> below,
            Function<Variant, Double> number) {
        TableColumn<Variant, Variant> column = new TableColumn<>(texts.getString("column." + id));
        column.setId(id);
        column.setMinWidth(width);
        column.getStyleClass().add("numeric");
        column.setComparator(Comparator.comparing(number, Comparator.nullsFirst(Comparator.naturalOrder())));
        column.setCellFactory(any -> new FigureCell(words, below));
        return column;
    }

    /** @param selected null for none */
    void show(Deployment now, Variant selected) {
        if (now == null) {
            table.getItems().clear();
            return;
        }
        fp32 = now.variants().get(0);
        score.setText(FormWords.scoreName(fp32));
        table.getItems()
                .setAll(now.variants().stream()
                        .sorted(Comparator.comparing(form -> form.standing() != Standing.RECOMMENDED))
                        .toList());
        table.sort();
        table.getSelectionModel().select(selected);
    }

    /** Figures of an older run can be looked at, but not be taken for those of what is open. */
    void grey(boolean stale) {
        table.getStyleClass().remove("stale");
        if (stale) {
            table.getStyleClass().add("stale");
        }
    }

    private String all(Variant form) {
        return table.getColumns().stream()
                        .filter(column -> column.getStyleClass().contains("numeric"))
                        .map(column -> column.getText() + " "
                                + ((FigureCell) column.getCellFactory().call(null)).said(form))
                        .collect(Collectors.joining("\n"))
                + "\n" + texts.getString("memory.says");
    }

    /** A figure, and smaller below it what it is of, or in which range it lies. */
    private final class FigureCell extends TableCell<Variant, Variant> {
        private final Function<Variant, String> words;
        private final Function<Variant, String> below;
        private final Text figure = new Text();
        private final Text more = new Text();
        private final VBox both = new VBox(figure, more);

        private FigureCell(Function<Variant, String> words, Function<Variant, String> below) {
            this.words = words;
            this.below = below;
            figure.getStyleClass().add("figure");
            more.getStyleClass().add("interval");
            more.managedProperty().bind(more.textProperty().isNotEmpty());
            both.setAlignment(Pos.CENTER_RIGHT);
        }

        private String said(Variant form) {
            return (words.apply(form) + " " + below.apply(form)).strip();
        }

        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            setGraphic(empty ? null : both);
            figure.setText(empty ? "" : words.apply(form));
            more.setText(empty ? "" : below.apply(form));
            setTooltip(empty ? null : new Tooltip(all(form)));
            setAccessibleText(empty ? null : said(form));
        }
    }

    /** What a form is called, and below it, in a word, how it stands. */
    private final class NameCell extends TableCell<Variant, Variant> {
        private final Text form = new Text();
        private final Label chip = new Label();
        private final VBox both = new VBox(3, form, chip);

        private NameCell(TableColumn<Variant, Variant> column) {
            form.getStyleClass().add("figure");
            wrap(form, this, column);
            chip.managedProperty().bind(chip.visibleProperty());
            both.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(Variant now, boolean empty) {
            super.updateItem(now, empty);
            setGraphic(empty ? null : both);
            if (empty) {
                return;
            }
            form.setText(FormWords.name(now));
            String words = FormWords.chip(now, fp32).orElse("");
            chip.setText(words);
            chip.setVisible(!words.isEmpty());
            chip.getStyleClass().setAll("label", "chip", FormWords.chipStyle(now));
            setAccessibleText((form.getText() + " " + words).strip());
        }
    }

    /** Words that take as many lines as they need; a cell's own text would make its row one line high. */
    private final class VerdictCell extends TableCell<Variant, Variant> {
        private final Text text = new Text();

        private VerdictCell(TableColumn<Variant, Variant> column) {
            text.getStyleClass().add("words");
            wrap(text, this, column);
            getStyleClass().add("words-cell");
            setGraphic(text);
        }

        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            text.setText(empty ? "" : Numbers.kept(FormWords.verdict(form, fp32)));
            setTooltip(empty ? null : new Tooltip(form.verdict()));
            setAccessibleText(text.getText());
        }
    }

    /** In the column, not in the cell, whose height is asked for before it has a width. */
    private static void wrap(Text text, TableCell<?, ?> cell, TableColumn<?, ?> column) {
        text.wrappingWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(1, column.getWidth() - cell.snappedLeftInset() - cell.snappedRightInset()),
                        column.widthProperty(),
                        cell.insetsProperty()));
    }

    private static final class Row extends TableRow<Variant> {
        @Override
        protected void updateItem(Variant form, boolean empty) {
            super.updateItem(form, empty);
            pseudoClassStateChanged(RECOMMENDED, !empty && form.standing() == Standing.RECOMMENDED);
            pseudoClassStateChanged(BROKEN, !empty && form.standing() == Standing.BROKEN);
        }
    }
}
