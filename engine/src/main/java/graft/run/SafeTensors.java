package graft.run;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Named tensors and notes in one file of the safetensors format: length of the header (8 bytes, little-endian), header as
 * JSON, elements. See the format's description at Hugging Face.
 *
 * @param notes text by key
 */
record SafeTensors(Map<String, String> notes, Map<String, Tensor> tensors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LARGEST_HEADER = 100_000_000;
    /** CRC-32C of the header, with noughts in this place, and of the elements. */
    private static final String CHECKSUM_KEY = "graft.crc32c";

    private static final int PIECE = 1 << 20;
    private static final String NO_CHECKSUM = "00000000";
    private static final Pattern CHECKSUM = Pattern.compile("\"" + Pattern.quote(CHECKSUM_KEY) + "\":\"(.{8})\"");
    /** What stands in the place of a checksum, at the end of the notes, under a key as long: the key is damaged. */
    private static final Pattern UNDER_ANOTHER_KEY =
            Pattern.compile("\"[^\"]{" + CHECKSUM_KEY.length() + "}\":\"[0-9a-f]{8}\"\\}");

    void write(Path file) {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode metadata = header.putObject("__metadata__");
        notes.forEach(metadata::put);
        metadata.put(CHECKSUM_KEY, NO_CHECKSUM);
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
        CRC32C crc = new CRC32C();
        crc.update(text);
        tensors.values().forEach(tensor -> crc.update(tensor.bytes()));
        write(digits(crc), text, placeOfChecksum(text));
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

    private static String digits(CRC32C crc) {
        return String.format("%08x", crc.getValue());
    }

    private static void write(String digits, byte[] header, int place) {
        byte[] ascii = digits.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, place, ascii.length);
    }

    /** Where the eight digits stand in a header; −1 where it has none. */
    private static int placeOfChecksum(byte[] header) {
        // A byte each, so that places in the text are those in the bytes.
        String text = new String(header, StandardCharsets.ISO_8859_1);
        Matcher found = CHECKSUM.matcher(text);
        return found.find() ? found.start(1) : -1;
    }

    /**
     * @throws IOException saying what is wrong with the file
     */
    static SafeTensors read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long headerLength = read(channel, 0, 8, size).getLong();
            if (headerLength < 2 || headerLength > LARGEST_HEADER) {
                throw new IOException("its header is damaged");
            }
            byte[] text = read(channel, 8, headerLength, size).array();
            compare(text, channel, 8 + headerLength);
            return parse(new String(text, StandardCharsets.UTF_8), channel, 8 + headerLength, size);
        } catch (JsonProcessingException | IndexOutOfBoundsException | NullPointerException e) {
            throw new IOException("its header is damaged", e);
        }
    }

    /** Files of earlier versions have no checksum. */
    private static void compare(byte[] header, FileChannel channel, long data) throws IOException {
        int place = placeOfChecksum(header);
        if (place < 0) {
            if (UNDER_ANOTHER_KEY
                    .matcher(new String(header, StandardCharsets.ISO_8859_1))
                    .find()) {
                throw new IOException("its header is damaged");
            }
            return;
        }
        byte[] blank = header.clone();
        write(NO_CHECKSUM, blank, place);
        CRC32C crc = new CRC32C();
        crc.update(blank);
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long at = data;
        for (int got = channel.read(piece, at); got > 0; got = channel.read(piece.clear(), at)) {
            crc.update(piece.flip());
            at += got;
        }
        if (!digits(crc).equals(new String(header, place, NO_CHECKSUM.length(), StandardCharsets.ISO_8859_1))) {
            throw new IOException("it is not as it was written");
        }
    }

    private static SafeTensors parse(String text, FileChannel channel, long data, long size) throws IOException {
        Map<String, String> notes = new LinkedHashMap<>();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : JSON.readTree(text).properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(e -> notes.put(e.getKey(), e.getValue().asText()));
                continue;
            }
            JsonNode offsets = field.getValue().get("data_offsets");
            long begin = offsets.get(0).asLong();
            ByteBuffer elements = read(channel, data + begin, offsets.get(1).asLong() - begin, size);
            JsonNode dims = field.getValue().get("shape");
            long[] shape = new long[dims.size()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = dims.get(i).asLong();
            }
            ElementType type = type(field.getValue().get("dtype").asText());
            try {
                tensors.put(field.getKey(), Tensor.ofBytes(field.getKey(), type, shape, elements));
            } catch (Refusal e) {
                throw new IOException("its header is damaged", e);
            }
        }
        return new SafeTensors(notes, tensors);
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
            case UINT8 -> "U8";
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
            case "U8" -> ElementType.UINT8;
            default -> throw new IOException("element type " + code + " is not known");
        };
    }
}
