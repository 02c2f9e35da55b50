package dev.atelier.runtime.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is sent back.
 *
 * @param headers by name
 */
record Answer(int status, Map<String, String> headers, byte[] body) {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String TYPE = "Content-Type";
  private static final String CONTENT_RANGE = "Content-Range";
  private static final int PARTIAL = 206;

  static Answer json(Object value) {
    return json(200, Map.of(), value);
  }

  static Answer of(RequestProblem problem) {
    return json(problem.status(), Map.of(), problem.body());
  }

  /**
   * A file, or the part of it that is asked for.
   *
   * @param range the request's header of that name; empty for the whole file
   */
  static Answer file(String mediaType, byte[] content, String range) {
    var extent = Extent.asked(range, content.length);
    if (extent instanceof Extent.Part part) {
      var headers =
          Map.of(
              TYPE,
              mediaType,
              CONTENT_RANGE,
              "bytes %d-%d/%d".formatted(part.first(), part.last(), content.length));
      return new Answer(
          PARTIAL, headers, Arrays.copyOfRange(content, part.first(), part.last() + 1));
    }
    if (extent instanceof Extent.Beyond) {
      var problem = RequestProblem.beyond(range, content.length);
      return json(
          problem.status(), Map.of(CONTENT_RANGE, "bytes */" + content.length), problem.body());
    }
    return new Answer(200, Map.of(TYPE, mediaType, "Accept-Ranges", "bytes"), content);
  }

  private static Answer json(int status, Map<String, String> more, Object value) {
    var headers = new TreeMap<>(more);
    headers.put(TYPE, "application/json");
    try {
      return new Answer(status, headers, JSON.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
