package graft.text;

/**
 * How texts are read.
 *
 * @param seed decides the split of data that have none
 * @param skipUnreadable rows and files that cannot be read are left out and reported, not refused
 */
public record TextOptions(ColumnNames columns, long seed, boolean skipUnreadable) {
    public static final TextOptions DEFAULT = new TextOptions(ColumnNames.FOUND, 1, false);
}
