package graft.deploy;

import java.util.List;

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
                List.copyOf(remarks));
    }
}
