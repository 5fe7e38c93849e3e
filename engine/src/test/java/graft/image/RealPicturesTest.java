package graft.image;

import static org.assertj.core.api.Assertions.assertThat;

import graft.data.DataOptions;
import graft.data.DataSet;
import graft.progress.Progress;
import graft.testdata.Shared;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealPicturesTest {

    @Test
    void hymenopteraOpensWithoutItsStrayGif() {
        DataSet data = ImageData.open(
                Shared.path("data/datasets/hymenoptera"),
                Optional.of(Preprocessing.ofSize(64)),
                DataOptions.DEFAULT,
                Progress.NONE);
        assertThat(data.classes()).containsExactly("ants", "bees");
        assertThat(data.train().size()).isEqualTo(244);
        assertThat(data.val().size()).isEqualTo(153);
        assertThat(data.skipped())
                .singleElement()
                .satisfies(gif -> assertThat(gif.file().getFileName()).hasToString("imageNotFound.gif"));
        PictureExamples varied =
                ((PictureExamples) data.train()).augmented(Augmentation.parse("flip,crop,color,rotate"), 1);
        ByteBuffer into = ByteBuffer.allocate((int) varied.bytes());
        for (int i = 0; i < varied.size(); i++) {
            varied.read(i, 1 + i, into.clear());
        }
    }
}
