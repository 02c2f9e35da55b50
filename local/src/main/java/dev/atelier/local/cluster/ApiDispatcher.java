package dev.atelier.local.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTP to verbs: the token first, then discovery, reviews, watches and resources. */
final class ApiDispatcher extends Dispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

  private final byte[] authorization;
  private final ResourceApi api;
  private final Discovery discovery;
  private final Watches watches;

  ApiDispatcher(String token, ResourceApi api, Discovery discovery, Watches watches) {
    this.authorization = bytes("Bearer " + token);
    this.api = api;
    this.discovery = discovery;
    this.watches = watches;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    try {
      if (!MessageDigest.isEqual(authorization, bytes(header(request, "authorization")))) {
        throw ApiError.unauthorized();
      }
      return answer(request);
    } catch (ApiError e) {
      return json(e.code(), e.toStatus());
    } catch (RuntimeException e) {
      LOG.warn("{} failed", request.getRequestLine(), e);
      return json(500, ApiError.internal(e).toStatus());
    }
  }

  private MockResponse answer(RecordedRequest http) {
    String body = Objects.requireNonNullElse(http.getUtf8Body(), "");
    Optional<ApiRequest> parsed =
        ApiRequest.parse(http.getMethod(), http.getPath(), header(http, "content-type"), body);
    if (parsed.isEmpty()) {
      String path = http.getPath().replaceAll("\\?.*", "");
      return json(200, discovery.get(path).orElseThrow(ApiError::noSuchResource));
    }
    ApiRequest request = parsed.get();
    if (request.group().equals("authorization.k8s.io")) {
      return json(201, AccessReviews.answer(Json.parseObject(body)));
    }
    if (request.method().equals("GET") && request.flag("watch")) {
      ResourceType type = api.type(request);
      return new MockResponse()
          .withWebSocketUpgrade(
              watches.watch(
                  api.keys(type, request),
                  api.selector(request),
                  request.param("resourceVersion")));
    }
    ResourceApi.Answer answer = api.handle(request);
    MockResponse response = json(answer.code(), answer.body());
    answer.warnings().forEach(w -> response.addHeader("Warning", "299 - \"" + w + "\""));
    return response;
  }

  private static MockResponse json(int code, ObjectNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }

  private static String header(RecordedRequest request, String name) {
    return Objects.requireNonNullElse(request.getHeader(name), "");
  }

  private static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }
}
