package dev.atelier.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.atelier.local.admission.Admission;
import dev.atelier.operator.OperatorVariable;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an installation consists of, from the golden files: no helm is needed. */
class RenderedObjectsTest {

  private static final KubernetesSerialization KINDS = new KubernetesSerialization();

  /** The classes keep what they do not know in a map; without that map they refuse it. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  static {
    List.of(PodMonitor.class, PrometheusRule.class, ServiceMonitor.class)
        .forEach(KINDS::registerKubernetesResource);
  }

  @TestFactory
  Stream<DynamicTest> everyFieldIsOneThatKubernetesKnows() {
    return Chart.ATELIER.examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example,
                    () -> {
                      var objects = Chart.ATELIER.objects(example);
                      assertThat(objects).hasSizeGreaterThan(5);
                      objects.forEach(object -> assertThat(typed(object)).isNotNull());
                    }));
  }

  @Test
  void aMistypedFieldWouldBeFound() {
    var service =
        Chart.documents(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: atelier}
                spec: {ports: [{name: http, port: 8080, targtPort: http}]}
                """)
            .get(0);
    assertThatThrownBy(() -> typed(service)).hasMessageContaining("targtPort");
  }

  @TestFactory
  Stream<DynamicTest> everyPodPassesTheRestrictedStandard() {
    return Chart.ATELIER.examples().stream()
        .map(example -> DynamicTest.dynamicTest(example, () -> restricted(example)));
  }

  @Test
  void everySettingOfTheOperatorIsSetByTheDeployment() {
    var set =
        deployment("default").getSpec().getTemplate().getSpec().getContainers().get(0).getEnv();
    assertThat(set.stream().map(EnvVar::getName).filter(name -> !name.startsWith("JAVA_")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(OperatorVariable.values()).map(OperatorVariable::variable).toList());
  }

  @Test
  void onlyTheOperatorsPodsGetAToken() {
    var account =
        Chart.ATELIER.objects("default").stream()
            .map(RenderedObjectsTest::typed)
            .filter(ServiceAccount.class::isInstance)
            .map(ServiceAccount.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(account.getAutomountServiceAccountToken()).isFalse();
    assertThat(
            deployment("default")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getAutomountServiceAccountToken())
        .isTrue();
  }

  @Test
  void theOperatorsPodsAreNotTakenForStages() {
    assertThat(deployment("ha").getSpec().getTemplate().getMetadata().getLabels())
        .doesNotContainEntry("app.kubernetes.io/managed-by", "atelier");
  }

  @Test
  void anImageIsNamedByItsDigestWhereThereIsOne() {
    var pod = deployment("ha").getSpec().getTemplate().getSpec();
    assertThat(pod.getContainers().get(0).getImage())
        .startsWith("registry.example/team/atelier-operator@sha256:");
    assertThat(pod.getContainers().get(0).getEnv())
        .anySatisfy(
            one ->
                assertThat(one.getValue())
                    .isEqualTo("registry.example/team/atelier-runtime:0.1.0-cuda12.8"));
  }

  @TestFactory
  Stream<DynamicTest> everyRuntimeOfTheExamplesIsAdmitted() {
    var admission = Admission.strict();
    return Chart.RUNTIMES.objects("examples").stream()
        .map(
            runtime ->
                DynamicTest.dynamicTest(
                    runtime.at("/metadata/name").asText(),
                    () -> {
                      assertThat(admission.knows(runtime)).isTrue();
                      assertThat(admission.admit(runtime, null).errors()).isEmpty();
                    }));
  }

  private static void restricted(String example) {
    var pods = Chart.ATELIER.objects(example).stream().flatMap(RenderedObjectsTest::pods).toList();
    assertThat(pods).isNotEmpty();
    for (var pod : pods) {
      var security = pod.getSecurityContext();
      assertThat(security.getRunAsNonRoot()).isTrue();
      assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
      assertThat(pod.getEnableServiceLinks()).isFalse();
      assertThat(pod.getContainers()).isNotEmpty();
      for (var container : pod.getContainers()) {
        var own = container.getSecurityContext();
        assertThat(own.getAllowPrivilegeEscalation()).isFalse();
        assertThat(own.getReadOnlyRootFilesystem()).isTrue();
        assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
        assertThat(container.getResources().getLimits()).containsKey("memory");
      }
    }
  }

  private static Stream<PodSpec> pods(JsonNode object) {
    var typed = typed(object);
    if (typed instanceof Deployment deployment) {
      return Stream.of(deployment.getSpec().getTemplate().getSpec());
    }
    return typed instanceof Pod pod ? Stream.of(pod.getSpec()) : Stream.of();
  }

  private static Deployment deployment(String example) {
    return Chart.ATELIER.objects(example).stream()
        .map(RenderedObjectsTest::typed)
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static HasMetadata typed(JsonNode object) {
    var lenient = KINDS.<Object>unmarshal(object.toString());
    assertThat(lenient)
        .as("kind %s", object.path("kind").asText())
        .isInstanceOf(HasMetadata.class)
        .isNotInstanceOf(GenericKubernetesResource.class);
    try {
      return (HasMetadata) STRICT.treeToValue(object, lenient.getClass());
    } catch (JsonProcessingException e) {
      throw new AssertionError(object.at("/metadata/name") + ": " + e.getOriginalMessage(), e);
    }
  }
}
