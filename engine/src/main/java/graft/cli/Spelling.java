package graft.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What a misspelt word was meant to be: only what is a slip of the fingers away, or what it is written out of. */
final class Spelling {
    /** Letters of a word for each slip in it. */
    private static final int LETTERS_PER_SLIP = 3;

    private Spelling() {}

    static Optional<String> nearest(String word, Collection<String> names) {
        String typed = word.toLowerCase(Locale.ROOT);
        Optional<String> initials =
                names.stream().filter(name -> name.equals(initials(typed))).findFirst();
        return initials.or(() -> names.stream()
                .filter(name -> slips(typed, name) <= Math.max(1, bare(typed).length() / LETTERS_PER_SLIP))
                .min(Comparator.comparingInt(name -> slips(typed, name))));
    }

    /** "--lr" of "--learning-rate". */
    private static String initials(String option) {
        String[] parts = bare(option).split("-");
        StringBuilder out = new StringBuilder("--");
        Arrays.stream(parts).filter(part -> !part.isEmpty()).forEach(part -> out.append(part.charAt(0)));
        return parts.length > 1 && option.startsWith("--") ? out.toString() : "";
    }

    private static String bare(String word) {
        return word.replaceFirst("^-+", "");
    }

    /** Letters too many, missing, wrong, or changed with their neighbour (Damerau, 1964). */
    static int slips(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + wrong, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                boolean changed =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (changed) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
