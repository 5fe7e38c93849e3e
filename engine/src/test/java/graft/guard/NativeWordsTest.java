package graft.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The messages are those of ONNX Runtime 1.29 and PyTorch 2.7. */
class NativeWordsTest {
    @Test
    void placesInTheSourceOfOnnxRuntimeAreLeftOut() {
        assertThat(NativeWords.of(
                        "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/graph/model.cc:192"
                                + " onnxruntime::Model::Model(onnx::ModelProto&&, const PathString&,"
                                + " const onnxruntime::IOnnxRuntimeOpSchemaRegistryList*, const onnxruntime::ModelOptions&)"
                                + " Unsupported model IR version: 99, max supported IR version: 13\n"))
                .isEqualTo("Unsupported model IR version: 99, max supported IR version: 13");
        assertThat(NativeWords.of("Non-zero status code returned while running Expand node. Status Message:"
                        + " /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/expand.cc:12 virtual"
                        + " onnxruntime::common::Status onnxruntime::Expand<T>::Compute(onnxruntime::OpKernelContext*)"
                        + " const [with T = float] invalid expand shape"))
                .isEqualTo(
                        "Non-zero status code returned while running Expand node. Status Message: invalid expand shape");
    }

    @Test
    void shortPlacesAreLeftOutToo() {
        assertThat(NativeWords.of("Exception during initialization: [ONNXRuntimeError] : 1 : FAIL : upsamplebase.h:548"
                        + " ScalesValidation Scale value should be greater than 0."))
                .isEqualTo("Exception during initialization: Scale value should be greater than 0.");
    }

    @Test
    void tracesOfTorchScriptAreLeftOut() {
        assertThat(NativeWords.of(
                        "The following operation failed in the TorchScript interpreter.\nTraceback of TorchScript, serialized"
                                + " code (most recent call last):\n  File \"code/__torch__.py\", line 7, in forward\n    a: Tensor)"
                                + " -> Tensor:\n    return torch.max_pool2d(a, [2, 2])\n           ~~~~ <--- HERE\nRuntimeError:"
                                + " pad should be at most half of effective kernel size\n"))
                .isEqualTo("pad should be at most half of effective kernel size");
        assertThat(NativeWords.of(
                        "Index is out of range\nException raised from index at /pytorch/aten/Index.cpp:90 (most"
                                + " recent call first):\nframe #0: c10::Error::Error(...)"))
                .isEqualTo("Index is out of range");
    }

    @Test
    void namesOfJavaExceptionsAreLeftOut() {
        assertThat(NativeWords.of("ai.djl.engine.EngineException: no kernel")).isEqualTo("no kernel");
        assertThat(NativeWords.of(new NullPointerException())).isEqualTo("it does not fit together");
    }
}
