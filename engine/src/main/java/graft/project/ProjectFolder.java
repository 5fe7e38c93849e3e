package graft.project;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import graft.files.AtomicFile;
import graft.files.Json;
import graft.judge.Showing;
import graft.progress.Progress;
import graft.run.FineTuningPlan;
import graft.run.FineTuningResult;
import graft.run.MovedFolder;
import graft.run.RunFolder;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** A folder with the history of runs in {@code runs.db} (SQLite). Several processes may have it open. */
public final class ProjectFolder implements AutoCloseable {
    private static final int VERSION = 1;
    private static final int MILLIS_TO_WAIT_FOR_OTHERS = 10_000;

    private final Path path;
    private final RunPlaces places;
    private final Connection connection;

    private ProjectFolder(Path path, Connection connection) {
        this.path = path;
        this.places = new RunPlaces(path);
        this.connection = connection;
    }

    /** {@code GRAFT_HOME/project}; GRAFT_HOME is {@code ~/.graft} where it is not set. */
    public static Path usual() {
        return Projects.ofUser().usual();
    }

    /** Opens a project, making it if it is not there. The caller closes it. */
    public static ProjectFolder open(Path path) {
        Path file = path.resolve("runs.db");
        try {
            Files.createDirectories(path);
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
            try {
                prepare(connection, file);
                ProjectFolder out = new ProjectFolder(path, connection);
                out.places.settle(out);
                return out;
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
            // Earlier versions of Graft pass over these, and still read the project.
            statement.execute(RunMarks.TABLE);
            statement.execute(RunStart.TABLE);
            statement.execute(RunConfusions.TABLE);
            statement.execute(RunSamples.TABLE);
        }
    }

    /** A database of another program, which happens to be called as ours. */
    private static void refuseForeign(Statement statement, Path file) throws SQLException {
        try (ResultSet found = statement.executeQuery(
                "SELECT name FROM sqlite_master WHERE name NOT IN ('runs', 'metrics', 'marks', 'starts', 'confusions',"
                        + " 'samples')"
                        + " AND name NOT LIKE 'sqlite_%'")) {
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

    RunPlaces places() {
        return places;
    }

    Path path() {
        return path;
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

    /** All runs but those that were deleted, the newest first. */
    public List<RunEntry> runs() {
        return entries("marks.deleted IS NULL");
    }

    /** @param condition on runs and their marks */
    List<RunEntry> entries(String condition) {
        // Of runs of other tasks only the result knows the score; it is looked into for these alone, for it is long.
        String said = "CASE WHEN val_accuracy IS NULL AND json_valid(result) THEN json_extract(result, '$.%s') END";
        String sql = "SELECT runs.*, marks.name, marks.starred, marks.pinned, coalesce(val_accuracy, "
                + String.format(said, "val_score") + ") AS score, coalesce(" + String.format(said, "metric")
                + ", 'accuracy') AS metric FROM runs LEFT JOIN marks ON marks.run = runs.id WHERE " + condition
                + " ORDER BY id DESC";
        return query(sql, statement -> {
            List<RunEntry> out = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString("name");
                    Path folder = places.found(row.getString("folder"));
                    ObjectNode plan = plan(row);
                    MovedFolder moved = MovedFolder.of(Path.of(plan.path("out").asText(folder.toString())), folder);
                    follow(plan, folder, moved);
                    out.add(new RunEntry(
                            row.getLong("id"),
                            folder.toString(),
                            row.getString("created"),
                            row.getString("status"),
                            moved.now(Path.of(row.getString("network"))).toString(),
                            moved.now(Path.of(row.getString("data"))).toString(),
                            number(row, "val_accuracy"),
                            number(row, "score"),
                            row.getString("metric"),
                            row.getString("note"),
                            row.getString("tags"),
                            plan,
                            name == null ? "" : name,
                            row.getBoolean("starred"),
                            row.getBoolean("pinned")));
                }
            }
            return out;
        });
    }

    /**
     * The run that somebody means.
     *
     * @param words its number, its folder or the folder's name, or the name that it was given
     * @throws Refusal where there is none, or more than one
     */
    public RunEntry run(String words) {
        return RunSearch.in(runs(), words, file());
    }

    /** In what two runs differ. */
    public RunComparison compare(RunEntry first, RunEntry second) {
        return RunComparison.of(this, first, second);
    }

    /** Hashes and versions of a run; empty until it has a result. */
    Map<String, String> provenance(long run) {
        Map<String, String> out = new TreeMap<>();
        result(run).ifPresent(result -> result.path("provenance")
                .fields()
                .forEachRemaining(
                        entry -> out.put(entry.getKey(), entry.getValue().asText())));
        return out;
    }

    /** What came of a run; empty until something did. */
    Optional<JsonNode> result(long run) {
        return query("SELECT result FROM runs WHERE id = ?", statement -> {
            statement.setLong(1, run);
            try (ResultSet row = statement.executeQuery()) {
                String text = row.next() ? row.getString(1) : null;
                return text == null ? Optional.empty() : Optional.of(Json.parse(text));
            } catch (IllegalArgumentException e) {
                throw broken(file(), new SQLException("the result of run " + run + " is damaged", e));
            }
        });
    }

    /** What the user says of runs. */
    public RunMarks marks() {
        return new RunMarks(this);
    }

    /** Runs that were deleted and can be had back. */
    public RunTrash trash() {
        return new RunTrash(this);
    }

    /** What a run began with; empty where it was recorded by an earlier version. */
    public Optional<RunStart> start(long run) {
        return RunStart.of(this, run);
    }

    /** The confusion matrices of a run's epochs, as far as they were recorded, in order. */
    public List<RunConfusions.Matrix> confusions(long run) {
        return RunConfusions.of(this, run);
    }

    /** What the network of a run wrote before it learnt and after its epochs, in order; none where it writes nothing. */
    public List<Showing.Sample> samples(long run) {
        return RunSamples.of(this, run);
    }

    private static Double number(ResultSet row, String column) throws SQLException {
        double stored = row.getDouble(column);
        return row.wasNull() ? null : stored;
    }

    /** A plan names places; what of them came along with a project that was moved is where that is now. */
    private static void follow(ObjectNode plan, Path folder, MovedFolder moved) {
        if (plan.has("out")) {
            plan.put("out", folder.toString());
        }
        for (String place : List.of("network", "data")) {
            if (plan.path(place).isTextual()) {
                plan.put(place, moved.now(Path.of(plan.get(place).asText())).toString());
            }
        }
    }

    private ObjectNode plan(ResultSet row) throws SQLException {
        try {
            return (ObjectNode) Json.parse(row.getString("plan"));
        } catch (IllegalArgumentException | ClassCastException e) {
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

    /** Forgets a run; its folder stays. */
    public void forget(long run) {
        query("DELETE FROM runs WHERE id = ?", statement -> {
            statement.setLong(1, run);
            return statement.executeUpdate();
        });
    }

    /** All that was measured, in order; those that are numbers. */
    List<Metric> metrics(long run) {
        return query(
                "SELECT epoch, step, name, value FROM metrics WHERE run = ? AND value IS NOT NULL ORDER BY epoch, step, name",
                statement -> {
                    statement.setLong(1, run);
                    List<Metric> out = new ArrayList<>();
                    try (ResultSet row = statement.executeQuery()) {
                        while (row.next()) {
                            out.add(new Metric(row.getInt(1), row.getInt(2), row.getString(3), row.getDouble(4)));
                        }
                    }
                    return out;
                });
    }

    /** The run of a folder, new or there already. */
    long begin(FineTuningPlan plan) {
        return query(
                "INSERT INTO runs (folder, created, status, network, data, plan) VALUES (?, ?, 'running', ?, ?, ?)"
                        + " ON CONFLICT (folder) DO UPDATE SET status = 'running', plan = excluded.plan RETURNING id",
                statement -> {
                    statement.setString(1, places.written(plan.out()));
                    statement.setString(2, Instant.now().toString());
                    statement.setString(3, plan.network().toString());
                    statement.setString(4, plan.data().toString());
                    statement.setString(5, Json.write(plan));
                    try (ResultSet row = statement.executeQuery()) {
                        return row.getLong(1);
                    }
                });
    }

    /** A run whose data or network lie elsewhere now, as its plan says. */
    public void relocate(FineTuningPlan plan) {
        try (RunFolder folder = RunFolder.open(plan.out())) {
            folder.remember(plan);
        }
        query("UPDATE runs SET network = ?, data = ?, plan = ? WHERE folder = ?", statement -> {
            statement.setString(1, plan.network().toString());
            statement.setString(2, plan.data().toString());
            statement.setString(3, Json.write(plan));
            statement.setString(4, places.written(plan.out()));
            return statement.executeUpdate();
        });
    }

    /** A run that was made elsewhere, with everything that is known of it. */
    RunEntry take(FineTuningPlan plan, RunPack.Manifest said, RunPack.Measured measured, Path result) {
        long run = begin(plan);
        add(run, measured.metrics() == null ? List.of() : measured.metrics());
        Optional.ofNullable(measured.start()).ifPresent(start -> start.remember(this, run));
        Optional.ofNullable(measured.confusions())
                .orElse(List.of())
                .forEach(matrix -> RunConfusions.remember(this, run, matrix.epoch(), matrix.counts()));
        Optional.ofNullable(measured.samples())
                .orElse(List.of())
                .forEach(sample -> RunSamples.remember(this, run, sample));
        FineTuningResult came = Files.exists(result) ? Json.read(result, FineTuningResult.class) : null;
        end(run, said.status(), came == null ? null : Json.write(came), came == null ? null : came.valAccuracy());
        query("UPDATE runs SET created = ? WHERE id = ?", statement -> {
            statement.setString(1, said.created());
            statement.setLong(2, run);
            return statement.executeUpdate();
        });
        marks().rename(run, Objects.requireNonNullElse(said.name(), ""));
        marks().note(run, Objects.requireNonNullElse(said.note(), ""));
        marks().tag(run, Objects.requireNonNullElse(said.tags(), ""));
        return run(Long.toString(run));
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

    /** Done with a statement. */
    interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    <T> T query(String sql, Work<T> work) {
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
