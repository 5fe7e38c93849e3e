package graft.quantize;

/** How the range of an activation is chosen from what calibration examples gave. */
public enum CalibrationMethod {
    /** From the smallest to the largest number seen. */
    MINMAX,
    /** Least Kullback-Leibler divergence between the numbers and their int8 form. */
    ENTROPY,
    /** All but 0.001 % of the numbers, half of them at each end. */
    PERCENTILE
}
