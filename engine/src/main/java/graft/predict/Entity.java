package graft.predict;

import graft.data.Span;
import graft.judge.Spotter;
import java.util.ArrayList;
import java.util.List;

/** A place in a text that is an answer. */
public record Entity(Span span, float probability) {
    static List<Entity> all(Spotter.Spotted found) {
        List<Entity> out = new ArrayList<>();
        for (int i = 0; i < found.spans().size(); i++) {
            out.add(new Entity(found.spans().get(i), found.probabilities().get(i)));
        }
        return out;
    }

    /** The letters that it is of. */
    String words(String text) {
        return text.substring(span.start(), span.end());
    }

    /** Whether it stands for there being no answer. */
    boolean isNone() {
        return span.start() == span.end();
    }

    /** Some places in a text: "[Ada person 0.98] was in [London location 0.97]". */
    static String marked(String text, List<Entity> entities) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Entity each : entities) {
            out.append(text, at, each.span.start())
                    .append('[')
                    .append(each.words(text))
                    .append(' ')
                    .append(each.span.type())
                    .append(String.format(java.util.Locale.ROOT, " %.2f]", each.probability));
            at = each.span.end();
        }
        return out.append(text.substring(at)).toString();
    }
}
