package graft.deploy;

import graft.deploy.ClientProgram.Words;
import graft.meaning.Classifier;
import graft.onnx.ValueInfo;
import graft.text.TextEncoder;
import graft.text.TextInputs;
import graft.text.TextInputs.Role;
import graft.text.TokenizerFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Programs that cut texts into tokens as the network learnt them. */
final class TextClient {
    private static final String EXAMPLE = "\"a text\"";
    private static final String PAIR = "\"a text\" \"the other\"";

    private TextClient() {}

    /** @throws graft.Refusal where the network's tokenizer is not beside it */
    static List<ClientProgram> of(Classifier network) {
        Words words = words(network);
        ClientClasses.of(network).putInto(words);
        String example = TextEncoder.notesPairs(network.original().metadata()) ? PAIR : EXAMPLE;
        return List.of(
                ClientProgram.of(
                        "Python",
                        "texts.py",
                        "client.py",
                        "pip install onnxruntime tokenizers numpy",
                        "python client.py " + example,
                        words),
                ClientProgram.of(
                        "Java",
                        "texts.java.txt",
                        "Classify.java",
                        "com.microsoft.onnxruntime:onnxruntime and ai.djl.huggingface:tokenizers in libs/, and JDK 17 or newer",
                        "java -cp \"libs/*\" Classify.java " + example,
                        words));
    }

    /** What a program is to know of how a network's texts become tokens. */
    static Words words(Classifier network) {
        Map<String, String> notes = network.original().metadata();
        TextInputs inputs = TextInputs.of(network.original().graph(), Set.of());
        TokenizerFile tokenizer = TokenizerFile.of(network.file(), Optional.empty(), notes);
        TextEncoder encoder = TextEncoder.of(inputs, tokenizer, Optional.empty(), notes);
        Words words = new Words()
                .quoted("FILE", network.file().getFileName().toString())
                .quoted("TOKENIZER", tokenizer.nameInPrograms())
                .quoted("OUTPUT", network.answer().output())
                .put("MAX_LENGTH", encoder.maxLength())
                .put("LENGTH", encoder.fixedLength().orElse(0))
                .put("PADDING", tokenizer.padding())
                .put("NOTHING", tokenizer.unknown().orElse(tokenizer.padding()))
                .truth("PAIRS", TextEncoder.notesPairs(notes))
                .put("BATCH", network.fixedBatch().orElse(1));
        for (Role role : Role.values()) {
            words.quotedOrNone(
                    role.name(),
                    Optional.ofNullable(inputs.infos().get(role))
                            .map(ValueInfo::name)
                            .orElse(null));
        }
        return words;
    }

    /** The most tokens that are read at once. */
    static int length(Classifier network) {
        Map<String, String> notes = network.original().metadata();
        return TextEncoder.of(
                        TextInputs.of(network.original().graph(), Set.of()),
                        TokenizerFile.of(network.file(), Optional.empty(), notes),
                        Optional.empty(),
                        notes)
                .maxLength();
    }
}
