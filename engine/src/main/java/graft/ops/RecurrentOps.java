package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import graft.Refusal;
import graft.guard.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Recurrent layers. Every form of them is a loop in TorchScript: activations, peepholes, clipping and lengths of their own
 * are not to be had from PyTorch's layers.
 */
final class RecurrentOps {
    private RecurrentOps() {}

    static void addTo(OpTable ops) {
        ops.addAll("GRU", 1, in -> run(in, 3, List.of("Sigmoid", "Tanh")));
        ops.addAll("LSTM", 1, in -> run(in, 4, List.of("Sigmoid", "Tanh", "Tanh")));
        ops.addAll("RNN", 1, in -> run(in, 1, List.of("Tanh")));
        ops.noGradientTo("GRU", 4);
        ops.noGradientTo("LSTM", 4);
        ops.noGradientTo("RNN", 4);
        ops.note("GRU", "both directions, linear_before_reset, lengths per example, clipping, all activations");
        ops.note("LSTM", "both directions, peepholes, lengths per example, clipping, all activations");
        ops.note("RNN", "both directions, lengths per example, clipping, all activations");
    }

    /** Inputs are {@code [time, batch, features]}, or {@code [batch, time, features]} with layout 1. */
    private static NDList run(Call in, int gates, List<String> defaults) {
        boolean batchFirst = in.node().attribute("layout", 0) != 0;
        NDArray x = batchFirst ? in.get(0).swapAxes(0, 1) : in.get(0);
        String direction = in.node().attribute("direction", "forward");
        int directions = direction.equals("bidirectional") ? 2 : 1;
        Guard.rounds(directions * x.getShape().get(0));
        boolean lstm = gates == 4;
        List<String> activations = activations(in, defaults, directions);
        NDList sequences = new NDList();
        NDList lastHidden = new NDList();
        NDList lastCell = new NDList();
        for (int d = 0; d < directions; d++) {
            boolean backward = d == 1 || direction.equals("reverse");
            int each = defaults.size();
            NDList out =
                    direction(in, x, d, gates, backward, activations.subList(d * each, (d + 1) * each), batchFirst);
            sequences.add(out.get(0));
            lastHidden.add(out.get(1));
            if (lstm) {
                lastCell.add(out.get(2));
            }
        }
        int directionAxis = batchFirst ? 1 : 0;
        NDArray y = NDArrays.stack(sequences, 1); // [time, directions, batch, hidden]
        NDList results =
                new NDList(batchFirst ? y.transpose(2, 0, 1, 3) : y, NDArrays.stack(lastHidden, directionAxis));
        if (lstm) {
            results.add(NDArrays.stack(lastCell, directionAxis));
        }
        return results;
    }

