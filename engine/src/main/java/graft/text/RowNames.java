package graft.text;

/** What the user calls the rows of a file: by their lines, several of one line counted. */
final class RowNames {
    private final String file;
    private long line;
    private int count;

    RowNames(String file) {
        this.file = file;
    }

    /** Rows in the order of the file. */
    String of(Row row) {
        count = row.line() == line ? count + 1 : 1; // objects of JSON may share a line
        line = row.line();
        return file + ":" + line + (count > 1 ? "#" + count : "");
    }
}
