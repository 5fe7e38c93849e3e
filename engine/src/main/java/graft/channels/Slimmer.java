package graft.channels;

import graft.Refusal;
import graft.channels.ChannelGroups.Channel;
import graft.channels.ChannelGroups.Group;
import graft.files.OutputPlace;
import graft.inference.ExampleInputs;
import graft.inference.OrtSession;
import graft.inference.ShapeProbe;
import graft.meaning.Reading;
import graft.network.Cost;
import graft.network.Importer;
import graft.network.Network;
import graft.network.PrototypeHead;
import graft.onnx.MadeByGraft;
import graft.onnx.Model;
import graft.onnx.OnnxFile;
import graft.onnx.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a copy of a network with fewer channels, once ONNX Runtime runs it: a student for distillation. */
public final class Slimmer {
    private Slimmer() {}

    /**
     * What to do.
     *
     * @param width share of the channels of each group that stays, 0…1, at least one of them
     * @param out another file than {@code file}, which is never changed
     */
    public record Plan(Path file, Reading reading, double width, Importance keep, Path out) {}

    /**
     * What was done.
     *
     * @param groups how many groups of coupled channels became smaller; {@code channels} of them there were, {@code kept} are left
     * @param operations of one example, before and after, as {@link Cost} estimates them
     * @param stays what holds channels, with the weights that it holds
     */
    public record Result(
            Path file,
            int groups,
            int channels,
            int kept,
            long parametersBefore,
            long parameters,
            double operationsBefore,
            double operations,
            Map<String, Set<String>> stays) {}

    /** @throws Refusal for what cannot be done, in words for the user; then nothing is written */
    public static Result run(Plan plan) {
        if (!(plan.width() > 0 && plan.width() < 1)) {
            throw new Refusal("--width is the share of the channels that stays, a number above 0 and below 1, not "
                    + plan.width() + ". Write for example --width 0.5.");
        }
        OutputPlace.checkFile(plan.out(), MadeByGraft::isOn, plan.file());
        Network before = Importer.open(plan.file(), plan.reading());
        try {
            return written(plan, before, ChannelGroups.of(before.model(), true));
        } catch (DoesNotRun sizesOfTheirOwn) {
            return written(plan, before, ChannelGroups.of(before.model(), false));
        }
    }

    private static final class DoesNotRun extends Refusal {
        DoesNotRun(String words) {
            super(words);
        }
    }

    private static Result written(Plan plan, Network before, ChannelGroups groups) {
        List<Channel> gone = new ArrayList<>();
        int smaller = 0;
        int channels = 0;
        for (Group group : groups.groups()) {
            int count = group.channels().size();
            int kept = Math.max(1, (int) Math.round(plan.width() * count));
            if (group.held().isEmpty() && kept < count) {
                gone.addAll(plan.keep().least(group, groups.model(), kept));
                smaller++;
                channels += count;
            }
        }
        Map<String, Set<String>> stays = groups.held();
        if (gone.isEmpty()) {
            throw new Refusal("No channel of " + plan.file() + " can be taken out at --width " + plan.width() + ": "
                    + (stays.isEmpty() ? "all that its layers give comes out of the network" : words(stays))
                    + ". Take another network for a student, as it is or made smaller where it was exported.");
        }
        Model slim = before.asFile(groups.without(gone));
        checkRuns(plan, before.model(), slim);
        // Neither the noted examples nor the class means are those of fewer features.
        OnnxFile.write(MadeByGraft.note(MadeByGraft.forget(slim).withoutMetadata(PrototypeHead.NOTE)), plan.out());
        Network after = Importer.of(plan.file(), slim, plan.reading());
        return new Result(
                plan.out(),
                smaller,
                channels,
                channels - gone.size(),
                before.parameters(),
                after.parameters(),
                operations(before),
                operations(after),
                stays);
    }

    private static String words(Map<String, Set<String>> stays) {
        Map.Entry<String, Set<String>> first = stays.entrySet().iterator().next();
        return first.getKey() + " keeps those of "
                + first.getValue().iterator().next() + " as they are"
                + (stays.size() > 1 ? ", and " + (stays.size() - 1) + " more such places those of others" : "");
    }

    private static double operations(Network network) {
        List<String> inner = network.model().graph().nodes().stream()
                .flatMap(node -> node.outputs().stream())
                .filter(name -> !name.isEmpty())
                .toList();
        Map<String, long[]> shapes = ShapeProbe.shapes(network.model(), inner);
        return Cost.of(network, shapes::get).forward();
    }

    /** The answers to one example are numbers of the same shape as the whole network's. */
    private static void checkRuns(Plan plan, Model before, Model slim) {
        Map<String, long[]> then;
        try (OrtSession session = OrtSession.openPlain(before)) {
            then = session.shapes(session.taken(ExampleInputs.random(before.graph(), 1, 1)));
        }
        try (OrtSession session = OrtSession.openPlain(slim)) {
            for (Map.Entry<String, Values> output : session.run(session.taken(ExampleInputs.random(slim.graph(), 1, 1)))
                    .entrySet()) {
                if (!Arrays.equals(output.getValue().shape(), then.get(output.getKey()))) {
                    throw new DoesNotRun(plan.file() + " cannot be made slimmer: its output " + output.getKey()
                            + " would change its shape. Take another network for a student.");
                }
            }
        } catch (DoesNotRun other) {
            throw other;
        } catch (Refusal other) {
            throw new DoesNotRun(
                    plan.file() + " cannot be made slimmer: with fewer channels ONNX Runtime does not run it. "
                            + other.getMessage());
        }
    }
}
