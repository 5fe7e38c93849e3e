package graft.app.train;

import graft.run.FineTuningPlan.OptimizerKind;
import graft.run.Schedule;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/** What the user sets of a run besides what learns. Begins with the command line's defaults. */
public final class RunSettings {
    public final IntegerProperty epochs = new SimpleIntegerProperty();
    public final DoubleProperty learningRate = new SimpleDoubleProperty();
    public final IntegerProperty batch = new SimpleIntegerProperty();
    public final ObjectProperty<OptimizerKind> optimizer = new SimpleObjectProperty<>();
    public final DoubleProperty momentum = new SimpleDoubleProperty();
    public final DoubleProperty weightDecay = new SimpleDoubleProperty();
    public final ObjectProperty<Schedule> schedule = new SimpleObjectProperty<>();
    public final BooleanProperty flip = new SimpleBooleanProperty();
    public final BooleanProperty crop = new SimpleBooleanProperty();
    public final BooleanProperty color = new SimpleBooleanProperty();
    public final BooleanProperty rotate = new SimpleBooleanProperty();
    public final IntegerProperty views = new SimpleIntegerProperty();
    public final IntegerProperty earlyStop = new SimpleIntegerProperty();
    public final BooleanProperty classWeights = new SimpleBooleanProperty();
    public final DoubleProperty labelSmoothing = new SimpleDoubleProperty();
    public final BooleanProperty keepStatistics = new SimpleBooleanProperty();
    public final BooleanProperty dropout = new SimpleBooleanProperty();
    public final IntegerProperty seed = new SimpleIntegerProperty();

    RunSettings() {
        reset(Recipe.FEATURE_EXTRACTION);
    }

    /** Back to the defaults, with the learning rate of a recipe. */
    void reset(Recipe recipe) {
        epochs.set(10);
        learningRate.set(recipe.learningRate());
        batch.set(16);
        optimizer.set(OptimizerKind.SGD);
        momentum.set(0.9);
        weightDecay.set(0);
        schedule.set(Schedule.CONSTANT);
        flip.set(false);
        crop.set(false);
        color.set(false);
        rotate.set(false);
        views.set(4);
        earlyStop.set(0);
        classWeights.set(false);
        labelSmoothing.set(0);
        keepStatistics.set(false);
        dropout.set(true);
        seed.set(1);
    }
}
