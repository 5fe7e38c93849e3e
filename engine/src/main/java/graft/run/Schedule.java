package graft.run;

/** How the learning rate goes over a run. */
public enum Schedule {
    CONSTANT {
        @Override
        public double factor(long step, long steps) {
            return 1;
        }
    },
    /** From the full rate to nearly zero along half a cosine (Loshchilov and Hutter 2017, without restarts). */
    COSINE {
        @Override
        public double factor(long step, long steps) {
            return 0.5 * (1 + Math.cos(Math.PI * step / steps));
        }
    },
    /** Up from 1/25 for 30 % of the run, then down to 1/250,000 (Smith and Topin 2018, with PyTorch's numbers). */
    ONECYCLE {
        private static final double RISING = 0.3;
        private static final double START = 1 / 25.0;
        private static final double END = START / 1e4;

        @Override
        public double factor(long step, long steps) {
            double peak = RISING * steps - 1;
            if (step <= peak) {
                return between(START, 1, step / peak);
            }
            return between(1, END, (step - peak) / Math.max(steps - 1 - peak, 1));
        }

        private double between(double from, double to, double share) {
            return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
        }
    },
    /** Down as 1 / (1 + 10 p)^0.75, where p is how much of the run is done (Ganin 2016). */
    INVERSE {
        @Override
        public double factor(long step, long steps) {
            return Math.pow(1 + 10.0 * step / steps, -0.75);
        }
    },
    /** From the full rate to nearly zero along a line that begins where the warm-up ends, as BERT is fine-tuned (Devlin et al. 2019). */
    LINEAR {
        @Override
        public double factor(long step, long steps) {
            return 1 - (double) step / steps;
        }

        @Override
        public double factor(long step, long steps, double rising) {
            return step < rising ? 1 : (steps - step) / (steps - rising);
        }
    };

    /** Share of the learning rate at {@code step} of {@code steps}, both counted in batches over the whole run. */
    public abstract double factor(long step, long steps);

    /** The same after a warm-up of {@code rising} steps, which a schedule knows nothing of unless it says so. */
    public double factor(long step, long steps, double rising) {
        return factor(step, steps);
    }
}
