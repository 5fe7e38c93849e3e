package graft.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import graft.testdata.Shared;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Set<String> TASKS = Set.of(
            "image-classification",
            "text-classification",
            "question-answering",
            "text-generation",
            "fill-mask",
            "sentence-embedding",
            "semantic-segmentation",
            "object-detection");

    @Test
    void eachEntrySaysWhatItIsAndWhereItIsFrom() {
        List<CatalogEntry> entries = Catalog.entries();
        assertThat(entries)
                .hasSizeGreaterThanOrEqualTo(36)
                .extracting(CatalogEntry::id)
                .doesNotHaveDuplicates();
        for (CatalogEntry entry : entries) {
            assertThat(entry.id()).as(entry.id()).matches("[a-z0-9][a-z0-9.-]*");
            assertThat(List.of(entry.name(), entry.family(), entry.trainedOn(), entry.description()))
                    .as(entry.id())
                    .noneMatch(String::isBlank);
            assertThat(entry.description()).as(entry.id()).hasSizeLessThanOrEqualTo(140);
            assertThat(TASKS).as(entry.id()).contains(entry.task());
            assertThat(entry.sha256()).as(entry.id()).matches("[0-9a-f]{64}");
            assertThat(entry.input().kind()).as(entry.id()).isIn("image", "text");
            // A licence and a score have a source that was read.
            assertThat(entry.licence().equals("unknown"))
                    .as(entry.id())
                    .isEqualTo(entry.licenceSource().isEmpty());
            entry.licenceSource()
                    .ifPresent(
                            source -> assertThat(URI.create(source).getScheme()).isEqualTo("https"));
            entry.score().ifPresent(score -> {
                assertThat(score.value()).as(entry.id()).isBetween(0.0, 1.0);
                assertThat(URI.create(score.source()).getScheme()).isEqualTo("https");
            });
        }
    }

    @Test
    void preparationsAreWhatThePreparationOfPicturesTakes() {
        for (CatalogEntry entry : Catalog.entries()) {
            entry.preprocessing().ifPresent(how -> {
                int channels = how.channels().equals("gray") ? 1 : 3;
                assertThat(how.channels()).as(entry.id()).isIn("rgb", "bgr", "gray");
                assertThat(how.layout()).as(entry.id()).isIn("NCHW", "NHWC");
                assertThat(how.scale()).as(entry.id()).isIn(1f, 255f);
                assertThat(how.mean()).as(entry.id()).hasSize(channels);
                assertThat(how.std()).as(entry.id()).hasSize(channels).allMatch(std -> std > 0);
                how.resize().ifPresent(word -> assertThat(word).as(entry.id()).isIn("shorter", "stretch", "pad"));
                how.size().ifPresent(size -> assertThat(size).as(entry.id()).hasSize(2));
                how.resizeTo().ifPresent(size -> assertThat(size).as(entry.id()).hasSize(2));
            });
        }
    }

    @Test
    void eachFileIsTheOneThatTheFactsName() throws IOException {
        List<CatalogEntry> entries = Catalog.entries();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(Shared.path("data/catalog-facts.csv"))) {
            for (NamedCsvRecord row : rows) {
                CatalogEntry entry = entries.stream()
                        .filter(each -> each.sha256().equals(row.getField("sha256")))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(row.getField("name")));
                assertThat(row.getField("path")).endsWith(entry.path());
                if (!row.getField("bytes").isEmpty()) {
                    assertThat(entry.bytes()).as(entry.id()).hasValue(Long.parseLong(row.getField("bytes")));
                }
            }
        }
    }
}
