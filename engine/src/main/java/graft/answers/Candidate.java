package graft.answers;

/**
 * A stretch of a passage that may be the answer.
 *
 * @param from where it begins, in {@code char}s of Java
 * @param to where it ends, exclusive
 * @param score of its first token as a beginning, and of its last as an end, added up
 */
record Candidate(int from, int to, double score) {
    boolean sameLetters(Candidate other) {
        return from == other.from && to == other.to;
    }
}
