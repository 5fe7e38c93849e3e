package graft.explain;

/**
 * A tensor of one example that lies over its picture.
 *
 * @param tensor its name
 * @param channelsFirst {@code [1, channels, height, width]}; else {@code [1, places, channels]}, row by row, or {@code [1, height, width,
 *     channels]}
 * @param before how many places come first that are nowhere in the picture, such as a token of the class
 */
record Grid(String tensor, boolean channelsFirst, int before, int channels, int height, int width) {
    int index(int channel, int place) {
        return channelsFirst ? channel * height * width + place : (before + place) * channels + channel;
    }
}
