package graft.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.net.URL;
import java.util.Set;

/** What of Java speaks to other machines. */
final class OpenDoors {
    private static final Set<String> SPEAKERS = Set.of(
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.MulticastSocket",
            "java.net.URLConnection",
            "java.net.HttpURLConnection",
            "java.nio.channels.SocketChannel",
            "java.nio.channels.ServerSocketChannel",
            "java.nio.channels.DatagramChannel",
            "java.nio.channels.AsynchronousSocketChannel",
            "java.nio.channels.AsynchronousServerSocketChannel");

    static final DescribedPredicate<JavaClass> TYPES = describe(
            "speak to other machines",
            type -> SPEAKERS.contains(type.getName())
                    || type.getPackageName().startsWith("java.net.http")
                    || type.getPackageName().startsWith("javax.net")
                    || type.getPackageName().startsWith("java.rmi"));

    /** A URL opens what it names, and those that take one open it. */
    static final DescribedPredicate<JavaMethodCall> CALLS = describe(
            "open an address",
            call -> call.getTargetOwner().isEquivalentTo(URL.class)
                            && (call.getName().startsWith("open")
                                    || call.getName().equals("getContent"))
                    || call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(URL.class))
                            && call.getTargetOwner().getPackageName().startsWith("javax.imageio"));

    private OpenDoors() {}
}
