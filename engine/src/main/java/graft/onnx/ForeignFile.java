package graft.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Recognises, by their first bytes, the files that people take for a network: each with what it is and what to do. */
final class ForeignFile {
    private static final String PYTORCH = "Export it with torch.onnx.export in Python.";
    private static final String TENSORFLOW = "Convert it with tf2onnx in Python.";
    private static final String UNPACK = "Unpack it and name the .onnx file in it.";
    private static final int ENOUGH = 1 << 16;

    /** @param words goes on from "FILE is …" */
    private record Kind(Predicate<ForeignFile> is, String words) {}

    private static final List<Kind> KINDS = List.of(
            kind(
                    f -> f.text("version https://git-lfs"),
                    "a Git LFS pointer: the few lines that stand for the network,"
                            + " which lies elsewhere. Fetch it with `git lfs pull`, or download it by the site's own button."),
            kind(
                    f -> f.lower.startsWith("<!doctype html")
                            || f.lower.startsWith("<html")
                            || f.lower.startsWith("<head"),
                    "a web page, not a network. The link led to a page about it: use the page's download button."),
            kind(
                    f -> f.lower.startsWith("<") && f.lower.contains("<net "),
                    "an OpenVINO network (.xml). Take the ONNX file that it was made from."),
            kind(f -> f.lower.startsWith("<?xml"), "an XML file, not a network. Choose a file exported as .onnx."),
            kind(f -> f.magic(0, "PK\3\4") && f.has("data.pkl"), "a PyTorch checkpoint (torch.save). " + PYTORCH),
            kind(f -> f.magic(0, "PK\3\4") && f.has(".weights.h5"), "a Keras model (.keras). " + TENSORFLOW),
            kind(
                    f -> f.magic(0, "PK\3\4") && (f.has(".mlmodel") || f.has("com.apple.CoreML")),
                    "a Core ML package. Export the original network as ONNX."),
            kind(
                    f -> f.magic(0, "PK\3\4") && f.has(".npy"),
                    "a NumPy archive (.npz), not a network. Give it with --data."),
            kind(f -> f.magic(0, "PK\3\4") || f.magic(0, "PK\5\6"), "a zip archive. " + UNPACK),
            kind(
                    f -> f.magic(0, "\u001f\u008b"),
                    "compressed with gzip. Unpack it with `gunzip` (or `tar xzf`) and name the" + " .onnx file."),
            kind(
                    f -> f.magic(0, "BZh")
                            || f.magic(0, "\u00fd7zXZ")
                            || f.magic(0, "(\u00b5/\u00fd")
                            || f.magic(0, "7z\u00bc\u00af")
                            || f.magic(0, "Rar!"),
                    "a compressed archive. " + UNPACK),
            kind(f -> f.magic(257, "ustar"), "a tar archive. " + UNPACK),
            kind(f -> f.magic(0, "\u0089HDF\r\n"), "an HDF5 file, as Keras writes models (.h5). " + TENSORFLOW),
            kind(
                    f -> f.magic(4, "TFL3"),
                    "a TensorFlow Lite network (.tflite). Convert it with tf2onnx --tflite in Python."),
            kind(
                    f -> f.magic(4, "ORTM"),
                    "a network in ONNX Runtime's own format (.ort), which no other program reads. Take the"
                            + " .onnx file that it was made from."),
            kind(f -> f.magic(0, "GGUF"), "a GGUF file of llama.cpp. Graft reads ONNX: export the original network."),
            kind(
                    f -> f.magic(0, "MATLAB 5.0"),
                    "a MATLAB data file (.mat). Export the network with exportONNXNetwork."),
            kind(
                    ForeignFile::isSafetensors,
                    "a safetensors file: weights alone, without the network. Load them into the network"
                            + " in Python and export it as ONNX."),
            kind(
                    f -> f.magic(0, "\u0080") && f.bytes.length > 2 && f.bytes[1] >= 2 && f.bytes[1] <= 5,
                    "a Python pickle, as PyTorch and scikit-learn write it. " + PYTORCH),
            kind(f -> f.text("7767517"), "an ncnn network (.param). Take the ONNX file that it was made from."),
            kind(
                    f -> f.magic(0, "\u0089PNG")
                            || f.magic(0, "\u00ff\u00d8\u00ff")
                            || f.magic(0, "GIF8")
                            || f.magic(0, "RIFF"),
                    "a picture or a sound, not a network. Choose a file exported as .onnx."),
            kind(f -> f.magic(0, "%PDF"), "a PDF document, not a network. Choose a file exported as .onnx."),
            kind(
                    f -> f.magic(0, "\u007fELF") || f.magic(0, "MZ"),
                    "a program, not a network. Choose a file exported as .onnx."),
            kind(
                    f -> f.isText() && (f.lower.contains("ir_version") || f.lower.contains("opset_import")),
                    "an ONNX network written as text. Save it in the binary form: onnx.parser or onnx.save in Python."),
            kind(f -> f.isText() && f.lower.contains("\"modeltopology\""), "a TensorFlow.js model. " + TENSORFLOW),
            kind(
                    f -> f.isText() && (f.lower.startsWith("{") || f.lower.startsWith("[")),
                    "a JSON file, not a network. Choose a file exported as .onnx."),
            kind(
                    f -> f.isText() && f.lower.contains("layer {"),
                    "a Caffe network (.prototxt). Convert it to ONNX first."),
            kind(
                    ForeignFile::isText,
                    "a text file, not a network. Choose a file exported as .onnx, or download it again."),
            kind(ForeignFile::isZeros, "nothing but zeros: its download or copy never finished. Download it again."));

