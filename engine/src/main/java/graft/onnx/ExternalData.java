package graft.onnx;

import graft.Refusal;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a tensor's elements lie outside the {@code .onnx} file: "External Data" of the ONNX specification. */
record ExternalData(String tensor, Path file, long offset, long length) {

    /** Refuses a location outside the folder of the {@code .onnx} file, and one beyond the end of the data file. */
    static ExternalData of(TensorProto proto, Path folder) {
        String location = Tensor.entry(proto.getExternalDataList(), "location");
        if (location == null || folder == null) {
            throw new Refusal("Tensor " + proto.getName() + " keeps its data in another file but does not say in"
                    + " which. Export the network again.");
        }
        Path file = folder.resolve(location).normalize();
        if (Path.of(location).isAbsolute() || !file.startsWith(folder.normalize())) {
            throw new Refusal("Tensor " + proto.getName() + " asks for data outside the folder of its file: " + location
                    + ". Graft does not follow such paths; move the data file beside the .onnx file.");
        }
        try {
            if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
                throw new Refusal("The data of tensor " + proto.getName() + " should be in " + file
                        + ", which is missing. Put it beside the .onnx file.");
            }
            long offset = number(proto, "offset", 0);
            long length = number(proto, "length", Files.size(file) - offset);
            if (offset < 0 || length < 0 || offset + length > Files.size(file)) {
                throw new Refusal("The data of tensor " + proto.getName() + " reaches beyond the end of " + file
                        + ". The file is damaged: download or export it again.");
            }
            return new ExternalData(proto.getName(), file, offset, length);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ", the data of tensor " + proto.getName() + ": " + e, e);
        }
    }

    private static long number(TensorProto proto, String key, long absent) {
        String text = Tensor.entry(proto.getExternalDataList(), key);
        try {
            return text == null ? absent : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new Refusal("Tensor " + proto.getName() + ": " + key + " of its external data is no number.", e);
        }
    }

    ByteBuffer map() {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        } catch (IOException e) {
            throw new Refusal("Cannot read " + file + ", the data of tensor " + tensor + ": " + e, e);
        }
    }
}
