package graft.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graft.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignFileTest {
    @TempDir
    Path folder;

    @Test
    void whatPeopleTakeForANetworkIsCalledByItsName() throws IOException {
        says("version https://git-lfs.github.com/spec/v1\noid sha256:abab\nsize 14246826\n", "a Git LFS pointer");
        says("\n <!DOCTYPE html>\n<html><title>net.onnx</title></html>", "a web page");
        says("\u00ef\u00bb\u00bf<html>", "a web page");
        says("<?xml version=\"1.0\"?>\n<net name=\"x\" version=\"11\">", "an OpenVINO network");
        says("{\"a\": 1}", "a JSON file");
        says("{\"format\": \"x\", \"modelTopology\": {}}", "a TensorFlow.js model");
        says("ir_version: 8\nproducer_name: \"x\"\n", "an ONNX network written as text");
        says("7767517\n75 83\nInput data 0 1 data\n", "an ncnn network");
        says("hello\n", "a text file");
        says("\u0089HDF\r\n\u001a\n\0\0\0", "Keras");
        says("\u001c\0\0\0TFL3\0\0\0\0", "a TensorFlow Lite network");
        says("\u001c\0\0\0ORTM\0\0\0\0", "ONNX Runtime's own format (.ort)");
        says("GGUF\3\0\0\0", "a GGUF file");
        says("\u0080\2}q\0.", "a Python pickle");
        says("\u0002\0\0\0\0\0\0\0{}\0\0", "a safetensors file");
        says("\u0089PNG\r\n\u001a\n", "a picture");
        says("\0".repeat(100), "nothing but zeros");
        says("\b\1\u0012\u0090\1" + "\0".repeat(100), "a TensorFlow SavedModel");
        says("x".repeat(200) + "\0".repeat(57) + "ustar\0", "a tar archive");
    }

    @Test
    void archivesAreToldByWhatTheyHold() throws IOException {
        says(zip("net.onnx"), "a zip archive. Unpack it");
        says(zip("archive/data.pkl"), "a PyTorch checkpoint");
        says(zip("model.weights.h5"), "a Keras model");
        says(zip("x_train.npy"), "a NumPy archive");
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(1);
        }
        says(gzip.toString(StandardCharsets.ISO_8859_1), "compressed with gzip");
    }

    @Test
    void versionsThatNobodyKnowsAreRefused() throws IOException {
        // ir_version, graph with one output y, opset_import with a version (field numbers of onnx.proto)
        says("\b\u0063:\5b\3\n\1yB\2\u0010\21", "version 99 of the ONNX format");
        says("\b\b:\5b\3\n\1yB\2\u0010\u0063", "operator set 99; Graft knows 1 to 26");
        says("\b\b:\5b\3\n\1yB\2\u0010\0", "operator set 0");
        says("\b\b:\5b\3\n\1y", "opset_import");
    }

    @Test
    void foldersAndDevicesAreNoFiles() {
        assertThatThrownBy(() -> OnnxFile.read(folder)).hasMessageContaining("is a folder");
        if (Files.exists(Path.of("/dev/null"))) {
            assertThatThrownBy(() -> OnnxFile.read(Path.of("/dev/null"))).hasMessageContaining("a device or a pipe");
        }
    }

    private static String zip(String entry) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry(entry));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    private void says(String content, String words) throws IOException {
        Path file = folder.resolve("net.onnx");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> OnnxFile.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("net.onnx")
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }
}
