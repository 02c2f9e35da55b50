package dev.atelier.runtime.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.stage.StageJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What is sent back. */
record Answer(int status, String mediaType, byte[] body) {

  private static final ObjectMapper JSON = StageJson.json();
  private static final String MEDIA_TYPE = "application/json";

  static Answer json(Object value) {
    return json(200, value);
  }

  static Answer of(RequestProblem problem) {
    return json(problem.status(), problem.body());
  }

  static Answer file(String mediaType, byte[] content) {
    return new Answer(200, mediaType, content);
  }

  private static Answer json(int status, Object value) {
    try {
      return new Answer(status, MEDIA_TYPE, JSON.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