    private final byte[] bytes;
    private final String start;
    private final String lower;

    private ForeignFile(byte[] bytes) {
        this.bytes = bytes;
        this.start = new String(bytes, 0, Math.min(bytes.length, ENOUGH), StandardCharsets.ISO_8859_1);
        String withoutMark = start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
        this.lower = withoutMark.strip().toLowerCase(Locale.ROOT);
    }

    private static Kind kind(Predicate<ForeignFile> is, String words) {
        return new Kind(is, words);
    }

    /** "a zip archive. Unpack it …"; empty for what may be a network. */
    static Optional<String> describe(byte[] bytes) {
        ForeignFile file = new ForeignFile(bytes);
        return KINDS.stream()
                .filter(kind -> kind.is().test(file))
                .map(Kind::words)
                .findFirst();
    }

    /** Whether bytes that are no ONNX begin as TensorFlow's networks do (an ONNX file may begin so too). */
    static boolean looksLikeTensorFlow(byte[] bytes) {
        return new ForeignFile(bytes).magic(0, "\b\1\u0012");
    }

    /** What a file of protobuf without a graph may be. */
    static String withoutGraph(byte[] bytes) {
        ForeignFile file = new ForeignFile(bytes);
        if (file.has("tensorflow")
                || file.has("serving_default")
                || file.has("saved_model")
                || file.magic(0, "\b\1\u0012")) {
            return "no ONNX network: it looks like a TensorFlow SavedModel (.pb). " + TENSORFLOW;
        }
        return "no ONNX network: it holds no graph (Core ML and other formats begin alike). Choose a file exported as .onnx.";
    }

    private boolean magic(int at, String expected) {
        return start.startsWith(expected, at);
    }

    private boolean text(String expected) {
        return start.stripLeading().startsWith(expected);
    }

    private boolean has(String part) {
        return start.contains(part);
    }

    private boolean isText() {
        return !lower.isEmpty()
                && start.chars()
                        .limit(4096)
                        .allMatch(c -> c >= 0x20 && c != 0x7f || c == '\n' || c == '\r' || c == '\t');
    }

    private boolean isZeros() {
        return start.chars().allMatch(c -> c == 0);
    }

    private boolean isSafetensors() {
        if (bytes.length < 10 || bytes[8] != '{') {
            return false;
        }
        long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 1 && header <= bytes.length - 8L;
    }
}
