package graft.objective;

import graft.onnx.ElementType;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.util.List;

/**
 * How far a student's answers are from a teacher's: {@code T² · Σ KL(softmax(teacher / T) ‖ softmax(student / T))}, summed over
 * classes, and a mean over examples (Hinton 2015). An example weighs what its class does.
 */
public final class SoftTargets {
    private SoftTargets() {}

    /**
     * @param logits of the student, {@code [N, classes]}
     * @param teacher name of the teacher's logits {@code [N, its classes]}
     * @param places of the student's classes among the teacher's
     */
    public static Objective between(String logits, String teacher, long[] places, double temperature) {
        Formula formula = new Formula();
        String t = formula.number(temperature);
        String classes = formula.constant(Tensor.ofLongs("places", new long[] {places.length}, places));
        String chosen = formula.along("Gather", 1, teacher, classes);
        String wanted = formula.along("LogSoftmax", 1, formula.of("Div", chosen, t));
        String said = formula.along("LogSoftmax", 1, formula.of("Div", logits, t));
        String divergence = formula.of("Mul", formula.of("Exp", wanted), formula.of("Sub", wanted, said));
        String weighed = formula.of("Mul", divergence, formula.sum(CrossEntropy.TARGET, 1));
        Dim batch = Dim.free("N");
        Dim ours = Dim.free("classes");
        return Objective.of(
                "soft targets",
                List.of(
                        ValueInfo.of(logits, ElementType.FLOAT, batch, ours),
                        ValueInfo.of(CrossEntropy.TARGET, ElementType.FLOAT, batch, ours),
                        ValueInfo.of(teacher, ElementType.FLOAT, batch, Dim.free("teacher_classes"))),
                formula,
                formula.of("Mul", formula.sum(weighed), formula.number(temperature * temperature)));
    }
}
