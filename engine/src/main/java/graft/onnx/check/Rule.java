package graft.onnx.check;

/** What the specification demands of one operator's attributes, ranks and constants. */
@FunctionalInterface
interface Rule {
    /** @throws graft.Refusal naming the node and the demand */
    void check(Facts facts);
}
