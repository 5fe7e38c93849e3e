package graft.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The list of the packaged runtime's modules against what the class path asks for; the package itself is built by hand. */
class PackagedModulesTest {
    private static final Path LIST = Path.of("..", "installers", "common", "modules");

    @Test
    void theRuntimeCarriesEveryModuleThatTheLibrariesDeclare() throws IOException {
        Set<String> declared = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .flatMap(PackagedModulesTest::required)
                .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
                .map(Requires::name)
                .filter(PackagedModulesTest::isOfTheJdk)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(declared).contains("java.desktop");
        assertThat(packaged()).containsAll(declared);
    }

    @Test
    void theRuntimeCarriesEveryModuleThatTheProgramUses() throws IOException {
        StringWriter found = new StringWriter();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(found),
                        new PrintWriter(System.err),
                        "-summary",
                        "--ignore-missing-deps",
                        Path.of("target", "classes").toString(),
                        Path.of("..", "engine", "target", "classes").toString());
        assertThat(code).isZero();
        Set<String> used = Arrays.stream(found.toString().split("\\s+"))
                .filter(PackagedModulesTest::isOfTheJdk)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(used).contains("java.base");
        assertThat(packaged()).containsAll(used);
    }

    private static boolean isOfTheJdk(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    private static Set<String> packaged() throws IOException {
        return Files.readAllLines(LIST).stream()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the module descriptor of a jar requires; nothing where it has none. */
    private static Stream<Requires> required(String file) {
        try (JarFile jar = new JarFile(new File(file), false, ZipFile.OPEN_READ, Runtime.version())) {
            JarEntry descriptor = jar.getJarEntry("module-info.class");
            return descriptor == null
                    ? Stream.empty()
                    : ModuleDescriptor.read(jar.getInputStream(descriptor)).requires().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
