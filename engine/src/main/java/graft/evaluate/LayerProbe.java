package graft.evaluate;

import graft.Refusal;
import graft.evaluate.LayerResponse.Channel;
import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.SubGraph;
import graft.onnx.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a layer of a network what it gives. */
public final class LayerProbe {
    private LayerProbe() {}

    /**
     * @param tensor {@code [batch, channels, height, width]}, or {@code [batch, tokens, channels]}: then each map is one row of
     *     tokens
     * @param most so many channels at most
     * @throws Refusal for a tensor of another kind, or one that ONNX Runtime cannot compute
     */
    public static LayerResponse run(Model model, String tensor, Map<String, Values> example, int most) {
        Model part = SubGraph.cut(model, Set.of(), List.of(tensor), Map.of());
        Values values;
        try (OrtSession session = OrtSession.openPlain(part)) {
            values = session.run(session.taken(example)).get(tensor);
        }
        long[] shape = values.shape();
        if (values.type() != ElementType.FLOAT || shape.length < 3 || shape.length > 4) {
            throw new Refusal("The tensor " + tensor + " gives no maps: its shape is " + Arrays.toString(shape)
                    + ". Choose a layer below it.");
        }
        boolean maps = shape.length == 4;
        int channels = (int) shape[maps ? 1 : 2];
        int height = maps ? (int) shape[2] : 1;
        int width = (int) shape[maps ? 3 : 1];
        float[] all = values.toTensor(tensor).toFloats();
        List<Channel> out = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            float[] one = new float[height * width];
            double sum = 0;
            for (int i = 0; i < one.length; i++) {
                one[i] = maps ? all[channel * one.length + i] : all[i * channels + channel];
                sum += Math.abs(one[i]);
            }
            out.add(new Channel(channel, sum / Math.max(1, one.length), height, width, one));
        }
        out.sort(Comparator.comparingDouble(Channel::strength).reversed());
        return new LayerResponse(channels, List.copyOf(out.subList(0, Math.min(most, out.size()))));
    }
}
