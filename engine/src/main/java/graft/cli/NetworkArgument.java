package graft.cli;

import graft.Refusal;
import graft.catalog.NetworkPath;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A network as it is typed: a file, a folder that holds one, or the name of a built-in network. */
final class NetworkArgument implements ITypeConverter<Path> {
    @Override
    public Path convert(String typed) {
        try {
            return NetworkPath.of(Path.of(typed));
        } catch (Refusal e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
