package graft.explain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What in a picture speaks for a class.
 *
 * @param method how it was found
 * @param layer the tensor that the map is of; "" where parts were hidden
 * @param className the class that is explained
 * @param probability that the network gives it, 0…1
 * @param answer the class that the network answers
 * @param height of the map
 * @param width of the map
 * @param map row by row, not scaled; 0 and more
 * @param picture the picture as the network sees it: height, width, then red, green and blue, 0…255, row by row
 * @param remarks for the user
 */
public record Explanation(
        Method method,
        String layer,
        @JsonProperty("class") String className,
        double probability,
        String answer,
        int height,
        int width,
        float[] map,
        Seen picture,
        List<String> remarks) {

    /** A picture as prepared, for people. */
    public record Seen(int height, int width, int[] rgb) {}

    /** The map between 0 and 1; all 0 where nothing speaks for the class. */
    public float[] scaled() {
        float most = 0;
        for (float each : map) {
            most = Math.max(most, each);
        }
        float[] out = map.clone();
        for (int i = 0; i < out.length && most > 0; i++) {
            out[i] /= most;
        }
        return out;
    }

    /** Whether anything speaks for the class. */
    public boolean saysSomething() {
        for (float each : map) {
            if (each > 0) {
                return true;
            }
        }
        return false;
    }

    /** One line. */
    public String headline() {
        return String.format(
                java.util.Locale.ROOT,
                "%s, %.1f %% (%s)",
                className,
                100 * probability,
                method == Method.GRAD_CAM ? "Grad-CAM at " + layer : "occlusion");
    }
}
