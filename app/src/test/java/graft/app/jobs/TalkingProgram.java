package graft.app.jobs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A child process for tests: says many lines, then repeats what it is told until its input ends. */
final class TalkingProgram {
    private TalkingProgram() {}

    public static void main(String[] args) throws IOException {
        int lines = Integer.parseInt(args[0]);
        for (int i = 0; i < lines; i++) {
            System.err.println("line " + i);
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.err.println("told " + line);
            }
        }
        System.out.print("result");
        System.exit(7);
    }
}
