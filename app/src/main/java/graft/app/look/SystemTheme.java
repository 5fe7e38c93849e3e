package graft.app.look;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Whether the desktop is dark, asked in the way of each system; light where it does not say. */
public final class SystemTheme {
    private static final long MILLIS = 300;

    private SystemTheme() {}

    public static Theme now() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return says(List.of("defaults", "read", "-g", "AppleInterfaceStyle"), "dark");
        }
        if (system.contains("windows")) {
            return says(
                    List.of(
                            "reg",
                            "query",
                            "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize",
                            "/v",
                            "AppsUseLightTheme"),
                    "0x0");
        }
        String gtk = System.getenv().getOrDefault("GTK_THEME", "");
        return gtk.toLowerCase(Locale.ROOT).contains("dark")
                ? Theme.DARK
                : says(List.of("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"), "dark");
    }

    private static Theme says(List<String> command, String dark) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(MILLIS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return Theme.LIGHT;
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.toLowerCase(Locale.ROOT).contains(dark) ? Theme.DARK : Theme.LIGHT;
        } catch (IOException e) {
            return Theme.LIGHT; // a system without that program does not say
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Theme.LIGHT;
        }
    }
}
