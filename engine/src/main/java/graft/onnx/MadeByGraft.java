package graft.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A note in files that Graft derived from another file and can make again: only those may be replaced without asking. What was
 * trained does not carry it.
 */
public final class MadeByGraft {
    private static final String KEY = "graft.made";

    /** Another note, which holds for the very weights of a file alone: what the examples were like that it learnt from. */
    public static final String EXAMPLES = "graft.examples";

    private MadeByGraft() {}

    /** The model with the note. */
    public static Model note(Model model) {
        return model.withMetadata(Map.of(KEY, "derived"));
    }

    /** The model without what is noted of a file as it was. */
    public static Model forget(Model model) {
        return model.withoutMetadata(KEY).withoutMetadata(EXAMPLES);
    }

    /** Whether a file carries it; false for what is no network. */
    public static boolean isOn(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            CodedInputStream coded = CodedInputStream.newInstance(in);
            coded.setSizeLimit(Integer.MAX_VALUE);
            for (int tag = coded.readTag(); tag != 0; tag = coded.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) != ModelProto.METADATA_PROPS_FIELD_NUMBER) {
                    if (!coded.skipField(tag)) {
                        return false;
                    }
                } else if (StringStringEntryProto.parseFrom(coded.readBytes())
                        .getKey()
                        .equals(KEY)) {
                    return true;
                }
            }
            return false;
        } catch (IOException noNetwork) {
            return false;
        }
    }
}
