package graft.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import graft.Refusal;
import graft.files.AtomicFile;
import graft.onnx.ElementType;
import graft.onnx.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named tensors and notes in one file of the safetensors format: length of the header (8 bytes, little-endian), header as
 * JSON, elements. See the format's description at Hugging Face.
 *
 * @param notes text by key
 */
record SafeTensors(Map<String, String> notes, Map<String, Tensor> tensors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST_HEADER = 100_000_000;

    void write(Path file) {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode metadata = header.putObject("__metadata__");
        notes.forEach(metadata::put);
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long length = tensor.size() * tensor.type().bytes();
            ObjectNode description = header.putObject(entry.getKey()).put("dtype", code(tensor.type()));
            for (long dimension : tensor.shape()) {
                description.withArray("shape").add(dimension);
            }
            description.withArray("shape");
            description.putArray("data_offsets").add(offset).add(offset + length);
            offset += length;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> {
            WritableByteChannel channel = Channels.newChannel(out);
            channel.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .flip());
            channel.write(ByteBuffer.wrap(text));
            for (Tensor tensor : tensors.values()) {
                channel.write(tensor.bytes().duplicate());
            }
        });
    }

    static SafeTensors read(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            ByteBuffer length = read(channel, 0, 8, size);
            long headerLength = length.getLong();
            if (headerLength < 2 || headerLength > LARGEST_HEADER) {
                throw new IOException("its header is damaged");
            }
            ByteBuffer text = read(channel, 8, headerLength, size);
            JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(text).toString());
            Map<String, String> notes = new LinkedHashMap<>();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (field.getKey().equals("__metadata__")) {
                    field.getValue()
                            .properties()
                            .forEach(e -> notes.put(e.getKey(), e.getValue().asText()));
                    continue;
                }
                JsonNode offsets = field.getValue().get("data_offsets");
                long begin = offsets.get(0).asLong();
                ByteBuffer data =
                        read(channel, 8 + headerLength + begin, offsets.get(1).asLong() - begin, size);
                JsonNode dims = field.getValue().get("shape");
                long[] shape = new long[dims.size()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = dims.get(i).asLong();
                }
                ElementType type = type(field.getValue().get("dtype").asText());
                tensors.put(field.getKey(), Tensor.ofBytes(field.getKey(), type, shape, data));
            }
            return new SafeTensors(notes, tensors);
        } catch (IOException | NullPointerException e) {
            throw new Refusal("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, long length, long size) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE || from + length > size) {
            throw new IOException("the file ends too early");
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {
            // a read may return less than was asked for
        }
        return buffer.flip();
    }

    private static String code(ElementType type) {
        return switch (type) {
            case FLOAT -> "F32";
            case DOUBLE -> "F64";
            case FLOAT16 -> "F16";
            case INT64 -> "I64";
            case INT32 -> "I32";
            default -> throw new IllegalStateException("checkpoints hold no " + type);
        };
    }

    private static ElementType type(String code) throws IOException {
        return switch (code) {
            case "F32" -> ElementType.FLOAT;
            case "F64" -> ElementType.DOUBLE;
            case "F16" -> ElementType.FLOAT16;
            case "I64" -> ElementType.INT64;
            case "I32" -> ElementType.INT32;
            default -> throw new IOException("element type " + code + " is not known");
        };
    }
}
