package graft.app.train;

import java.util.Locale;

/** Estimates how long a run still takes, from the steps it has done since it last started to compute. */
final class TimeLeft {
    private long startNanos;
    private long startStep;
    private long step;
    private long total;
    private long nowNanos;

    /** Time begins to count again: after a start, a pause or a resumption. */
    void restart() {
        startNanos = 0;
    }

    void at(long stepsDone, long stepsInAll, long nanos) {
        if (startNanos == 0) {
            startNanos = nanos;
            startStep = stepsDone;
        }
        step = stepsDone;
        total = stepsInAll;
        nowNanos = nanos;
    }

    /** Seconds; -1 where too little is known. */
    double seconds() {
        if (startNanos == 0 || step <= startStep) {
            return -1;
        }
        return (nowNanos - startNanos) / 1e9 / (step - startStep) * (total - step);
    }

    /** Steps a second; 0 where too little is known. */
    double rate() {
        double took = (nowNanos - startNanos) / 1e9;
        return startNanos == 0 || took <= 0 ? 0 : (step - startStep) / took;
    }

    /** "0:07", "12:34", "1:02:03". */
    static String clock(double seconds) {
        long s = Math.round(seconds);
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
