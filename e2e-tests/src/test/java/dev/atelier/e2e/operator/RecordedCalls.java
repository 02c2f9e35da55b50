package dev.atelier.e2e.operator;

import dev.atelier.operator.metrics.ApiCall;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every request of the operator, in RBAC's words. */
final class RecordedCalls implements Interceptor {

  private static final Set<String> READS = Set.of("get", "list", "watch");

  private final Set<ApiCall> verbs = ConcurrentHashMap.newKeySet();
  private final List<String> writes = new CopyOnWriteArrayList<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    var uri = request.uri();
    ApiCall.of(request.method(), uri.getPath(), Objects.requireNonNullElse(uri.getQuery(), ""))
        .ifPresent(
            call -> {
              verbs.add(call);
              if (!READS.contains(call.verb()) && !bookkeeping(call)) {
                writes.add(call.verb() + " " + call.resource() + " " + name(request));
              }
            });
  }

  /** Server-side apply of what does not exist yet needs the verb create as well. */
  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (request.method().equals("PATCH") && response.code() == 201) {
      ApiCall.of("POST", request.uri().getPath(), "").ifPresent(verbs::add);
    }
  }

  /** All that were ever made. */
  Set<ApiCall> verbs() {
    return Set.copyOf(verbs);
  }

  /** Writes since the last {@link #forget}: verb, resource, name. */
  List<String> writes() {
    return List.copyOf(writes);
  }

  void forget() {
    writes.clear();
  }

  private static boolean bookkeeping(ApiCall call) {
    return call.group().equals("authorization.k8s.io") || call.resource().equals("leases");
  }

  /** By the path, or by the body of what is created; events are named by the API server. */
  private static String name(HttpRequest request) {
    if (request.method().equals("POST")) {
      var body = Serialization.unmarshal(request.bodyString(), GenericKubernetesResource.class);
      return Objects.requireNonNullElse(body.getMetadata().getName(), "");
    }
    return request
        .uri()
        .getPath()
        .replaceAll(".*/namespaces/[^/]+/[^/]+/?", "")
        .replaceAll("/status$", "");
  }
}
