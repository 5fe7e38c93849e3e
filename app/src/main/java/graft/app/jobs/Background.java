package graft.app.jobs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Runs that go on in a process which this window did not start, or no longer listens to. */
public final class Background {
    private static final String PROGRAM = "graft.cli.Main";

    private Background() {}

    /** The process that works on the run in a folder; empty where the system does not tell which that is. */
    static Optional<ProcessHandle> of(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> isAt(folder, process.info().arguments().orElse(new String[0])))
                .findFirst();
    }

    private static boolean isAt(Path folder, String[] arguments) {
        List<String> all = Arrays.asList(arguments);
        return all.contains(PROGRAM)
                && (all.contains("--out=" + folder) || all.contains("resume") && all.contains(folder.toString()));
    }

    /**
     * Asks the run in a folder to stop at its next step, from where it can be resumed.
     *
     * @return whether it was found
     */
    public static boolean stop(Path folder) {
        return of(folder).map(ProcessHandle::destroy).orElse(false);
    }
}
