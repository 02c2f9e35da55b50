package dev.atelier.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.atelier.operator.job.Labels;
import dev.atelier.operator.shared.UnknownValues;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Objects;

/** Clients that survive resources of a newer version. */
public final class KubernetesClients {

  /** By which the API server's logs and metrics and the fields' owners name the operator. */
  private static final String USER_AGENT =
      Labels.ATELIER
          + "/"
          + Objects.requireNonNullElse(
              KubernetesClients.class.getPackage().getImplementationVersion(), "development");

  private KubernetesClients() {}

  /**
   * A client whose informers read on when a resource has a field or a value that this version does
   * not know: one such resource must not stop the work for all others.
   */
  public static KubernetesClient tolerant(Config config) {
    return builder(config, serialization()).build();
  }

  /**
   * The operator's own: of pods and Jobs it reads what it looks at and no more, for its informers
   * keep them all. It writes Jobs whole.
   *
   * @param interceptors by their names
   */
  public static KubernetesClient lean(Config config, Map<String, Interceptor> interceptors) {
    return builder(config, leanSerialization())
        .withHttpClientBuilderConsumer(http -> interceptors.forEach(http::addOrReplaceInterceptor))
        .build();
  }

  /** The serialization of {@link #tolerant}, for clients built elsewhere. */
  public static KubernetesSerialization serialization() {
    return new KubernetesSerialization(mapper(), true);
  }

  private static KubernetesClientBuilder builder(
      Config config, KubernetesSerialization serialization) {
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(config).withUserAgent(USER_AGENT).build())
        .withKubernetesSerialization(serialization)
        .withHttpClientFactory(new ChaChaFirst(config.getTlsVersions()));
  }

  static KubernetesSerialization leanSerialization() {
    var mapper =
        mapper()
            .registerModule(
                new SimpleModule("shared strings")
                    .addDeserializer(String.class, new SharedStrings()))
            .addMixIn(Pod.class, WithoutSpec.class)
            .addMixIn(ContainerStatus.class, WithoutMounts.class)
            .addMixIn(JobSpec.class, WithTemplateToWrite.class);
    return new KubernetesSerialization(mapper, true);
  }

  private static ObjectMapper mapper() {
    return new ObjectMapper()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .addHandler(UnknownValues.handler())
        .registerModule(UnknownValues.module())
        .addMixIn(ObjectMeta.class, WithoutManagedFields.class)
        // An unknown value in a list leaves no hole: lists of records hold no null.
        .setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP));
  }

  /**
   * Who applied which fields is for the API server alone to know. In the objects that informers
   * keep it would take more memory than all the rest.
   */
  @JsonIgnoreProperties("managedFields")
  private interface WithoutManagedFields {}

  /** Whose pod it is and how it goes stands in its metadata and status. */
  @JsonIgnoreProperties("spec")
  private interface WithoutSpec {}

  @JsonIgnoreProperties({"volumeMounts", "resources", "allocatedResources", "user"})
  private interface WithoutMounts {}

  /** What pods a Job makes is for the Job controller. */
  @JsonIgnoreProperties(
      value = {"template", "podFailurePolicy", "selector"},
      allowGetters = true)
  private interface WithTemplateToWrite {}
}
