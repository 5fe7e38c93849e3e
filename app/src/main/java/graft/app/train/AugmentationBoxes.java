package graft.app.train;

import graft.image.Augmentation;
import java.util.List;
import java.util.ResourceBundle;
import javafx.beans.property.Property;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.GridPane;

/** A box for each way to vary pictures. How strongly, is as usual where nothing else was set; of the two that draw operations one counts. */
final class AugmentationBoxes extends GridPane {
    private static final double DEGREES = 15;
    private static final Augmentation AFFINE = Augmentation.parse("affine");
    private static final Augmentation TRIVIAL = Augmentation.parse("trivial");
    private static final Augmentation RANDOM = Augmentation.parse("randaugment");

    private final ResourceBundle texts;
    private final Property<Augmentation> value;
    private final CheckBox flip;
    private final CheckBox crop;
    private final CheckBox color;
    private final CheckBox rotate;
    private final CheckBox affine;
    private final CheckBox trivial;
    private final CheckBox random;

    AugmentationBoxes(Property<Augmentation> value, ResourceBundle texts) {
        this.value = value;
        this.texts = texts;
        setHgap(8);
        setVgap(4);
        flip = box("flip");
        crop = box("crop");
        color = box("color");
        rotate = box("rotate");
        affine = box("affine");
        trivial = box("trivial");
        random = box("randaugment");
        List<CheckBox> boxes = List.of(flip, crop, color, rotate, affine, trivial, random);
        for (int i = 0; i < boxes.size(); i++) {
            add(boxes.get(i), i % 2, i / 2);
            boxes.get(i).setOnAction(event -> choose((CheckBox) event.getSource()));
        }
        value.addListener((property, old, now) -> show(now));
        show(value.getValue());
    }

    private CheckBox box(String name) {
        CheckBox out = new CheckBox(texts.getString("augment." + name));
        out.setId(name);
        out.setMinWidth(USE_PREF_SIZE);
        String tip = "augment." + name + ".tip";
        if (texts.containsKey(tip)) {
            out.setTooltip(new Tooltip(texts.getString(tip)));
        }
        return out;
    }

    private void show(Augmentation now) {
        flip.setSelected(now.flip());
        crop.setSelected(now.crop());
        color.setSelected(now.color());
        rotate.setSelected(now.rotate() > 0);
        affine.setSelected(now.affine().isPresent());
        trivial.setSelected(now.policy().equals(TRIVIAL.policy()));
        random.setSelected(now.policy().isPresent() && !now.policy().equals(TRIVIAL.policy()));
    }

    private void choose(CheckBox pressed) {
        Augmentation before = value.getValue();
        if (pressed.isSelected()) {
            List.of(trivial, random).stream()
                    .filter(box -> box != pressed && (pressed == trivial || pressed == random))
                    .forEach(box -> box.setSelected(false));
        }
        Augmentation policy = trivial.isSelected() ? TRIVIAL : random.isSelected() ? RANDOM : Augmentation.NONE;
        boolean same = pressed != trivial && pressed != random;
        value.setValue(new Augmentation(
                flip.isSelected(),
                crop.isSelected(),
                color.isSelected(),
                !rotate.isSelected() ? 0 : before.rotate() > 0 ? before.rotate() : DEGREES,
                affine.isSelected() ? before.affine().or(AFFINE::affine) : Augmentation.NONE.affine(),
                same ? before.policy() : policy.policy()));
    }
}
