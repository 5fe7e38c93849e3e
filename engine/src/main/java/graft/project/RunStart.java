package graft.project;

import graft.files.Json;
import graft.run.TrainingEvents.Started;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;

/**
 * What a run began with: needed to show one that came to no result.
 *
 * @param classes in the order of the network's answers; empty where answers are no classes
 * @param validationExamples by which it was judged
 */
public record RunStart(List<String> classes, int stepsPerEpoch, int examples, int validationExamples) {
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS starts (
                run INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE, start TEXT NOT NULL)""";

    static RunStart of(Started started) {
        return new RunStart(
                started.classes(), started.stepsPerEpoch(), started.examples(), started.validationExamples());
    }

    static Optional<RunStart> of(ProjectFolder project, long run) {
        return project.query("SELECT start FROM starts WHERE run = ?", statement -> {
            statement.setLong(1, run);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(Json.read(row.getString(1), RunStart.class)) : Optional.empty();
            }
        });
    }

    void remember(ProjectFolder project, long run) {
        project.query("INSERT OR REPLACE INTO starts VALUES (?, ?)", statement -> {
            statement.setLong(1, run);
            statement.setString(2, Json.write(this));
            return statement.executeUpdate();
        });
    }
}
