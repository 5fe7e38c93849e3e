package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import graft.files.Json;
import graft.image.Preprocessing;
import graft.meaning.Reading;
import graft.options.Group;
import graft.options.Option;
import graft.options.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan as JSON: its settings by groups, those of its stages in a list. What is asked of a plan of several stages is answered by
 * all of their epochs, and else by the last one. Earlier versions wrote all of them beside each
 * other; their plans are read too.
 */
public final class PlanJson {
    private static final String STAGES = PlanGroups.STAGE.key();
    /** Whether the stages of a recipe stand in the list. */
    private static final String EXPANDED = "expanded";

    private PlanJson() {}

    static ObjectNode of(FineTuningPlan plan) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("network", plan.network().toString());
        out.put("data", plan.data().toString());
        out.put("out", plan.out().toString());
        groups().forEach((group, options) -> {
            ObjectNode values = plan.settings().json(options);
            if (group.equals(PlanGroups.STAGE)) {
                out.set(STAGES, PlanOptions.STAGES.kind().json(new Stages(plan.stages())));
            } else if (group.equals(PlanGroups.RECIPES)) {
                values.remove(STAGES);
                out.set(group.key(), values.put(EXPANDED, !plan.isToBeExpanded()));
            } else {
                out.set(group.key(), values);
            }
        });
        out.set("preprocessing", Json.tree(plan.preprocessing()));
        out.set("reading", Json.tree(plan.reading()));
        return out;
    }

    private static Map<Group, List<Option<?>>> groups() {
        Map<Group, List<Option<?>>> out = new LinkedHashMap<>();
        PlanOptions.ALL.forEach(option ->
                out.computeIfAbsent(option.group(), any -> new ArrayList<>()).add(option));
        return out;
    }

    static FineTuningPlan read(JsonNode json) {
        JsonNode stages = json.path(STAGES);
        if (json.has(STAGES) && stages.isEmpty()) {
            throw new Refusal("the plan has no stage.");
        }
        Settings settings = Settings.NONE;
        for (Option<?> option : PlanOptions.ALL) {
            JsonNode said = said(json, option);
            if (!said.isMissingNode()) {
                settings = settings.read(said, option);
            }
        }
        boolean expanded = json.path(PlanGroups.RECIPES.key()).path(EXPANDED).asBoolean(true);
        if (expanded && stages.isArray()) {
            settings = settings.read(stages, PlanOptions.STAGES);
        }
        return new FineTuningPlan(
                path(json, "network"),
                path(json, "data"),
                path(json, "out"),
                settings,
                json.hasNonNull("preprocessing")
                        ? Optional.of(Json.convert(json.get("preprocessing"), Preprocessing.class))
                        : Optional.empty(),
                json.hasNonNull("reading") ? Json.convert(json.get("reading"), Reading.class) : Reading.USUAL);
    }

    /** What a plan of any version says of an option; missing where nothing. */
    public static JsonNode said(JsonNode plan, Option<?> option) {
        JsonNode group = plan.path(option.group().key());
        if (option.equals(PlanOptions.STAGES)) {
            return plan.path(STAGES).size() > 1 ? plan.path(STAGES) : MissingNode.getInstance();
        }
        if (option.equals(PlanOptions.EPOCHS) && group.size() > 1) {
            int all = 0;
            for (JsonNode stage : group) {
                all += stage.path(option.field()).asInt();
            }
            return IntNode.valueOf(all);
        }
        JsonNode values = group.isArray() ? group.path(group.size() - 1) : group;
        if (values.isObject() && values.has(option.field())) {
            return values.get(option.field());
        }
        return plan.has(STAGES) ? MissingNode.getInstance() : plan.path(option.field());
    }

    /** The same with every option also beside the groups, where earlier versions wrote them and scripts look for them. */
    public static JsonNode withoutGroups(JsonNode plan) {
        if (!plan.has(STAGES)) {
            return plan;
        }
        ObjectNode out = plan.deepCopy();
        for (Option<?> option : PlanOptions.ALL) {
            JsonNode said = said(plan, option);
            if (!said.isMissingNode()) {
                out.set(option.field(), said);
            }
        }
        return out;
    }

    private static Path path(JsonNode json, String name) {
        if (!json.hasNonNull(name)) {
            throw new Refusal("the plan does not say its " + name + ".");
        }
        return Path.of(json.get(name).asText());
    }
}
