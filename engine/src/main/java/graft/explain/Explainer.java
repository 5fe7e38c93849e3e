package graft.explain;

import graft.Refusal;
import graft.data.Examples;
import graft.evaluate.Answers;
import graft.evaluate.Evaluator;
import graft.files.Several;
import graft.image.Channels;
import graft.image.Layout;
import graft.image.LoosePictures;
import graft.image.Preprocessing;
import graft.inference.OrtSession;
import graft.meaning.Logits;
import graft.meaning.Reading;
import graft.network.Importer;
import graft.network.Network;
import graft.onnx.NetworkFile;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import graft.progress.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains answers of a network's file.
 *
 * @param how pictures are prepared
 */
public record Explainer(NetworkFile file, Reading reading, Preprocessing how) {

    /**
     * What in a picture speaks for a class.
     *
     * @param wanted name of the class, or its number; empty for the one that the network answers
     * @throws Refusal where there is no such class, or {@code method} does not apply
     */
    public Explanation explain(Path picture, Optional<String> wanted, Method method, Progress progress) {
        Examples example = LoosePictures.of(List.of(picture), how, progress);
        Asked asked = Asked.of(file, reading, example, wanted, progress);
        Network network = Importer.of(file.path(), file.model(), reading);
        String logits = Logits.below(network.model().graph(), network.answer().scores());
        int batch = Math.max(1, Math.toIntExact(network.report().fixedBatch()));
        Map<String, Values> inputs =
                example.fedTo(file.path(), network.model().graph().inputs()).inputs(new int[batch], Examples.PLAIN);
        List<String> remarks = new ArrayList<>(asked.remarks());
        if (method != Method.OCCLUSION) {
            try {
                GradCam.Found found = new GradCam(network, logits, inputs).of(asked.index(), asked.sign());
                Grid grid = found.grid();
                return explanation(
                        asked,
                        example,
                        Method.GRAD_CAM,
                        grid.tensor(),
                        grid.height(),
                        grid.width(),
                        found.map(),
                        remarks);
            } catch (Refusal noGradients) {
                if (method == Method.GRAD_CAM) {
                    throw new Refusal(
                            file.path() + " cannot be explained by gradients: " + noGradients.getMessage()
                                    + " --method occlusion does without.",
                            noGradients);
                }
                remarks.add(noGradients.getMessage() + " Parts of the picture were hidden instead.");
            }
        }
        try (OrtSession session =
                OrtSession.open(SubGraph.cut(network.model(), Set.of(), List.of(logits), Map.of()), 0)) {
            String input = network.model().graph().inputs().stream()
                    .map(each -> each.name())
                    .filter(inputs::containsKey)
                    .findFirst()
                    .orElseThrow();
            Occlusion.Found found = new Occlusion(session, logits, inputs, input, how.layout() == Layout.NCHW)
                    .of(asked.index(), asked.sign(), progress);
            return explanation(
                    asked, example, Method.OCCLUSION, "", found.height(), found.width(), found.map(), remarks);
        }
    }

    private Explanation explanation(
            Asked asked,
            Examples example,
            Method method,
            String layer,
            int height,
            int width,
            float[] map,
            List<String> remarks) {
        Explanation made = new Explanation(
                method,
                layer,
                asked.className(),
                asked.probability(),
                asked.answer(),
                height,
                width,
                map,
                seen(example),
                List.copyOf(remarks));
        if (!made.saysSomething()) {
            remarks.add("Nothing in the picture speaks for " + made.className() + ".");
            return new Explanation(
                    method,
                    layer,
                    made.className(),
                    made.probability(),
                    made.answer(),
                    height,
                    width,
                    map,
                    made.picture(),
                    List.copyOf(remarks));
        }
        return made;
    }

    /** The pixels that the network's numbers were made of. */
    private Explanation.Seen seen(Examples example) {
        Values prepared = example.inputs(new int[] {0}, Examples.PLAIN)
                .values()
                .iterator()
                .next();
        float[] numbers = prepared.toTensor("").toFloats();
        int places = how.height() * how.width();
        int count = how.channels().count();
        int[] rgb = new int[places];
        for (int place = 0; place < places; place++) {
            int pixel = 0;
            for (int colour = 0; colour < 3; colour++) {
                int channel = count == 1 ? 0 : how.channels() == Channels.BGR ? 2 - colour : colour;
                float number =
                        numbers[how.layout() == Layout.NCHW ? channel * places + place : place * count + channel];
                double bright = (number * how.std()[channel] + how.mean()[channel]) / how.scale() * 255;
                pixel = pixel << 8 | (int) Math.max(0, Math.min(255, Math.round(bright)));
            }
            rgb[place] = pixel;
        }
        return new Explanation.Seen(how.height(), how.width(), rgb);
    }

    /**
     * The class that is to be explained.
     *
     * @param index of the number that stands for it
     * @param sign −1 where a low one does
     */
    record Asked(String className, double probability, String answer, int index, int sign, List<String> remarks) {
        static Asked of(
                NetworkFile file, Reading reading, Examples example, Optional<String> wanted, Progress progress) {
            try (Evaluator evaluator = Evaluator.open(file, reading, 0)) {
                Answers answers = evaluator.answers();
                Answers.Portion said = answers.to(example, done -> {}, progress);
                if (!said.failed().isEmpty()) {
                    throw new Refusal(file.path() + " gives no answer to " + example.place(0) + ": "
                            + said.failed().get(0));
                }
                List<String> classes = answers.classes().orElseThrow();
                int chosen =
                        wanted.map(name -> label(file.path(), classes, name)).orElse(said.predicted()[0]);
                boolean oneNumber = said.outputs()[0].length == 1;
                return new Asked(
                        classes.get(chosen),
                        said.probabilities()[0][chosen],
                        classes.get(said.predicted()[0]),
                        oneNumber ? 0 : chosen,
                        oneNumber && chosen == 0 ? -1 : 1,
                        answers.remarks());
            }
        }

        private static int label(Path file, List<String> classes, String wanted) {
            if (classes.contains(wanted)) {
                return classes.indexOf(wanted);
            }
            if (wanted.matches("\\d{1,6}") && Integer.parseInt(wanted) < classes.size()) {
                return Integer.parseInt(wanted);
            }
            throw new Refusal(file + " has no class " + wanted + "; it has " + Several.of(classes)
                    + ". Name one of them with --class.");
        }
    }
}
