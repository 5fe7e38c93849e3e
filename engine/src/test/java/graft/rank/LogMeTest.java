package graft.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import graft.files.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Expected figures are numpy's, by the paper's formulas written out: {@code make_logme.py} beside {@code logme.json}. */
class LogMeTest {
    @Test
    void theEvidenceIsThatOfThePaper() throws IOException {
        try (InputStream in = LogMeTest.class.getResourceAsStream("/graft/rank/logme.json")) {
            for (JsonNode given : Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))) {
                int n = given.get("labels").size();
                float[][] features = new float[n][given.get("features").get(0).size()];
                int[] labels = new int[n];
                for (int i = 0; i < n; i++) {
                    labels[i] = given.get("labels").get(i).asInt();
                    for (int k = 0; k < features[i].length; k++) {
                        features[i][k] =
                                (float) given.get("features").get(i).get(k).asDouble();
                    }
                }

                double found = LogMe.of(features, labels, given.get("classes").asInt());

                assertThat(found).isCloseTo(given.get("log_me").asDouble(), within(1e-5));
            }
        }
    }

    /** With the vectors of the axes for vectors, what comes out are the eigenvectors: of them the matrix is made again. */
    @Test
    void eigenvaluesAndVectorsMakeTheMatrixAgain() {
        for (int n : new int[] {1, 2, 3, 7, 40}) {
            Random random = new Random(n);
            double[][] matrix = new double[n][n];
            double[][] axes = new double[n][n];
            for (int i = 0; i < n; i++) {
                axes[i][i] = 1;
            }
            // Of the largest all but two eigenvalues are 0.
            int rank = n == 40 ? 3 : n;
            for (int k = 0; k < rank; k++) {
                double[] direction = random.doubles(n).toArray();
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        matrix[i][j] += (k - 1) * direction[i] * direction[j];
                    }
                }
            }
            double[][] copy = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);

            Spectrum spectrum = new Spectrum(copy, axes);

            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int k = 0; k < n; k++) {
                        sum += spectrum.coordinates()[i][k] * spectrum.values()[k] * spectrum.coordinates()[j][k];
                    }
                    assertThat(sum).isCloseTo(matrix[i][j], within(1e-11 * n));
                }
            }
        }
    }
}
