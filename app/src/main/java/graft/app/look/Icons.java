package graft.app.look;

import java.util.List;
import javafx.scene.image.Image;

/** The application's icon in the sizes that systems ask for. */
public final class Icons {
    private static final int[] SIZES = {16, 32, 48, 64, 128, 256};

    private Icons() {}

    public static List<Image> all() {
        return java.util.Arrays.stream(SIZES)
                .mapToObj(size -> new Image(Icons.class
                        .getResource("/graft/app/look/graft-" + size + ".png")
                        .toExternalForm()))
                .toList();
    }
}
