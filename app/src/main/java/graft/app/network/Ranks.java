package graft.app.network;

import java.util.List;

/**
 * The row of each box when every arrow leads down by one row at least (layering by the longest path; Sugiyama, Tagawa and
 * Toda 1981). Takes time in proportion to boxes and arrows.
 *
 * @param of per box, from 0 at the top
 * @param crossed rows that arrows pass without ending there, all arrows together
 */
record Ranks(int[] of, long crossed) {

    /** Boxes are in graph order, so that arrows lead from lower numbers to higher ones; those that do not are left out. */
    static Ranks of(Outline outline) {
        int[][] above = targets(outline.arrows(), outline.boxes().size());
        int[] rank = new int[above.length];
        for (int from = 0; from < above.length; from++) {
            for (int to : above[from]) {
                rank[to] = Math.max(rank[to], rank[from] + 1);
            }
        }
        long crossed = 0;
        for (int from = above.length - 1; from >= 0; from--) {
            sink(rank, from, above[from]);
            for (int to : above[from]) {
                crossed += rank[to] - rank[from] - 1;
            }
        }
        return new Ranks(rank, crossed);
    }

    /** Right above its first reader: what computes constants and shapes would else stand on top, far from where it is read. */
    private static void sink(int[] rank, int box, int[] readers) {
        int first = Integer.MAX_VALUE;
        for (int reader : readers) {
            first = Math.min(first, rank[reader]);
        }
        if (readers.length > 0) {
            rank[box] = first - 1;
        }
    }

    /** For each box the boxes of higher number that its arrows lead to. */
    private static int[][] targets(List<Outline.Arrow> arrows, int boxes) {
        int[] count = new int[boxes];
        for (Outline.Arrow arrow : arrows) {
            count[arrow.from()] += arrow.to() > arrow.from() ? 1 : 0;
        }
        int[][] out = new int[boxes][];
        for (int box = 0; box < boxes; box++) {
            out[box] = new int[count[box]];
        }
        for (Outline.Arrow arrow : arrows) {
            if (arrow.to() > arrow.from()) {
                out[arrow.from()][--count[arrow.from()]] = arrow.to();
            }
        }
        return out;
    }

    int rows() {
        int rows = 0;
        for (int rank : of) {
            rows = Math.max(rows, rank + 1);
        }
        return rows;
    }
}
