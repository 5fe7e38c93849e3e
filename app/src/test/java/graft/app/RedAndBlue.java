package graft.app;

import graft.data.ClassNames;
import graft.data.DataOptions;
import graft.image.Preprocessing;
import graft.onnx.ElementType;
import graft.onnx.GraphEditor;
import graft.onnx.Model;
import graft.onnx.Node;
import graft.onnx.OnnxFile;
import graft.onnx.Tensor;
import graft.onnx.ValueInfo;
import graft.onnx.ValueInfo.Dim;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/** Pictures of one colour, and a network that says blue or red by the mean of the channels: its answers are known by hand. */
public final class RedAndBlue {
    public static final int SIZE = 8;

    private RedAndBlue() {}

    /** The scores are 4 times the mean of blue and 4 times the mean of red, each 0…1. */
    public static Path network(Path file, long seed) {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIZE), Dim.of(SIZE))));
        editor.put(Tensor.ofFloats("fc.weight", new long[] {2, 3}, new float[] {0, 0, 4, 4, 0, 0}));
        editor.nodes()
                .addAll(List.of(
                        Node.of("GlobalAveragePool", "pool", List.of("x"), List.of("p")),
                        Node.of("Flatten", "flat", List.of("p"), List.of("f")),
                        Node.of("Gemm", "fc", List.of("f", "fc.weight"), List.of("y"))
                                .with("transB", 1L)));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"), Dim.of(2))));
        Map<String, String> notes =
                new LinkedHashMap<>(Preprocessing.ofSize(SIZE).toMetadata());
        notes.put(ClassNames.KEY, ClassNames.toMetadata(List.of("blue", "red")));
        notes.put(DataOptions.SEED, Long.toString(seed));
        OnnxFile.write(model.withGraph(editor.build()).withMetadata(notes), file);
        return file;
    }

    /** Says one number of each picture: no head can stand on that. */
    public static Path oneNumber(Path file) {
        Model model = Model.create("graft tests", 8, 13);
        GraphEditor editor = model.graph().edit();
        editor.inputs(
                List.of(ValueInfo.of("x", ElementType.FLOAT, Dim.free("N"), Dim.of(3), Dim.of(SIZE), Dim.of(SIZE))));
        editor.nodes()
                .add(Node.of("ReduceMean", "mean", List.of("x"), List.of("y"))
                        .with("axes", 1L, 2L, 3L)
                        .with("keepdims", 0L));
        editor.outputs(List.of(ValueInfo.of("y", ElementType.FLOAT, Dim.free("N"))));
        OnnxFile.write(model.withGraph(editor.build()), file);
        return file;
    }

    /** Parts train and val of {@code ofEach} pictures per class; the first blue picture to judge by is red. */
    public static Path splitPictures(Path root, int ofEach) throws IOException {
        for (String part : List.of("train", "val")) {
            folder(root.resolve(part).resolve("blue"), Color.BLUE, ofEach);
            folder(root.resolve(part).resolve("red"), Color.RED, ofEach);
        }
        picture(root.resolve("val/blue/0.png"), Color.RED);
        return root;
    }

    public static void folder(Path folder, Color color, int count) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            picture(folder.resolve(i + ".png"), color);
        }
    }

    public static Path picture(Path file, Color color) throws IOException {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, SIZE, SIZE);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    /** Three columns of red, then five of a dark violet. Red, by the mean; the violet has the red that is nearest to the mean. */
    public static Path redOnTheLeft(Path file) throws IOException {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 3, SIZE);
        graphics.setColor(new Color(100, 0, 60));
        graphics.fillRect(3, 0, 5, SIZE);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
