package graft.project;

import graft.files.Json;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** The confusion matrices of a run, epoch by epoch; of each the cells that are not 0, for there may be a thousand classes. */
public final class RunConfusions {
    static final String TABLE = """
            CREATE TABLE IF NOT EXISTS confusions (
                run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE, epoch INTEGER NOT NULL,
                classes INTEGER NOT NULL, cells TEXT NOT NULL, PRIMARY KEY (run, epoch)) WITHOUT ROWID""";

    private static final int NUMBERS_OF_A_CELL = 3;

    private RunConfusions() {}

    /** Rows true, columns predicted. */
    public record Matrix(int epoch, int[][] counts) {}

    static List<Matrix> of(ProjectFolder project, long run) {
        return project.query("SELECT epoch, classes, cells FROM confusions WHERE run = ? ORDER BY epoch", statement -> {
            statement.setLong(1, run);
            List<Matrix> out = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    out.add(new Matrix(row.getInt(1), counts(row.getInt(2), row.getString(3))));
                }
            }
            return out;
        });
    }

    private static int[][] counts(int classes, String cells) {
        int[][] out = new int[classes][classes];
        int[] numbers = Json.read(cells, int[].class);
        for (int i = 0; i + 2 < numbers.length; i += NUMBERS_OF_A_CELL) {
            out[numbers[i]][numbers[i + 1]] = numbers[i + 2];
        }
        return out;
    }

    static void remember(ProjectFolder project, long run, int epoch, int[][] counts) {
        List<Integer> cells = new ArrayList<>();
        for (int row = 0; row < counts.length; row++) {
            for (int column = 0; column < counts[row].length; column++) {
                if (counts[row][column] != 0) {
                    cells.addAll(List.of(row, column, counts[row][column]));
                }
            }
        }
        project.query("INSERT OR REPLACE INTO confusions VALUES (?, ?, ?, ?)", statement -> {
            statement.setLong(1, run);
            statement.setInt(2, epoch);
            statement.setInt(3, counts.length);
            statement.setString(4, Json.write(cells));
            return statement.executeUpdate();
        });
    }
}
