package graft.predict;

import graft.data.Examples;
import graft.judge.Spotter;
import graft.progress.Progress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntConsumer;

/** What an open network answers, and how that is told. Closed by whoever made it. */
interface Replies extends AutoCloseable {
    /**
     * The answer to one example.
     *
     * @param answer the class; −1 where answers are numbers
     * @param numbers probabilities by class, or the numbers that are the answer
     * @param strangeness of the example, where it is known
     * @param failed why there is none
     * @param entities where answers are places in texts
     * @param words of a text that is cut into some
     */
    record Reply(
            int answer,
            float[] numbers,
            OptionalDouble strangeness,
            Optional<String> failed,
            List<Entity> entities,
            List<Spotter.Word> words) {
        Reply(int answer, float[] numbers, OptionalDouble strangeness, Optional<String> failed) {
            this(answer, numbers, strangeness, failed, List.of(), List.of());
        }

        /** Places in a text. */
        static Reply of(Spotter.Spotted found) {
            return new Reply(
                    -1, new float[0], OptionalDouble.empty(), Optional.empty(), Entity.all(found), found.words());
        }

        static Reply none(String why) {
            return new Reply(-1, new float[0], OptionalDouble.empty(), Optional.of(why));
        }
    }

    /**
     * Asks about every example once.
     *
     * @param done is told after each batch how many of them are answered
     */
    List<Reply> to(Examples examples, IntConsumer done, Progress progress);

    /**
     * How answers are told; known once an example was answered.
     *
     * @param told names of what is told of an input beside its name
     */
    Layout layout(List<String> told);

    /** For the user: what was assumed so far. */
    List<String> remarks();

    @Override
    void close();
}
