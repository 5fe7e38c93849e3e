package graft.quantize;

/** Smallest and largest number that an int8 tensor is to stand for. */
record Range(float min, float max) {

    Range union(Range other) {
        return new Range(Math.min(min, other.min), Math.max(max, other.max));
    }
}
