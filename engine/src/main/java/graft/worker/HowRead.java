package graft.worker;

import com.fasterxml.jackson.databind.JsonNode;
import graft.options.Option;
import graft.options.Settings;
import graft.run.PlanOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the user said of how data are read: which columns, which seed. Only what was said, so that what is usual stays so.
 *
 * @param values by the names that the options have in plans
 */
public record HowRead(Map<String, JsonNode> values) {
    public static final HowRead USUAL = new HowRead(Map.of());

    public HowRead {
        values = values == null ? Map.of() : Map.copyOf(values);
    }

    public static HowRead of(Settings settings) {
        Map<String, JsonNode> out = new LinkedHashMap<>();
        PlanOptions.ALL.forEach(option -> put(out, settings, option));
        return new HowRead(out);
    }

    private static <T> void put(Map<String, JsonNode> out, Settings settings, Option<T> option) {
        settings.given(option)
                .ifPresent(value -> out.put(option.field(), option.kind().json(value)));
    }

    Settings settings() {
        Settings out = Settings.NONE;
        for (Option<?> option : PlanOptions.ALL) {
            if (values.containsKey(option.field())) {
                out = out.read(values.get(option.field()), option);
            }
        }
        return out;
    }
}
