package dev.atelier.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.HeadshotModel;
import dev.atelier.operator.shared.UnknownValues;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

class KubernetesClientsTest {

  private static final String MODEL =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: ana}
      spec:
        runtimeRef: {name: sd15}
        training: {method: LoRA}
      status:
        run: {id: r1, adjustments: [HalfBatch]}
      """;

  @Test
  void aResourceOfThisReleaseHasNoUnknownValues() {
    assertThat(UnknownValues.of(read(MODEL))).isEmpty();
  }

  @Test
  void anUnknownFieldIsSkipped() {
    var newer = read(MODEL.replace("method: LoRA", "method: LoRA, tempo: 3"));

    assertThat(newer.getSpec().runtimeRef().name()).isEqualTo("sd15");
    assertThat(UnknownValues.of(newer)).isEmpty();
  }

  @Test
  void anUnknownMethodIsNamedAndNotTakenForTheDefault() {
    var newer = read(MODEL.replace("method: LoRA", "method: Hologram"));

    assertThat(UnknownValues.of(newer))
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .contains("spec.training.method 'Hologram'")
                    .contains("upgrade the operator"));
  }

  @Test
  void anUnknownValueInAListIsNamedToo() {
    var newer =
        read(MODEL.replace("method: LoRA", "method: LoRA, lora: {targets: [Attention, Gate]}"));

    assertThat(newer.getSpec().training().lora().targets()).hasSize(1);
    assertThat(UnknownValues.of(newer)).hasValueSatisfying(m -> assertThat(m).contains("'Gate'"));
  }

  @Test
  void anUnknownValueInAStatusKeepsNobodyFromStarting() {
    assertThat(UnknownValues.of(read(MODEL.replace("HalfBatch", "QuarterBatch")))).isEmpty();
  }

  @Test
  void whoAppliedWhichFieldsIsNotKept() {
    var applied =
        read(
            MODEL.replace(
                "metadata: {name: ana}",
                "metadata: {name: ana, managedFields: [{manager: kubectl, operation: Apply, fieldsType: FieldsV1, fieldsV1: {\"f:spec\": {}}}]}"));

    assertThat(applied.getMetadata().getName()).isEqualTo("ana");
    assertThat(applied.getMetadata().getManagedFields()).isEmpty();
    assertThat(applied.getMetadata().getAdditionalProperties()).isEmpty();
    assertThat(KubernetesClients.serialization().asYaml(applied)).doesNotContain("managedFields");
  }

  @Test
  void ofPodsAndJobsTheOperatorKeepsWhatItLooksAtAndWritesThemWhole() {
    var lean = KubernetesClients.leanSerialization();

    var pod =
        lean.unmarshal(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: ana-train, labels: {app: atelier}}
            spec: {containers: [{name: runtime, image: runtime}]}
            status:
              phase: Running
              containerStatuses:
              - {name: runtime, volumeMounts: [{name: work, mountPath: /work}], restartCount: 2}
            """,
            Pod.class);
    assertThat(pod.getSpec()).isNull();
    assertThat(pod.getAdditionalProperties()).isEmpty();
    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    var container = pod.getStatus().getContainerStatuses().get(0);
    assertThat(container.getVolumeMounts()).isEmpty();
    assertThat(container.getRestartCount()).isEqualTo(2);

    var template =
        new JobBuilder()
            .withNewMetadata()
            .withName("ana-train")
            .endMetadata()
            .withNewSpec()
            .withCompletions(2)
            .withNewTemplate()
            .withNewSpec()
            .addNewContainer()
            .withName("runtime")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    var written = lean.asJson(template);
    assertThat(written).contains("\"template\"", "\"runtime\"");
    var read = lean.unmarshal(written, Job.class);
    assertThat(read.getSpec().getTemplate()).isNull();
    assertThat(read.getSpec().getAdditionalProperties()).isEmpty();
    assertThat(read.getSpec().getCompletions()).isEqualTo(2);
  }

  @Test
  void whatManyResourcesSayIsKeptOnce() {
    var lean = KubernetesClients.leanSerialization();
    var one = lean.unmarshal(JOB, Job.class);
    var other = lean.unmarshal(JOB.replace("ana", "ben"), Job.class);

    assertThat(other.getMetadata().getName()).isEqualTo("ben-train");
    assertThat(other.getKind()).isSameAs(one.getKind());
    assertThat(other.getMetadata().getLabels().get("part"))
        .as("a value in a map")
        .isEqualTo("atelier")
        .isSameAs(one.getMetadata().getLabels().get("part"));
    assertThat(other.getMetadata().getFinalizers().get(0))
        .as("a value in a list")
        .isEqualTo("tracking")
        .isSameAs(one.getMetadata().getFinalizers().get(0));
    assertThat(other.getStatus().getConditions().get(0).getMessage()).isNull();
  }

  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: ana-train, labels: {part: atelier}, finalizers: [tracking]}
      status: {conditions: [{type: Complete, status: "True", message: null}]}
      """;

  private static HeadshotModel read(String yaml) {
    return KubernetesClients.serialization().unmarshal(yaml, HeadshotModel.class);
  }
}
