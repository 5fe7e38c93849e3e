package graft.app.controls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private final Locale before = Locale.getDefault(Locale.Category.FORMAT);

    @AfterEach
    void putBack() {
        Locale.setDefault(Locale.Category.FORMAT, before);
    }

    private static void speak(String language) {
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(language));
    }

    @Test
    void theDecimalMarkIsThatOfTheLanguageOfNumbers() {
        speak("en");
        assertThat(Numbers.percent(0.9475)).isEqualTo("94.8 %");
        assertThat(Numbers.bytes(1_690_000)).isEqualTo("1.7\u00a0MB");
        assertThat(Counts.rounded(396_128)).isEqualTo("0.4\u00a0M");
        assertThat(Numbers.message("{0,number,0.0} s", 1.25)).isEqualTo("1.2 s");
        speak("de");
        assertThat(Numbers.percent(0.9475)).isEqualTo("94,8 %");
        assertThat(Numbers.bytes(1_690_000)).isEqualTo("1,7\u00a0MB");
        assertThat(Counts.rounded(396_128)).isEqualTo("0,4\u00a0M");
        assertThat(Numbers.message("{0,number,0.0} s", 1.25)).isEqualTo("1,2 s");
    }

    @Test
    void thousandsAreSetApartBySpaceInBothAndInSentencesToo() {
        for (String language : new String[] {"en", "de"}) {
            speak(language);
            assertThat(Counts.exact(1_234_567)).isEqualTo("1\u00a0234\u00a0567");
            assertThat(Numbers.message("{0} of {1,number,#,##0}", 1234, 5678)).isEqualTo("1\u00a0234 of 5\u00a0678");
            assertThat(Numbers.message("epoch {0,number,#}", 1234)).isEqualTo("epoch 1234");
            assertThat(Numbers.message("{0,choice,1#one file|1<{0} files}", 1234))
                    .isEqualTo("1\u00a0234 files");
        }
    }

    @Test
    void aNumberIsWrittenWithoutPowersOfTenAndWithoutWhatComputingMadeOfIt() {
        speak("en");
        assertThat(Numbers.value(0.010000000000000002)).isEqualTo("0.01");
        assertThat(Numbers.value(1.5e-5)).isEqualTo("0.000015");
        assertThat(Numbers.value(10)).isEqualTo("10");
        assertThat(Numbers.value(0)).isEqualTo("0");
        assertThat(Numbers.value(123_456_789_012_345.0)).isEqualTo("123456789012345");
        speak("de");
        assertThat(Numbers.value(0.024)).isEqualTo("0,024");
    }

    @Test
    void whatIsTypedIsReadWithEitherMark() {
        speak("de");
        assertThat(Double.parseDouble(Numbers.plain("0,05"))).isEqualTo(0.05);
        assertThat(Double.parseDouble(Numbers.plain(" 0.05 "))).isEqualTo(0.05);
    }

    @Test
    void aNumberStaysWithItsUnitWhereALineEnds() {
        assertThat(Numbers.kept("finished \u00b7 71.3 % of 0.2 ms, 3 classes"))
                .isEqualTo("finished \u00b7 71.3\u00a0% of 0.2\u00a0ms, 3 classes");
        assertThat(Numbers.kept("2 minutes")).isEqualTo("2 minutes");
    }
}
