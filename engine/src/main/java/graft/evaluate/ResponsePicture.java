package graft.evaluate;

import graft.evaluate.LayerResponse.Channel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/** What a layer gives as one picture: its channels side by side, each from its least value (black) to its largest (white). */
public final class ResponsePicture {
    private static final int ACROSS = 4;
    /** Maps of few numbers are drawn larger, by whole times. */
    private static final int SIDE = 128;

    private static final int LEVELS = 255;
    private static final int GAP = 4;

    private ResponsePicture() {}

    /** Writes a PNG file. */
    public static void write(LayerResponse response, Path file) {
        Pictures.write(of(response.strongest()), file);
    }

    static BufferedImage of(List<Channel> channels) {
        Channel first = channels.get(0);
        int times = Math.max(1, SIDE / Math.max(first.width(), first.height()));
        // A strip of tokens is as thin as one number: high enough to be seen.
        int high = first.height() == 1 ? SIDE / ACROSS : first.height() * times;
        int wide = first.width() * times;
        int across = first.height() == 1 ? 1 : Math.min(ACROSS, channels.size());
        int down = (channels.size() + across - 1) / across;
        BufferedImage out =
                new BufferedImage(across * (wide + GAP) + GAP, down * (high + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, out.getWidth(), out.getHeight());
        for (int i = 0; i < channels.size(); i++) {
            graphics.drawImage(
                    map(channels.get(i)),
                    GAP + i % across * (wide + GAP),
                    GAP + i / across * (high + GAP),
                    wide,
                    high,
                    null);
        }
        graphics.dispose();
        return out;
    }

    private static BufferedImage map(Channel channel) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : channel.values()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        BufferedImage out = new BufferedImage(channel.width(), channel.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < channel.values().length; i++) {
            double share = most > least ? (channel.values()[i] - least) / (most - least) : 0;
            int grey = (int) Math.round(share * LEVELS);
            out.setRGB(i % channel.width(), i / channel.width(), grey << 16 | grey << 8 | grey);
        }
        return out;
    }
}
