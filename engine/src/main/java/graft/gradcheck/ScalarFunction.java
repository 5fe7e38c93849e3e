package graft.gradcheck;

import java.util.Map;

/** A number that depends on named tensors, with the gradients that are to be checked. */
interface ScalarFunction {
    /** The number at the tensors' present values. */
    double value();

    /** The number's gradient for each tensor, row by row; a tensor that no gradient reached is absent. */
    Map<String, double[]> gradients();

    /** How many entries a tensor has. */
    int size(String tensor);

    double get(String tensor, int entry);

    void set(String tensor, int entry, double value);
}
