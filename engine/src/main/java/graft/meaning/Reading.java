package graft.meaning;

import graft.meaning.ClassOrder.Order;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says of a network's file where it does not speak for itself.
 *
 * @param output the output that answers; empty where the rule of {@link Answer} is to decide
 * @param inputs fixed values, as text, for inputs that take no examples
 * @param classes a file with the names of the classes, in the order of the outputs
 * @param order of the classes, where nothing names them
 */
public record Reading(
        Optional<String> output, Map<String, String> inputs, Optional<Path> classes, Optional<Order> order) {
    public static final Reading USUAL = ofOutput(Optional.empty());

    public Reading {
        output = output == null ? Optional.empty() : output;
        inputs = inputs == null ? Map.of() : new LinkedHashMap<>(inputs);
        classes = classes == null ? Optional.empty() : classes;
        order = order == null ? Optional.empty() : order;
    }

    public static Reading ofOutput(Optional<String> output) {
        return new Reading(output, Map.of(), Optional.empty(), Optional.empty());
    }

    public static Reading of(Optional<String> output, Map<String, String> inputs) {
        return new Reading(output, inputs, Optional.empty(), Optional.empty());
    }

    public Reading withOrder(Optional<Order> chosen) {
        return new Reading(output, inputs, classes, chosen);
    }

    /** The same for a file in which these inputs are fixed already. */
    public Reading withoutInputs() {
        return new Reading(output, Map.of(), classes, order);
    }
}
