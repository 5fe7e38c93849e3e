package graft.conform;

import graft.onnx.ElementType;
import graft.onnx.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * One tensor held against what it should be.
 *
 * @param maxAbsError empty where the elements cannot be compared one by one
 * @param difference what differs; empty where the tensors agree
 */
record Comparison(Optional<Double> maxAbsError, Optional<String> difference) {
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-5;
    /** Part of the network's largest gradient below which a gradient is rounding noise. */
    private static final double NOISE = 1e-6;

    /** Outputs agree within 1e-5 + 1e-3·|expected|, with equal type and shape; NaN equals NaN. */
    static Comparison ofOutput(String name, Tensor expected, Tensor actual) {
        return compare("output " + name, expected, actual, value -> ABSOLUTE + RELATIVE * Math.abs(value));
    }

    /** Gradients agree within 1e-3·(largest of the tensor) + 1e-6·(largest of the network). */
    static Comparison ofGradient(String name, Tensor expected, Tensor actual, double largestOfNetwork) {
        double tolerance = RELATIVE * largest(expected) + NOISE * largestOfNetwork;
        return compare("gradient of " + name, expected, actual, value -> tolerance);
    }

    /** Largest absolute value of a float tensor. */
    static double largest(Tensor tensor) {
        double largest = 0;
        for (double value : doubles(tensor)) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private interface Tolerance {
        double at(double expected);
    }

    private static Comparison compare(String what, Tensor expected, Tensor actual, Tolerance tolerance) {
        if (expected.type() != actual.type()) {
            return differs(what + " is " + actual.type() + " instead of " + expected.type());
        }
        if (!Arrays.equals(expected.shape(), actual.shape())) {
            return differs(what + " has the shape " + Arrays.toString(actual.shape()) + " instead of "
                    + Arrays.toString(expected.shape()));
        }
        if (expected.type() == ElementType.STRING) {
            return expected.toStrings().equals(actual.toStrings())
                    ? new Comparison(Optional.of(0.0), Optional.empty())
                    : differs(what + " has other strings");
        }
        double[] wanted = doubles(expected);
        double[] had = doubles(actual);
        double worst = 0;
        int wrong = 0;
        String first = "";
        for (int i = 0; i < wanted.length; i++) {
            // Covers equal infinities, whose difference is NaN.
            if (wanted[i] == had[i] || Double.isNaN(wanted[i]) && Double.isNaN(had[i])) {
                continue;
            }
            double error = Math.abs(wanted[i] - had[i]);
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
            if (!(error <= tolerance.at(wanted[i])) && wrong++ == 0) {
                first = what + ", element " + i + ", is " + had[i] + " instead of " + wanted[i];
            }
        }
        Optional<Double> error = Double.isInfinite(worst) ? Optional.empty() : Optional.of(worst);
        return wrong == 0
                ? new Comparison(error, Optional.empty())
                : new Comparison(error, Optional.of(first + " (" + wrong + " of " + wanted.length + " differ)"));
    }

    private static Comparison differs(String message) {
        return new Comparison(Optional.empty(), Optional.of(message));
    }

    private static double[] doubles(Tensor tensor) {
        double[] out = new double[Math.toIntExact(tensor.size())];
        switch (tensor.type()) {
            case DOUBLE -> {
                ByteBuffer data = tensor.bytes();
                for (int i = 0; i < out.length; i++) {
                    out[i] = data.getDouble();
                }
            }
            case FLOAT, FLOAT16, BFLOAT16 -> {
                float[] values = tensor.toFloats();
                for (int i = 0; i < out.length; i++) {
                    out[i] = values[i];
                }
            }
            default -> {
                long[] values = tensor.toLongs();
                for (int i = 0; i < out.length; i++) {
                    out[i] = values[i];
                }
            }
        }
        return out;
    }
}
