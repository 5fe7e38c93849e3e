package graft.network;

import graft.meaning.Answer;
import java.util.List;

/**
 * What was understood when a file was opened, and what was changed so that it can be trained.
 *
 * @param batchNormFolded whether an exporter seems to have merged the batch norms into the convolutions
 * @param fixedBatch examples per run that the file insists on; 0 where the batch is free
 * @param answer the output that counts, as the file has it
 * @param lines for the user, one fact each
 */
public record ImportReport(boolean batchNormFolded, long fixedBatch, Answer answer, List<String> lines) {
    ImportReport withFixedBatch(long batch) {
        return new ImportReport(batchNormFolded, batch, answer, lines);
    }
}
