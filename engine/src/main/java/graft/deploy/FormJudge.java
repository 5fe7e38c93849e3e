package graft.deploy;

import graft.judge.Score;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks every form of a network about the same examples, and says how it fares. */
interface FormJudge {
    /** @throws graft.Refusal where the form cannot be run */
    Found judged(Path form);

    /** What a form answered, which can be held against what another one answered. */
    interface Found {
        /** What networks of this task are chosen by. */
        Score score();

        /** For the user: what was assumed, and what looks wrong. */
        List<String> remarks();

        /** Share of the examples that both answer alike; empty where answers are numbers, which are never quite alike. */
        Optional<Double> agreement(Found other);

        /** How far the outputs are from the other's, as {@link graft.evaluate.Spread}; empty where the latter do not vary. */
        Optional<Double> spread(Found other);

        /** What was answered for every example; empty where that is not one class. */
        Optional<String> always();

        /** The class that is recognised worst; empty where answers are no classes. */
        Optional<WorstClass> worstClass();
    }
}
