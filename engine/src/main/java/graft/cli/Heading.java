package graft.cli;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Under which words a command's help lists the options of a class. */
@Retention(RetentionPolicy.RUNTIME)
@interface Heading {
    String value();
}
