package graft.text;

import graft.data.Corrections;
import graft.data.Remark;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may mislead in labelled texts. */
final class TextRemarks {
    private static final int UNEVEN = 10;

    private final TextData data;
    private final List<Remark> out = new ArrayList<>();

    private TextRemarks(TextData data) {
        this.data = data;
    }

    static List<Remark> of(TextData data) {
        TextRemarks remarks = new TextRemarks(data);
        remarks.numbers();
        remarks.nearlyEqual();
        remarks.counts();
        remarks.sameTexts();
        return remarks.out;
    }

    private void add(Remark.Kind kind, String text) {
        out.add(Remark.of(kind, text, List.of()));
    }

    private void numbers() {
        List<String> sorted = data.classes().stream().sorted().toList();
        if (!sorted.equals(data.classes())) {
            add(
                    Remark.Kind.NUMBERS,
                    "The labels are numbers. The classes are in the order of counting ("
                            + TextData.shortened(data.classes()) + "), not in that of text ("
                            + TextData.shortened(sorted) + ").");
        }
    }

    private void nearlyEqual() {
        Map<String, List<String>> byKey = data.classes().stream()
                .collect(Collectors.groupingBy(TextRemarks::key, TreeMap::new, Collectors.toList()));
        byKey.values().stream().filter(names -> names.size() > 1).forEach(names -> {
            Map<String, String> merge = new LinkedHashMap<>();
            names.stream().skip(1).forEach(name -> merge.put(name, names.get(0)));
            out.add(new Remark(
                    Remark.Kind.NEARLY_EQUAL,
                    names.size() + " classes are written almost alike: " + String.join(", ", names)
                            + ". They are learnt as different classes; write them alike if they are one.",
                    List.of(),
                    Corrections.merging(merge)));
        });
    }

    private static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_-]+", "_")
                .replaceFirst("^0+(?=\\d+$)", "");
    }

    private void counts() {
        int[] learnt = new int[data.classes().size()];
        Set<Integer> judged = new HashSet<>();
        data.train().forEach(example -> learnt[example.label()]++);
        data.val().forEach(example -> judged.add(example.label()));
        int most = 0;
        int least = 0;
        List<String> never = new ArrayList<>();
        for (int i = 0; i < learnt.length; i++) {
            most = learnt[i] > learnt[most] ? i : most;
            least = learnt[i] < learnt[least] ? i : least;
            if (!judged.contains(i)) {
                never.add(data.classes().get(i));
            }
        }
        if (!never.isEmpty()) {
            add(
                    Remark.Kind.NEVER_JUDGED,
                    (never.size() == 1 ? "The class " : never.size() + " classes ") + TextData.shortened(never)
                            + (never.size() == 1 ? " has" : " have") + " no text to judge by: how well "
                            + (never.size() == 1 ? "it is" : "they are") + " recognised is not known.");
        }
        if (learnt[most] >= UNEVEN * learnt[least]) {
            add(
                    Remark.Kind.IMBALANCE,
                    "The classes are uneven: " + data.classes().get(most) + " has " + learnt[most] + " texts, "
                            + data.classes().get(least) + " " + learnt[least]
                            + ". A network may do well by naming the large one; look at the recall of each class, and try"
                            + " --class-weights.");
        }
    }

    private void sameTexts() {
        Map<String, Integer> labels = new HashMap<>();
        Set<String> learnt = new HashSet<>();
        Set<String> two = new HashSet<>();
        String example = "";
        List<TextExample> all = Stream.of(data.train(), data.val(), data.test())
                .flatMap(List::stream)
                .toList();
        for (TextExample each : all) {
            Integer other = labels.putIfAbsent(content(each), each.label());
            if (other != null && other != each.label() && two.add(content(each)) && example.isEmpty()) {
                example = each.name();
            }
        }
        if (!two.isEmpty()) {
            out.add(mended(
                    Remark.Kind.SAME_IN_TWO_CLASSES,
                    all.stream().filter(each -> two.contains(content(each))).toList(),
                    (two.size() == 1 ? "1 text has" : two.size() + " texts have")
                            + " more than one label in different rows, such as that of " + example
                            + ". No network can be right on both."));
        }
        data.train().forEach(each -> learnt.add(content(each)));
        List<TextExample> both = Stream.concat(data.val().stream(), data.test().stream())
                .filter(each -> learnt.contains(content(each)))
                .toList();
        if (!both.isEmpty()) {
            out.add(mended(
                    Remark.Kind.LEARNT_AND_JUDGED,
                    both,
                    (both.size() == 1 ? "1 text that is judged by is" : both.size() + " texts that are judged by are")
                            + " also learnt from, such as " + both.get(0).name()
                            + ": the accuracy will look better than it is."));
        }
    }

    /** Mended by leaving these out. */
    private static Remark mended(Remark.Kind kind, List<TextExample> texts, String words) {
        return new Remark(kind, words, List.of(), leavingOut(texts));
    }

    private static Corrections leavingOut(List<TextExample> texts) {
        Map<String, String> rows = new LinkedHashMap<>();
        texts.stream().filter(TextExample::isRow).forEach(text -> rows.put(text.name(), text.fingerprint()));
        return Corrections.leavingOut(texts.stream().map(TextExample::name).toList())
                .withRows(rows);
    }

    private static String content(TextExample example) {
        return example.text().strip() + '\0' + example.pair().orElse("").strip();
    }
}
