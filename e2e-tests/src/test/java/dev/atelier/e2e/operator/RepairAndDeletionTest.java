package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.local.workstation.StrictAdmission;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hands that meddle, and resources that go. */
class RepairAndDeletionTest {

  @AutoClose private final OperatorBench bench = OperatorBench.open(new StrictAdmission());
  private final Lives lives = new Lives(bench);

  @BeforeEach
  void aRuntime() {
    lives.runtime();
  }

  @Test
  void aJobDeletedByHandComesBackAsTheSameAttempt() {
    var train = lives.training("ana");
    bench.user.batch().v1().jobs().resource(train).delete();

    bench.until(
        "the Job again",
        () ->
            bench
                .kubelet
                .job(train.getMetadata().getName())
                .filter(job -> !job.getMetadata().getUid().equals(train.getMetadata().getUid()))
                .isPresent());
    assertThat(bench.model("ana").getStatus().run().attempt()).isEqualTo(1);
  }

  @Test
  void aStageFileCannotBeEditedAndComesBackWhenItsPodMissesIt() {
    bench.apply(Yaml.model("ana"));
    var intake = lives.job("ana-intake-");
    var name = intake.getMetadata().getName();
    var file = bench.user.configMaps().inNamespace("default").withName(name);
    assertThatThrownBy(
            () ->
                file.edit(
                    found -> {
                      found.getData().put("stage.yaml", "contract: mine");
                      return found;
                    }))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("immutable");

    file.delete();
    bench.kubelet.hold(intake, "ContainerCreating", "");
    var pod = bench.user.pods().inNamespace("default").withName(name + "-x").get();
    bench.kubelet.event(
        "Pod",
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        "FailedMount",
        "MountVolume.SetUp failed for volume \"stage\" : configmap \"%s\" not found"
            .formatted(name));

    bench.untilModel("ana", "MountFailed");
    bench.until("the stage file again", () -> file.get() != null);
  }

  @Test
  void aQuotaThatRefusesThePodIsSaid() {
    bench.apply(Yaml.model("ana"));
    var intake = lives.job("ana-intake-");
    bench.kubelet.event(
        "Job",
        intake.getMetadata().getName(),
        intake.getMetadata().getUid(),
        "FailedCreate",
        "Error creating: pods \"x\" is forbidden: exceeded quota: studio");

    var model = bench.untilModel("ana", "QuotaPending");
    assertThat(model.getStatus().conditions().toString()).contains("exceeded quota: studio");
  }

  @Test
  void deletionStopsTheJobErasesLeavesAReceiptAndNothingComesBack() {
    var train = lives.training("ana");
    delete("ana");
    var erase = lives.job("ana-erase-");
    assertThat(bench.kubelet.job(train.getMetadata().getName())).isEmpty();
    assertThat(erase.getMetadata().getOwnerReferences()).as("it outlives its owner").isEmpty();
    assertThat(bench.model("ana").getMetadata().getDeletionTimestamp()).isNotNull();

    bench.kubelet.end(erase, 0, Said.done());
    bench.until("gone", () -> bench.model("ana") == null);
    bench.quiet();

    assertThat(bench.kubelet.jobs()).noneMatch(job -> job.getStatus().getConditions().isEmpty());
    bench.until(
        "no erase Job is left",
        () ->
            bench.kubelet.jobs().stream()
                .noneMatch(job -> job.getMetadata().getName().contains("-erase-")));
    assertThat(bench.user.v1().events().inNamespace("default").list().getItems())
        .extracting(Event::getReason)
        .contains("Erased");
  }

  @Test
  void whileAResourceGoesItsDeletedChildrenStayDeleted() {
    lives.training("ana");
    delete("ana");
    var erase = lives.job("ana-erase-");
    bench.quiet();
    bench.calls.forget();
    bench.kubelet.run(erase);
    bench.untilModel("ana", "Erasing");
    bench.reconciledAgain("HeadshotModel", () -> bench.kubelet.touch(erase));

    assertThat(bench.calls.writes()).noneMatch(write -> write.contains("train"));
    assertThat(bench.calls.writes()).noneMatch(write -> write.contains(" jobs "));
  }

