package graft.app.jobs;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process said last that was no answer, and what that tells of its end. */
final class LastWords {
    private static final int KEPT = 40;
    private static final int SIGNALLED = 128;
    private static final int KILLED = 9;
    /** As the JVM begins its report of a crash: "#  SIGFPE (0x8) at pc=0x…". */
    private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+|EXCEPTION_[A-Z_]+) \\(0x.*");

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        lines.addLast(line);
        if (lines.size() > KEPT) {
            lines.removeFirst();
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** For the user: {@code file} was worked on as the process ended with {@code code}. */
    String sayHowItDied(Path file, int code) {
        if (code == SIGNALLED + KILLED) {
            return "The process that worked on " + file
                    + " was ended from outside (signal 9): most likely memory ran out."
                    + " Nothing else was touched. Close other programs, then try again.";
        }
        String how = lines().stream()
                .map(SIGNAL::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst()
                .orElse(code > SIGNALLED ? "signal " + (code - SIGNALLED) : "exit code " + code);
        return file + " crashed the process that worked on it (" + how + "): the file is damaged, or made to do harm."
                + " Nothing else was touched, and the window goes on. Export or download the file again, or open another.";
    }
}
