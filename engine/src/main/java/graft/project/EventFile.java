package graft.project;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Scalars as TensorBoard reads them: records of TensorFlow's (length, checksum, data, checksum), each an {@code Event} of
 * {@code event.proto}. The few fields are written by hand; the classes of TensorFlow are hundreds of megabytes.
 */
final class EventFile {
    /** {@code masked_crc} of TensorFlow's {@code record_writer.cc}. */
    private static final int MASK = 0xa282ead8;

    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    /** @param seconds since 1970 */
    EventFile(double seconds) {
        Message event = new Message();
        event.fixed64(WALL_TIME, Double.doubleToLongBits(seconds));
        event.bytes(FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        record(event.toByteArray());
    }

    void add(double seconds, long step, String tag, double value) {
        Message scalar = new Message(); // Summary.Value: tag = 1, simple_value = 2
        scalar.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
        scalar.fixed32(2, Float.floatToIntBits((float) value));
        Message summary = new Message(); // Summary: value = 1
        summary.bytes(1, scalar.toByteArray());
        Message event = new Message();
        event.fixed64(WALL_TIME, Double.doubleToLongBits(seconds));
        event.varint(STEP, step);
        event.bytes(SUMMARY, summary.toByteArray());
        record(event.toByteArray());
    }

    void writeTo(OutputStream out) throws IOException {
        records.writeTo(out);
    }

    private void record(byte[] data) {
        byte[] length = little(8).putLong(data.length).array();
        records.writeBytes(length);
        records.writeBytes(little(4).putInt(checksum(length)).array());
        records.writeBytes(data);
        records.writeBytes(little(4).putInt(checksum(data)).array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    /** Fields on the wire of Protocol Buffers. */
    private static final class Message extends ByteArrayOutputStream {
        void varint(int field, long value) {
            number(field << 3);
            number(value);
        }

        void fixed64(int field, long bits) {
            number(field << 3 | 1);
            writeBytes(little(8).putLong(bits).array());
        }

        void bytes(int field, byte[] content) {
            number(field << 3 | 2);
            number(content.length);
            writeBytes(content);
        }

        void fixed32(int field, int bits) {
            number(field << 3 | 5);
            writeBytes(little(4).putInt(bits).array());
        }

        private void number(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                write((int) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            write((int) left);
        }
    }
}
