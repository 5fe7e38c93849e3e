package graft.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of the demo. All accuracies are those of the written files, as ONNX Runtime answers on the validation
 * examples; 0…1.
 *
 * @param valAccuracy of the built-in network after fine-tuning
 * @param valInterval [low, high] of it (Wilson, 95 %)
 * @param scratchAccuracy of the same architecture, trained in the same way from random weights
 * @param gainPoints by how many percentage points fine-tuning is ahead
 * @param parityMaxAbs largest difference between the engine's answers and those of ONNX Runtime on the written file
 * @param int8Accuracy of the quantized file
 * @param int8Agreement share of the validation examples on which int8 says what fp32 says
 * @param trainExamples learnt from
 * @param valExamples judged by
 * @param files everything written, the sample aside
 */
public record DemoResult(
        double valAccuracy,
        double[] valInterval,
        double scratchAccuracy,
        double gainPoints,
        double parityMaxAbs,
        double int8Accuracy,
        double int8Agreement,
        long fp32Bytes,
        long int8Bytes,
        List<String> classes,
        int trainExamples,
        int valExamples,
        int epochs,
        long seed,
        Path sample,
        List<Path> files,
        double seconds) {}
