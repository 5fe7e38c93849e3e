package graft.online;

import java.time.Duration;

/**
 * How long another machine is waited for.
 *
 * @param silence the longest time without a byte
 * @param firstPause before the second attempt; twice as long before each that follows
 * @param attempts of which none brought a byte, until it is given up
 */
public record Patience(Duration silence, Duration firstPause, int attempts) {
    public static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), 5);

    /** @param failed attempts so far, at least 1 */
    Duration pause(int failed) {
        return firstPause.multipliedBy(1L << Math.min(failed - 1, 10));
    }
}
