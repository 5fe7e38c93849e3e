package graft.fewshot;

import graft.data.Unlabelled.Unread;
import java.nio.file.Path;
import java.util.List;

/**
 * A file with a class that it did not know, or with more examples of one.
 *
 * @param network the file that was written
 * @param name of the class
 * @param isNew whether the class was not there before
 * @param examples that were seen for it now; {@code of} so many in all
 * @param recognized how many of these examples the written file gives the class: they are what it was made of, so that this is
 *     no score
 * @param classes of the file, in the order of its outputs
 * @param skipped what could not be read
 */
public record AddedClass(
        Path network,
        String name,
        boolean isNew,
        int examples,
        int of,
        int recognized,
        List<String> classes,
        List<Unread> skipped,
        double seconds) {}
