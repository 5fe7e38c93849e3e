package graft.quantize;

import graft.files.AsideFile;
import graft.files.OutputPlace;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import graft.quantize.QuantizationReport.Left;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An fp16 file that was written.
 *
 * @param nodesHalved operators that compute with fp16
 * @param left operators that stay float, with the reason
 * @param maxAbsDifference largest difference of any output number on the example
 */
public record HalfPrecision(
        long bytesBefore, long bytesAfter, int nodesHalved, List<Left> left, double maxAbsDifference) {

    /**
     * Writes a network in fp16; the file gets its name only after ONNX Runtime has run it.
     *
     * @param example inputs by name; operators whose numbers it brings near the end of fp16 stay float
     * @throws graft.Refusal where the network cannot be fp16, or its numbers leave the range of fp16
     */
    public static HalfPrecision write(Path network, Path out, Map<String, Values> example) {
        OutputPlace.checkFile(out, MadeByGraft::isOn, network);
        try (AsideFile aside = AsideFile.of(out)) {
            HalfPrecision written = write(network, aside, example);
            aside.take();
            return written;
        }
    }

    /** As the other, to a file that gets its name later. */
    public static HalfPrecision write(Path network, AsideFile out, Map<String, Values> example) {
        Model model = OnnxFile.read(network);
        Fp16.Half half = Fp16.convert(model, example);
        double difference = ProvenFile.write(half.model(), out, model, example);
        return new HalfPrecision(
                ProvenFile.size(network), ProvenFile.size(out.path()), half.halved(), half.left(), difference);
    }
}
