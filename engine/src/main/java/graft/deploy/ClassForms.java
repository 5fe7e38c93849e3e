package graft.deploy;

import graft.data.DataSet;
import graft.evaluate.ClassEvaluation;
import graft.evaluate.Evaluator;
import graft.evaluate.Predictions;
import graft.judge.Score;
import graft.meaning.Reading;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Judges forms whose answers are classes. */
record ClassForms(Reading reading, DataSet data, Progress progress) implements FormJudge {
    @Override
    public Found judged(Path form) {
        try (Evaluator evaluator = Evaluator.open(form, reading, 0)) {
            return new Answered(evaluator.predict(data.classes(), data.val(), progress));
        }
    }

    private record Answered(Predictions said) implements Found {
        @Override
        public Score score() {
            return ClassEvaluation.of(said).primary();
        }

        @Override
        public List<String> remarks() {
            return said.remarks();
        }

        @Override
        public Optional<Double> agreement(Found other) {
            return Optional.of(said.agreement(((Answered) other).said));
        }

        @Override
        public Optional<Double> spread(Found other) {
            return said.spread(((Answered) other).said);
        }

        @Override
        public Optional<String> always() {
            return said.always();
        }

        @Override
        public Optional<WorstClass> worstClass() {
            return WorstClass.of(ClassEvaluation.of(said));
        }
    }
}
