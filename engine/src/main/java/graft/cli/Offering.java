package graft.cli;

import graft.options.Option;
import java.util.List;

/** A command, or a part of several, that has options from a table beside its fields. */
interface Offering {
    List<Option<?>> options();
}
