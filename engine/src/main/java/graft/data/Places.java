package graft.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where examples of a data set lie, by their names: for messages, and to open them. */
public final class Places {
    private final Path source;
    private final Optional<JoinedData> joined;

    public Places(Path source) {
        this(source, JoinedData.at(source));
    }

    private Places(Path source, Optional<JoinedData> joined) {
        this.source = source;
        this.joined = joined;
    }

    /** Of examples that are named by where they lie. */
    public static Places asNamed() {
        return new Places(Path.of(""), Optional.empty());
    }

    /** Whether a name is a whole path, and none inside of the data set; that of a row is no path on every system. */
    public static boolean isWhole(String name) {
        return name.startsWith("/") || name.matches("(?s)([A-Za-z]:)?\\\\.*|[A-Za-z]:/.*");
    }

    /** What corrections call a file. */
    public String nameOf(Path file) {
        for (Map.Entry<String, Path> member :
                joined.map(JoinedData::members).orElse(Map.of()).entrySet()) {
            if (file.startsWith(member.getValue())) {
                return member.getKey() + "/" + FileNames.inside(member.getValue(), file);
            }
        }
        return file.startsWith(source) ? FileNames.inside(source, file) : file.toString();
    }

    /** A file, or a file and a line. */
    public String of(String name) {
        if (isWhole(name)) {
            return name;
        }
        for (Map.Entry<String, Path> member :
                joined.map(JoinedData::members).orElse(Map.of()).entrySet()) {
            if (name.startsWith(member.getKey() + "/")) {
                return member.getValue()
                        .resolve(name.substring(member.getKey().length() + 1))
                        .toString();
            }
            if (name.startsWith(member.getKey() + ":") && Files.isRegularFile(member.getValue())) {
                return member.getValue() + name.substring(member.getKey().length());
            }
        }
        Path folder = source.toAbsolutePath().getParent();
        boolean row = name.startsWith(source.getFileName() + ":") && folder != null;
        return row
                ? folder + folder.getFileSystem().getSeparator() + name
                : source.resolve(name).toString();
    }
}
