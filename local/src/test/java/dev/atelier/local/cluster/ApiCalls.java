package dev.atelier.local.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the writes of one client. */
final class ApiCalls implements Interceptor {
  private final List<String> writes = new CopyOnWriteArrayList<>();

  KubernetesClient client(EmbeddedCluster cluster) {
    return new KubernetesClientBuilder()
        .withConfig(cluster.config())
        .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor("calls", this))
        .build();
  }

  List<String> writes() {
    return List.copyOf(writes);
  }

  void clear() {
    writes.clear();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!request.method().equals("GET")) {
      writes.add(request.method() + " " + request.uri().getPath());
    }
  }
}
