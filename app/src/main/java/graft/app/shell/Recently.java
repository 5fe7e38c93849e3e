package graft.app.shell;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.ResourceBundle;

/** A day in as few words as tell it from the others: "today", "Tue", "May", "2024". */
final class Recently {
    private static final int WEEK = 7;

    private Recently() {}

    /** @param instant ISO 8601; "" is said of what is none */
    static String words(String instant, ResourceBundle texts) {
        LocalDate day;
        try {
            day = Instant.parse(instant).atZone(ZoneId.systemDefault()).toLocalDate();
        } catch (DateTimeParseException e) {
            return "";
        }
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        long days = ChronoUnit.DAYS.between(day, today);
        if (days <= 0) {
            return texts.getString("when.today");
        }
        String pattern = days < WEEK ? "EEE" : day.getYear() == today.getYear() ? "d MMM" : "yyyy";
        return DateTimeFormatter.ofPattern(pattern, Locale.getDefault()).format(day);
    }
}
