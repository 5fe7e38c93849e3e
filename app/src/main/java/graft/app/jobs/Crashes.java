package graft.app.jobs;

import graft.files.Home;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.slf4j.LoggerFactory;

/** What nobody caught: written into a file on this machine, and told. */
public final class Crashes implements Thread.UncaughtExceptionHandler {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss-SSS");

    /** @param file the report; null where it could not be written, for {@code problem} */
    public record Report(Path file, String problem) {}

    private final Path folder;
    private final Consumer<Report> tell;

    private Crashes(Path folder, Consumer<Report> tell) {
        this.folder = folder;
        this.tell = tell;
    }

    /** @param tell called on the FX thread */
    public static void watch(Consumer<Report> tell) {
        Thread.setDefaultUncaughtExceptionHandler(new Crashes(Home.folder().resolve("crashes"), tell));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable crash) {
        LoggerFactory.getLogger(Crashes.class).error("uncaught in {}", thread.getName(), crash);
        Report report = write(folder, thread, crash);
        Platform.runLater(() -> tell.accept(report));
    }

    static Report write(Path folder, Thread thread, Throwable crash) {
        Path file = folder.resolve("crash-" + NAME.format(LocalDateTime.now()) + ".txt");
        StringWriter words = new StringWriter();
        try (PrintWriter out = new PrintWriter(words)) {
            out.println("Graft ended something it did not mean to. This report stays on this machine.");
            out.println();
            for (String fact : new String[] {"os.name", "os.version", "os.arch", "java.version", "java.vendor"}) {
                out.println(fact + ": " + System.getProperty(fact));
            }
            out.println("thread: " + thread.getName());
            out.println();
            crash.printStackTrace(out);
        }
        try {
            Files.createDirectories(folder);
            Files.writeString(file, words.toString());
            return new Report(file, "");
        } catch (IOException e) {
            return new Report(null, e.toString());
        }
    }
}
