package graft.deploy;

import graft.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A program in one language, whose text lies beside this class with {@code @WORDS@} that are filled in.
 *
 * @param file what it is called where it lies beside the network
 * @param needs what has to be there before, in a line
 * @param example a command that runs it
 */
record ClientProgram(String language, String file, String needs, String example, String code) {

    /** What is the same in every language, and for JSON's strings and lists what they are in each. */
    static final class Words {
        private final Map<String, String> all = new LinkedHashMap<>();

        Words put(String word, Object value) {
            all.put(word, value.toString());
            return this;
        }

        /** A string of JSON is one of Python, Java and JavaScript too. */
        Words quoted(String word, String value) {
            return each(word, Json.write(value), Json.write(value), Json.write(value));
        }

        /** The same where there may be none. */
        Words quotedOrNone(String word, String value) {
            return value == null ? each(word, "None", "null", "null") : quoted(word, value);
        }

        Words truth(String word, boolean value) {
            return put(word, value).put("PY_" + word, value ? "True" : "False");
        }

        Words each(String word, String python, String java, String javaScript) {
            return put("PY_" + word, python).put("JAVA_" + word, java).put("JS_" + word, javaScript);
        }
    }

    static ClientProgram of(String language, String resource, String file, String needs, String example, Words words) {
        String text;
        try (InputStream in = ClientProgram.class.getResourceAsStream(resource)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text = text.replace("@NEEDS@", needs).replace("@EXAMPLE@", example);
        for (Map.Entry<String, String> word : words.all.entrySet()) {
            text = text.replace("@" + word.getKey() + "@", word.getValue());
        }
        return new ClientProgram(language, file, needs, example, text);
    }
}
