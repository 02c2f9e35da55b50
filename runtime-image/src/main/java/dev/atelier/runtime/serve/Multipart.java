package dev.atelier.runtime.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code multipart/form-data} (RFC 7578), and nothing that deviates from it. */
final class Multipart {

  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("(?:^|;)\\s*name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile(";\\s*filename\\*?=");
  private static final byte[] BLANK = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_PARTS = 64;

  private final byte[] body;
  private final byte[] delimiter;
  private int at;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * A part of a form.
   *
   * @param file whether it is a file
   */
  record Part(String name, boolean file, byte[] content) {

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  /**
   * The parts of a body.
   *
   * @param contentType of the request, with the boundary
   * @throws RequestProblem if it is not such a body
   */
  static List<Part> parts(byte[] body, String contentType) {
    var matched = BOUNDARY.matcher(contentType);
    if (!matched.find()) {
      throw malformed("the Content-Type has no boundary");
    }
    var boundary = Optional.ofNullable(matched.group(1)).orElseGet(() -> matched.group(2));
    return new Multipart(body, boundary).parts();
  }

  private List<Part> parts() {
    var parts = new ArrayList<Part>();
    // The first delimiter has no line before it.
    if (!startsWith(0, Arrays.copyOfRange(delimiter, 2, delimiter.length))) {
      throw malformed("it does not begin with its boundary");
    }
    at = delimiter.length - 2;
    while (!isLast()) {
      if (parts.size() == MOST_PARTS) {
        throw malformed("it has more than %d parts".formatted(MOST_PARTS));
      }
      parts.add(part());
    }
    return parts;
  }

  /** Whether the delimiter that was just read ends the body. */
  private boolean isLast() {
    if (startsWith(at, "--".getBytes(StandardCharsets.US_ASCII))) {
      return true;
    }
    if (!startsWith(at, "\r\n".getBytes(StandardCharsets.US_ASCII))) {
      throw malformed("a boundary is followed by something else than a line's end");
    }
    return false;
  }

  private Part part() {
    int begin = find(BLANK, at, "a part has no headers");
    var headers = new String(body, at, begin - at, StandardCharsets.UTF_8);
    int content = begin + BLANK.length;
    int end = find(delimiter, begin + 2, "it was cut off");
    at = end + delimiter.length;
    var disposition =
        headers
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-disposition:"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("form-data"))
            .findFirst()
            .orElseThrow(() -> malformed("a part has no Content-Disposition: form-data"));
    var name = NAME.matcher(disposition);
    if (!name.find() || name.group(1).isEmpty()) {
      throw malformed("a part has no name");
    }
    return new Part(
        name.group(1),
        FILE.matcher(disposition).find(),
        Arrays.copyOfRange(body, Math.min(content, end), end));
  }

  private int find(byte[] wanted, int from, String problem) {
    for (int i = from; i <= body.length - wanted.length; i++) {
      if (startsWith(i, wanted)) {
        return i;
      }
    }
    throw malformed(problem);
  }

  private boolean startsWith(int from, byte[] wanted) {
    return from + wanted.length <= body.length
        && Arrays.equals(body, from, from + wanted.length, wanted, 0, wanted.length);
  }

  private static RequestProblem malformed(String what) {
    return RequestProblem.badRequest(
        "invalid_form",
        "the body is no multipart/form-data: %s; send JSON, or have a library write the form"
            .formatted(what));
  }
}
