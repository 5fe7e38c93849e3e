package graft.onnx;

import graft.onnx.proto.OnnxProto.ModelProto;
import graft.onnx.proto.OnnxProto.StringStringEntryProto;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes models with their weights in a second file, as exporters of large networks do. */
final class ExternalFiles {
    private ExternalFiles() {}

    static void write(Model model, Path file, String location) throws IOException {
        ModelProto.Builder builder = model.proto().toBuilder();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (TensorProto.Builder tensor : builder.getGraphBuilder().getInitializerBuilderList()) {
            int offset = data.size();
            tensor.getRawData().writeTo(data);
            tensor.addExternalData(entry("location", location))
                    .addExternalData(entry("offset", Integer.toString(offset)))
                    .addExternalData(entry("length", Integer.toString(data.size() - offset)))
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .clearRawData();
        }
        Files.write(file, builder.build().toByteArray());
        Files.write(file.resolveSibling(location), data.toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