    private static NDList direction(
            Call in, NDArray x, int d, int gates, boolean backward, List<String> activations, boolean batchFirst) {
        Arguments args = new Arguments();
        int stateAxis = batchFirst ? 1 : 0;
        String pick = ", 0, " + d + ")";
        StringBuilder code = new StringBuilder();
        code.append("x = ").append(args.add(x)).append('\n');
        code.append("w = torch.select(")
                .append(args.add(in.get(1)))
                .append(pick)
                .append('\n');
        code.append("r = torch.select(")
                .append(args.add(in.get(2)))
                .append(pick)
                .append('\n');
        long hidden = in.get(2).getShape().get(2);
        long wide = gates * hidden;
        boolean biased = in.optional(3).isPresent();
        if (biased) {
            code.append("bs = torch.select(")
                    .append(args.add(in.get(3)))
                    .append(pick)
                    .append('\n');
            code.append("wb = torch.slice(bs, 0, 0, ").append(wide).append(", 1)\n");
            code.append("rb = torch.slice(bs, 0, ")
                    .append(wide)
                    .append(", ")
                    .append(2 * wide)
                    .append(", 1)\n");
        } else {
            code.append("wb = torch.zeros([")
                    .append(wide)
                    .append("], dtype=")
                    .append(type(x))
                    .append(Call.WHERE_A_IS)
                    .append(")\n");
            code.append("rb = wb\n");
        }
        String zeros = "torch.zeros([torch.size(x, 1), " + hidden + "], dtype=" + type(x) + Call.WHERE_A_IS + ")";
        code.append("hid = ").append(state(in, args, 5, stateAxis, d, zeros)).append('\n');
        boolean lstm = gates == 4;
        if (lstm) {
            code.append("k = ").append(state(in, args, 6, stateAxis, d, zeros)).append('\n');
        }
        boolean peeps = lstm && in.optional(7).isPresent();
        if (peeps) {
            code.append("p = torch.select(")
                    .append(args.add(in.get(7)))
                    .append(pick)
                    .append('\n');
            for (int i = 0; i < 3; i++) {
                code.append("p")
                        .append(i)
                        .append(" = torch.slice(p, 0, ")
                        .append(i * hidden)
                        .append(", ");
                code.append((i + 1) * hidden).append(", 1)\n");
            }
        }
        boolean lengths = in.optional(4).isPresent();
        if (lengths) {
            code.append("lens = torch.unsqueeze(").append(args.add(in.get(4))).append(", 1)\n");
        }
        code.append("xs = torch.add(torch.matmul(x, torch.t(w)), wb)\n");
        code.append("rt = torch.t(r)\n");
        code.append("ys = annotate(List[Tensor], [])\n");
        // Not by torch.select in the loop: its gradient fills an array for all steps at each of them.
        code.append("steps = torch.unbind(xs, 0)\n");
        code.append("n = torch.size(x, 0)\n");
        code.append("for i in range(n):\n");
        StringBuilder loop = new StringBuilder();
        loop.append("t = ").append(backward ? "n - 1 - i" : "i").append('\n');
        loop.append("s = steps[t]\n");
        switch (gates) {
            case 1 -> rnn(in, loop, activations);
            case 3 -> gru(in, loop, activations, hidden);
            default -> lstm(in, loop, activations, peeps);
        }
        if (lengths) {
            // Behind the end of its sequence an example keeps its state and puts out zeros.
            loop.append("on = torch.gt(lens, t)\n");
            loop.append("out = torch.mul(hn, torch.to(on, ").append(type(x)).append("))\n");
            loop.append("hid = torch.where(on, hn, hid)\n");
            loop.append(lstm ? "k = torch.where(on, kn, k)\n" : "");
        } else {
            loop.append("out = hn\nhid = hn\n").append(lstm ? "k = kn\n" : "");
        }
        loop.append("_1 = torch.append(ys, out)\n");
        loop.toString().lines().forEach(line -> code.append("  ").append(line).append('\n'));
        code.append("y = torch.stack(ys)\n");
        code.append(backward ? "y = torch.flip(y, [0])\n" : "");
        code.append("return (y, hid").append(lstm ? ", k)" : ")");
        return in.script(code.toString(), lstm ? 3 : 2, args.all());
    }

    private static int type(NDArray x) {
        return Types.code(x.getDataType());
    }

    private static String state(Call in, Arguments args, int input, int axis, int d, String zeros) {
        return in.optional(input)
                .map(array -> "torch.select(" + args.add(array) + ", " + axis + ", " + d + ")")
                .orElse(zeros);
    }

    /** {@code name = activation(clipped sum)}. */
    private static void gate(Call in, StringBuilder loop, String name, String activation, String sum) {
        float clip = in.node().attribute("clip", 0f);
        String bounded = clip > 0 ? "torch.clamp(" + sum + ", " + -clip + ", " + clip + ")" : sum;
        loop.append(name).append(" = ").append(activation.replace("#", bounded)).append('\n');
    }

    /** {@code name}: the parts of equal width that lie beside each other in {@code of}, as a list. */
    private static String parts(String name, String of, int count) {
        return name + " = torch.chunk(" + of + ", " + count + ", 1)\n";
    }

    private static void rnn(Call in, StringBuilder loop, List<String> f) {
        gate(in, loop, "hn", f.get(0), "torch.add(s, torch.add(torch.matmul(hid, rt), rb))");
    }

    /** Gates in the order update, reset, hidden. */
    private static void gru(Call in, StringBuilder loop, List<String> f, long hidden) {
        boolean resetAfter = in.node().attribute("linear_before_reset", 0) != 0;
        String upTo2 = "0, " + 2 * hidden;
        String third = 2 * hidden + ", " + 3 * hidden;
        if (resetAfter) {
            loop.append("a2 = torch.add(torch.matmul(hid, rt), rb)\n");
        } else {
            loop.append("a2 = torch.add(torch.matmul(hid, torch.slice(rt, 1, " + upTo2 + ", 1)), torch.slice(rb, 0, "
                    + upTo2 + ", 1))\n");
        }
        loop.append(parts("sp", "s", 3)).append(parts("ap", "a2", resetAfter ? 3 : 2));
        gate(in, loop, "z", f.get(0), "torch.add(sp[0], ap[0])");
        gate(in, loop, "e", f.get(0), "torch.add(sp[1], ap[1])");
        String recurrent = resetAfter
                ? "torch.mul(e, ap[2])"
                : "torch.add(torch.matmul(torch.mul(e, hid), torch.slice(rt, 1, " + third + ", 1)), torch.slice(rb, 0, "
                        + third + ", 1))";
        gate(in, loop, "c2", f.get(1), "torch.add(sp[2], " + recurrent + ")");
        loop.append("hn = torch.add(torch.mul(torch.rsub(z, 1), c2), torch.mul(z, hid))\n");
    }

