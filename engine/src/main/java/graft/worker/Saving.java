package graft.worker;

import graft.Refusal;
import graft.deploy.ClientCode;
import graft.deploy.ClientFolder;
import graft.files.AtomicFile;
import graft.onnx.OnnxFile;
import graft.text.TokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Copies a form of a network to where the user wants it, with the tokenizer of one for texts, and writes the programs that run it. */
public final class Saving {
    private Saving() {}

    /** @param file the form */
    public record Plan(Path file, Path out) implements Work.Plan {}

    /** What is asked of a form that is not saved yet. */
    public record Programs(Path file) implements Work.Plan {
        @Override
        public List<Path> files() {
            return List.of(file);
        }

        ClientCode run() {
            return code(file);
        }
    }

    /**
     * A folder with the form and all it takes to use it.
     *
     * @param file the form
     */
    public record Folder(Path file, Path out) implements Work.Plan {
        @Override
        public List<Path> files() {
            return List.of(file);
        }

        ClientFolder run() {
            return ClientFolder.write(file, out);
        }
    }

    /** @param code the programs, by language */
    public record Saved(Path file, long bytes, ClientCode code) {}

    static Saved run(Plan plan) {
        try {
            byte[] content = Files.readAllBytes(plan.file());
            AtomicFile.write(plan.out(), to -> to.write(content));
            TokenizerFile.follow(plan.file(), OnnxFile.read(plan.out()), plan.out());
            return new Saved(plan.out(), content.length, code(plan.out()));
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot copy " + plan.file() + " to " + plan.out() + ": " + AtomicFile.reason(e)
                            + ". Choose another place.",
                    e);
        }
    }

    private static ClientCode code(Path file) {
        try {
            return ClientCode.of(file);
        } catch (Refusal e) {
            // The file is saved and whole; there is just no program for it.
            return new ClientCode(Map.of("Java", "// " + e.getMessage()));
        }
    }
}
