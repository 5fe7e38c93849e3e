package graft.network;

import java.util.List;

/**
 * What was understood when a file was opened, and what was changed so that it can be trained.
 *
 * @param batchNormFolded whether an exporter seems to have merged the batch norms into the convolutions
 * @param fixedBatch examples per run that the file insists on; 0 where the batch is free
 * @param lines for the user, one fact each
 */
public record ImportReport(boolean batchNormFolded, long fixedBatch, List<String> lines) {}
