package graft.embed;

/** Whether rows are brought to length one, so that their products are cosines. */
public enum UnitLength {
    /** As modules.json of sentence-transformers beside the network says, else yes. */
    AUTO,
    YES,
    NO
}
