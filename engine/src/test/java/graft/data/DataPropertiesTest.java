package graft.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.files.Json;
import graft.image.Augmentation;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.Preprocessing;
import graft.image.Resizing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

class DataPropertiesTest {

    @Property(tries = 200)
    void splitTakesAFifthAndAtLeastOneOfTwo(@ForAll @IntRange(min = 1, max = 300) int size, @ForAll long seed) {
        List<Integer> ofClass = IntStream.range(0, size).boxed().toList();
        List<Integer> val = Split.validation(ofClass, i -> "picture " + i, seed);
        assertThat(val).doesNotHaveDuplicates().isSubsetOf(ofClass);
        assertThat(val).hasSize(size == 1 ? 0 : Math.max(1, (int) Math.round(size * 0.2)));
        assertThat(Split.validation(ofClass, i -> "picture " + i, seed)).isEqualTo(val);
    }

    @Property(tries = 100)
    void splitDoesNotDependOnTheOrderOfTheFiles(@ForAll @IntRange(min = 2, max = 50) int size, @ForAll long seed) {
        List<Integer> ofClass = IntStream.range(0, size).boxed().toList();
        List<Integer> reversed =
                IntStream.range(0, size).map(i -> size - 1 - i).boxed().toList();
        assertThat(Split.validation(reversed, String::valueOf, seed))
                .isEqualTo(Split.validation(ofClass, String::valueOf, seed));
    }

    @Property(tries = 200)
    void randomNumbersStayInRange(@ForAll long seed, @ForAll int example, @ForAll long view, @ForAll @Positive int n) {
        ViewRandom random = new ViewRandom(seed, example, view);
        assertThat(random.between(-2, 3)).isBetween(-2.0, 3.0);
        assertThat(random.below(n)).isBetween(0, n - 1);
    }

    @Property(tries = 100)
    void augmentationReadsBackWhatItWrites(
            @ForAll boolean flip,
            @ForAll boolean crop,
            @ForAll boolean color,
            @ForAll @IntRange(max = 720) int quarters) {
        Augmentation augmentation = new Augmentation(flip, crop, color, quarters / 4.0);
        assertThat(Augmentation.parse(augmentation.toString())).isEqualTo(augmentation);
    }

    @Example
    void unknownAugmentationIsRefusedWithTheChoices() {
        assertThatThrownBy(() -> Augmentation.parse("flip,blur"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("\"blur\"")
                .hasMessageContaining("rotate:DEGREES");
        assertThatThrownBy(() -> Augmentation.parse("rotate:x")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> Augmentation.parse("rotate:181")).isInstanceOf(Refusal.class);
    }

    @Example
    void preprocessingTravelsInTheNotesOfTheFile() {
        Preprocessing how = new Preprocessing(
                224, 255, new float[] {104, 117, 123.675f}, new float[] {1}, Channels.BGR, Layout.NHWC);
        assertThat(how.toMetadata())
                .containsEntry("graft.size", "224")
                .containsEntry("graft.scale", "255")
                .containsEntry("graft.mean", "104,117,123.675")
                .containsEntry("graft.std", "1,1,1")
                .containsEntry("graft.channels", "bgr")
                .containsEntry("graft.layout", "nhwc");
        assertThat(Preprocessing.fromMetadata(how.toMetadata())).contains(how);
        assertThat(Preprocessing.fromMetadata(Map.of())).isEmpty();
        assertThat(Preprocessing.fromMetadata(Map.of("graft.size", "32")))
                .isEqualTo(Optional.of(Preprocessing.ofSize(32)));
        assertThatThrownBy(() -> Preprocessing.fromMetadata(Map.of("graft.size", "big")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--size");
        assertThatThrownBy(
                        () -> new Preprocessing(32, 1, new float[] {0, 0}, new float[] {1}, Channels.RGB, Layout.NCHW))
                .hasMessageContaining("2 numbers")
                .hasMessageContaining("3 input channels");
    }

    @Example
    void heightAndWidthAndTheWayToResizeTravelToo() {
        Preprocessing how = Preprocessing.ofSize(8).ofSize(224, 320);
        assertThat(how.shape()).containsExactly(3, 224, 320);
        assertThat(how.toMetadata())
                .containsEntry("graft.size", "224x320")
                .containsEntry("graft.resize", "cover:256x365.7142857142857")
                .containsKey("graft.preparation");
        assertThat(Preprocessing.fromMetadata(how.toMetadata())).contains(how);
        assertThat(Json.read(Json.write(how), Preprocessing.class)).isEqualTo(how);
        // As 0.1.0 wrote its plans.
        assertThat(Json.read(
                        "{\"size\":32,\"scale\":1.0,\"mean\":[0.0],\"std\":[1.0],\"channels\":\"RGB\",\"layout\":\"NCHW\"}",
                        Preprocessing.class))
                .isEqualTo(Preprocessing.ofSize(32));
        assertThat(Preprocessing.fromMetadata(Map.of("graft.size", "32x8", "graft.resize", "stretch"))
                        .map(Preprocessing::resizing))
                .contains(Resizing.STRETCH);
        assertThatThrownBy(() -> Preprocessing.fromMetadata(Map.of("graft.size", "32", "graft.resize", "cover:16")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("--resize");
    }

    @Example
    void classNamesTravelInTheNotesOfTheFile() {
        List<String> classes = List.of("ant", "a \"quoted\" bee", "Grasmücke");
        assertThat(ClassNames.fromMetadata(Map.of("graft.classes", ClassNames.toMetadata(classes))))
                .contains(classes);
        assertThat(ClassNames.fromMetadata(Map.of())).isEmpty();
        assertThatThrownBy(() -> ClassNames.fromMetadata(Map.of("graft.classes", "ant,bee")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("graft.classes");
    }

    @Property(tries = 200)
    void aShareOfEachClassIsSetAsideAndOneIsLeft(
            @ForAll @IntRange(min = 2, max = 300) int size, @ForAll @IntRange(min = 1, max = 90) int percent) {
        List<Integer> ofClass =
                java.util.stream.IntStream.range(0, size).boxed().toList();
        int val = Split.validation(ofClass, i -> "picture " + i, 7, percent / 100.0)
                .size();
        assertThat(val).isBetween(1, size - 1);
        assertThat((double) val).isCloseTo(size * percent / 100.0, org.assertj.core.api.Assertions.within(1.0));
    }
}
