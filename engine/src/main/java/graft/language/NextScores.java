package graft.language;

/** Says how likely each token of the vocabulary is to come next. */
interface NextScores {
    /** @param ids all tokens so far; from call to call, tokens are only added */
    float[] after(int[] ids);

    /** Whether it has left tokens out, since there were more than it can read. */
    boolean isWindowed();
}
