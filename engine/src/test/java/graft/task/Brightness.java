package graft.task;

import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Targets;
import graft.judge.Evaluation;
import graft.judge.Judge;
import graft.judge.Score;
import graft.network.Head;
import graft.network.LinearHead;
import graft.network.Network;
import graft.objective.Objective;
import graft.onnx.ElementType;
import graft.onnx.Node;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import graft.onnx.Values;
import graft.progress.Progress;
import graft.run.PlanOptions;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A task without classes, in one file: how bright is this picture? It learns numbers, and less of its score is better. */
final class Brightness {
    static final String VALUE = "value";

    static final Task TASK = new Task(
            "image-brightness",
            new Task.Words(
                    "How bright is this picture?",
                    "as of classes, which are passed over",
                    "linear; squared error",
                    "rmse"),
            new Numbers(),
            ImageClassification.TASK.questions(),
            Brightness::head,
            Brightness::objective,
            (targets, classes) -> new RootMeanSquare((Means) targets),
            List.of(PlanOptions.AUGMENT, PlanOptions.VIEWS_PER_EXAMPLE));

    private Brightness() {}

    /** What {@link ImageClassification} reads, with another thing to be answered. */
    private static final class Numbers implements Reading {
        private final Reading pictures = ImageClassification.TASK.reading();

        @Override
        public boolean fits(Path source) {
            return pictures.fits(source);
        }

        @Override
        public boolean takesPictures(Path source) {
            return pictures.takesPictures(source);
        }

        @Override
        public DataSet open(Path source, Path file, How how, Progress progress) {
            return pictures.open(source, file, how, progress).answering(Means::of);
        }
    }

    /** The mean of each example's numbers. */
    record Means(float[] values) implements Targets {
        static Means of(Examples examples) {
            float[] out = new float[examples.size()];
            for (int i = 0; i < out.length; i++) {
                FloatBuffer numbers = examples.inputs(new int[] {i}, Examples.PLAIN)
                        .values()
                        .iterator()
                        .next()
                        .floats();
                double sum = 0;
                int count = numbers.remaining();
                while (numbers.hasRemaining()) {
                    sum += numbers.get();
                }
                out[i] = (float) (sum / count);
            }
            return new Means(out);
        }

        @Override
        public Map<String, Values> of(int[] examples, int real) {
            float[] wanted = new float[examples.length];
            float[] counted = new float[examples.length];
            for (int i = 0; i < real; i++) {
                wanted[i] = values[examples[i]];
                counted[i] = 1;
            }
            long[] column = {examples.length, 1};
            return Map.of("target", Values.ofFloats(column, wanted), "counted", Values.ofFloats(column, counted));
        }

        @Override
        public double weight(int[] examples) {
            return examples.length;
        }
    }

    private static Head head(Path file, Network body, String features, DataSet data, HeadChoice choice) {
        long[] shape = FeatureShape.of(body, features, data);
        return LinearHead.on(body, features, shape, 1, VALUE, choice.init(), choice.seed());
    }

    /** Squared error, summed over the rows that are no padding. */
    private static Objective objective(Head head) {
        String value = head.outputs().get(0).name();
        Dim batch = Dim.free("N");
        return Objective.of(
                "mean-squared-error",
                List.of(ValueInfo.of(value, ElementType.FLOAT, batch, Dim.of(1))),
                List.of(
                        ValueInfo.of("target", ElementType.FLOAT, batch, Dim.of(1)),
                        ValueInfo.of("counted", ElementType.FLOAT, batch, Dim.of(1))),
                List.of(
                        Node.of("Sub", "off", List.of(value, "target"), List.of("errors")),
                        Node.of("Mul", "squared", List.of("errors", "errors"), List.of("squares")),
                        Node.of("Mul", "of_counted", List.of("squares", "counted"), List.of("shares")),
                        Node.of("ReduceSum", "sum", List.of("shares"), List.of("sum_of_losses"))
                                .with("keepdims", 0L)),
                "sum_of_losses");
    }

    /** The root of the mean squared error. */
    private static final class RootMeanSquare implements Judge {
        private final Means targets;
        private final double[] squares;
        private int n;
        private int firstNotFinite = Integer.MAX_VALUE;

        RootMeanSquare(Means targets) {
            this.targets = targets;
            this.squares = new double[targets.values().length];
        }

        @Override
        public double add(Map<String, Values> answers, int[] examples, int real) {
            FloatBuffer said = answers.get(VALUE).floats();
            for (int i = 0; i < real; i++) {
                double off = said.get(i) - (double) targets.values()[examples[i]];
                squares[examples[i]] = off * off;
                if (!Double.isFinite(off)) {
                    firstNotFinite = Math.min(firstNotFinite, examples[i]);
                }
            }
            n += real;
            return Double.NaN; // a root of a mean is no mean
        }

        @Override
        public Judge merge(Judge other) {
            RootMeanSquare more = (RootMeanSquare) other;
            for (int i = 0; i < squares.length; i++) {
                squares[i] += more.squares[i];
            }
            n += more.n;
            firstNotFinite = Math.min(firstNotFinite, more.firstNotFinite);
            return this;
        }

        @Override
        public Evaluation done() {
            double sum = 0;
            for (double square : squares) {
                sum += square;
            }
            return new Found(n, sum / n, firstNotFinite == Integer.MAX_VALUE ? -1 : firstNotFinite);
        }
    }

    private record Found(int n, double loss, int firstNotFinite) implements Evaluation {
        @Override
        public Score primary() {
            return new Score("rmse", Math.sqrt(loss), null, false, false);
        }
    }
}
