package graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {
    /**
     * From SciPy 1.x: {@code binomtest(min(b, c), b + c, 0.5).pvalue}, which is what statsmodels' {@code mcnemar(exact=True)}
     * gives, and {@code 2 * (binom.cdf(m, n, .5) - binom.pmf(m, n, .5) / 2)}.
     */
    @ParameterizedTest
    @CsvSource({
        "3, 10, 0.09228515625, 0.05737304687500002",
        "0, 5, 0.0625, 0.03125",
        "7, 7, 1.0, 1.0",
        "1, 0, 1.0, 0.5",
        "12, 30, 0.007915897334896727, 0.0054015726545912895",
    })
    void chanceIsThatOfTheBinomialDistribution(int first, int second, double exact, double mid) {
        Offset<Double> rounding = Offset.offset(1e-12);
        assertThat(new McNemar(first, second).exact()).isCloseTo(exact, rounding);
        assertThat(new McNemar(first, second).mid()).isCloseTo(mid, rounding);
        assertThat(new McNemar(second, first).exact()).isCloseTo(exact, rounding);
        assertThat(new McNemar(first, second).isMoreThanChance()).isEqualTo(mid < 0.05);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "500000, 500000"})
    void whatDiffersInNothingMayBeChance(int first, int second) {
        assertThat(new McNemar(first, second).exact()).isEqualTo(1);
        assertThat(new McNemar(first, second).mid()).isCloseTo(1, Offset.offset(1e-6));
    }
}
