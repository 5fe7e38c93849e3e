package graft.evaluate;

import java.util.List;

/**
 * What a layer gives for one example, as ONNX Runtime computes it: its strongest channels as maps.
 *
 * @param channels how many there are
 * @param strongest the channel with the largest mean magnitude first
 */
public record LayerResponse(int channels, List<Channel> strongest) {

    /**
     * @param number of the channel, from 0
     * @param strength mean magnitude
     * @param values row by row, {@code height × width}
     */
    public record Channel(int number, double strength, int height, int width, float[] values) {}
}
