package graft.language;

import graft.inference.OrtSession;
import graft.onnx.ElementType;
import graft.onnx.ValueInfo;
import graft.onnx.Values;
import graft.text.TextEncoder;
import graft.text.TextInputs.Role;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads each token once: what it left behind (keys and values of attention) is handed back to the network with the next one. Where
 * there are more tokens than the network can read, the last of them are read anew.
 */
final class KeptPast implements NextScores {
    private final OrtSession session;
    private final TextEncoder encoder;
    private final String output;
    private final OptionalInt context;
    /** By the input that takes it, the output that gives it. */
    private final Map<String, String> presents;

    private final Set<String> wanted;

    private Map<String, Values> past = Map.of();
    private int read;
    private boolean windowed;

    KeptPast(
            OrtSession session, TextEncoder encoder, String output, OptionalInt context, Map<String, String> presents) {
        this.session = session;
        this.encoder = encoder;
        this.output = output;
        this.context = context;
        this.presents = presents;
        this.wanted = new HashSet<>(presents.values());
        wanted.add(output);
    }

    /** Which output gives what an input takes, by their names, else by their order; empty where there is not one for each. */
    static Optional<Map<String, String>> presents(List<ValueInfo> past, List<String> outputs) {
        List<String> given = outputs.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("present"))
                .toList();
        if (past.isEmpty() || given.size() != past.size()) {
            return Optional.empty();
        }
        Map<String, String> out = new LinkedHashMap<>();
        for (ValueInfo input : past) {
            given.stream()
                    .filter(name -> tail(name).equals(tail(input.name())))
                    .findFirst()
                    .ifPresent(name -> out.put(input.name(), name));
        }
        if (out.size() < past.size()) {
            for (int i = 0; i < past.size(); i++) {
                out.put(past.get(i).name(), given.get(i));
            }
        }
        return Optional.of(out);
    }

    private static String tail(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("^.*?(past|present)(_key_values?)?", "");
    }

    @Override
    public float[] after(int[] ids) {
        int[] all = WholeText.window(ids, context);
        windowed |= all.length < ids.length;
        boolean anew = past.isEmpty() || all.length < ids.length;
        int from = anew ? 0 : read;
        Map<String, Values> fed = fed(Arrays.copyOfRange(all, from, all.length), from, anew);
        Map<String, Values> said = session.run(fed, wanted);
        Map<String, Values> left = new LinkedHashMap<>();
        presents.forEach((input, present) -> left.put(input, said.get(present)));
        past = left;
        read = all.length;
        return WholeText.row(said.get(output), all.length - from - 1);
    }

    private Map<String, Values> fed(int[] ids, int before, boolean anew) {
        Map<String, Values> out =
                new LinkedHashMap<>(encoder.batch(List.of(BlockExamples.tokens(ids)))); // with nothing before it
        encoder.inputs().infos().forEach((role, info) -> {
            if (role == Role.MASK) {
                out.put(info.name(), numbers(info, before + ids.length, i -> 1));
            } else if (role == Role.POSITIONS) {
                out.put(info.name(), numbers(info, ids.length, i -> before + i));
            }
        });
        if (!anew) {
            out.putAll(past);
        }
        encoder.inputs().branch().ifPresent(input -> out.put(input.name(), TextEncoder.truth(!anew)));
        return session.taken(out);
    }

    private interface At {
        long value(int place);
    }

    private static Values numbers(ValueInfo info, int length, At at) {
        ElementType type = info.type().orElseThrow();
        ByteBuffer data = ByteBuffer.allocateDirect(length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            if (type == ElementType.INT64) {
                data.putLong(at.value(i));
            } else {
                data.putInt((int) at.value(i));
            }
        }
        return new Values(type, new long[] {1, length}, data.flip());
    }

    @Override
    public boolean isWindowed() {
        return windowed;
    }
}
