package graft.app.controls;

import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Dimension2D;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.stage.PopupWindow;
import javafx.stage.Screen;
import javafx.stage.Window;

/**
 * What all dialogs have in common: they open as large as what they show, in the middle of the window they belong to and on the
 * screen; no word on their buttons is cut; Escape closes them.
 */
public final class Dialogs {
    /** Title bar, buttons and the system's own bars. */
    private static final double BESIDE = 180;

    private static final double BETWEEN_BUTTONS = 12;
    private static final double AROUND = 24;

    /** For so long a window manager may still come up with a size of its own. */
    private static final long SETTLING_NANOS = 1_500_000_000L;

    private Dialogs() {}

    /** Shows a dialog and comes back at once. */
    public static void show(Dialog<?> dialog) {
        prepare(dialog);
        dialog.show();
    }

    /** Shows a dialog and waits for its answer. */
    public static <T> Optional<T> ask(Dialog<T> dialog) {
        prepare(dialog);
        return dialog.showAndWait();
    }

    private static void prepare(Dialog<?> dialog) {
        DialogPane pane = dialog.getDialogPane();
        Window owner = dialog.getOwner();
        pane.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && !hasPopup(pane)) { // lists and tables would keep it
                event.consume();
                dialog.close();
            }
        });
        dialog.showingProperty().addListener((property, before, showing) -> {
            if (showing) {
                Window window = pane.getScene().getWindow();
                new Settling(window, owner, wanted(pane, window, owner)).start();
            }
        });
    }

    private static boolean hasPopup(DialogPane pane) {
        Window window = pane.getScene().getWindow();
        return Window.getWindows().stream()
                .anyMatch(each -> each instanceof PopupWindow popup
                        && !(popup instanceof Tooltip)
                        && popup.getOwnerWindow() == window);
    }

    /** Of the content, as far as the screen goes. */
    private static Dimension2D wanted(DialogPane pane, Window window, Window owner) {
        pane.applyCss();
        Rectangle2D bounds = screen(owner == null ? window : owner).getVisualBounds();
        double width = Math.max(pane.minWidth(-1), pane.prefWidth(-1));
        width = Math.min(bounds.getWidth() - AROUND, width);
        double height = Math.min(bounds.getHeight() - AROUND, pane.prefHeight(width));
        return new Dimension2D(Math.ceil(width), Math.ceil(height));
    }

    /**
     * A window manager answers after the window is there: some give a window another size first, or none to speak of, and put it
     * where its title cannot be reached. Until it has settled, what was wanted is asked for again.
     */
    private static final class Settling extends AnimationTimer {
        private final Window window;
        private final Window owner;
        private final Dimension2D wanted;
        private long began;
        private boolean placed;

        Settling(Window window, Window owner, Dimension2D wanted) {
            this.window = window;
            this.owner = owner;
            this.wanted = wanted;
        }

        @Override
        public void handle(long now) {
            began = began == 0 ? now : began;
            if (!window.isShowing() || now - began > SETTLING_NANOS) {
                stop();
                return;
            }
            double sides = Math.max(0, window.getWidth() - window.getScene().getWidth());
            double bars = Math.max(0, window.getHeight() - window.getScene().getHeight());
            boolean small = window.getScene().getWidth() < wanted.getWidth() - 1
                    || window.getScene().getHeight() < wanted.getHeight() - 1;
            if (small) {
                window.setWidth(wanted.getWidth() + sides);
                window.setHeight(wanted.getHeight() + bars);
            }
            if (small || !placed || !isOnScreen()) {
                placed = true;
                place(wanted.getWidth() + sides, wanted.getHeight() + bars);
            }
        }

        private boolean isOnScreen() {
            Rectangle2D bounds = screen(window).getVisualBounds();
            return window.getX() >= bounds.getMinX() && window.getY() >= bounds.getMinY();
        }

        private void place(double width, double height) {
            Rectangle2D bounds = screen(owner == null ? window : owner).getVisualBounds();
            double x = owner == null ? bounds.getMinX() + bounds.getWidth() / 2 : owner.getX() + owner.getWidth() / 2;
            double y = owner == null ? bounds.getMinY() + bounds.getHeight() / 2 : owner.getY() + owner.getHeight() / 2;
            window.setX(within(x - width / 2, bounds.getMinX(), bounds.getMaxX() - width));
            window.setY(within(y - height / 2, bounds.getMinY(), bounds.getMaxY() - height));
        }

        private static double within(double at, double least, double most) {
            return Math.rint(Math.max(least, Math.min(most, at)));
        }
    }

    /** Puts {@code content} into a dialog; where it is taller than the screen, it scrolls. */
    public static void fill(DialogPane pane, Region content, Window owner) {
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
        pane.setMaxWidth(Double.MAX_VALUE); // the theme stops at 600
        wholeButtons(pane);
    }

    /**
     * Where something in the content scrolls by itself: as high as there is room for, and {@code ems} wide, as far as the screen
     * goes.
     */
    public static void widen(DialogPane pane, Region content, double ems, Window owner) {
        ((ScrollPane) pane.getContent()).setFitToHeight(true);
        broaden(pane, content, ems, owner);
    }

    /** {@code ems} wide, as far as the screen goes, so that lines of words stay whole where texts are large. */
    public static void broaden(DialogPane pane, Region content, double ems, Window owner) {
        double most = screen(owner).getVisualBounds().getWidth() - 2 * AROUND;
        Button body = (Button) pane.lookupButton(pane.getButtonTypes().get(0));
        content.prefWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.min(most, ems * body.getFont().getSize()), body.fontProperty()));
    }

    /** Each button as wide as its words, and the dialog as wide as its buttons; it knows them only by their least common width. */
    public static void wholeButtons(DialogPane pane) {
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

    private static Screen screen(Window window) {
        return Screen.getScreensForRectangle(window.getX(), window.getY(), window.getWidth(), window.getHeight())
                .stream()
                .findFirst()
                .orElse(Screen.getPrimary());
    }
}
