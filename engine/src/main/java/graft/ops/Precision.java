package graft.ops;

/** How convolutions, linear layers, matrix products and attention are computed; weights and all else are fp32. */
public enum Precision {
    /** 24 bits of precision. */
    FP32,
    /** Factors are rounded to bfloat16 (8 bits of precision), as PyTorch's autocast does. */
    BF16
}
