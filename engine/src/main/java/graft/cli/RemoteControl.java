package graft.cli;

import graft.Refusal;
import graft.progress.Event;
import graft.progress.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Lets whoever started the process steer a run by lines on standard input: {@code pause}, {@code continue},
 * {@code enough} (end with the best so far), {@code stop} (end, to be resumed), {@code stay} (go on when the input ends). Without
 * the last the end of the input is a stop: a run must not go on unseen when the window that watched it is gone.
 */
final class RemoteControl implements Progress {
    private final Progress progress;
    private boolean paused;
    private boolean enough;
    private boolean stopped;
    private boolean staying;
    private String unknown;

    private RemoteControl(Progress progress) {
        this.progress = progress;
    }

    static RemoteControl listeningTo(InputStream commands, Progress progress) {
        RemoteControl control = new RemoteControl(progress);
        Thread reader = new Thread(() -> control.follow(commands), "remote-control");
        reader.setDaemon(true);
        reader.start();
        return control;
    }

    private void follow(InputStream commands) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                obey(line.strip());
            }
        } catch (IOException e) {
            progress.note("Standard input cannot be read any more (" + e.getMessage() + "): the run stops.");
        }
        ended();
    }

    private synchronized void ended() {
        paused = paused && !staying; // nobody is left to say that it may go on
        stopped = stopped || !staying;
        notifyAll();
    }

    private synchronized void obey(String command) {
        switch (command) {
            case "pause" -> paused = true;
            case "continue" -> paused = false;
            case "enough" -> enough = true;
            case "stop" -> stopped = true;
            case "stay" -> staying = true;
            default -> unknown = command;
        }
        notifyAll();
    }

    @Override
    public void report(Event event) {
        progress.report(event);
    }

    @Override
    public synchronized boolean isCancelled() {
        if (unknown != null) {
            throw new Refusal("\"" + unknown
                    + "\" came on standard input; --control understands pause, continue, enough, stop" + " and stay.");
        }
        return stopped || progress.isCancelled();
    }

    @Override
    public synchronized boolean isEnoughAsked() {
        return enough;
    }

    @Override
    public synchronized void waitWhilePaused() {
        if (!paused) {
            return;
        }
        progress.stage("paused", 0, 0);
        while (paused && !enough && !stopped && !progress.isCancelled()) {
            try {
                wait(200); // Ctrl-C is a signal, which cannot notify
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        progress.stage("continuing", 0, 0);
    }
}
