package graft.cli;

import graft.files.Json;
import graft.files.NativeLibraries;
import graft.guard.Guard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * Runs many commands in one process, for {@code bench/hostile.py}: each line of standard input is a JSON list of arguments, each
 * answer a JSON object on one line. Starting Java anew for thousands of small files would take hours.
 */
public final class HostileDriver {
    private HostileDriver() {}

    record Answer(int code, long millis, String out, String err) {}

    public static void main(String[] args) throws InterruptedException {
        NativeLibraries.announce();
        Guard.mayEndThisProcess();
        PrintStream answers = System.out;
        System.setOut(System.err);
        Thread command = new Thread(null, () -> follow(answers), "command", 256L << 20);
        command.start();
        command.join();
        System.exit(0);
    }

    private static void follow(PrintStream answers) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                StringWriter out = new StringWriter();
                // What the guard says before it ends the process must be seen at once.
                PrintWriter err = new PrintWriter(System.err, true);
                StringWriter said = new StringWriter();
                long start = System.nanoTime();
                int code = Main.run(new PrintWriter(out), both(err, said), Json.read(line, String[].class));
                answers.println(Json.write(
                        new Answer(code, (System.nanoTime() - start) / 1_000_000, out.toString(), said.toString())));
                answers.flush();
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private static PrintWriter both(PrintWriter one, StringWriter other) {
        return new PrintWriter(
                new java.io.FilterWriter(one) {
                    @Override
                    public void write(char[] text, int from, int length) throws IOException {
                        super.write(text, from, length);
                        other.write(text, from, length);
                    }

                    @Override
                    public void write(String text, int from, int length) throws IOException {
                        super.write(text, from, length);
                        other.write(text, from, length);
                    }

                    @Override
                    public void write(int c) throws IOException {
                        super.write(c);
                        other.write(c);
                    }
                },
                true);
    }
}
