package graft.task;

import graft.data.DataSet;
import graft.network.Head;
import graft.network.HeadEnd;
import graft.network.LinearHead;
import graft.network.Network;
import java.nio.file.Path;

/** Makes the head that gives a task's answers. */
public interface Heading {
    /**
     * A head for a network.
     *
     * @param file the network's, for messages
     * @param features the tensor to stand on
     * @param data as the network's inputs take them
     * @throws graft.Refusal where it cannot stand there
     */
    Head on(Path file, Network body, String features, DataSet data, HeadChoice choice);

    /**
     * The same before there are data, where the shape of the tensor is known: nothing is computed. Of tasks that say nothing else,
     * a linear layer.
     *
     * @param shape batch axis included
     * @param end what gives the answers
     */
    default Head on(Path file, Network body, String features, long[] shape, HeadEnd end, HeadChoice choice) {
        return LinearHead.on(body, features, shape, end);
    }
}
