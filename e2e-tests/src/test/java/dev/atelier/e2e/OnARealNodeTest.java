package dev.atelier.e2e;

import static dev.atelier.e2e.RealNode.STUDIO;
import static dev.atelier.e2e.RealNode.SYSTEM;
import static dev.atelier.e2e.RealNode.inStudio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The whole product as it is installed: images, charts, real pods under the restricted Pod Security
 * Standard, a claim and an object store. Run by {@code e2e-tests/on-a-real-node}, as root.
 */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.node", matches = "true")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
final class OnARealNodeTest {

  private static final String MODEL = "HeadshotModel";
  private final RealNode node = RealNode.start();
  private final Story story = new Story(node.admin, STUDIO);

  @BeforeAll
  void furnish() {
    node.furnish();
  }

  @AfterAll
  void close() {
    node.close();
  }

  @Test
  @Order(1)
  void theChartIsInstalledAndUpgradedAndNothingOfTheUsersIsLost() {
    node.installEarlier("src/test/resources/node/chart-before-policies.tgz");
    story.apply(inStudio(Portraits.model("patient", 5), "on-claims"));
    var before = story.get(MODEL, "patient").orElseThrow().at("/metadata/uid").asText();

    node.install("upgrade", "../helm/atelier");
    node.kubectl("-n", SYSTEM, "rollout", "status", "deployment/atelier", "--timeout=120s");

    assertThat(node.helm("test", "atelier", "-n", SYSTEM)).contains("Phase:          Succeeded");
    assertThat(node.helm("history", "atelier", "-n", SYSTEM)).contains("superseded", "deployed");
    var after = story.untilNotReady(MODEL, "patient", "RuntimeNotFound");
    assertThat(after.at("/metadata/uid").asText()).isEqualTo(before);
    story.delete(MODEL, "patient");
    story.untilGone(MODEL, "patient");
  }

  @Test
  @Order(2)
  void photosOnAClaimBecomeAModelThroughARestartOfTheOperatorAndAnEviction() {
    var artifacts = node.claim(STUDIO, "artifacts");
    node.installRuntimes();
    story.apply(inStudio(Portraits.model("ana", 40), "on-claims"));
    var pod = story.runningPod("ana", "train");
    var train = story.jobs("ana", "train").get(0);

    node.kubectl("-n", SYSTEM, "rollout", "restart", "deployment/atelier");
    node.admin.pods().resource(pod).evict();
    var ana = story.untilCondition(MODEL, "ana", "Ready", "True");

    assertThat(story.jobs("ana", "train"))
        .as("the restart started nothing anew")
        .extracting(job -> job.getMetadata().getUid())
        .containsExactly(train.getMetadata().getUid());
    var successor = pods("ana", "train").get(0).getMetadata();
    assertThat(successor.getUid()).isNotEqualTo(pod.getMetadata().getUid());
    assertThat(ana.at("/status/run/attempt").asInt()).isEqualTo(1);
    assertFenced(pod, train);
    assertThat(ana.at("/status/artifacts").findValuesAsText("name"))
        .contains("model", "gallery", "report", "manifest");
    assertThat(files(artifacts)).anyMatch(file -> file.endsWith("manifest.json"));
    assertThat(plugin("status", "ana"))
        .contains("HeadshotModel/ana  Published", "Train     trained 40 steps", "Succeeded")
        .contains("on node-0");
    assertThat(plugin("logs", "ana", "--stage", "train"))
        .contains("==> train, pod " + successor.getName())
        .contains("step");
    assertThat(node.kubectl("-n", STUDIO, "get", "hsm", "ana"))
        .contains("METHOD", "STAGE", "PROGRESS", "READY")
        .contains("LoRA", "Published");

    story.delete(MODEL, "ana");
    story.untilGone(MODEL, "ana");
    assertThat(files(artifacts)).isNotEmpty().allMatch(file -> file.startsWith("receipts/"));
  }

