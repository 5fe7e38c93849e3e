package graft.project;

import com.fasterxml.jackson.databind.JsonNode;
import graft.options.Option;
import graft.run.PlanOptions;
import graft.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Why one run may be better than another: everything in which they differ.
 *
 * @param settings what was set otherwise, seed and network included
 * @param sameNetwork whether both began with the same file, byte for byte; null where that is not known
 * @param sameData whether both learnt from the same examples; null where that is not known
 * @param examples which examples are others; "" where none are or it is not known
 * @param gain score of the second less that of the first; null where one has none, or they are of different kinds
 * @param chance a gain within ± this may well be chance (95 %, two shares of as many independent examples); null where scores are
 *     no accuracies
 */
public record RunComparison(
        RunEntry first,
        RunEntry second,
        List<Difference> settings,
        Boolean sameNetwork,
        Boolean sameData,
        String examples,
        Double gain,
        Double chance) {
    private static final double TWO_SIDED_95 = 1.96;

    /**
     * One thing that was set otherwise.
     *
     * @param first what the first run had; "" = nothing
     */
    public record Difference(String what, String first, String second) {}

    static RunComparison of(ProjectFolder project, RunEntry first, RunEntry second) {
        Map<String, String> provenanceOfFirst = project.provenance(first.id());
        Map<String, String> provenanceOfSecond = project.provenance(second.id());
        boolean comparable = first.valScore() != null
                && second.valScore() != null
                && first.metric().equals(second.metric());
        return new RunComparison(
                first,
                second,
                settings(first.plan(), second.plan()),
                same(provenanceOfFirst.get("network_sha256"), provenanceOfSecond.get("network_sha256")),
                same(provenanceOfFirst.get("data_fingerprint"), provenanceOfSecond.get("data_fingerprint")),
                RunFolder.changes(Path.of(first.folder()), Path.of(second.folder())),
                comparable ? second.valScore() - first.valScore() : null,
                comparable && first.valAccuracy() != null ? chance(project, first, second) : null);
    }

    private static Boolean same(String first, String second) {
        return first == null || second == null ? null : first.equals(second);
    }

    private static Double chance(ProjectFolder project, RunEntry first, RunEntry second) {
        double variance = 0;
        for (RunEntry run : List.of(first, second)) {
            int judged =
                    project.start(run.id()).map(RunStart::validationExamples).orElse(0);
            if (judged == 0) {
                return null;
            }
            variance += run.valAccuracy() * (1 - run.valAccuracy()) / judged;
        }
        return TWO_SIDED_95 * Math.sqrt(variance);
    }

    private static List<Difference> settings(JsonNode first, JsonNode second) {
        Map<String, String> ofFirst = new TreeMap<>();
        Map<String, String> ofSecond = new TreeMap<>();
        leaves("", first, ofFirst);
        leaves("", second, ofSecond);
        Map<String, String> all = new TreeMap<>(ofFirst);
        all.putAll(ofSecond);
        List<Difference> out = new ArrayList<>();
        for (String key : all.keySet()) {
            String one = ofFirst.getOrDefault(key, "");
            String other = ofSecond.getOrDefault(key, "");
            if (!key.equals("out") && !Objects.equals(one, other)) {
                out.add(new Difference(key, one, other));
            }
        }
        return List.copyOf(out);
    }

    /** Values by their place in the plan: plans of any version are compared. */
    private static void leaves(String place, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.fields().forEachRemaining(field -> leaves(join(place, field.getKey()), field.getValue(), into));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(join(place, Integer.toString(i + 1)), node.get(i), into);
            }
        } else if (!node.isNull()) {
            into.put(words(place), node.asText());
        }
    }

    private static String join(String place, String key) {
        return place.isEmpty() ? key : place + " " + key;
    }

    /** As the option is called, where it is one; plans of earlier versions know no groups. */
    private static String words(String key) {
        for (Option<?> option : PlanOptions.ALL) {
            String group = option.group().key();
            if (key.equals(option.field())
                    || key.equals(group + " " + option.field())
                    || key.equals(group + " 1 " + option.field())) {
                return option.title();
            }
        }
        return key;
    }
}
