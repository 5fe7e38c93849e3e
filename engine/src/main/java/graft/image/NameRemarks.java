package graft.image;

import graft.data.ClassNames;
import graft.data.Corrections;
import graft.data.FileNames;
import graft.data.Parts;
import graft.data.Remark;
import graft.image.PictureFiles.Found;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the names and numbers of picture files say before one is opened. */
final class NameRemarks {
    private static final int NAMED = 5;
    /** A class this many times as large as another one is remarked. */
    private static final int UNEVEN = 10;
    /** A folder called "test" with this share of the usual number of pictures is hardly meant as a class. */
    private static final double HARDLY = 0.2;

    private static final Pattern MASK_ENDING = Pattern.compile(
            "[ _.-]?(mask|masks|seg|segmentation|label|labels|gt|annotation|annot)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern MASK_BEGINNING = Pattern.compile(
            "^(mask|masks|seg|segmentation|label|labels|gt|annotation|annot)[ _.-]", Pattern.CASE_INSENSITIVE);

    private final PictureFiles files;
    private final List<Remark> out = new ArrayList<>();

    private NameRemarks(PictureFiles files) {
        this.files = files;
    }

    static List<Remark> of(PictureFiles files) {
        NameRemarks remarks = new NameRemarks(files);
        remarks.nearlyEqual();
        remarks.pairs();
        remarks.counts();
        remarks.numbers();
        remarks.oddNames();
        return remarks.out;
    }

    /** Two class names with one key are one word written in two ways. */
    static String key(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
        return plain.replaceAll("[\\s_-]+", "_").replaceFirst("^0+(?=\\d+$)", "");
    }

    /** For a sentence: a name with blanks at its ends is put in quotes. */
    static String quoted(String name) {
        return name.equals(name.strip()) ? name : '"' + name + '"';
    }

    private void nearlyEqual() {
        Map<String, List<String>> byKey = files.classes().stream()
                .collect(Collectors.groupingBy(NameRemarks::key, TreeMap::new, Collectors.toList()));
        byKey.values().stream().filter(names -> names.size() > 1).forEach(names -> {
            String most = names.stream()
                    .max(Comparator.comparingLong((String name) -> count(name))
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            Map<String, String> merge = new LinkedHashMap<>();
            names.stream().filter(name -> !name.equals(most)).forEach(name -> merge.put(name, most));
            out.add(new Remark(
                    Remark.Kind.NEARLY_EQUAL,
                    names.size() + " classes differ only in " + difference(names) + ": "
                            + names.stream()
                                    .map(name -> quoted(name) + " (" + count(name) + ")")
                                    .collect(Collectors.joining(", "))
                            + ". They are learnt as different classes; put them together if they are one.",
                    List.of(),
                    Corrections.merging(merge)));
        });
    }

    private static String difference(List<String> names) {
        boolean form = names.stream()
                        .map(name -> Normalizer.normalize(name, Normalizer.Form.NFKC))
                        .distinct()
                        .count()
                < names.size();
        if (form) {
            return "how their letters are encoded (Unicode forms)";
        }
        if (names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count() == 1) {
            return "capital letters";
        }
        return names.stream().map(String::strip).distinct().count() == 1
                ? "blanks at their ends"
                : "blanks, hyphens, capitals or zeros";
    }

    private long count(String className) {
        return files.files().stream()
                .filter(f -> f.className().equals(className))
                .count();
    }

    private void pairs() {
        Map<String, List<Found>> byStem = new LinkedHashMap<>();
        for (Found found : files.files()) {
            String name = FileNames.last(found.file());
            String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            String plain = MASK_BEGINNING
                    .matcher(MASK_ENDING.matcher(stem).replaceFirst(""))
                    .replaceFirst("");
            if (!stem.isEmpty()) {
                byStem.computeIfAbsent(
                                found.file().getParent() + "/" + (plain.isEmpty() ? stem : plain),
                                s -> new ArrayList<>())
                        .add(found);
            }
        }
        List<List<Found>> pairs =
                byStem.values().stream().filter(all -> all.size() > 1).toList();
        if (pairs.isEmpty()) {
            return;
        }
        List<Found> second = pairs.stream()
                .flatMap(pair -> pair.stream()
                        .sorted(Comparator.comparingInt(NameRemarks::likelyMask))
                        .skip(1))
                .toList();
        out.add(new Remark(
                Remark.Kind.PAIRS,
                (pairs.size() == 1 ? "1 picture has another one" : pairs.size() + " pictures have another one")
                        + " of the same name beside them, such as "
                        + pairs.get(0).stream()
                                .map(f -> FileNames.last(f.file()))
                                .collect(Collectors.joining(" and "))
                        + " in " + pairs.get(0).get(0).file().getParent()
                        + ". If these are masks, they must not be learnt from: leave them out, or move them elsewhere.",
                second.stream().map(Found::file).toList(),
                Corrections.leavingOut(second.stream().map(Found::name).toList())));
    }

    /** Photographs are JPEG; masks lose their edges in it. */
    private static int likelyMask(Found found) {
        String name = FileNames.last(found.file()).toLowerCase(Locale.ROOT);
        String stem = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (MASK_ENDING.matcher(stem).find() || MASK_BEGINNING.matcher(stem).find()) {
            return 2;
        }
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".jfif") ? 0 : 1;
    }