  @Test
  void anErasureThatFailsKeepsTheResourceUntilSomeoneForcesIt() {
    lives.published("ana");
    delete("ana");
    bench.kubelet.end(lives.job("ana-erase-"), 42, Said.failed("StorageUnavailable"));
    var stuck = bench.untilModel("ana", "EraseFailed");
    assertThat(stuck.getStatus().conditions().toString()).contains("Stalled");

    lives.patchModel(
        "ana", "{\"metadata\":{\"annotations\":{\"atelier.dev/force-delete\":\"true\"}}}");

    bench.until("gone", () -> bench.model("ana") == null);
    assertThat(bench.user.v1().events().inNamespace("default").list().getItems())
        .anyMatch(
            event ->
                "Warning".equals(event.getType()) && event.getMessage().contains("force-delete"));
    bench.until(
        "no erase Job is left",
        () ->
            bench.kubelet.jobs().stream()
                .noneMatch(job -> job.getMetadata().getName().contains("-erase-")));
  }

  @Test
  void aResourceThatNeverStartedGoesAtOnce() {
    bench.apply(Yaml.model("ana").replace("name: sd15", "name: missing"));
    bench.untilModel("ana", "RuntimeNotFound");
    delete("ana");

    bench.until("gone", () -> bench.model("ana") == null);
    assertThat(bench.kubelet.jobs()).isEmpty();
  }

  @Test
  void picturesAreErasedWithTheirModelAndTheJobCanGoAfterIt() {
    lives.published("ana");
    lives.drawn("suits", "ana");
    delete("ana");
    bench.kubelet.end(lives.job("ana-erase-"), 0, Said.done());
    bench.until("model gone", () -> bench.model("ana") == null);
    bench.kubelet.end(lives.job("suits-erase-r1-"), 0, Said.done());
    var erased = bench.untilGeneration("suits", "ConsentExpired");
    assertThat(erased.getStatus().artifacts()).isEmpty();

    bench.user.resource(erased).delete();
    bench.kubelet.end(lives.job("suits-erase-"), 0, Said.done());

    bench.until("pictures gone", () -> bench.generation("suits") == null);
  }

  @Test
  void theEndOfTheConsentErasesThePicturesAndNothingIsWrittenAfterwards() {
    lives.published("ana");
    lives.drawn("suits", "ana");
    lives.patchModel(
        "ana", "{\"spec\":{\"subject\":{\"consent\":{\"expiresAt\":\"2026-01-02T00:00:00Z\"}}}}");
    bench.kubelet.end(lives.job("suits-erase-r1-"), 0, Said.done());
    bench.untilGeneration("suits", "ConsentExpired");
    bench.kubelet.end(lives.job("ana-erase-r1-"), 0, Said.done());
    bench.untilModel("ana", "ConsentExpired");
    bench.quiet();

    bench.restart();
    bench.until("the job again", () -> bench.started("GenerationJob") >= 1);
    bench.until("the model again", () -> bench.started("HeadshotModel") >= 1);
    bench.quiet();
    assertThat(bench.calls.writes()).isEmpty();
  }

  @Test
  void aFinishedJobDeletesItselfUnlessArgoKeepsIt() {
    lives.published("ana");
    var expiring = "samplesPerPrompt: 2\n  ttlSecondsAfterFinished: 0";
    bench.apply(
        Yaml.generation("kept", "ana")
            .replace("samplesPerPrompt: 2", expiring)
            .replace(
                "namespace: default",
                "namespace: default, annotations: {argocd.argoproj.io/tracking-id: x}"));
    bench.kubelet.end(lives.job("kept-sample-"), 0, Said.drawn());
    bench.apply(Yaml.generation("brief", "ana").replace("samplesPerPrompt: 2", expiring));
    bench.kubelet.end(lives.job("brief-sample-"), 0, Said.drawn());

    bench.kubelet.end(lives.job("brief-erase-"), 0, Said.done());
    bench.until("brief gone", () -> bench.generation("brief") == null);
    bench.quiet();
    assertThat(bench.generation("kept").getMetadata().getDeletionTimestamp()).isNull();
  }

  private void delete(String name) {
    bench.user.resource(bench.model(name)).delete();
  }
}
