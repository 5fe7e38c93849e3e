package graft.worker;

import graft.rewrite.Fp32Converter;
import java.nio.file.Path;

/** Makes an fp32 network of {@code file}. */
public record Conversion(Path file, Path out) implements Work.Plan {

    Fp32Converter.Result run() {
        return Fp32Converter.run(new Fp32Converter.Plan(file, out));
    }
}
