package graft.problem;

import graft.features.Features;

/**
 * What is known of the examples to learn from, view by view, beside their targets: a teacher's answers. Objectives take it by
 * {@link graft.objective.Streams#of}.
 */
public record Companion(String name, Features features) {}
