package graft.run;

import com.fasterxml.jackson.databind.JsonNode;
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
 * A plan as JSON: its settings by groups, those of its stage in a list of stages. Earlier versions wrote all of them beside each
 * other; their plans are read too.
 */
public final class PlanJson {
    private static final String STAGES = PlanOptions.STAGE.key();

    private PlanJson() {}

    static ObjectNode of(FineTuningPlan plan) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("network", plan.network().toString());
        out.put("data", plan.data().toString());
        out.put("out", plan.out().toString());
        groups().forEach((group, options) -> {
            ObjectNode values = plan.settings().json(options);
            if (group.equals(PlanOptions.STAGE)) {
                out.putArray(group.key()).add(values);
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
        if (json.has(STAGES) && stages.size() != 1) {
            throw new Refusal("the plan has " + stages.size() + " stages; this version of Graft runs one.");
        }
        Settings settings = Settings.NONE;
        for (Option<?> option : PlanOptions.ALL) {
            JsonNode said = said(json, option);
            if (!said.isMissingNode()) {
                settings = settings.read(said, option);
            }
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
        JsonNode values = group.isArray() ? group.path(0) : group;
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
