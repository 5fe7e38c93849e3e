package graft.app.task;

import graft.data.Corrections;
import graft.worker.HowRead;

/**
 * Which state of a data set that lies in one place: figures of another state are not of these data.
 *
 * @param how what the user said of how it is read
 * @param corrections what the user changed of it
 */
public record Edition(HowRead how, Corrections corrections) {
    public static final Edition FIRST = new Edition(HowRead.USUAL, Corrections.NONE);
}
