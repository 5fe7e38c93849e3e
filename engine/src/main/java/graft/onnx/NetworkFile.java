package graft.onnx;

import java.nio.file.Path;

/** A network's file that is read once, however many parts of a command ask what is in it. For one thread. */
public final class NetworkFile {
    private final Path path;
    private Model model;

    private NetworkFile(Path path) {
        this.path = path;
    }

    /** Nothing is read yet. */
    public static NetworkFile at(Path path) {
        return new NetworkFile(path);
    }

    public Path path() {
        return path;
    }

    /**
     * What is in it.
     *
     * @throws graft.Refusal as {@link OnnxFile#read}
     */
    public Model model() {
        if (model == null) {
            model = OnnxFile.read(path);
        }
        return model;
    }
}
