package graft.ops;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The way to every PyTorch operator that DJL lacks or computes wrongly: expressions of TorchScript text, compiled in
 * memory. A TorchScript archive is a zip with the text of a module and a pickle of its (here: no) attributes.
 * Expressions are compiled once each; calls carry gradients.
 */
public final class TorchScript implements AutoCloseable {
    private final PtNDManager manager;
    /** More than any network has; graphs whose shapes change with each run would otherwise fill the memory. */
    private static final int COMPILED_AT_MOST = 4096;

    private final Map<String, PtSymbolBlock> compiled = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PtSymbolBlock> eldest) {
            if (size() <= COMPILED_AT_MOST) {
                return false;
            }
            eldest.getValue().close();
            return true;
        }
    };

    /** Closed by whoever made it. */
    public TorchScript(NDManager parent) {
        this.manager = (PtNDManager) parent.newSubManager();
    }

    /**
     * Results belong to {@code step}.
     *
     * @param body statements over {@code a}, {@code b}, {@code c}, … that end with a {@code return}
     */
    public NDList call(NDManager step, String body, int results, NDArray... arrays) {
        String key = results + "/" + arrays.length + ":" + body;
        PtSymbolBlock block = compiled.get(key);
        if (block == null) {
            block = compile(body, results, arrays.length);
            compiled.put(key, block);
        }
        NDList list = new NDList(arrays);
        NDList out = IValueUtils.forward(block, list, true);
        // Results follow the first argument's manager, which may be the one of the weights.
        for (NDArray array : out) {
            if (array.getManager() != step) {
                array.attach(step);
            }
        }
        return out;
    }

    /** The same elements, laid out in memory with axis 1 of {@code [n, channels, height, width]} last. */
    NDArray channelsLast(NDManager owner, NDArray array) {
        return call(owner, "return torch.contiguous(a, memory_format=2)", 1, array)
                .head();
    }

    private PtSymbolBlock compile(String body, int results, int arguments) {
        StringBuilder code = new StringBuilder("class Ops(Module):\n  __parameters__ = []\n  __buffers__ = []\n")
                .append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n")
                .append("  def forward(self: __torch__.Ops");
        for (int i = 0; i < arguments; i++) {
            code.append(",\n    ").append((char) ('a' + i)).append(": Tensor");
        }
        String type = results == 1 ? "Tensor" : "Tuple[" + "Tensor, ".repeat(results - 1) + "Tensor]";
        code.append(") -> ")
                .append(type)
                .append(":\n    ")
                .append(body.replace("\n", "\n    "))
                .append("\n");
        try {
            PtSymbolBlock block =
                    JniUtils.loadModule(manager, new ByteArrayInputStream(archive(code.toString())), false, false);
            JniUtils.enableTrainingMode(block);
            return block;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] archive(String code) throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        // Protocol 2: an object of class __torch__.Ops with training = True and no hook.
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.write("c__torch__\nOps\n".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {'q', 0, ')', (byte) 0x81, '}', '('});
        string(pickle, "training");
        pickle.write(new byte[] {'q', 1, (byte) 0x88});
        string(pickle, "_is_full_backward_hook");
        pickle.write(new byte[] {'q', 2, 'N', 'u', 'b', 'q', 3, '.'});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            entry(zip, "ops/data.pkl", pickle.toByteArray());
            entry(zip, "ops/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            entry(zip, "ops/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            // Under an older version operators mean what they meant then: gelu had no tanh form.
            entry(zip, "ops/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static void string(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(new byte[] {'X', (byte) bytes.length, 0, 0, 0});
        out.write(bytes);
    }

    private static void entry(ZipOutputStream zip, String name, byte[] data) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(data);
        entry.setCrc(crc.getValue());
        entry.setSize(data.length);
        entry.setCompressedSize(data.length);
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }

    @Override
    public void close() {
        compiled.values().forEach(PtSymbolBlock::close);
        manager.close();
    }
}
