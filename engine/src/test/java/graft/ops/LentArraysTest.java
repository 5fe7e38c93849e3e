package graft.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import graft.onnx.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LentArraysTest {
    @Test
    void aLentArrayIsReadRowByRowHoweverItLiesInMemory() {
        try (NDManager manager = TorchEngine.start(1);
                NDManager lent = manager.newSubManager()) {
            NDArray turned = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3))
                    .transpose();

            Tensor tensor = ArrayTensors.lend(lent, Map.of("w", turned)).get("w");

            assertEquals("w FLOAT[3, 2]", tensor.toString());
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, tensor.toFloats());
        }
    }

    @Test
    void nothingIsCopiedToLendAnArray() {
        try (NDManager manager = TorchEngine.start(1);
                NDManager lent = manager.newSubManager()) {
            NDArray array = manager.create(new float[] {1, 2}, new Shape(2));
            Tensor tensor = ArrayTensors.lend(lent, Map.of("w", array)).get("w");

            array.addi(1);

            assertArrayEquals(new float[] {2, 3}, tensor.toFloats());
        }
    }

    @Test
    void aLentTensorThatIsGivenToAnotherKeepsTheElementsOfItsTime() {
        try (NDManager manager = TorchEngine.start(1);
                NDManager lent = manager.newSubManager()) {
            NDArray array = manager.create(new float[] {1, 2}, new Shape(2));
            Tensor tensor = ArrayTensors.lend(lent, Map.of("w", array)).get("w");

            Tensor kept = Tensor.ofFloats("v", new long[] {2}, 0, 0).withElementsOf(tensor);
            array.addi(1);

            assertArrayEquals(new float[] {1, 2}, kept.toFloats());
        }
    }
}
