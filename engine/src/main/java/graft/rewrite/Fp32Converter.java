package graft.rewrite;

import graft.Refusal;
import graft.files.OutputPlace;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes an fp32 network, which can be trained, of one of half or double precision or a quantized one. */
public final class Fp32Converter {
    private Fp32Converter() {}

    /** What to convert, and where to. */
    public record Plan(Path network, Path out) {}

    /**
     * @param halfTensors tensors of half or double precision that became fp32
     * @param roundingNodes nodes that quantized or dequantized and went
     * @param maxAbsDifference largest difference of any output number on random inputs within the calibrated range; NaN
     *     where nothing can run the original
     * @param maxAbsOutput largest output number there, to judge the difference by
     * @param notes what that changes, for the user
     */
    public record Result(
            Path network,
            long halfTensors,
            int roundingNodes,
            double maxAbsDifference,
            double maxAbsOutput,
            List<String> notes) {}

    /**
     * Converts and writes; the file gets its name only after ONNX Runtime has run it.
     *
     * @throws Refusal where the network is fp32 already, or holds something that cannot be converted
     */
    public static Result run(Plan plan) {
        OutputPlace.checkFile(plan.out(), MadeByGraft::isOn, plan.network());
        Model model = OnnxFile.read(plan.network()).withoutFunctions();
        if (NumberFormat.hindrance(model.graph()).isEmpty()) {
            throw new Refusal(plan.network() + " is fp32 already: it can be trained as it is.");
        }
        List<String> notes = new ArrayList<>();
        long wide = WiderOrNarrower.count(model.graph());
        boolean isDouble = NumberFormat.isDouble(model.graph());
        boolean half = NumberFormat.isHalf(model.graph());
        Model converted = half || isDouble ? WiderOrNarrower.toFloat(model) : model;
        if (half) {
            notes.add(
                    "Weights are exactly the numbers of half precision. Results are no longer rounded to it, so they differ a"
                            + " little, and the file is about twice as large.");
        }
        if (isDouble) {
            notes.add(
                    "Weights of double precision are rounded to single precision, which has 24 bits: results differ in the"
                            + " seventh digit, and the file is about half as large.");
        }
        QuantizedToFloat.Result plain = QuantizedToFloat.convert(converted);
        if (plain.removed() > 0) {
            notes.add(
                    "Weights are exactly the numbers that the integers stand for. Activations are no longer rounded, so"
                            + " results differ a little. Quantize again after training.");
        }
        if (plain.clips() > 0) {
            notes.add("The quantizer had merged activations such as Relu into the ranges of " + plain.clips()
                    + " tensors: there, a Clip keeps the range.");
        }
        Model named = ConstantWeights.name(plain.model(), new ArrayList<>());
        Optional<ConversionCheck.Difference> difference = ConversionCheck.judge(plan.network(), model, named);
        if (difference.isEmpty()) {
            notes.add("Nothing on this machine runs bfloat16, so the answers of the two could not be compared.");
        }
        OnnxFile.write(MadeByGraft.note(named), plan.out());
        return new Result(
                plan.out(),
                wide,
                plain.removed(),
                difference.map(ConversionCheck.Difference::difference).orElse(Double.NaN),
                difference.map(ConversionCheck.Difference::output).orElse(Double.NaN),
                notes);
    }
}
