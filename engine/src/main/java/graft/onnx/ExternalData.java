package graft.onnx;

import graft.Refusal;
import graft.files.AtomicFile;
import graft.onnx.proto.OnnxProto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
        Path file = place(proto.getName(), location, folder);
        try {
            if (Files.isSymbolicLink(file) && !Files.exists(file)) {
                throw new Refusal("The data of tensor " + proto.getName() + " should be in " + file
                        + ", a link that leads nowhere. Put the data file itself beside the .onnx file.");
            }
            if (!Files.isRegularFile(file)) {
                throw new Refusal("The data of tensor " + proto.getName() + " should be in " + file
                        + ", which is missing. Put it beside the .onnx file, under that name.");
            }
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new Refusal("The data of tensor " + proto.getName() + " should be in " + file
                        + ", a link to a file outside the folder of the network. Graft does not follow such links: copy"
                        + " the data file itself there.");
            }
            long size = Files.size(file);
            long offset = number(proto, "offset", 0);
            long length = number(proto, "length", Math.max(0, size - offset));
            if (offset < 0 || length < 0 || offset > size || length > size - offset) {
                throw new Refusal("The data of tensor " + proto.getName() + " (" + length + " bytes from " + offset
                        + ") reaches beyond the end of " + file + ", which has " + size
                        + " bytes. It is damaged or belongs to another network: download or export both again.");
            }
            return new ExternalData(proto.getName(), file, offset, length);
        } catch (IOException e) {
            throw new Refusal(
                    "Cannot read " + file + ", the data of tensor " + proto.getName() + ": " + AtomicFile.reason(e)
                            + ". Check that you may read it.",
                    e);
        }
    }

    private static Path place(String tensor, String location, Path folder) {
        Path file;
        try {
            file = folder.resolve(location).normalize();
        } catch (InvalidPathException e) {
            throw new Refusal(
                    "Tensor " + tensor
                            + " keeps its data in a file whose name is none: it holds a character that no file"
                            + " name can. The file is damaged: export it again.",
                    e);
        }
        if (Path.of(location).isAbsolute() || !file.startsWith(folder.normalize()) || file.equals(folder.normalize())) {
            throw new Refusal("Tensor " + tensor + " asks for data outside the folder of its file: \"" + location
                    + "\". Graft does not follow such paths; move the data file beside the .onnx file and export again"
                    + " with its bare name.");
        }
        return file;
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
            throw new Refusal(
                    "Cannot read " + file + ", the data of tensor " + tensor + ": " + AtomicFile.reason(e) + ".", e);
        }
    }
}
