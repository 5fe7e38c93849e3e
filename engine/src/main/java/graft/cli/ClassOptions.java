package graft.cli;

import graft.meaning.ClassOrder.Order;
import graft.meaning.Reading;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which output of a network stands for which class, where its file does not say. */
@Heading("Which answer is which class")
final class ClassOptions extends ClassNamesOption {
    @Option(
            names = "--class-order",
            paramLabel = "ORDER",
            description =
                    "text or numeric: how the class folders were sorted when the network was trained; goes before the"
                            + " names in its file.")
    private Optional<Order> order;

    @Override
    Reading of(Reading reading) {
        return super.of(reading).withOrder(order);
    }
}
