package graft.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void namesCannotSteerTheTerminal() {
        String written = written("a\u001b[31mred\u0007\r\u009b2J \u202egnp.exe\u2066 \u0000end");
        assertThat(written).isEqualTo("a\\u001b[31mred\\u0007\\u000d\\u009b2J \\u202egnp.exe\\u2066 \\u0000end");
    }

    @Test
    void ordinaryTextIsLeftAlone() {
        String text = "猫/犬 – Größe 12×12\n\tnext 🐈 נ";
        assertThat(written(text)).isEqualTo(text);
    }

    @Test
    void aMessageIsOneLineWhateverItsNamesHold() {
        assertThat(PlainText.line("layer \"a\nb\r\" is\twrong")).isEqualTo("layer \"a b\\u000d\" is wrong");
    }

    private static String written(String text) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(new PlainText(out));
        writer.print(text);
        writer.flush();
        return out.toString();
    }
}
