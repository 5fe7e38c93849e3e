package graft.app.train;

import graft.app.jobs.ChildProcess;
import graft.run.FineTuningResult;
import java.util.ArrayDeque;
import java.util.Deque;

/** How a run ended, in words for the user; it remembers what the process said last, outside its events. */
final class RunEnding {
    private static final int LINES_KEPT = 12;
    private static final String PROGRAM = "graft: ";

    private final Deque<String> said = new ArrayDeque<>();

    void restart() {
        said.clear();
    }

    void heard(String line) {
        said.addLast(line);
        if (said.size() > LINES_KEPT) {
            said.removeFirst();
        }
    }

    /**
     * There is a file: of the run as planned, or of what was learnt when the user had enough.
     *
     * @param stepsOfPart steps of the last epoch where it is not a whole one; else 0
     */
    static String finished(FineTuningResult result, RunSubject subject, int epochsPlanned, int stepsOfPart) {
        int done = result.epochs().size();
        boolean early = subject.earlyStop() > 0 && done - result.bestEpoch() >= subject.earlyStop();
        boolean within = result.wasStopped() && stepsOfPart > 0;
        String how = within
                ? TrainViewModel.text("status.stopped.within", stepsOfPart, done, epochsPlanned)
                : TrainViewModel.text(
                        result.wasStopped() ? "status.stopped" : early ? "status.early" : "status.finished",
                        done,
                        epochsPlanned);
        if (result.frozenTensors() > 0 && !result.frozenUnchanged()) {
            return TrainViewModel.text("status.changed", how);
        }
        if (subject.isAtOnce()) {
            return TrainViewModel.text("status.at.once", score(result));
        }
        return TrainViewModel.text("status.best", how, result.bestEpoch(), score(result));
    }

    private static String score(FineTuningResult result) {
        return result.valScore() == null ? "–" : Scores.words(result.valScore());
    }

    /** "" where nothing was frozen. */
    static String proof(FineTuningResult result) {
        return result.frozenTensors() > 0 && Boolean.TRUE.equals(result.frozenUnchanged())
                ? TrainViewModel.text("proof", result.frozenTensors())
                : "";
    }

    /** @param where in the run that was */
    String killed(ChildProcess.End end, boolean resumable, String where) {
        return TrainViewModel.text(resumable ? "killed.again" : "killed.early", end.exitCode() - 128, where, refusal());
    }

    String failed(ChildProcess.End end) {
        String words = refusal();
        return words.isEmpty() ? TrainViewModel.text("failed.silent", end.exitCode(), end.output()) : words;
    }

    /** A refusal is one paragraph on standard error that begins with the program's name. */
    private String refusal() {
        return said.stream()
                .filter(line -> line.startsWith(PROGRAM))
                .reduce((a, b) -> b)
                .map(line -> line.substring(PROGRAM.length()))
                .orElse("");
    }
}
