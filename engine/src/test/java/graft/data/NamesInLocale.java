package graft.data;

import graft.image.PictureFiles;
import java.nio.file.Path;

/** Prints the classes of the folder it is started in, each letter as its number. */
final class NamesInLocale {
    private NamesInLocale() {}

    public static void main(String[] args) {
        for (String name : PictureFiles.scan(Path.of("data").toAbsolutePath()).classes()) {
            StringBuilder line = new StringBuilder();
            name.codePoints()
                    .forEach(letter -> line.append(Integer.toHexString(letter)).append(' '));
            System.out.println(line.toString().strip());
        }
    }
}
