package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.atelier.runtime.video.VideoReader;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model behind an HTTP API: the real Deployment controller, pods that are processes. */
@OnKubernetes
final class ServingOnKubernetesTest {

  private static final String KIND = "VideoGenerator";

  private static ControlPlane plane;
  private static Story story;

  @BeforeAll
  static void aVideoModelInAClaim() throws IOException {
    plane = KubernetesControlPlane.on(TestCluster.start());
    story = new Story(plane.client());
    plane.provideVolumes();
    story.claim("wan");
    Footage.model(plane.freshVolume("wan"));
    story.apply(Footage.runtime("tiny-wan", "wan"));
  }

  @AfterAll
  static void stopTheControlPlane() {
    plane.close();
  }

  @Test
  void aModelIsServedByTwoPodsOfWhichAnyAnswersUntilItIsDeleted(@TempDir Path downloads)
      throws Exception {
    story.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: studio, namespace: default}
        stringData: {API_KEY: open sesame}
        """);
    story.apply(
        """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: studio, namespace: default}
        spec:
          runtimeRef: {name: tiny-wan}
          evaluation:
            prompts: [{name: cat, text: "a photo of a red cat"}]
            sampler: {steps: 1, width: 64, height: 32}
            video: {frames: 5}
          serving: {replicas: 2, apiKeySecretRef: {name: studio}}
        """);

    var served = story.untilCondition(KIND, "studio", "Serving", "True");
    assertThat(Story.condition(served, "Ready", "status")).isEqualTo("True");
    assertThat(served.at("/status/serving/url").asText())
        .isEqualTo("http://studio-serve.default.svc/v1");
    assertThat(served.at("/status/serving/replicas").asInt()).isEqualTo(2);
    assertThat(plane.client().services().inNamespace("default").withName("studio-serve").get())
        .isNotNull();

    var pods = pods("studio");
    var one = client(pods.get(0), "open sesame");
    var other = client(pods.get(1), "open sesame");
    var stranger = client(pods.get(0), "a guess");
    assertThat(stranger.videos().statusCode()).isEqualTo(401);
    var asked = one.ask("{\"prompt\": \"rain falls on a street\", \"size\": \"64x48\"}");
    var drawn = other.finished(asked.path("id").asText());
    assertThat(drawn.path("status").asText()).as(drawn.toString()).isEqualTo("completed");
    var clip = other.download(drawn.path("id").asText(), downloads.resolve("rain.mp4"));
    try (var reader = VideoReader.open(clip)) {
      assertThat(reader.traits().width()).isEqualTo(64);
      assertThat(reader.traits().height()).isEqualTo(48);
    }

    aPodThatIsDeletedLeavesItsRequestToTheOther(pods.get(0), one, other);

    var files = plane.volume("artifacts").resolve("default/VideoGenerator");
    story.patchSpec(KIND, "studio", "{\"suspend\": true}");
    await("no pod while suspended").atMost(Story.PATIENCE).until(() -> pods("studio").isEmpty());
    var suspended = story.untilCondition(KIND, "studio", "Serving", "False");
    assertThat(Story.condition(suspended, "Serving", "reason")).isEqualTo("Suspended");
    assertThat(files).isNotEmptyDirectory();

    story.patchSpec(KIND, "studio", "{\"suspend\": false, \"serving\": {\"replicas\": 1}}");
    story.untilCondition(KIND, "studio", "Serving", "True");
    var back = client(pods("studio").get(0), "open sesame");
    assertThat(back.video(drawn.path("id").asText()).path("status").asText())
        .as("what was drawn before is still there")
        .isEqualTo("completed");

    story.delete(KIND, "studio");
    story.untilGone(KIND, "studio");
    assertThat(pods("studio")).isEmpty();
    assertThat(files)
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  /** The one that is told to stop gives back what it was drawing. */
  private static void aPodThatIsDeletedLeavesItsRequestToTheOther(
      Pod pod, ServedModel leaving, ServedModel staying) throws Exception {
    var steps = "{\"prompt\": \"snow falls on a hill\", \"num_inference_steps\": 50, \"seed\": %d}";
    var asked =
        List.of(
            leaving.ask(steps.formatted(1)).path("id").asText(),
            leaving.ask(steps.formatted(2)).path("id").asText());
    plane.client().resource(pod).delete();
    for (var id : asked) {
      assertThat(staying.finished(id).path("status").asText()).isEqualTo("completed");
    }
    story.until(
        "two pods again",
        KIND,
        "studio",
        found -> found.at("/status/serving/replicas").asInt() == 2);
  }

  private static ServedModel client(Pod pod, String key) {
    return new ServedModel("http://%s:8000".formatted(pod.getStatus().getPodIP()), key);
  }

  private static List<Pod> pods(String generator) {
    return plane
        .client()
        .pods()
        .inNamespace("default")
        .withLabel("atelier.dev/serving", generator)
        .list()
        .getItems();
  }
}
