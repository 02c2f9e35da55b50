package dev.atelier.runtime.serve;

import org.jspecify.annotations.Nullable;

/** Why a request is not done, as the protocol tells it. */
public final class RequestProblem extends RuntimeException {

  private static final String INVALID = "invalid_request_error";
  private static final String SERVER = "server_error";

  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;

  private RequestProblem(
      int status, String type, @Nullable String param, @Nullable String code, String message) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  /** A field that cannot be done; the message says what can. */
  public static RequestProblem of(String param, String message) {
    return new RequestProblem(400, INVALID, param, "invalid_value", message);
  }

  /** A prompt that is not drawn. */
  public static RequestProblem contentPolicy(String message) {
    return new RequestProblem(400, INVALID, "prompt", "content_policy", message);
  }

  /** A request that is wrong in none of its fields. */
  static RequestProblem badRequest(String code, String message) {
    return new RequestProblem(400, INVALID, null, code, message);
  }

  static RequestProblem unauthorized(String message) {
    return new RequestProblem(401, INVALID, null, "invalid_api_key", message);
  }

  static RequestProblem notFound(@Nullable String param, String code, String message) {
    return new RequestProblem(404, INVALID, param, code, message);
  }

  static RequestProblem wrongMethod(String message) {
    return new RequestProblem(405, INVALID, null, "method_not_allowed", message);
  }

  static RequestProblem tooLarge(String message) {
    return new RequestProblem(413, INVALID, null, "request_too_large", message);
  }

  /** A part of a file that there is not. */
  static RequestProblem beyond(String range, int length) {
    return new RequestProblem(
        416,
        INVALID,
        null,
        "range_not_satisfiable",
        "Range: %s lies beyond the end, the file has %d bytes".formatted(range, length));
  }

  static RequestProblem tooMany(String message) {
    return new RequestProblem(429, "rate_limit_error", null, "rate_limit_exceeded", message);
  }

  static RequestProblem failed(String message) {
    return new RequestProblem(500, SERVER, null, SERVER, message);
  }

  static RequestProblem unavailable(String message) {
    return new RequestProblem(503, SERVER, null, "unavailable", message);
  }

  int status() {
    return status;
  }

  /** The body that tells of it. */
  Body body() {
    return new Body(new Body.Error(String.valueOf(getMessage()), type, param, code));
  }

  /** {@code {"error": ...}}. */
  record Body(Error error) {
    record Error(String message, String type, @Nullable String param, @Nullable String code) {}
  }
}
