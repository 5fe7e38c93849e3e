package graft.sample;

import graft.Refusal;
import graft.files.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A grammar without context: symbols, each with alternatives in which other symbols stand in braces. */
final class SampleGrammar {
    private static final String INDENT = "  ";

    private final Map<String, List<String>> alternatives = new LinkedHashMap<>();

    private SampleGrammar(String text) {
        List<String> current = List.of();
        for (String line : text.split("\n")) {
            if (line.startsWith(INDENT)) {
                current.add(line.substring(INDENT.length())
                        .replace("\\n", "\n")
                        .replace("\\s", " ")
                        .replace("\\-", ""));
            } else if (line.endsWith(":")) {
                current = new ArrayList<>();
                alternatives.put(line.substring(0, line.length() - 1), current);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalStateException("no line of a grammar: " + line);
            }
        }
    }

    /** One that lies beside this class. */
    static SampleGrammar of(String resource) {
        try (InputStream in = SampleGrammar.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is part of every build");
            }
            return new SampleGrammar(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Refusal("Cannot read Graft's own files: " + AtomicFile.reason(e) + ". Install Graft again.", e);
        }
    }

    /** Symbols that begin so, in the order of the grammar. */
    List<String> symbols(String beginning) {
        return alternatives.keySet().stream()
                .filter(symbol -> symbol.startsWith(beginning))
                .toList();
    }

    /** Something that the symbol can stand for. */
    String say(String symbol, SplittableRandom random) {
        List<String> choice = alternatives.get(symbol);
        if (choice == null) {
            throw new IllegalStateException("the grammar has no " + symbol);
        }
        String chosen = choice.get(random.nextInt(choice.size()));
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int open = chosen.indexOf('{'); open >= 0; open = chosen.indexOf('{', at)) {
            int close = chosen.indexOf('}', open);
            out.append(chosen, at, open).append(say(chosen.substring(open + 1, close), random));
            at = close + 1;
        }
        return out.append(chosen.substring(at)).toString();
    }
}
