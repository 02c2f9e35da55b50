package dev.atelier.e2e.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.ConditionSet;
import dev.atelier.api.ConditionType;
import dev.atelier.api.VideoGenerator;
import dev.atelier.local.workstation.StrictAdmission;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What serves a model, against an API server; no controller of Deployments plays here. */
class ServingTest {

  @AutoClose private final OperatorBench bench = OperatorBench.open(new StrictAdmission());
  private final Lives lives = new Lives(bench);

  @BeforeEach
  void aRuntime() {
    bench.deployments();
    lives.runtime();
  }

  @Test
  void whatIsServedIsAppliedOnceAndFoundAsItShouldBeByTheNextOperator() {
    lives.served("film");
    until("film", "0 of 1 pods answer");
    bench.quiet();

    bench.restart();
    bench.until("a look", () -> bench.started("VideoGenerator") >= 1);
    bench.quiet();

    assertThat(bench.calls.writes()).isEmpty();
  }

  @Test
  void aStatusOfTheDeploymentIsNewsAndTheSecondLookWritesNothing() {
    var deployment = lives.served("film");
    answers(deployment, 0);
    until("film", "1 of 1 pods answer");
    assertThat(lives.video("film").getStatus().serving().url())
        .isEqualTo("http://film-serve.default.svc/v1");
    bench.quiet();
    bench.calls.forget();

    bench.reconciledAgain("VideoGenerator", () -> answers(deployment, 1));

    assertThat(bench.calls.writes()).isEmpty();
  }

  @Test
  void aChangedSpecHasAStageFileOfItsOwnAndTheOldOneGoes() {
    lives.served("film");
    bench.quiet();
    var before = stageFiles();
    assertThat(before).hasSize(1);

    lives.patchVideo("film", "{\"spec\":{\"serving\":{\"ttlSecondsAfterFinished\":60}}}");

    bench.until("another stage file", () -> !stageFiles().equals(before));
    bench.quiet();
    assertThat(stageFiles()).hasSize(1);
  }

  @Test
  void aServiceDeletedByHandComesBackAndADeploymentToo() {
    lives.served("film");
    bench.until("the Service", () -> service("film").get() != null);
    bench.quiet();

    service("film").delete();
    bench.until("the Service again", () -> service("film").get() != null);
    bench.user.resource(lives.deployment("film").orElseThrow()).delete();

    bench.until("the Deployment again", () -> lives.deployment("film").isPresent());
  }

  @Test
  void aServiceOfSomebodyElseIsLeftAloneAndNamed() {
    bench
        .user
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("film-serve")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", "cinema")
                .addNewPort()
                .withPort(8080)
                .endPort()
                .endSpec()
                .build())
        .create();
    bench.apply(Yaml.served("film"));
    bench.kubelet.end(lives.job("film-evaluate-"), 0, Said.evaluated());

    until("film", "Service film-serve is there already");
    assertThat(lives.deployment("film")).isEmpty();
    assertThat(service("film").get().getSpec().getSelector()).containsOnlyKeys("app");
    assertThat(
            ConditionSet.isTrue(lives.video("film").getStatus().conditions(), ConditionType.Ready))
        .as("the model is published all the same")
        .isTrue();
  }

  @Test
  void withoutItsFieldNothingOfItIsLeft() {
    lives.served("film");
    bench.until("the Service", () -> service("film").get() != null);

    lives.servedNoLonger("film");
    bench.quiet();

    assertThat(service("film").get()).isNull();
    assertThat(stageFiles()).isEmpty();
    assertThat(bench.user.network().v1().networkPolicies().inNamespace("default").list().getItems())
        .extracting(policy -> policy.getMetadata().getName())
        .doesNotContain("film-serve");
  }

  @Test
  void aDeletedResourceEndsWhatServesBeforeItsFilesAreErased() {
    var deployment = lives.served("film");
    bench.user.resource(lives.video("film")).delete();

    var erase = lives.job("film-erase-");
    assertThat(lives.deployment("film")).as("gone first").isEmpty();
    assertThat(erase.getMetadata().getCreationTimestamp())
        .isGreaterThanOrEqualTo(deployment.getMetadata().getCreationTimestamp());
    bench.kubelet.end(erase, 0, Said.done());
    bench.until("gone", () -> lives.video("film") == null);
  }

  private void answers(Deployment deployment, int available) {
    bench
        .user
        .apps()
        .deployments()
        .inNamespace("default")
        .resource(deployment)
        .editStatus(
            found -> {
              found.setStatus(
                  new DeploymentStatusBuilder()
                      .withObservedGeneration(found.getMetadata().getGeneration())
                      .withReplicas(1)
                      .withUpdatedReplicas(1)
                      .withReadyReplicas(1)
                      .withAvailableReplicas(available)
                      .build());
              return found;
            });
  }

  private void until(String name, String said) {
    bench.until(
        name + ": " + said,
        () -> {
          VideoGenerator found = lives.video(name);
          return found.getStatus() != null
              && ConditionSet.find(found.getStatus().conditions(), ConditionType.Serving)
                  .filter(one -> one.getMessage().startsWith(said))
                  .isPresent();
        });
  }

  private List<String> stageFiles() {
    return bench.user.configMaps().inNamespace("default").list().getItems().stream()
        .map(map -> map.getMetadata().getName())
        .filter(map -> map.startsWith("film-serve-"))
        .toList();
  }

  private Resource<Service> service(String name) {
    return bench.user.services().inNamespace("default").withName(name + "-serve");
  }
}
