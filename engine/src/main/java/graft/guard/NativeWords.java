package graft.guard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a native library says of an error, for a user: without places in its source, names of exceptions and stack traces. */
public final class NativeWords {
    private static final int LONGEST = 400;
    private static final Pattern ORT_CODE = Pattern.compile("Error code - \\w+ - message: ");
    private static final Pattern ORT_STATUS = Pattern.compile("\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ");
    private static final Pattern PLACE = Pattern.compile(
            "(?:at )?[\\w./+-]+\\.(?:cc|cpp|cxx|c|h|hpp|cu|cuh|inc):\\d+:? ?(?:[A-Z]\\w*[a-z][A-Z]\\w* (?=\\w))?");
    private static final Pattern EXCEPTION =
            Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error)\\b:? ?|\\b[A-Z]\\w+(?:Exception)\\b:? ?");

    private NativeWords() {}

    public static String of(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? "it does not fit together" : of(message);
    }

    static String of(String message) {
        String text =
                ORT_STATUS.matcher(ORT_CODE.matcher(message).replaceAll("")).replaceAll("");
        // TorchScript tells its own trace first and the error last.
        int last = text.lastIndexOf("RuntimeError: ");
        text = last < 0 ? text : text.substring(last + "RuntimeError: ".length());
        text = before(text, "Exception raised from");
        text = before(text, "\nTraceback of TorchScript");
        text = before(text, "frame #0");
        text = withoutPlaces(text);
        text = EXCEPTION.matcher(text).replaceAll("");
        text = text.replaceAll("\\s+", " ").strip();
        text = text.length() > LONGEST ? text.substring(0, LONGEST) + " …" : text;
        return text.isEmpty() ? "it gave no reason" : text;
    }

    private static String before(String text, String mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    /** Each place is followed by the signature of the function, which ends with its last parenthesis. */
    private static String withoutPlaces(String message) {
        String text = message;
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            int end = endOfSignature(text, place.end());
            text = text.substring(0, place.start()) + text.substring(end);
            place = PLACE.matcher(text);
        }
        return text;
    }

    private static int endOfSignature(String text, int from) {
        int open = text.indexOf('(', from);
        if (open < 0 || !text.substring(from, open).matches("[\\w:<>~&*, =\\[\\]+-]*")) {
            return from;
        }
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
            if (depth == 0) {
                Matcher more = Pattern.compile("\\G(?: const)?(?: \\[with [^\\]]*\\])?(?:::<lambda[^>]*>)? ?")
                        .matcher(text);
                return more.find(i + 1) ? more.end() : i + 1;
            }
        }
        return from;
    }
}
