package graft.quantize;

import java.util.List;
import java.util.Optional;

/**
 * What became of a network that was quantized.
 *
 * @param bytesBefore size of the file that was read
 * @param bytesAfter size of the file that was written
 * @param nodesQuantized operators that compute with int8, or whose weights are stored as int8
 * @param weightsOnly those of them that compute with floats
 * @param tensorsQuantized activations with a scale and a zero point
 * @param left layers with weights that stay float, each with the reason
 * @param perChannel whether each output channel of a weight has a scale of its own
 * @param opset operator set of the written file
 * @param calibrationBatches batches the ranges come from
 * @param maxAbsDifference largest difference of any output number on the first example
 * @param agreement share of the calibration examples on which the largest output is the same as in float, 0…1; empty
 *     without examples, or where the first output has no row per example
 * @param spread difference of the outputs on the calibration examples, by what the float network's differ from example to
 *     example ({@link graft.evaluate.Spread}); empty as {@code agreement}, and where they do not differ
 * @param always place of the output that is the largest for every calibration example, where in float several are
 * @param notes what was done otherwise than asked, and why
 */
public record QuantizationReport(
        long bytesBefore,
        long bytesAfter,
        int nodesQuantized,
        int weightsOnly,
        int tensorsQuantized,
        List<Left> left,
        boolean perChannel,
        long opset,
        int calibrationBatches,
        double maxAbsDifference,
        Optional<Double> agreement,
        Optional<Double> spread,
        Optional<Integer> always,
        List<String> notes) {

    /** A layer that stays float. */
    public record Left(String node, String op, String reason) {}

    QuantizationReport written(long before, long after, double difference) {
        return new QuantizationReport(
                before,
                after,
                nodesQuantized,
                weightsOnly,
                tensorsQuantized,
                left,
                perChannel,
                opset,
                calibrationBatches,
                difference,
                agreement,
                spread,
                always,
                notes);
    }

    QuantizationReport with(List<String> remarks) {
        return new QuantizationReport(
                bytesBefore,
                bytesAfter,
                nodesQuantized,
                weightsOnly,
                tensorsQuantized,
                left,
                perChannel,
                opset,
                calibrationBatches,
                maxAbsDifference,
                agreement,
                spread,
                always,
                List.copyOf(remarks));
    }

    QuantizationReport agreeing(double share, Optional<Double> apart, Optional<Integer> same) {
        return new QuantizationReport(
                bytesBefore,
                bytesAfter,
                nodesQuantized,
                weightsOnly,
                tensorsQuantized,
                left,
                perChannel,
                opset,
                calibrationBatches,
                maxAbsDifference,
                Optional.of(share),
                apart,
                same,
                notes);
    }
}
