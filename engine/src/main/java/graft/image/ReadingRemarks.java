package graft.image;

import graft.data.Corrections;
import graft.data.Remark;
import graft.image.PictureFiles.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is seen when pictures are read: the same one in several places, and how they were read. */
final class ReadingRemarks {
    private static final int NAMED = 3;

    /**
     * A picture that could be read.
     *
     * @param name inside the data set
     * @param part {@code train}, {@code val} or {@code test}, as it is used
     * @param content what is equal for equal pictures
     */
    record Seen(Found found, String name, String part, String content, Set<PictureRemark> remarks, int highest) {}

    private ReadingRemarks() {}

    static List<Remark> of(List<Seen> pictures) {
        List<Remark> out = new ArrayList<>();
        Map<String, List<Seen>> byContent = new LinkedHashMap<>();
        pictures.forEach(seen -> byContent
                .computeIfAbsent(seen.content(), c -> new ArrayList<>())
                .add(seen));
        List<List<Seen>> repeated =
                byContent.values().stream().filter(all -> all.size() > 1).toList();
        inTwoClasses(repeated, out);
        onBothSides(repeated, "val", "pictures to judge by are", "picture to judge by is", out);
        onBothSides(repeated, "test", "test pictures are", "test picture is", out);
        readings(pictures, out);
        return out;
    }

    private static void inTwoClasses(List<List<Seen>> repeated, List<Remark> out) {
        List<List<Seen>> torn = repeated.stream()
                .filter(all -> all.stream()
                                .map(seen -> seen.found().className())
                                .distinct()
                                .count()
                        > 1)
                .toList();
        if (torn.isEmpty()) {
            return;
        }
        List<Seen> all = torn.stream().flatMap(List::stream).toList();
        out.add(new Remark(
                Remark.Kind.SAME_IN_TWO_CLASSES,
                torn.size() + (torn.size() == 1 ? " picture lies" : " pictures lie")
                        + " in more than one class, such as "
                        + String.join(" and ", onePerClass(torn.get(0)))
                        + ": one of its labels is wrong. Remove the wrong copies, or leave all of them out.",
                all.stream().map(seen -> seen.found().file()).toList(),
                Corrections.leavingOut(all.stream().map(Seen::name).toList())));
    }

    private static List<String> onePerClass(List<Seen> same) {
        Map<String, String> out = new LinkedHashMap<>();
        same.forEach(seen -> out.putIfAbsent(seen.found().className(), seen.name()));
        return out.values().stream().limit(NAMED).toList();
    }

    private static void onBothSides(List<List<Seen>> repeated, String part, String many, String one, List<Remark> out) {
        List<Seen> leaked = repeated.stream()
                .filter(all -> all.stream().anyMatch(seen -> seen.part().equals("train")))
                .flatMap(List::stream)
                .filter(seen -> seen.part().equals(part))
                .toList();
        if (!leaked.isEmpty()) {
            out.add(new Remark(
                    Remark.Kind.LEARNT_AND_JUDGED,
                    leaked.size() + " " + (leaked.size() == 1 ? one : many)
                            + " also among those to learn from, such as "
                            + leaked.get(0).name() + ": the accuracy will look better than it is.",
                    leaked.stream().map(seen -> seen.found().file()).toList(),
                    Corrections.leavingOut(leaked.stream().map(Seen::name).toList())));
        }
    }

    private static void readings(List<Seen> pictures, List<Remark> out) {
        Map<PictureRemark, List<Seen>> byRemark = new EnumMap<>(PictureRemark.class);
        pictures.forEach(
                seen -> seen.remarks().forEach(remark -> byRemark.computeIfAbsent(remark, r -> new ArrayList<>())
                        .add(seen)));
        byRemark.forEach((remark, seen) -> {
            int highest = seen.stream().mapToInt(Seen::highest).max().orElse(0);
            List<Path> files = seen.stream().map(one -> one.found().file()).toList();
            String text = seen.size() + " of " + pictures.size() + " pictures, such as "
                    + seen.get(0).name() + ", " + remark.words(highest) + ".";
            out.add(new Remark(
                    remark.isProblem() ? Remark.Kind.DOUBTFUL : Remark.Kind.READING,
                    text,
                    files,
                    remark == PictureRemark.ODD_DATA
                            ? Corrections.leavingOut(
                                    seen.stream().map(Seen::name).toList())
                            : Corrections.NONE));
        });
    }
}
