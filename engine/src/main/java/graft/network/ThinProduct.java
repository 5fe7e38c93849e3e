package graft.network;

import graft.onnx.Tensor;

/**
 * Two thin matrices beside a weight.
 *
 * @param weight name of the weight
 * @param form in which the weight's axes stand
 * @param a name of the lower one: {@code [in, r]}, of a convolution {@code [r, in, …kernel]}
 * @param b name of the upper one: {@code [r, out]}, of a convolution {@code [out, r, 1, …]}
 * @param scale times which their product counts
 */
public record ThinProduct(String weight, Form form, String a, String b, double scale) {
    /** The order of a weight's axes. */
    public enum Form {
        /** {@code [in, out]}, as MatMul takes it. */
        MATRIX,
        /** {@code [out, in]}, as Gemm does with transB. */
        TURNED,
        /** {@code [out, in, …kernel]}. */
        CONVOLUTION
    }

    /** {@code W + scale · A·B}, in the weight's own order of axes, each sum in double precision. */
    public Tensor merged(Tensor own, Tensor lower, Tensor upper) {
        float[] values = own.toFloats();
        float[] thinIn = lower.toFloats();
        float[] thinOut = upper.toFloats();
        int out = (int) own.shape()[form == Form.MATRIX ? 1 : 0];
        int in = values.length / out;
        int rank = thinOut.length / out;
        boolean convolution = form == Form.CONVOLUTION;
        for (int i = 0; i < in; i++) {
            for (int o = 0; o < out; o++) {
                double sum = 0;
                for (int r = 0; r < rank; r++) {
                    sum += (double) (convolution ? thinIn[r * in + i] : thinIn[i * rank + r])
                            * (convolution ? thinOut[o * rank + r] : thinOut[r * out + o]);
                }
                int at = form == Form.MATRIX ? i * out + o : o * in + i;
                values[at] = (float) (values[at] + scale * sum);
            }
        }
        return Tensor.ofFloats(weight, own.shape(), values);
    }
}
