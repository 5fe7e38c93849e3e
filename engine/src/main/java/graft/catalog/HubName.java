package graft.catalog;

import graft.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository of a hub that speaks as Hugging Face does: {@code hf:ORG/NAME[@REVISION]}.
 *
 * @param revision a branch, a tag or a commit
 */
public record HubName(String organisation, String name, String revision) {
    private static final String PART = "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?";
    private static final Pattern SPELLED =
            Pattern.compile("hf:(" + PART + ")/(" + PART + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,199}))?");
    private static final String MAIN = "main";

    /** Whether {@code typed} is meant to be one. */
    public static boolean isMeant(String typed) {
        return typed.startsWith("hf:");
    }

    /** @throws Refusal where it is not spelled like one */
    public static HubName of(String typed) {
        Matcher spelled = SPELLED.matcher(typed);
        if (!spelled.matches() || typed.contains("..")) {
            throw new Refusal(typed
                    + " names no repository of a hub. Write hf:ORGANISATION/NAME, or hf:ORGANISATION/NAME@REVISION.");
        }
        return new HubName(spelled.group(1), spelled.group(2), spelled.group(3) == null ? MAIN : spelled.group(3));
    }

    /** "ORG/NAME". */
    public String repository() {
        return organisation + "/" + name;
    }

    @Override
    public String toString() {
        return "hf:" + repository() + (revision.equals(MAIN) ? "" : "@" + revision);
    }
}
