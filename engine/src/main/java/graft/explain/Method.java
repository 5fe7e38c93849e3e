package graft.explain;

/** How it is found out what an answer rests on. */
public enum Method {
    /** By gradients where they apply, else by occlusion. */
    AUTO,
    /** Selvaraju and others, "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization", ICCV 2017. */
    GRAD_CAM,
    /** What the score loses where a part is hidden (Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", 2014). */
    OCCLUSION
}
