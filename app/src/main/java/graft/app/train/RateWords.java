package graft.app.train;

import graft.app.controls.Numbers;
import graft.train.RateFinder.Found;

/** What a test of learning rates found, in words. */
final class RateWords {
    private RateWords() {}

    static String of(Found found) {
        if (found.brisk() == null && found.suggestion() == null) {
            return TrainViewModel.text("rate.none");
        }
        StringBuilder out = new StringBuilder();
        if (found.brisk() != null) {
            out.append(TrainViewModel.text(
                    "rate.brisk", TimelineView.rate(rounded(found.brisk())), TimelineView.rate(Found.MOST)));
        }
        if (found.suggestion() != null) {
            out.append(out.isEmpty() ? "" : " ")
                    .append(TrainViewModel.text("rate.careful", TimelineView.rate(rounded(found.suggestion()))));
        }
        return out.toString();
    }

    static double rounded(double rate) {
        return graft.run.Recipe.inTwoDigits(rate);
    }

    static String loss(double loss) {
        return Numbers.pattern("0.00").format(loss);
    }
}
