package graft.tags;

import graft.data.DataSet;
import graft.data.Examples;
import graft.onnx.Model;
import graft.progress.Progress;
import graft.text.TextDataSet;
import graft.text.TextEncoder;
import graft.text.TextExample;
import graft.text.TokenCounts;
import graft.text.WindowExamples;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tagged sentences as examples for a network. */
public final class TagDataSet {
    private TagDataSet() {}

    /**
     * Sentences for a network ({@link TagData#open}), cut into tokens and windows.
     *
     * @param file the network's
     * @throws graft.Refusal for another network's tokenizer, and for entities to judge by that are never learnt from
     */
    public static DataSet of(TagData data, Path file, Model network, TextDataSet.Feeding feeding, Progress progress) {
        TextEncoder texts = TextDataSet.encoder(file, network, feeding);
        texts.file().notes().forEach(progress::note);
        TagData.refuseUnknown(
                data.source(),
                Stream.concat(data.val().stream(), data.test().stream()).toList(),
                new LinkedHashSet<>(data.types()),
                "no sentence to learn from has",
                "Add sentences with it to the part train, or take it out of what is judged.");
        List<String> tags = ForeignTags.of(file, network)
                .filter(own -> types(own).containsAll(data.types()))
                .orElseGet(() -> TagEncoder.tags(data.types()));
        TagEncoder encoder = new TagEncoder(texts, tags, data.words());
        SentenceCounts counts = new SentenceCounts();
        Function<List<Sentence>, Examples> cut =
                some -> TagExamples.of(Optional.of(data.source()), some, encoder, counts, progress);
        DataSet out = new DataSet(
                data.source(),
                List.of(),
                cut.apply(data.train()),
                cut.apply(data.val()),
                data.test().isEmpty() ? Optional.empty() : Optional.of(cut.apply(data.test())),
                encoder,
                data.skipped(),
                data.remarks(),
                data.fingerprint());
        counts.tell(texts.maxLength(), progress);
        return out;
    }

    private static Set<String> types(List<String> tags) {
        return tags.stream()
                .filter(tag -> !tag.equals(Chunk.OUTSIDE))
                .map(Chunk::type)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Data as a network answers for them that learnt from others: its tags in its order.
     *
     * @param notes of the network's file
     * @throws graft.Refusal where it does not know one of the entities
     */
    public static DataSet judgedBy(DataSet data, Map<String, String> notes) {
        Optional<List<String>> noted = TagEncoder.noted(notes);
        TagEncoder encoder = (TagEncoder) data.encoder();
        if (noted.isEmpty() || noted.get().equals(encoder.tags())) {
            return data;
        }
        Set<String> known = types(noted.get());
        Stream.of(Optional.of(data.train()), Optional.of(data.val()), data.test())
                .flatMap(Optional::stream)
                .forEach(part -> TagData.refuseUnknown(
                        data.source(),
                        TagTargets.of(part).sentences(),
                        known,
                        "the network does not know",
                        "Give sentences with the entities that it learnt, or rename these with `graft data rename`."));
        return data.answering(part -> TagTargets.of(part).answeredBy(noted.get()))
                .with(encoder.with(noted.get(), Words.noted(notes.getOrDefault(Words.NOTE, ""))));
    }

    /**
     * Texts of which nobody knows the entities.
     *
     * @param notes of the network's file
     * @param counts gets of how many the network knows nothing
     */
    public static Examples unlabelled(
            List<TextExample> texts,
            TextEncoder encoder,
            Map<String, String> notes,
            TokenCounts counts,
            Progress progress) {
        Words words = Words.noted(notes.getOrDefault(Words.NOTE, ""));
        List<Sentence> sentences =
                texts.stream().map(text -> cut(text.name(), text.text(), words)).toList();
        TagEncoder tags = new TagEncoder(encoder, TagEncoder.noted(notes).orElse(List.of()), words);
        WindowExamples out = TagExamples.of(Optional.empty(), sentences, tags, new SentenceCounts(), progress);
        counts.add(texts, out.beginnings());
        return out;
    }

    private static Sentence cut(String name, String text, Words words) {
        List<int[]> found = words.of(text);
        return new Sentence(
                name,
                text,
                new int[] {1},
                found.stream().mapToInt(word -> word[0]).toArray(),
                found.stream().mapToInt(word -> word[1]).toArray(),
                List.of());
    }
}
