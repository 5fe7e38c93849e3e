package graft.data;

import graft.Refusal;
import graft.onnx.ElementType;
import java.nio.ByteBuffer;

/** Labelled examples of one shape, in a fixed order. Safe to read from several threads. */
public interface Examples {
    /** The view without augmentation: as validation sees an example. */
    long PLAIN = 0;

    int size();

    /** Index into the classes of the data set. */
    int label(int i);

    /** What the user calls the example: its path inside the data set, or its row. */
    String name(int i);

    /** Where the user finds the example, for messages: its file, or its file of arrays and the row there. */
    default String place(int i) {
        return name(i);
    }

    /** Hash of an example's content before it is prepared, in hexadecimal: where it is the same, so are all views. */
    String key(int i);

    /** Shape of one example, without a batch axis. */
    long[] shape();

    ElementType type();

    /**
     * Appends one example to {@code into}, little-endian.
     *
     * @param view {@link #PLAIN}, or k &ge; 1 for the k-th augmented version, which depends on nothing but the seed,
     *     {@link #key} and k
     */
    void read(int i, long view, ByteBuffer into);

    /** Bytes that {@link #read} appends. */
    default int bytes() {
        long elements = 1;
        for (long axis : shape()) {
            elements *= axis;
        }
        return Math.toIntExact(elements * type().bytes());
    }

    /**
     * What to do where these examples are of another shape than a network takes.
     *
     * @param wanted shape of one example; -1 for axes of any length
     */
    default String wayToFit(long[] wanted) {
        return "Set --size, --channels and --layout to fit the network, or choose other data.";
    }

    /** The same examples, whose views from 1 on are augmented. Refused where the examples are not pictures. */
    default Examples augmented(Augmentation augmentation, long seed) {
        if (augmentation.isNone()) {
            return this;
        }
        throw new Refusal("Augmentation (" + augmentation + ") works on pictures only; arrays of a .npz file are fed as"
                + " they are. Choose no augmentation, or give a folder of pictures.");
    }

    /** The same examples in the element type of a network's input. Refused where there is no way from one to the other. */
    default Examples as(ElementType wanted) {
        if (wanted == type()) {
            return this;
        }
        if (!TypedExamples.isPossible(type(), wanted)) {
            if (wanted == ElementType.BFLOAT16) {
                throw new Refusal(
                        "The network takes " + wanted + ", which no example can be given in. Convert it to fp32"
                                + " with `graft convert NET --out FILE`.");
            }
            throw new Refusal(place(0) + " and the other examples are " + type() + ", but the network takes " + wanted
                    + ". Save the arrays with x.astype('" + (wanted.isFloat() ? "float32" : "int64")
                    + "'), or choose a network that takes " + type() + ".");
        }
        return new TypedExamples(this, wanted);
    }
}
