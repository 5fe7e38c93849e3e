package graft.project;

import com.fasterxml.jackson.databind.JsonNode;
import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Home;
import graft.files.Json;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A folder with the history of runs in {@code runs.db} (SQLite). Several processes may have it open. */
public final class ProjectFolder implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int MILLIS_TO_WAIT_FOR_OTHERS = 10_000;

    private final Path path;
    private final Connection connection;

    private ProjectFolder(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    /** {@code GRAFT_HOME/project}; GRAFT_HOME is {@code ~/.graft} where it is not set. */
    public static Path usual() {
        return Home.folder().resolve("project");
    }

    /** Opens a project, making it if it is not there. The caller closes it. */
    public static ProjectFolder open(Path path) {
        Path file = path.resolve("runs.db");
        try {
            Files.createDirectories(path);
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try {
                prepare(connection, file);
                return new ProjectFolder(path, connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot make the project folder " + path + ": " + AtomicFile.reason(e)
                            + ". Name another with --project.",
                    e);
        } catch (SQLException e) {
            throw broken(file, e);
        }
    }

    private static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + MILLIS_TO_WAIT_FOR_OTHERS);
            int version;
            try (ResultSet found = statement.executeQuery("PRAGMA user_version")) {
                version = found.getInt(1);
            }
            if (version > VERSION) {
                throw new Refusal(file + " was written by a newer version of Graft (format " + version
                        + "). Open the project with that version.");
            }
            if (version == 0) {
                refuseForeign(statement, file);
            }
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA foreign_keys = ON");
            if (version == 0) {
                statement.execute("""
                        CREATE TABLE IF NOT EXISTS runs (
                            id INTEGER PRIMARY KEY, folder TEXT NOT NULL UNIQUE, created TEXT NOT NULL,
                            status TEXT NOT NULL, network TEXT NOT NULL, data TEXT NOT NULL, plan TEXT NOT NULL,
                            result TEXT, val_accuracy REAL, note TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '')""");
                statement.execute("""
                        CREATE TABLE IF NOT EXISTS metrics (
                            run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, epoch INTEGER NOT NULL,
                            step INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
                            PRIMARY KEY (run, epoch, step, name)) WITHOUT ROWID""");
                statement.execute("PRAGMA user_version = " + VERSION);
            }
        }
    }

    /** A database of another program, which happens to be called as ours. */
    private static void refuseForeign(Statement statement, Path file) throws SQLException {
        try (ResultSet found = statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE name NOT IN ('runs', 'metrics') AND name NOT LIKE 'sqlite_%'")) {
            if (found.next()) {
                throw new Refusal(file + " is the database of another program: it holds " + found.getString(1)
                        + ". Name another folder with --project.");
            }
        }
    }

    private static Refusal broken(Path file, SQLException e) {
        return new Refusal(
                "The project's history " + file + " cannot be used: " + e.getMessage()
                        + ". Check that you may write there; if the file is damaged, move it away and Graft begins a new one.",
                e);
    }

    Path file() {
        return path.resolve("runs.db");
    }

    /**
     * Progress that writes what a run reports into the history and hands it on to {@code progress}. The run appears in
     * the history when it starts to learn.
     */
    public RunRecorder record(FineTuningPlan plan, Progress progress) {
        return new RunRecorder(this, plan, progress);
    }

    /** All runs, the newest first. */
    public List<RunEntry> runs() {
        // Of runs of other tasks only the result knows the score; those of earlier versions have an accuracy and say no
        // metric.
        String sql =
                "SELECT *, iif(json_valid(result), coalesce(json_extract(result, '$.val_score'), val_accuracy), val_accuracy)"
                        + " AS score, iif(json_valid(result), coalesce(json_extract(result, '$.metric'), 'accuracy'), 'accuracy')"
                        + " AS metric FROM runs ORDER BY id DESC";
        return query(sql, statement -> {
            List<RunEntry> out = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    out.add(new RunEntry(
                            row.getLong("id"),
                            row.getString("folder"),
                            row.getString("created"),
                            row.getString("status"),
                            row.getString("network"),
                            row.getString("data"),
                            number(row, "val_accuracy"),
                            number(row, "score"),
                            row.getString("metric"),
                            row.getString("note"),
                            row.getString("tags"),
                            plan(row)));
                }
            }
            return out;
        });
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        double stored = row.getDouble(column);
        return row.wasNull() ? null : stored;
    }

    private JsonNode plan(ResultSet row) throws SQLException {
        try {
            return Json.parse(row.getString("plan"));
        } catch (IllegalArgumentException e) {
            throw broken(file(), new SQLException("the plan of run " + row.getLong("id") + " is damaged", e));
        }
    }

    /** Values of one metric of a run by epoch (step 0) or by step, in order: [epoch, step, value]; those that are numbers. */
    public List<double[]> metric(long run, String name) {
        return query(
                "SELECT epoch, step, value FROM metrics WHERE run = ? AND name = ? AND value IS NOT NULL ORDER BY epoch, step",
                statement -> {
                    statement.setLong(1, run);
                    statement.setString(2, name);
                    List<double[]> out = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            out.add(new double[] {row.getInt(1), row.getInt(2), row.getDouble(3)});
                        }
                    }
                    return out;
                });
    }

    /** Sets the user's words on a run. */
    public void annotate(long run, String note, String tags) {
        query("UPDATE runs SET note = ?, tags = ? WHERE id = ?", statement -> {
            statement.setString(1, note);
            statement.setString(2, tags);
            statement.setLong(3, run);
            return statement.executeUpdate();
        });
    }

    /** Forgets a run; its folder stays. */
    public void forget(long run) {
        query("DELETE FROM runs WHERE id = ?", statement -> {
            statement.setLong(1, run);
            return statement.executeUpdate();
        });
    }

    /** The run of a folder, new or there already. */
    long begin(FineTuningPlan plan) {
        return query(
                "INSERT INTO runs (folder, created, status, network, data, plan) VALUES (?, ?, 'running', ?, ?, ?)"
                        + " ON CONFLICT (folder) DO UPDATE SET status = 'running', plan = excluded.plan RETURNING id",
                statement -> {
                    statement.setString(1, plan.out().toString());
                    statement.setString(2, Instant.now().toString());
                    statement.setString(3, plan.network().toString());
                    statement.setString(4, plan.data().toString());
                    statement.setString(5, Json.write(plan));
                    try (ResultSet row = statement.executeQuery()) {
                        return row.getLong(1);
                    }
                });
    }

    void end(long run, String status, String result, Double accuracy) {
        query("UPDATE runs SET status = ?, result = ?, val_accuracy = ? WHERE id = ?", statement -> {
            statement.setString(1, status);
            statement.setString(2, result);
            statement.setObject(3, accuracy);
            statement.setLong(4, run);
            return statement.executeUpdate();
        });
    }

    /** One measured number; step 0 = of the whole epoch. */
    record Metric(int epoch, int step, String name, double value) {}

    /** All in one transaction: one flush of the disk per epoch instead of one per number. */
    void add(long run, List<Metric> metrics) {
        try {
            connection.setAutoCommit(false);
            try (PreparedStatement statement =
                    connection.prepareStatement("INSERT OR REPLACE INTO metrics VALUES (?, ?, ?, ?, ?)")) {
                for (Metric metric : metrics) {
                    statement.setLong(1, run);
                    statement.setInt(2, metric.epoch());
                    statement.setInt(3, metric.step());
                    statement.setString(4, metric.name());
                    statement.setDouble(5, metric.value());
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw broken(file(), e);
        }
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T query(String sql, Work<T> work) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException e) {
            throw broken(file(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw broken(file(), e);
        }
    }
}
