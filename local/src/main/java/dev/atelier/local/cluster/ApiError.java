package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** A refusal, carried to the client as the {@code metav1.Status} that kube-apiserver would send. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  private ApiError(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  static ApiError notFound(ResourceType type, String name) {
    String message = "%s \"%s\" not found".formatted(type.qualifiedPlural(), name);
    return new ApiError(404, "NotFound", message, details(type, name));
  }

  static ApiError noSuchResource() {
    return new ApiError(
        404, "NotFound", "the server could not find the requested resource", details());
  }

  static ApiError alreadyExists(ResourceType type, String name) {
    String message = "%s \"%s\" already exists".formatted(type.qualifiedPlural(), name);
    return new ApiError(409, "AlreadyExists", message, details(type, name));
  }

  static ApiError modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static ApiError conflict(ResourceType type, String name, String why) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(type.qualifiedPlural(), name, why);
    return new ApiError(409, "Conflict", message, details(type, name));
  }

  static ApiError applyConflict(ResourceType type, String name, List<String> conflicts) {
    String message =
        conflicts.size() == 1
            ? "Apply failed with 1 conflict: " + conflicts.get(0)
            : "Apply failed with %d conflicts: %s"
                .formatted(conflicts.size(), String.join(", ", conflicts));
    return new ApiError(409, "Conflict", message, details(type, name));
  }

  static ApiError invalid(
      ResourceType type, String name, List<ResourceAdmission.FieldError> errors) {
    String all =
        errors.stream().map(e -> e.field() + ": " + e.message()).collect(Collectors.joining(", "));
    ObjectNode details = details();
    details.put("name", name).put("group", type.group()).put("kind", type.kind());
    for (var error : errors) {
      details
          .withArray("causes")
          .addObject()
          .put("reason", error.reason())
          .put("message", error.message())
          .put("field", error.field());
    }
    String message =
        "%s \"%s\" is invalid: %s"
            .formatted(type.qualifiedKind(), name, errors.size() == 1 ? all : "[" + all + "]");
    return new ApiError(422, "Invalid", message, details);
  }

  static ApiError badRequest(String message) {
    return new ApiError(400, "BadRequest", message, details());
  }

  static ApiError unauthorized() {
    return new ApiError(401, "Unauthorized", "Unauthorized", details());
  }

  static ApiError methodNotAllowed() {
    return new ApiError(
        405,
        "MethodNotAllowed",
        "the server does not allow this method on the requested resource",
        details());
  }

  static ApiError unsupportedMediaType(String type) {
    String message = "the body of the request was in an unknown format: " + type;
    return new ApiError(415, "UnsupportedMediaType", message, details());
  }

  static ApiError expired(long version) {
    return new ApiError(410, "Expired", "too old resource version: " + version, details());
  }

  static ApiError internal(Throwable cause) {
    return new ApiError(500, "InternalError", "Internal error occurred: " + cause, details());
  }

  int code() {
    return code;
  }

  ObjectNode toStatus() {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    status.set("details", details);
    return status.put("code", code);
  }

  private static ObjectNode details() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode details(ResourceType type, String name) {
    return details().put("name", name).put("group", type.group()).put("kind", type.plural());
  }
}