    private void counts() {
        Map<String, Long> learnt = new TreeMap<>();
        Map<String, Long> judged = new TreeMap<>();
        boolean split = files.isSplit();
        for (Found found : files.files()) {
            if (found.part().equals(PictureFiles.VAL)) {
                judged.merge(found.className(), 1L, Long::sum);
            } else if (!found.part().equals(PictureFiles.TEST)) {
                learnt.merge(found.className(), 1L, Long::sum);
            }
        }
        List<String> never = files.classes().stream()
                .filter(name -> split ? !judged.containsKey(name) : learnt.getOrDefault(name, 0L) < 2)
                .map(NameRemarks::quoted)
                .toList();
        if (!never.isEmpty()) {
            out.add(Remark.of(
                    Remark.Kind.NEVER_JUDGED,
                    (never.size() == 1 ? "The class " : never.size() + " classes ") + shortened(never)
                            + (split
                                    ? (never.size() == 1 ? " has" : " have") + " no picture to judge by"
                                    : (never.size() == 1 ? " has" : " have")
                                            + " one picture only, which is learnt from")
                            + ": how well " + (never.size() == 1 ? "it is" : "they are") + " recognised is not known.",
                    List.of()));
        }
        partsAsClasses(learnt);
        uneven(learnt);
    }

    private void partsAsClasses(Map<String, Long> learnt) {
        if (files.isSplit()) {
            return;
        }
        double usual = learnt.values().stream()
                .mapToLong(Long::longValue)
                .sorted()
                .skip(learnt.size() / 2)
                .findFirst()
                .orElse(0);
        learnt.forEach((name, count) -> {
            boolean part = Parts.of(name).isPresent() && learnt.size() > 2;
            if (part && (count == 1 || count < HARDLY * usual)) {
                out.add(new Remark(
                        Remark.Kind.PART_AS_CLASS,
                        "The folder " + name + " with " + count + (count == 1 ? " picture" : " pictures")
                                + " is taken for a class. If it holds pictures to test with, leave it out.",
                        List.of(),
                        Corrections.leavingOut(foldersOf(name))));
            }
        });
    }

    private List<String> foldersOf(String className) {
        return files.files().stream()
                .filter(f -> f.className().equals(className))
                .map(f -> f.name().equals(f.file().toString()) ? f.name() : folderOf(f.name()))
                .distinct()
                .toList();
    }

    private static String folderOf(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    private void uneven(Map<String, Long> learnt) {
        Map.Entry<String, Long> most =
                learnt.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        Map.Entry<String, Long> least =
                learnt.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
        if (most.getValue() >= UNEVEN * least.getValue()) {
            out.add(Remark.of(
                    Remark.Kind.IMBALANCE,
                    "The classes are uneven: " + quoted(most.getKey()) + " has " + most.getValue() + " pictures, "
                            + quoted(least.getKey()) + " " + least.getValue()
                            + ". A network may do well by naming the large one; look at the recall of each class, and try"
                            + " --class-weights.",
                    List.of()));
        }
    }

    private void numbers() {
        if (ClassNames.inNumericOrder(files.classes()).isPresent()) {
            List<String> numeric = ClassNames.inNumericOrder(files.classes()).orElseThrow();
            out.add(Remark.of(
                    Remark.Kind.NUMBERS,
                    "The names of the classes are numbers. Their order is that of text ("
                            + shortened(files.classes()) + "), not of counting (" + shortened(numeric)
                            + "): go by the names, not by the position of an answer.",
                    List.of()));
        }
    }

    private void oddNames() {
        List<Found> odd = files.files().stream()
                .filter(f ->
                        FileNames.isOdd(f.file()) || FileNames.isOdd(f.file().getParent()))
                .toList();
        if (!odd.isEmpty()) {
            out.add(Remark.of(
                    Remark.Kind.NAMES,
                    "The names of " + odd.size() + (odd.size() == 1 ? " file or its folder" : " files or their folders")
                            + " are no UTF-8 text; bytes without a meaning are written as numbers, such as in "
                            + odd.get(0).name() + ".",
                    odd.stream().map(Found::file).toList()));
        }
    }

    private static String shortened(List<String> names) {
        return names.stream().limit(NAMED).collect(Collectors.joining(", ")) + (names.size() > NAMED ? ", …" : "");
    }
}
