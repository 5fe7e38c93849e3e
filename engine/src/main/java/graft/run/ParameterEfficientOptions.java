package graft.run;

import graft.network.Bottlenecks;
import graft.network.LowRank;
import graft.options.Applies;
import graft.options.Kinds;
import graft.options.Option;
import java.util.List;

/** What can be set of small parts that learn beside or behind weights that stay: one line each. */
public final class ParameterEfficientOptions {
    public static final Option<LowRank> LORA = Option.of(
            "lora",
            new Kinds.Form<>(
                    LowRank.class,
                    "R[:ALPHA]",
                    "a rank, perhaps with an alpha behind it: 8, or 8:16; 0 for none",
                    LowRank::parse,
                    LowRank::complaint),
            LowRank.NONE,
            PlanGroups.OPTIMIZATION,
            "Thin matrices (LoRA)",
            "Beside weights that stay, two thin matrices of rank R learn; they count ALPHA / R times (2 R where it is not given)"
                    + " and are merged into the weights in the file.");

    public static final Option<String> LORA_TARGET = Option.of(
                    "lora-target",
                    new Kinds.Text("LIST", "layer names with *, separated by commas", LowRank::checkTarget),
                    "",
                    PlanGroups.OPTIMIZATION,
                    "Layers with thin matrices",
                    "Beside which layers; where none is named, what attention reads, else all linear layers, else all"
                            + " convolutions.")
            .applying(Applies.with(LORA));

    public static final Option<Integer> ADAPTER = Option.whole(
            "adapter",
            0,
            Bottlenecks.WIDEST,
            0,
            PlanGroups.OPTIMIZATION,
            "Adapters behind layers",
            "Behind layers that stay, small networks learn through which N numbers go; what they say is added, and they stay in the"
                    + " file; 0 = none.");

    public static final Option<String> ADAPTER_TARGET = Option.of(
                    "adapter-target",
                    new Kinds.Text("LIST", "layer names with *, separated by commas", LowRank::checkTarget),
                    "",
                    PlanGroups.OPTIMIZATION,
                    "Layers with adapters",
                    "Behind which layers; where none is named, those whose results are added to what went past them.")
            .applying(Applies.with(ADAPTER));

    static final List<Option<?>> ALL = List.of(LORA, LORA_TARGET, ADAPTER, ADAPTER_TARGET);

    private ParameterEfficientOptions() {}
}
