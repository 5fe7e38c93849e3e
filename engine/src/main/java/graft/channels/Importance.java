package graft.channels;

import graft.channels.ChannelGroups.Channel;
import graft.channels.ChannelGroups.Group;
import graft.onnx.ElementType;
import graft.onnx.Model;
import graft.onnx.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which channels of a group count most. */
public enum Importance {
    /** Those whose weights are largest: the sum of absolutes (Li et al., "Pruning Filters", 2017), each weight's share of all. */
    LARGEST {
        @Override
        double[] of(Group group, Model model) {
            double[] out = new double[group.channels().size()];
            for (ChannelGroups.Place place : group.channels().get(0).places().keySet()) {
                Tensor weight = model.graph().initializers().get(place.weight());
                if (weight.shape().length < 2 || weight.type() != ElementType.FLOAT) {
                    continue;
                }
                double[] sums = sums(weight, place.axis());
                double[] ofChannels = new double[out.length];
                for (int i = 0; i < out.length; i++) {
                    for (int at : group.channels().get(i).places().get(place)) {
                        ofChannels[i] += sums[at];
                    }
                }
                double all = Arrays.stream(ofChannels).sum();
                for (int i = 0; i < out.length && all > 0; i++) {
                    out[i] += ofChannels[i] / all;
                }
            }
            return out;
        }
    },
    /** The first ones. */
    FIRST {
        @Override
        double[] of(Group group, Model model) {
            return new double[group.channels().size()];
        }
    };

    /** A number for each channel of the group; more counts more. */
    abstract double[] of(Group group, Model model);

    private static double[] sums(Tensor weight, int axis) {
        long[] shape = weight.shape();
        float[] values = weight.toFloats();
        int behind = (int) Arrays.stream(shape, axis + 1, shape.length).reduce(1, (a, b) -> a * b);
        double[] out = new double[(int) shape[axis]];
        for (int i = 0; i < values.length; i++) {
            out[i / behind % out.length] += Math.abs(values[i]);
        }
        return out;
    }

    /** All but so many of the group's channels that count most; of those that count as much, the first stay. */
    public List<Channel> least(Group group, Model model, int kept) {
        double[] importance = of(group, model);
        Map<Channel, Integer> numbers = new java.util.IdentityHashMap<>();
        group.channels().forEach(channel -> numbers.put(channel, numbers.size()));
        return group.channels().stream()
                .sorted(Comparator.comparingDouble(channel -> -importance[numbers.get(channel)]))
                .skip(kept)
                .toList();
    }
}
