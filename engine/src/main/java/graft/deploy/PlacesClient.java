package graft.deploy;

import graft.answers.Cutting;
import graft.deploy.ClientProgram.Words;
import graft.files.Json;
import graft.meaning.Classifier;
import graft.tags.ForeignTags;
import graft.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Programs for networks whose answers are places in texts. */
final class PlacesClient {
    private static final String NEEDS = "pip install onnxruntime tokenizers numpy";

    private static final Map<String, Function<Classifier, ClientProgram>> BY_TASK =
            Map.of("token-classification", PlacesClient::tags, "question-answering", PlacesClient::answers);

    private PlacesClient() {}

    /** Empty where a network's file notes another task. */
    static Optional<List<ClientProgram>> of(Classifier network) {
        return Optional.ofNullable(network.original().metadata().get(Task.NOTE))
                .map(BY_TASK::get)
                .map(program -> List.of(program.apply(network)));
    }

    private static ClientProgram tags(Classifier network) {
        Words words = TextClient.words(network)
                .put("PY_TAGS", Json.write(ForeignTags.names(network.file(), network.original())));
        return ClientProgram.of("Python", "tags.py", "client.py", NEEDS, "python client.py \"a text\"", words);
    }

    private static ClientProgram answers(Classifier network) {
        Words words = TextClient.words(network);
        int length = TextClient.length(network);
        Cutting cutting = Cutting.of(0, 0, length, network.original().metadata());
        words.put("OVERLAP", cutting.overlap()).put("LONGEST", cutting.longest());
        return ClientProgram.of(
                "Python", "answers.py", "client.py", NEEDS, "python client.py \"a passage\" \"a question\"", words);
    }
}
