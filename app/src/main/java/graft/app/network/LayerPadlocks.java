package graft.app.network;

import graft.Refusal;
import graft.network.Layer;
import graft.network.Network;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** The padlocks of the open network, to be opened and closed. Every change can be undone. */
public final class LayerPadlocks {
    /** Takes other padlocks as the user's choice. */
    interface Changed {
        void to(String deed, Padlocks padlocks);
    }

    private final Supplier<Network> fitted;
    private final Supplier<Network> shown;
    private final Supplier<Padlocks> now;
    private final Changed changed;

    /**
     * @param fitted with its new head; null = none
     * @param shown as it would be trained; null = none
     * @param now null = none
     */
    LayerPadlocks(Supplier<Network> fitted, Supplier<Network> shown, Supplier<Padlocks> now, Changed changed) {
        this.fitted = fitted;
        this.shown = shown;
        this.now = now;
        this.changed = changed;
    }

    /** Opens or closes the padlock of a layer. The new head always learns. */
    public void toggle(Layer layer) {
        toggle(List.of(layer));
    }

    /** Closes the padlocks of {@code layers} if all are open, else opens them. */
    public void toggle(Collection<Layer> layers) {
        List<Layer> body = body().among(layers);
        if (body.stream().allMatch(this::isLearning)) {
            freeze(body);
        } else {
            thaw(body);
        }
    }

    public void freeze(Collection<Layer> layers) {
        List<Layer> body = body().among(layers);
        if (!body.isEmpty()) {
            changed.to(Texts.of("network.did.froze", names(body)), now.get().close(fitted.get(), body));
        }
    }

    public void thaw(Collection<Layer> layers) {
        List<Layer> body = body().among(layers);
        if (!body.isEmpty()) {
            changed.to(Texts.of("network.did.thawed", names(body)), now.get().open(body));
        }
    }

    /** Freezes all layers up to and with this one, in graph order. */
    public void freezeUpTo(Layer layer) {
        freeze(body().upTo(layer));
    }

    /** Lets this layer and all above it learn, in graph order. */
    public void thawFrom(Layer layer) {
        thaw(body().from(layer));
    }

    private static String names(List<Layer> layers) {
        String first = layers.get(0).name();
        return layers.size() == 1
                ? first
                : Texts.of(
                        "network.did.range",
                        first,
                        layers.get(layers.size() - 1).name());
    }

    /** Whether a layer has weights that learn. */
    public boolean isLearning(Layer layer) {
        return shown.get() != null
                && layer.weights().stream().anyMatch(shown.get().trainable()::contains);
    }

    /** Whether a layer has a padlock: those above the features go, and the new head always learns. */
    public boolean isLockable(Layer layer) {
        return body().has(layer);
    }

    private Body body() {
        return Body.of(fitted.get());
    }

    /**
     * What the padlocks say, as {@code --trainable} takes it. It speaks of the network with its new head, also while there
     * are no data to give it classes.
     *
     * @throws Refusal where names of layers cannot be written in a list, or nothing is open
     */
    String spec() {
        if (now.get() == null) {
            throw new Refusal(Texts.of("network.none"));
        }
        return now.get().spec(fitted.get());
    }

    /** @throws Refusal for a spec that names no layer of the network, or where nothing is open */
    void apply(String spec) {
        if (now.get() == null) {
            throw new Refusal(Texts.of("network.none"));
        }
        changed.to(Texts.of("network.did.spec", spec), Padlocks.of(fitted.get(), spec));
    }
}
