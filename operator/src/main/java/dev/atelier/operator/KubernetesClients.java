package dev.atelier.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atelier.operator.shared.UnknownValues;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;

/** Clients that survive resources of a newer version. */
public final class KubernetesClients {

  private KubernetesClients() {}

  /**
   * A client whose informers read on when a resource has a field or a value that this version does
   * not know: one such resource must not stop the work for all others.
   */
  public static KubernetesClient tolerant(Config config) {
    return tolerant(config, Map.of());
  }

  /** The same with interceptors, by their names. */
  public static KubernetesClient tolerant(Config config, Map<String, Interceptor> interceptors) {
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withKubernetesSerialization(serialization())
        .withHttpClientBuilderConsumer(http -> interceptors.forEach(http::addOrReplaceInterceptor))
        .build();
  }

  /** The serialization of {@link #tolerant}, for clients built elsewhere. */
  public static KubernetesSerialization serialization() {
    var mapper =
        new ObjectMapper()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addHandler(UnknownValues.handler())
            .registerModule(UnknownValues.module())
            .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
            // An unknown value in a list leaves no hole: lists of records hold no null.
            .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP));
    return new KubernetesSerialization(mapper, true);
  }

  /**
   * Who applied which fields is for the API server alone to know. In the objects that informers
   * keep it would take more memory than all the rest.
   */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}
}
