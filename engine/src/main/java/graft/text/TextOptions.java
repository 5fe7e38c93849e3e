package graft.text;

import graft.data.Split;

/**
 * How texts are read.
 *
 * @param seed decides the split of data that have none
 * @param skipUnreadable rows and files that cannot be read are left out and reported, not refused
 * @param share of each class that such a split sets aside to judge by
 */
public record TextOptions(ColumnNames columns, long seed, boolean skipUnreadable, double share) {
    public static final TextOptions DEFAULT = new TextOptions(ColumnNames.FOUND, 1, false);

    public TextOptions(ColumnNames columns, long seed, boolean skipUnreadable) {
        this(columns, seed, skipUnreadable, Split.SHARE);
    }
}
