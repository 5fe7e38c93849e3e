package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.ArrayList;
import java.util.List;

/** How tensors of further streams are called. */
public final class Streams {
    private static final String MARK = "/";

    private Streams() {}

    /** A tensor of the network as it answers to the examples of a stream; also one of a companion, such as a teacher. */
    public static String of(String stream, String tensor) {
        return stream + MARK + tensor;
    }

    /** Which of the examples count to which a tensor belongs. */
    static String counts(String tensor) {
        int mark = tensor.indexOf(MARK);
        return of(tensor.substring(0, mark), Objective.COUNTS);
    }

    /** The inputs of an objective over the features of two streams, and scalars. */
    static List<ValueInfo> inputs(String features, String others, String... scalars) {
        List<ValueInfo> out = new ArrayList<>();
        // Of any rank: pictures may have features of channels, height and width.
        out.add(ValueInfo.ofType(features, ElementType.FLOAT));
        out.add(ValueInfo.ofType(others, ElementType.FLOAT));
        out.add(ValueInfo.of(Objective.COUNTS, ElementType.FLOAT, Dim.free("N")));
        out.add(ValueInfo.of(counts(others), ElementType.FLOAT, Dim.free("M")));
        for (String scalar : scalars) {
            out.add(ValueInfo.of(scalar, ElementType.FLOAT));
        }
        return out;
    }
}
