package graft.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
    /** Expected figures are numpy's, by singular values: {@code make_plane.py} beside {@code plane.json}. */
    @Test
    void coordinatesAndSharesAreThoseOfSingularValues() throws IOException {
        try (InputStream in = PrincipalPlaneTest.class.getResourceAsStream("/graft/domains/plane.json")) {
            for (JsonNode given : Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                float[][] rows = new float[given.get("rows").size()]
                        [given.get("rows").get(0).size()];
                for (int i = 0; i < rows.length; i++) {
                    for (int k = 0; k < rows[i].length; k++) {
                        rows[i][k] = (float) given.get("rows").get(i).get(k).asDouble();
                    }
                }

                PrincipalPlane found = PrincipalPlane.of(rows);

                for (int axis = 0; axis < 2; axis++) {
                    assertThat(found.shares()[axis])
                            .isCloseTo(given.get("shares").get(axis).asDouble(), within(1e-9));
                    for (int i = 0; i < rows.length; i++) {
                        assertThat(found.points()[i][axis])
                                .isCloseTo(given.get("points").get(i).get(axis).asDouble(), within(1e-9));
                    }
                }
                assertThat(found.variance()).isCloseTo(given.get("variance").asDouble(), within(1e-9));
            }
        }
    }

    /** By hand: a cross whose long beam lies along (3, 4)/5, from −10 to 10, and whose short one from −5 to 5. */
    @Test
    void aCrossLiesAlongItsBeams() {
        PrincipalPlane found =
                PrincipalPlane.of(new float[][] {{1 + 6, 2 + 8}, {1 - 6, 2 - 8}, {1 - 4, 2 + 3}, {1 + 4, 2 - 3}});

        assertThat(found.shares()[0]).isCloseTo(0.8, within(1e-12));
        assertThat(found.shares()[1]).isCloseTo(0.2, within(1e-12));
        assertThat(Math.abs(found.points()[0][0])).isCloseTo(10, within(1e-9));
        assertThat(found.points()[1][0]).isCloseTo(-found.points()[0][0], within(1e-9));
        assertThat(found.points()[0][1]).isCloseTo(0, within(1e-9));
        assertThat(Math.abs(found.points()[2][1])).isCloseTo(5, within(1e-9));
    }

    @Test
    void rowsThatAreTheSameHaveNoVariance() {
        PrincipalPlane found = PrincipalPlane.of(new float[][] {{1, 2}, {1, 2}, {1, 2}});

        assertThat(found.variance()).isZero();
        assertThat(found.shares()).containsExactly(0, 0);
    }
}
