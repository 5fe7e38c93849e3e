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
        Map<String, String> notes = network.original().metadata();
        TextInputs inputs = TextInputs.of(network.original().graph(), Set.of());
        TokenizerFile tokenizer = TokenizerFile.of(network.file(), Optional.empty(), notes);
        TextEncoder encoder = TextEncoder.of(inputs, tokenizer, Optional.empty(), notes);
        boolean pairs = TextEncoder.notesPairs(notes);
        Words words = new Words()
                .quoted("FILE", network.file().getFileName().toString())
                .quoted("TOKENIZER", tokenizer.nameInPrograms())
                .quoted("OUTPUT", network.answer().output())
                .put("MAX_LENGTH", encoder.maxLength())
                .put("LENGTH", encoder.fixedLength().orElse(0))
                .put("PADDING", tokenizer.padding())
                .put("NOTHING", tokenizer.unknown().orElse(tokenizer.padding()))
                .truth("PAIRS", pairs)
                .put("BATCH", network.fixedBatch().orElse(1));
        for (Role role : Role.values()) {
            words.quotedOrNone(
                    role.name(),
                    Optional.ofNullable(inputs.infos().get(role))
                            .map(ValueInfo::name)
                            .orElse(null));
        }
        ClientClasses.of(network).putInto(words);
        String example = pairs ? PAIR : EXAMPLE;
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
}
