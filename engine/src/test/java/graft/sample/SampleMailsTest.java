package graft.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import graft.progress.Progress;
import graft.sample.SampleMails.Mail;
import graft.text.TextData;
import graft.text.TextExample;
import graft.text.TextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleMailsTest {
    @TempDir
    Path folder;

    @Test
    void everyDepartmentHasAsManyMailsAndTheyComeBackFromTheFilesAsTheyWereMade() {
        List<Mail> train = new ArrayList<>();
        List<Mail> val = new ArrayList<>();
        SampleMails.mails(train, val);
        Path sample = folder.resolve("mails");
        SampleMails.writeInto(sample);
        TextData data = TextData.open(sample, TextOptions.DEFAULT, Progress.NONE);
        assertThat(data.classes()).containsExactly("account", "billing", "delivery", "returns", "technical");
        assertThat(data.train())
                .extracting(TextExample::text)
                .isEqualTo(train.stream().map(Mail::text).toList());
        assertThat(data.val())
                .extracting(TextExample::text)
                .isEqualTo(val.stream().map(Mail::text).toList());
        assertThat(data.train()).hasSize(5 * SampleMails.TRAIN);
        for (int label = 0; label < 5; label++) {
            int each = label;
            assertThat(data.val()).filteredOn(mail -> mail.label() == each).hasSize(SampleMails.VAL);
        }
    }

    @Test
    void mailsAreOfManyKindsAndLeaveNoBraceOpen() {
        List<Mail> train = new ArrayList<>();
        SampleMails.mails(train, new ArrayList<>());
        assertThat(train.stream().map(Mail::text).distinct()).hasSizeGreaterThan(390);
        assertThat(train).noneMatch(mail -> mail.text().matches("(?s).*[{}\\\\].*"));
        assertThat(train).anyMatch(mail -> mail.text().contains("\n"));
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "x");
        assertThatThrownBy(() -> SampleMails.writeInto(folder))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("holds something other");
        assertThat(folder.resolve("train.csv")).doesNotExist();
    }
}
