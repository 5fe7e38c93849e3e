package graft.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaletteTest {
    private static final Path RESOURCES = Path.of("src", "main", "resources", "graft", "app");
    private static final Pattern COLOUR = Pattern.compile("(-graft-[a-z-]+):\\s*#([0-9a-f]{6});");
    private static final Pattern LITERAL = Pattern.compile(
            "#[0-9a-fA-F]{3,8}\\b(?![^{]*\\{)|rgba?\\(|hsba?\\(|:\\s*(white|black|red|green|blue|gray)\\b");
    /** WCAG 2.2, 1.4.3: texts of usual size. */
    private static final double READABLE = 4.5;

    private static Map<String, Integer> palette(String theme) throws IOException {
        Map<String, Integer> out = new TreeMap<>();
        Matcher found =
                COLOUR.matcher(Files.readString(RESOURCES.resolve("look").resolve(theme + ".css")));
        while (found.find()) {
            out.put(found.group(1), Integer.parseInt(found.group(2), 16));
        }
        return out;
    }

    @Test
    void bothThemesNameTheSameColours() throws IOException {
        assertThat(palette("light")).hasSizeGreaterThan(15);
        assertThat(palette("dark").keySet()).isEqualTo(palette("light").keySet());
    }

    @Test
    void noOtherStyleSheetNamesAColour() throws IOException {
        try (Stream<Path> sheets = Files.walk(RESOURCES)) {
            List<Path> others = sheets.filter(file -> file.toString().endsWith(".css"))
                    .filter(file -> !file.endsWith("light.css") && !file.endsWith("dark.css"))
                    .toList();
            assertThat(others).hasSizeGreaterThan(2);
            for (Path sheet : others) {
                String rules = Files.readString(sheet).replaceAll("(?s)/\\*.*?\\*/", "");
                assertThat(LITERAL.matcher(rules).results().map(r -> r.group()).toList())
                        .as(sheet.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void textsCanBeReadOnTheirGrounds(String theme) throws IOException {
        Map<String, Integer> colours = palette(theme);
        String[][] pairs = {
            {"text", "card"},
            {"text", "ground"},
            {"text", "accent-soft"},
            {"muted", "card"},
            {"muted", "ground"},
            {"muted", "frozen-soft"},
            {"accent", "card"},
            {"accent", "accent-soft"},
            {"on-accent", "accent"},
            {"learns", "card"},
            {"learns", "learns-soft"},
            {"warn", "card"},
            {"warn", "warn-soft"},
            {"wrong", "card"},
            {"wrong", "wrong-soft"}
        };
        for (String[] pair : pairs) {
            double contrast = contrast(colours.get("-graft-" + pair[0]), colours.get("-graft-" + pair[1]));
            assertThat(contrast).as(pair[0] + " on " + pair[1]).isGreaterThanOrEqualTo(READABLE);
        }
    }

    /** As WCAG 2.2 defines it. */
    private static double contrast(int one, int other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
