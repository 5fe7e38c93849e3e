package graft.image;

import graft.data.Encoder;
import graft.files.Json;
import java.util.Map;

/** Pictures as inputs, by a preparation. */
record PreparedPictures(Preprocessing how) implements Encoder {
    @Override
    public Map<String, String> notes() {
        return how.toMetadata();
    }

    @Override
    public String fingerprint() {
        return Json.write(how);
    }
}
