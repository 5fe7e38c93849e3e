import java.nio.ByteBuffer;

/**
 * Runs a command while a thread collects garbage all the time and takes small blocks of native memory: whatever native code
 * still reads after Java has let go of it is soon overwritten.
 */
public final class Disturbed {
    private static final int BLOCKS = 256;

    private Disturbed() {}

    public static void main(String[] arguments) {
        long pause = Long.getLong("disturbed.pause", 5);
        Thread collector = new Thread(() -> {
            ByteBuffer[] taken = new ByteBuffer[BLOCKS];
            while (true) {
                System.gc();
                for (int i = 0; i < BLOCKS; i++) {
                    taken[i] = ByteBuffer.allocateDirect(4).putInt(0, 0);
                }
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        collector.setDaemon(true);
        collector.start();
        graft.cli.Main.main(arguments);
    }
}
