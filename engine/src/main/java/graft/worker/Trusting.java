package graft.worker;

import graft.Refusal;
import graft.data.DataSet;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.novelty.NotedExamples;
import graft.onnx.NetworkFile;
import graft.options.Settings;
import graft.progress.Progress;
import graft.run.PlanOptions;
import graft.task.JudgedData;
import graft.text.TokenizerFile;
import graft.trust.Calibration;
import graft.trust.ConformalSets;
import graft.trust.Suspects;
import graft.trust.Suspects.Suspect;
import graft.trust.Trust;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How far a network's answers, and the labels, can be trusted. */
public final class Trusting {
    private static final int FOLDS = 5;
    /** Nobody looks through more of them, and all have to reach the window. */
    private static final int MOST = 2_000;

    private Trusting() {}

    /**
     * A network and the examples that it is asked about.
     *
     * @param network its file
     * @param reading what the user says of it
     * @param how what the user says of the data
     * @param preparation of pictures; empty = as the file says
     */
    public record Asked(Path network, Path data, Reading reading, HowRead how, Optional<Preprocessing> preparation) {
        private Trust open(Progress progress) {
            NetworkFile file = NetworkFile.at(network);
            Settings said = how.settings();
            Optional<Preprocessing> prepared =
                    preparation.isPresent() ? preparation : Judging.preparation(network, data, said);
            DataSet examples = Judging.open(network, data, prepared, said, progress);
            if (examples.classes().isEmpty()) {
                throw new Refusal(
                        data + " has no classes: how sure a network is of one is what is asked here. Its scores"
                                + " are told where it is evaluated.");
            }
            return new Trust(
                    file,
                    reading,
                    examples,
                    JudgedData.task(data, file.model(), said),
                    said.given(PlanOptions.SEED).orElse(0L),
                    0);
        }
    }

    private interface OfAsked extends Work.Plan {
        Asked asked();

        @Override
        default Path file() {
            return asked().network();
        }

        @Override
        default List<Path> files() {
            return List.of(asked().network(), asked().data());
        }
    }

    /** Which labels look wrong. */
    public record Doubting(Asked asked) implements OfAsked {
        Doubted run(Progress progress) {
            Suspects found = asked.open(progress).suspects(FOLDS, progress);
            List<Suspect> wrong = found.expected();
            return new Doubted(
                    found.n(),
                    found.accuracy(),
                    wrong.size(),
                    List.copyOf(wrong.subList(0, Math.min(MOST, wrong.size()))),
                    found.remarks());
        }
    }

    /**
     * Labels that look wrong.
     *
     * @param n examples that were looked at
     * @param accuracy share of the labels that a head which had not seen them gives too, 0…1
     * @param wrong how many labels look wrong
     * @param suspects the most suspicious first; not all of very many
     * @param remarks what was left aside
     */
    public record Doubted(int n, double accuracy, int wrong, List<Suspect> suspects, List<String> remarks) {}

    /**
     * How sure the network is, and how sure it should be.
     *
     * @param out where the network is written with its temperature
     */
    public record Cooling(Asked asked, Optional<Path> out) implements OfAsked {
        Calibration run(Progress progress) {
            Calibration found = asked.open(progress).calibrate(out, progress);
            out.ifPresent(made ->
                    TokenizerFile.follow(asked.network(), NetworkFile.at(made).model(), made));
            return found;
        }
    }

    /**
     * What the examples were like that the network learnt from.
     *
     * @param out where the network is written with the note
     */
    public record Noting(Asked asked, Path out) implements OfAsked {
        NotedExamples run(Progress progress) {
            NotedExamples found = asked.open(progress).notedExamples(Optional.of(out), progress);
            TokenizerFile.follow(asked.network(), NetworkFile.at(out).model(), out);
            return found;
        }
    }

    /**
     * Sets of classes that hold the true one.
     *
     * @param alpha share of them that may miss it, 0…1
     */
    public record Covering(Asked asked, double alpha, ConformalSets.Kind score) implements OfAsked {
        ConformalSets run(Progress progress) {
            return asked.open(progress).sets(alpha, score, progress);
        }
    }
}
