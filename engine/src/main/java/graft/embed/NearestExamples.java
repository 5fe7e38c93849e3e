package graft.embed;

import com.fasterxml.jackson.annotation.JsonProperty;
import graft.data.DataSet;
import graft.data.Examples;
import graft.data.Parts;
import graft.progress.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Examples of a data set by how near a network sees them to each other. */
public final class NearestExamples {
    /**
     * One of the nearest.
     *
     * @param name as the data set calls it
     * @param className null where it has no class
     * @param text null where it is not of words
     * @param similarity cosine of the rows, −1…1
     */
    public record Near(
            String name, String part, @JsonProperty("class") String className, String text, double similarity) {}

    /** An example, by where it lies. */
    private record Place(Parts part, int at) {}

    private static final Comparator<Near> BY_SIMILARITY = Comparator.comparingDouble(Near::similarity);

    private final DataSet data;
    private final List<Place> places = new ArrayList<>();
    private final float[][] rows;

    /** @param embedder whose rows have length one */
    public NearestExamples(Embedder embedder, DataSet data, Progress progress) {
        if (!embedder.isUnit()) {
            throw new IllegalArgumentException("rows that differ in length are not compared by their products");
        }
        this.data = data;
        List<float[]> all = new ArrayList<>();
        for (Parts part : Parts.values()) {
            if (part == Parts.TEST && data.test().isEmpty()) {
                continue;
            }
            Examples examples = data.part(part);
            all.addAll(Arrays.asList(embedder.kept(examples, data.encoder(), progress)));
            IntStream.range(0, examples.size()).forEach(i -> places.add(new Place(part, i)));
        }
        this.rows = all.toArray(float[][]::new);
    }

    public int size() {
        return rows.length;
    }

    public int width() {
        return rows[0].length;
    }

    /** The number of the example of this name. */
    public OptionalInt named(String name) {
        return IntStream.range(0, size()).filter(i -> name(i).equals(name)).findFirst();
    }

    public String name(int i) {
        Place place = places.get(i);
        return data.part(place.part()).name(place.at());
    }

    /** The nearest to an example, itself left out, the most alike first. */
    public List<Near> to(int example, int count) {
        return nearest(rows[example], count, example);
    }

    /** The nearest to a row of length one, the most alike first. */
    public List<Near> to(float[] row, int count) {
        return nearest(row, count, -1);
    }

    private List<Near> nearest(float[] row, int count, int except) {
        double[] cosines = new double[rows.length];
        IntStream.range(0, rows.length).parallel().forEach(i -> cosines[i] = Cosines.product(row, rows[i]));
        // The worst of the best on top; of equal ones the later falls out.
        PriorityQueue<Integer> best = new PriorityQueue<>(
                Comparator.<Integer>comparingDouble(i -> cosines[i]).thenComparing(Comparator.reverseOrder()));
        for (int i = 0; i < cosines.length; i++) {
            if (i != except) {
                best.add(i);
                if (best.size() > count) {
                    best.remove();
                }
            }
        }
        return best.stream()
                .sorted(Comparator.naturalOrder())
                .map(i -> near(i, cosines[i]))
                .sorted(BY_SIMILARITY.reversed())
                .toList();
    }

    private Near near(int i, double similarity) {
        Place place = places.get(i);
        Examples examples = data.part(place.part());
        return new Near(
                name(i),
                place.part().name().toLowerCase(java.util.Locale.ROOT),
                Optional.of(data.classes())
                        .filter(classes -> !classes.isEmpty())
                        .map(classes -> classes.get(examples.label(place.at())))
                        .orElse(null),
                examples.words(place.at()).orElse(null),
                similarity);
    }
}
