package graft.app.controls;

import java.math.BigDecimal;
import java.math.MathContext;
import java.text.ChoiceFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.Format;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Numbers and sentences with numbers, written alike on all screens: the decimal mark is that of the language of numbers
 * ({@link Locale.Category#FORMAT}), thousands are set apart by a space that does not break.
 */
public final class Numbers {
    private static final char SPACE = '\u00a0';

    /** More of them are what computing made of a number. */
    private static final int DIGITS = 12;

    private static final Pattern BEFORE_UNIT =
            Pattern.compile("(?<=\\d) (?=(%|\u00d7|ms|s|min|h|[KMGT]?B|M|K)(?![\\p{L}\\d]))");

    /** Below it whole numbers are exact. */
    private static final double WHOLE = 1e15;

    private Numbers() {}

    /** As {@link String#format}, for a pattern that says nothing but numbers and their units. */
    public static String format(String pattern, Object... values) {
        String plain = String.format(Locale.ROOT, pattern, values);
        return local(plain);
    }

    /** A number as programs write it, with the decimal mark of the language of numbers. */
    public static String local(String plain) {
        char mark = mark();
        return mark == '.' ? plain : plain.replace('.', mark);
    }

    /** A number as somebody typed it, as programs read it: both marks are understood, and no thousands. */
    public static String plain(String typed) {
        return typed.strip().replace(SPACE + "", "").replace(',', '.');
    }

    private static char mark() {
        return symbols().getDecimalSeparator();
    }

    private static DecimalFormatSymbols symbols() {
        DecimalFormatSymbols out = DecimalFormatSymbols.getInstance(Locale.getDefault(Locale.Category.FORMAT));
        out.setGroupingSeparator(SPACE);
        return out;
    }

    /** 0.001, not 1.0E-3; 10, not 10.0; 0.01, not 0.010000000000000002, which is what computing made of it. */
    public static String value(double number) {
        if (number == Math.rint(number) && Math.abs(number) < WHOLE) {
            return Long.toString((long) number);
        }
        return Double.isFinite(number)
                ? local(new BigDecimal(number)
                        .round(new MathContext(DIGITS))
                        .stripTrailingZeros()
                        .toPlainString())
                : Double.toString(number);
    }

    /** The same words, in which no number is parted from its unit where a line ends. */
    public static String kept(String words) {
        return BEFORE_UNIT.matcher(words).replaceAll(SPACE + "");
    }

    /** "94.8 %" of a share, 0…1. */
    public static String percent(double share) {
        return format("%.1f %%", 100 * share);
    }

    /** A format for axes, by the patterns of {@link DecimalFormat}. */
    public static DecimalFormat pattern(String pattern) {
        return new DecimalFormat(pattern, symbols());
    }

    /** "50 KB", "20 MB", "1.2 GB": thousands, as disks are sold. */
    public static String bytes(long count) {
        if (count < 1000) {
            return count + "\u00a0B";
        }
        String[] units = {"KB", "MB", "GB", "TB"};
        double value = count;
        int unit = -1;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return format(value < 9.95 ? "%.1f\u00a0%s" : "%.0f\u00a0%s", value, units[unit]);
    }

    /** As {@link MessageFormat#format}: a text of a bundle with its values. Whole numbers are counts unless the text says else. */
    public static String message(String text, Object... values) {
        MessageFormat format = new MessageFormat(text, Locale.getDefault(Locale.Category.FORMAT));
        Object[] shown = values.clone();
        Format[] formats = format.getFormatsByArgumentIndex();
        for (int i = 0; i < shown.length; i++) {
            Format own = i < formats.length ? formats[i] : null;
            if (own instanceof ChoiceFormat choice && shown[i] instanceof Number number) {
                shown[i] = message(choice.format(number), values); // what is chosen may have places itself
                format.setFormatByArgumentIndex(i, null);
            } else if (own instanceof DecimalFormat decimal) {
                decimal.setDecimalFormatSymbols(symbols());
                format.setFormatByArgumentIndex(i, decimal);
            } else if (own == null && (shown[i] instanceof Integer || shown[i] instanceof Long)) {
                shown[i] = Counts.exact(((Number) shown[i]).longValue());
            } else if (own == null && (shown[i] instanceof Double || shown[i] instanceof Float)) {
                shown[i] = pattern("#,##0.###").format(shown[i]);
            }
        }
        return format.format(shown);
    }
}
