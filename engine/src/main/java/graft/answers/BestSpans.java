package graft.answers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The best answers to one question, of all windows of its passage: every stretch that is short enough is looked at. */
final class BestSpans {
    /** As many as Hugging Face's and Google's programs keep. */
    private static final int KEPT = 20;

    private final List<Candidate> best = new ArrayList<>();
    private double nowhere = Double.POSITIVE_INFINITY;
    private boolean finite = true;

    /** One answer that was found, and by how much "it is not in here" is above it. */
    static BestSpans of(Candidate only, double missing) {
        BestSpans out = new BestSpans();
        out.best.add(only);
        out.nowhere = only.score() + missing;
        return out;
    }

    /** Takes what is answered for one window. */
    void add(String passage, PassageWindow window, float[][] scores, int longest) {
        nowhere = Math.min(nowhere, (double) scores[0][PassageWindow.NOWHERE] + scores[1][PassageWindow.NOWHERE]);
        for (float[] side : scores) {
            for (float score : side) {
                finite &= Float.isFinite(score);
            }
        }
        int inside = window.inside();
        int first = window.first();
        for (int start = 0; start < inside; start++) {
            if (!window.hasLetters(start)) {
                continue;
            }
            for (int end = start; end < Math.min(inside, start + longest); end++) {
                double score = (double) scores[0][first + start] + scores[1][first + end];
                if (window.hasLetters(end) && isBetter(score)) {
                    int[] letters = window.letters(passage, start, end);
                    keep(new Candidate(letters[0], letters[1], score));
                }
            }
        }
    }

    private boolean isBetter(double score) {
        return best.size() < KEPT || score > best.get(best.size() - 1).score();
    }

    /** The same letters of two windows are one answer. */
    private void keep(Candidate candidate) {
        for (int i = 0; i < best.size(); i++) {
            if (best.get(i).sameLetters(candidate)) {
                if (best.get(i).score() >= candidate.score()) {
                    return;
                }
                best.remove(i);
                break;
            }
        }
        int at = best.size();
        while (at > 0 && best.get(at - 1).score() < candidate.score()) {
            at--;
        }
        best.add(at, candidate);
        if (best.size() > KEPT) {
            best.remove(KEPT);
        }
    }

    BestSpans and(BestSpans other) {
        other.best.stream()
                .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                .forEach(this::keep);
        nowhere = Math.min(nowhere, other.nowhere);
        finite &= other.finite;
        return this;
    }

    boolean isEmpty() {
        return best.isEmpty();
    }

    /** Whether all scores are numbers. */
    boolean isFinite() {
        return finite;
    }

    List<Candidate> best() {
        return List.copyOf(best);
    }

    /** By how much "it is not in here" is above the best answer: large where there is none. */
    double missing() {
        return best.isEmpty() ? Double.POSITIVE_INFINITY : nowhere - best.get(0).score();
    }

    /**
     * A share for each of {@link #best}, as softmax of the scores gives it.
     *
     * @param mayBeNone whether "it is not in here" is one of the answers
     */
    double[] probabilities(boolean mayBeNone) {
        double most = best.isEmpty()
                ? nowhere
                : Math.max(
                        best.get(0).score(), mayBeNone ? nowhere : best.get(0).score());
        double sum = mayBeNone ? Math.exp(nowhere - most) : 0;
        double[] out = new double[best.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.exp(best.get(i).score() - most);
            sum += out[i];
        }
        for (int i = 0; i < out.length; i++) {
            out[i] /= sum;
        }
        return out;
    }

    /** The share of "it is not in here". */
    double none() {
        double sum = 0;
        for (double each : probabilities(true)) {
            sum += each;
        }
        return 1 - sum;
    }
}
