package graft.transfer;

import graft.objective.SoftTargets;
import graft.objective.Streams;
import graft.options.Settings;
import graft.problem.Companion;
import graft.problem.Problem;
import graft.problem.Sources;
import graft.run.TransferOptions;
import java.util.List;

/** A student learns a teacher's answers, softened, beside the labels (Hinton, Vinyals and Dean 2015). */
final class Distillation {
    static final Technique TECHNIQUE = new Technique(
            "distillation",
            "A small network learns from a large one what it takes for alike, beside what is right: where a smaller or faster file"
                    + " is wanted and a good one of the same classes is there.",
            List.of(TransferOptions.TEACHER, TransferOptions.TEMPERATURE, TransferOptions.ALPHA),
            Distillation::applied);

    private static final String COMPANION = "teacher";

    private Distillation() {}

    private static Problem applied(Problem plain, Settings settings) {
        if (plain.sources().teacher().isEmpty()) {
            return plain;
        }
        Sources.Teacher teacher = plain.sources().teacher().get();
        double alpha = settings.get(TransferOptions.ALPHA);
        String logits = plain.network().head().orElseThrow().outputs().get(0).name();
        var soft = SoftTargets.between(
                logits,
                Streams.of(COMPANION, teacher.output()),
                teacher.places(),
                settings.get(TransferOptions.TEMPERATURE));
        return plain.with(plain.objective().times(1 - alpha).plus(alpha, soft))
                .with(new Companion(COMPANION, teacher.features()));
    }
}
