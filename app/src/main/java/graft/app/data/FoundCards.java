package graft.app.data;

import graft.app.task.ExampleSet;
import graft.data.Remark;
import graft.data.Skipped;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;

/** What was found as the data were read: what to look at, and what was left out. A card that holds nothing takes no room. */
record FoundCards(
        Node remarksCard,
        Label remarksTitle,
        ListView<Remark> remarks,
        Node skippedCard,
        Label skippedTitle,
        ListView<Skipped> skipped) {
    void show(ExampleSet set) {
        remarks.getItems().setAll(set.sortedRemarks());
        long mistakes = set.remarks().stream().filter(Remark::isProblem).count();
        remarksTitle.setText(mistakes == 0 ? DataTexts.text("remarks.notes") : DataTexts.text("remarks", mistakes));
        shownIf(remarksCard, !set.remarks().isEmpty());
        skipped.getItems().setAll(set.skipped());
        skippedTitle.setText(DataTexts.text("skipped", set.skipped().size()));
        shownIf(skippedCard, !set.skipped().isEmpty());
    }

    private static void shownIf(Node node, boolean condition) {
        node.setVisible(condition);
        node.setManaged(condition);
    }
}
