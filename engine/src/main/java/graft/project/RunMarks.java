package graft.project;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What the user says of runs: names, notes, tags, stars and pins. */
public final class RunMarks {
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS marks (
                run INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE, name TEXT NOT NULL DEFAULT '',
                starred INTEGER NOT NULL DEFAULT 0, pinned INTEGER NOT NULL DEFAULT 0, deleted TEXT, place TEXT)""";

    private final ProjectFolder project;

    RunMarks(ProjectFolder project) {
        this.project = project;
    }

    /** @param name "" = none of its own */
    public void rename(long run, String name) {
        mark(run, "name", name.strip());
    }

    public void star(long run, boolean on) {
        mark(run, "starred", on ? 1 : 0);
    }

    public void pin(long run, boolean on) {
        mark(run, "pinned", on ? 1 : 0);
    }

    public void note(long run, String note) {
        set("UPDATE runs SET note = ? WHERE id = ?", note.strip(), run);
    }

    /** @param tags comma-separated */
    public void tag(long run, String tags) {
        set("UPDATE runs SET tags = ? WHERE id = ?", tags.strip(), run);
    }

    /** @param column of our own, never of a user */
    void mark(long run, String column, Object value) {
        set(
                "INSERT INTO marks (" + column + ", run) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET " + column
                        + " = excluded." + column,
                value,
                run);
    }

    private void set(String sql, Object value, long run) {
        project.query(sql, statement -> update(statement, value, run));
    }

    private static int update(PreparedStatement statement, Object value, long run) throws SQLException {
        statement.setObject(1, value);
        statement.setLong(2, run);
        return statement.executeUpdate();
    }
}
