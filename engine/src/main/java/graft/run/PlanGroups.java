package graft.run;

import graft.options.Group;

/** The groups of {@link PlanOptions}, in the order in which they are shown. */
public final class PlanGroups {
    /** One part of a run, with padlocks, rates and epochs of its own. */
    public static final Group STAGE = new Group("stages", "What learns, and for how long");

    /** Several parts at once. */
    public static final Group RECIPES = new Group("recipe", "Several stages, one after the other");

    public static final Group EPISODIC = new Group("episodes", "Learning by episodes");
    public static final Group OPTIMIZATION = new Group("optimization", "How weights change");
    public static final Group AUGMENTATION = new Group("augmentation", "Views of the examples");
    public static final Group HEAD = new Group("head", "The new head");
    public static final Group EXAMPLES = new Group("examples", "Data");
    public static final Group TEXTS = new Group("texts", "Texts");
    public static final Group COMPUTING = new Group("computing", "Computing");
    public static final Group SAVING = new Group("saving", "Saving");

    private PlanGroups() {}
}
