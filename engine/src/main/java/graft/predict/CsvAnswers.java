package graft.predict;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Answers as a table that spreadsheets open: RFC 4180, in UTF-8, the first row holds names. Texts and names come from strangers:
 * what begins as a formula does is written with an apostrophe before it, so that no spreadsheet computes it.
 */
public final class CsvAnswers implements AnswerWriter {
    /** How a file of answers begins. */
    static final String FIRST = "input";

    /** As spreadsheets read it (OWASP, CSV injection). A number is a number, whatever its sign. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+([.,][0-9]+)?");

    /** Excel's limit; what is longer would not be read to its end. */
    private static final int MOST_CHARACTERS = 32_767;

    private static final List<String> RANKED = List.of("answer", "start", "end", "probability");

    private final CsvWriter rows;
    private Layout layout;

    /** {@code out} stays open. */
    public CsvAnswers(OutputStream out) {
        this.rows = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    @Override
    public void begin(Layout given) {
        this.layout = given;
        List<String> names = new ArrayList<>(List.of(FIRST));
        names.addAll(given.told());
        for (int rank = 1; given.isRanked() && rank <= given.top(); rank++) {
            for (String name : RANKED) {
                names.add(rank == 1 ? name : name + "_" + rank);
            }
        }
        for (int rank = 1; !given.isRanked() && rank <= given.top(); rank++) {
            names.add(rank == 1 ? "class" : "class_" + rank);
            names.add(rank == 1 ? "probability" : "probability_" + rank);
        }
        names.addAll(given.numbers());
        if (given.all()) {
            given.classes().forEach(name -> names.add("p_" + name));
        }
        if (given.strangeness()) {
            names.addAll(List.of("ood_score", "ood"));
        }
        if (given.isOfSpans()) {
            names.addAll(List.of("entity", "type", "start", "end", "probability"));
        }
        rows.writeRecord(names.stream().map(CsvAnswers::cell).toList());
    }

    @Override
    public void write(Said said) {
        if (layout.isOfSpans()) {
            writeSpans(said);
            return;
        }
        if (layout.isRanked()) {
            writeRanked(said);
            return;
        }
        List<String> cells = new ArrayList<>(List.of(cell(said.input())));
        said.told().forEach(text -> cells.add(cell(text)));
        for (int rank = 0; rank < layout.top(); rank++) {
            cells.add(cell(layout.classes().get(said.best()[rank])));
            cells.add(Float.toString(said.probabilities()[said.best()[rank]]));
        }
        for (float number : said.numbers()) {
            cells.add(Float.toString(number));
        }
        if (layout.all()) {
            for (float probability : said.probabilities()) {
                cells.add(Float.toString(probability));
            }
        }
        said.strangeness().ifPresent(score -> {
            cells.add(Float.toString((float) score));
            cells.add(Boolean.toString(said.isStrange()));
        });
        rows.writeRecord(cells);
    }

    /** A row for each question; where there is no answer its cells are empty but for the probability of that. */
    private void writeRanked(Said said) {
        List<String> cells = new ArrayList<>(List.of(cell(said.input())));
        said.told().forEach(text -> cells.add(cell(text)));
        for (int rank = 0; rank < layout.top(); rank++) {
            if (rank >= said.entities().size()) {
                cells.addAll(Collections.nCopies(RANKED.size(), ""));
                continue;
            }
            Entity each = said.entities().get(rank);
            cells.add(cell(each.words(said.text())));
            cells.add(each.isNone() ? "" : Integer.toString(each.span().start()));
            cells.add(each.isNone() ? "" : Integer.toString(each.span().end()));
            cells.add(Float.toString(each.probability()));
        }
        rows.writeRecord(cells);
    }

    /** A row for each place; a text without any has a row whose last cells are empty. */
    private void writeSpans(Said said) {
        List<String> begin = new ArrayList<>(List.of(cell(said.input())));
        said.told().forEach(text -> begin.add(cell(text)));
        for (Entity each : said.entities()) {
            List<String> cells = new ArrayList<>(begin);
            cells.add(cell(each.words(said.text())));
            cells.add(cell(each.span().type()));
            cells.add(Integer.toString(each.span().start()));
            cells.add(Integer.toString(each.span().end()));
            cells.add(Float.toString(each.probability()));
            rows.writeRecord(cells);
        }
        if (said.entities().isEmpty()) {
            begin.addAll(List.of("", "", "", "", ""));
            rows.writeRecord(begin);
        }
    }

    @Override
    public void end() throws IOException {
        rows.flush();
    }

    static String cell(String text) {
        boolean formula =
                FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
        String safe = formula ? "'" + text : text;
        return safe.length() > MOST_CHARACTERS ? safe.substring(0, MOST_CHARACTERS - 1) + "…" : safe;
    }
}
