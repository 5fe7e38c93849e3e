package graft.predict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvAnswersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=1+1|'=1+1", "+49 170|'+49 170", "-- awful|'-- awful", "@here|'@here", "=|'=",
                "-1|-1", "+2.5|+2.5", "-3,5|-3,5", "a=1|a=1", "'quoted|'quoted",
            },
            quoteCharacter = '~')
    void whatASpreadsheetWouldComputeIsText(String text, String cell) {
        assertThat(CsvAnswers.cell(text)).isEqualTo(cell);
    }
}
