package graft.deploy;

import graft.onnx.Values;
import graft.testdata.Shared;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Real photographs as network inputs: resized to cover the square, middle cut out, (x/255·scale − mean)/std. */
public record Pictures(List<float[]> values, int size) {

    public static Pictures hymenoptera(String part, int size, float scale, float[] mean, float std, boolean bgr)
            throws IOException {
        List<float[]> out = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Shared.path("data/datasets/hymenoptera/" + part))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
                out.add(planes(ImageIO.read(file.toFile()), size, scale, mean, std, bgr));
            }
        }
        return new Pictures(out, size);
    }

    private static float[] planes(BufferedImage picture, int size, float scale, float[] mean, float std, boolean bgr) {
        double factor = (double) size / Math.min(picture.getWidth(), picture.getHeight());
        int width = (int) Math.ceil(picture.getWidth() * factor);
        int height = (int) Math.ceil(picture.getHeight() * factor);
        BufferedImage square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, (size - width) / 2, (size - height) / 2, width, height, null);
        graphics.dispose();
        float[] out = new float[3 * size * size];
        for (int i = 0; i < size * size; i++) {
            int rgb = square.getRGB(i % size, i / size);
            for (int c = 0; c < 3; c++) {
                int value = rgb >> (bgr ? 8 * c : 16 - 8 * c) & 0xff;
                out[c * size * size + i] = (value / 255f * scale - mean[c]) / std;
            }
        }
        return out;
    }

    /** Every {@code step}-th picture as a batch of its own. */
    public List<Map<String, Values>> batches(String input, int step) {
        List<Map<String, Values>> out = new ArrayList<>();
        for (int i = 0; i < values.size(); i += step) {
            out.add(Map.of(input, Values.ofFloats(new long[] {1, 3, size, size}, values.get(i))));
        }
        return out;
    }
}