  @Test
  @Order(3)
  void photosInAnObjectStoreBecomeAModelAndPicturesThere() {
    node.applyFile("object-store.yaml");
    node.kubectl("-n", "storage", "wait", "pod/objects", "--for=condition=Ready", "--timeout=60s");
    node.kubectl(
        "-n",
        STUDIO,
        "create",
        "secret",
        "generic",
        "objects",
        "--from-literal=AWS_ACCESS_KEY_ID=" + ObjectStore.USER,
        "--from-literal=AWS_SECRET_ACCESS_KEY=" + ObjectStore.PASSWORD);
    try (var store = new ObjectStore(address("storage", "objects"))) {
      List.of("uploads", "atelier").forEach(store::bucket);
      upload(store);
      story.apply(
          inStudio(Portraits.model("eve", 10), "in-objects")
              .replace(
                  "{pvc: {claimName: some-photos}}",
                  "{s3: {uri: \"s3://uploads/eve/\", credentialsSecretRef: {name: objects}}}"));
      story.apply(inStudio(Portraits.generation("eve-pictures", "eve"), ""));

      var drawn = story.untilCondition("GenerationJob", "eve-pictures", "Complete", "True");

      assertThat(drawn.at("/status/samples/produced").asInt()).isEqualTo(2);
      assertThat(store.keys("atelier"))
          .anyMatch(key -> key.matches("prod/studio/GenerationJob/eve-pictures-.*\\.png"));
      assertThat(uris(drawn)).isNotEmpty().allMatch(uri -> uri.startsWith("s3://atelier/prod/"));
      var policy = node.kubectl("-n", STUDIO, "get", "networkpolicy", "-o", "yaml");
      assertThat(policy).contains("kubernetes.io/metadata.name: storage", "port: 53");

      plugin(
          Map.of(
              "AWS_ACCESS_KEY_ID", ObjectStore.USER, "AWS_SECRET_ACCESS_KEY", ObjectStore.PASSWORD),
          "gallery",
          "eve",
          "--endpoint",
          "http://%s:7070".formatted(address("storage", "objects")));
      assertThat(node.folder().resolve("eve-gallery.html")).content().contains("<html");

      story.delete("GenerationJob", "eve-pictures");
      story.delete(MODEL, "eve");
      story.untilGone(MODEL, "eve");
      story.untilGone("GenerationJob", "eve-pictures");
      assertThat(store.keys("atelier"))
          .isNotEmpty()
          .allMatch(key -> key.startsWith("prod/receipts/"));
    }
  }

  @Test
  @Order(4)
  void aStageWithGpusWaitsForANodeThatHasThem() {
    story.apply(inStudio(Portraits.model("zoe", 5), "on-a-gpu"));
    var waiting = story.untilNotReady(MODEL, "zoe", "Unschedulable");
    assertThat(Story.condition(waiting, "Ready", "message"))
        .contains("Insufficient nvidia.com/gpu");
    assertThat(story.jobs("zoe", "intake")).as("photos are judged without a GPU").hasSize(1);

    gpus(1);
    await("a pod of the training on the node")
        .atMost(Duration.ofMinutes(2))
        .until(
            () ->
                pods("zoe", "train").stream()
                    .anyMatch(one -> "node-0".equals(one.getSpec().getNodeName())));

    var pod = pods("zoe", "train").get(0);
    var resources = pod.getSpec().getContainers().get(0).getResources();
    assertThat(resources.getLimits().get("nvidia.com/gpu").getAmount()).isEqualTo("1");
    story.delete(MODEL, "zoe");
    story.untilGone(MODEL, "zoe");
  }

  private String plugin(String... arguments) {
    return plugin(Map.of(), arguments);
  }

  private String plugin(Map<String, String> environment, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-n", STUDIO));
    return new AtelierPlugin(node.cluster.kubeconfigFile(), node.folder())
        .run(environment, all.toArray(String[]::new));
  }

  /** Restricted as the namespace asks, and more: nothing can be written beside the mounts. */
  private void assertFenced(Pod pod, Job job) {
    var container = pod.getSpec().getContainers().get(0).getSecurityContext();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    var policy =
        node.admin
            .network()
            .v1()
            .networkPolicies()
            .inNamespace(STUDIO)
            .withName(job.getMetadata().getName())
            .require();
    assertThat(policy.getSpec().getEgress()).as("claims only").isEmpty();
    assertThat(policy.getSpec().getPodSelector().getMatchLabels())
        .containsValue(pod.getMetadata().getLabels().get("batch.kubernetes.io/job-name"));
    assertThat(policy.toString()).contains(SYSTEM);
  }

  private void upload(ObjectStore store) {
    var photos = node.claim(STUDIO, "uploads");
    node.copyPhotos(photos);
    files(photos).forEach(file -> store.put("uploads", "eve/" + file, photos.resolve(file)));
  }

  private String address(String namespace, String pod) {
    return node.admin.pods().inNamespace(namespace).withName(pod).require().getStatus().getPodIP();
  }

  private void gpus(int count) {
    node.kubectl(
        "patch",
        "node",
        "node-0",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"capacity\":{\"nvidia.com/gpu\":\"%d\"}}}".formatted(count));
  }

  private List<Pod> pods(String model, String stage) {
    return node.admin
        .pods()
        .inNamespace(STUDIO)
        .withLabel("atelier.dev/headshotmodel", model)
        .withLabel("app.kubernetes.io/component", stage)
        .list()
        .getItems();
  }

  private static List<String> uris(JsonNode resource) {
    return StreamSupport.stream(resource.at("/status/artifacts").spliterator(), false)
        .map(artifact -> artifact.path("uri").asText())
        .toList();
  }

  private static List<String> files(Path folder) {
    try (var found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