    /** Gates in the order input, output, forget, cell. */
    private static void lstm(Call in, StringBuilder loop, List<String> f, boolean peeps) {
        loop.append("a2 = torch.add(s, torch.add(torch.matmul(hid, rt), rb))\n");
        loop.append(parts("ap", "a2", 4));
        gate(in, loop, "ig", f.get(0), peeped("ap[0]", peeps, "p0", "k"));
        if (in.node().attribute("input_forget", 0) != 0) {
            loop.append("fg = torch.rsub(ig, 1)\n");
        } else {
            gate(in, loop, "fg", f.get(0), peeped("ap[2]", peeps, "p2", "k"));
        }
        gate(in, loop, "cg", f.get(1), "ap[3]");
        loop.append("kn = torch.add(torch.mul(fg, k), torch.mul(ig, cg))\n");
        gate(in, loop, "og", f.get(0), peeped("ap[1]", peeps, "p1", "kn"));
        loop.append("hn = torch.mul(og, ").append(f.get(2).replace("#", "kn")).append(")\n");
    }

    private static String peeped(String sum, boolean peeps, String weight, String cell) {
        return peeps ? "torch.add(" + sum + ", torch.mul(" + weight + ", " + cell + "))" : sum;
    }

    /** TorchScript with {@code #} for the argument, one text per activation and direction. */
    private static List<String> activations(Call in, List<String> defaults, int directions) {
        List<String> names = in.node().attribute("activations", List.of());
        if (names.isEmpty()) {
            names = new ArrayList<>(defaults);
            if (directions == 2) {
                names.addAll(defaults);
            }
        }
        if (names.size() != defaults.size() * directions) {
            throw new Refusal(in.node() + " names " + names.size() + " activations where it needs "
                    + defaults.size() * directions + ". The file is damaged: export it again.");
        }
        float[] alphas = in.node().attribute("activation_alpha", new float[0]);
        float[] betas = in.node().attribute("activation_beta", new float[0]);
        List<String> out = new ArrayList<>();
        int alphasUsed = 0;
        int betasUsed = 0;
        for (String name : names) {
            Activation activation = activation(in, name);
            String text = activation.text;
            if (text.contains("@alpha")) {
                float alpha = alphasUsed < alphas.length ? alphas[alphasUsed] : activation.alpha;
                alphasUsed++;
                text = text.replace("@alpha", ShapeOps.literal(alpha));
            }
            if (text.contains("@beta")) {
                float beta = betasUsed < betas.length ? betas[betasUsed] : activation.beta;
                betasUsed++;
                text = text.replace("@beta", ShapeOps.literal(beta));
            }
            out.add(text);
        }
        return out;
    }

    private record Activation(String text, float alpha, float beta) {}

    private static Activation activation(Call in, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "sigmoid" -> new Activation("torch.sigmoid(#)", 0, 0);
            case "tanh" -> new Activation("torch.tanh(#)", 0, 0);
            case "relu" -> new Activation("torch.relu(#)", 0, 0);
            case "affine" -> new Activation("torch.add(torch.mul(#, @alpha), @beta)", 1, 0);
            case "leakyrelu" -> new Activation("torch.leaky_relu(#, @alpha)", 0.01f, 0);
            case "thresholdedrelu" -> new Activation("torch.threshold(#, @alpha, 0)", 1, 0);
            case "scaledtanh" -> new Activation("torch.mul(torch.tanh(torch.mul(#, @beta)), @alpha)", 1, 1);
            case "hardsigmoid" ->
                new Activation("torch.clamp(torch.add(torch.mul(#, @alpha), @beta), 0, 1)", 0.2f, 0.5f);
            case "elu" -> new Activation("torch.elu(#, @alpha)", 1, 0);
            case "softsign" -> new Activation("torch.div(#, torch.add(torch.abs(#), 1))", 0, 0);
            case "softplus" -> new Activation("torch.softplus(#)", 0, 0);
            default -> throw in.unsupported("the activation " + name);
        };
    }
}
