package graft.app.deploy;

import graft.data.ClassNames;
import graft.data.Preprocessing;
import graft.onnx.Model;
import graft.onnx.ValueInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A few lines that run a shipped network.
 *
 * @param byLanguage the lines, by the language's name
 */
public record ClientCode(Map<String, String> byLanguage) {

    static ClientCode of(Path file, Model model) {
        ValueInfo input = model.graph().inputs().get(0);
        String name = input.name();
        String output = model.graph().outputNames().get(0);
        String path = file.getFileName().toString();
        List<ValueInfo.Dim> dims = input.shape().orElse(List.of());
        String shape = dims.stream()
                .map(dim -> dim.isFixed() ? Long.toString(dim.size()) : "1")
                .collect(Collectors.joining(", "));
        String how = Preprocessing.fromMetadata(model.metadata())
                .map(Preprocessing::toString)
                .orElse("as the network was trained");
        String classes = ClassNames.fromMetadata(model.metadata())
                .map(names -> String.join(", ", names.subList(0, Math.min(10, names.size()))))
                .orElse("");
        Map<String, String> out = new LinkedHashMap<>();
        out.put("Java", """
                // com.microsoft.onnxruntime:onnxruntime
                // x: pictures prepared as %s
                // classes: %s
                try (OrtEnvironment env = OrtEnvironment.getEnvironment();
                        OrtSession net = env.createSession("%s");
                        OnnxTensor x = OnnxTensor.createTensor(env, FloatBuffer.wrap(pixels), new long[] {%s});
                        OrtSession.Result y = net.run(Map.of("%s", x))) {
                    float[][] scores = (float[][]) y.get("%s").get().getValue();
                }
                """.formatted(how, classes, path, shape, name, output));
        out.put("Python", """
                # pip install onnxruntime
                # x: float32 array [%s], pictures prepared as %s
                # classes: %s
                import onnxruntime
                net = onnxruntime.InferenceSession("%s")
                scores = net.run(["%s"], {"%s": x})[0]
                """.formatted(shape, how, classes, path, output, name));
        out.put("C#", """
                // NuGet: Microsoft.ML.OnnxRuntime
                // pixels: pictures prepared as %s
                // classes: %s
                using var net = new InferenceSession("%s");
                using var x = OrtValue.CreateTensorValueFromMemory(pixels, new long[] { %s });
                using var y = net.Run(new RunOptions(), new Dictionary<string, OrtValue> { ["%s"] = x }, new[] { "%s" });
                var scores = y[0].GetTensorDataAsSpan<float>();
                """.formatted(how, classes, path, shape, name, output));
        out.put("JavaScript", """
                // npm install onnxruntime-node (onnxruntime-web in a browser)
                // pixels: Float32Array, pictures prepared as %s
                // classes: %s
                import * as ort from 'onnxruntime-node';
                const net = await ort.InferenceSession.create('%s');
                const y = await net.run({ '%s': new ort.Tensor('float32', pixels, [%s]) });
                const scores = y['%s'].data;
                """.formatted(how, classes, path, name, shape, output));
        return new ClientCode(out);
    }
}
