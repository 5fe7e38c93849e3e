package graft.app.shell;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.stage.Screen;
import javafx.stage.Window;

/** What dialogs of the frame have in common: they stay on the screen, and no word on their buttons is cut. */
final class Dialogs {
    /** Title bar, buttons and the system's own bars. */
    private static final double BESIDE = 180;

    private static final double BETWEEN_BUTTONS = 12;
    private static final double AROUND = 24;

    private Dialogs() {}

    /** Puts {@code content} into a dialog; where it is taller than the screen, it scrolls. */
    static void fill(DialogPane pane, Region content, Window owner) {
        double most = screen(owner).getVisualBounds().getHeight() - BESIDE;
        ScrollPane scroll = new ScrollPane(content) {
            @Override
            protected double computePrefHeight(double width) {
                return Math.min(most, super.computePrefHeight(width));
            }
        };
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "room");
        pane.setContent(scroll);
        wholeButtons(pane);
    }

    /**
     * Where something in the content scrolls by itself: as high as there is room for, and {@code ems} wide, as far as the screen
     * goes.
     */
    static void widen(DialogPane pane, Region content, double ems, Window owner) {
        ((ScrollPane) pane.getContent()).setFitToHeight(true);
        pane.setMaxWidth(Double.MAX_VALUE); // the theme stops at 600
        double most = screen(owner).getVisualBounds().getWidth() - 2 * AROUND;
        Button body = (Button) pane.lookupButton(pane.getButtonTypes().get(0));
        content.prefWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.min(most, ems * body.getFont().getSize()), body.fontProperty()));
    }

    /** Each button as wide as its words, and the dialog as wide as its buttons; it knows them only by their least common width. */
    static void wholeButtons(DialogPane pane) {
        pane.applyCss();
        double buttons = pane.getButtonTypes().stream()
                .mapToDouble(type -> pane.lookupButton(type).prefWidth(-1) + BETWEEN_BUTTONS)
                .sum();
        pane.setMinWidth(buttons + 2 * AROUND);
        pane.getButtonTypes().forEach(type -> {
            Button button = (Button) pane.lookupButton(type);
            button.setMinWidth(Region.USE_PREF_SIZE);
            ButtonBar.setButtonUniformSize(button, false);
        });
    }

    private static Screen screen(Window owner) {
        return Screen.getScreensForRectangle(owner.getX(), owner.getY(), owner.getWidth(), owner.getHeight()).stream()
                .findFirst()
                .orElse(Screen.getPrimary());
    }
}
