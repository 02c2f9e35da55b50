package dev.atelier.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The API server's own record of requests. A request is in it before its answer is sent. */
record AuditLog(Path file) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /** Written all the time, or not written at all: who creates a review asks for his rights. */
  private static final Set<String> BESIDES = Set.of("leases", "selfsubjectrulesreviews");

  /**
   * A request.
   *
   * @param subresource such as {@code status}, or empty
   * @param code of the answer
   */
  record Call(
      String user,
      String verb,
      String resource,
      String subresource,
      String name,
      int code,
      Instant received,
      Instant answered) {

    private static Call of(JsonNode event) {
      var object = event.path("objectRef");
      return new Call(
          event.at("/user/username").asText(),
          event.path("verb").asText(),
          object.path("resource").asText(),
          object.path("subresource").asText(),
          object.path("name").asText(),
          event.at("/responseStatus/code").asInt(),
          Instant.parse(event.path("requestReceivedTimestamp").asText()),
          Instant.parse(event.path("stageTimestamp").asText()));
    }

    boolean writes() {
      return WRITES.contains(verb);
    }
  }

  /** All requests of a user, in the order in which they were answered. */
  List<Call> of(String user) {
    try (var lines = Files.lines(file)) {
      return lines
          .map(AuditLog::read)
          .map(Call::of)
          .filter(call -> call.user().equals(user))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The requests of a user that changed something; leases, which are heartbeats, left out. */
  List<Call> writes(String user) {
    return of(user).stream()
        .filter(Call::writes)
        .filter(call -> !BESIDES.contains(call.resource()))
        .toList();
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
