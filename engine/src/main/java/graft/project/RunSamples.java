package graft.project;

import graft.judge.Showing.Sample;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** What the network of a run wrote before it learnt, and after each epoch. */
final class RunSamples {
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS samples (
                run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, epoch INTEGER NOT NULL,
                prompt TEXT NOT NULL, written TEXT NOT NULL, PRIMARY KEY (run, epoch)) WITHOUT ROWID""";

    private RunSamples() {}

    static List<Sample> of(ProjectFolder project, long run) {
        return project.query("SELECT epoch, prompt, written FROM samples WHERE run = ? ORDER BY epoch", statement -> {
            statement.setLong(1, run);
            List<Sample> out = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    out.add(new Sample(row.getInt(1), row.getString(2), row.getString(3)));
                }
            }
            return out;
        });
    }

    static void remember(ProjectFolder project, long run, Sample sample) {
        project.query("INSERT OR REPLACE INTO samples VALUES (?, ?, ?, ?)", statement -> {
            statement.setLong(1, run);
            statement.setInt(2, sample.epoch());
            statement.setString(3, sample.prompt());
            statement.setString(4, sample.text());
            return statement.executeUpdate();
        });
    }
}
