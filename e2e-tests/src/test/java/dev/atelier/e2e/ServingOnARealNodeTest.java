package dev.atelier.e2e;

import static dev.atelier.e2e.RealNode.STUDIO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.runtime.video.VideoReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A served video model in real pods, behind a Service that kube-proxy answers for. */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.node", matches = "true")
@Execution(ExecutionMode.SAME_THREAD)
final class ServingOnARealNodeTest {

  private static final String KIND = "VideoGenerator";

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
  void aServedModelAnswersAtItsServiceThroughTheLossOfItsPod() throws Exception {
    Footage.model(node.claim(STUDIO, "wan"));
    node.claim(STUDIO, "artifacts");
    node.install("install", "../helm/atelier");
    node.installRuntimes();
    story.apply(
        """
        apiVersion: atelier.dev/v1alpha1
        kind: VideoGenerator
        metadata: {name: films, namespace: studio}
        spec:
          runtimeRef: {name: films}
          evaluation:
            prompts: [{name: cat, text: "a photo of a red cat"}]
            sampler: {steps: 1, width: 64, height: 32}
            video: {frames: 5}
          serving: {replicas: 1}
        """);
    story.untilCondition(KIND, "films", "Serving", "True");
    assertThat(node.kubectl("-n", STUDIO, "get", "deployment", "films-serve")).contains("1/1");
    var service = node.admin.services().inNamespace(STUDIO).withName("films-serve").require();
    var address = service.getSpec().getClusterIP();
    int port = service.getSpec().getPorts().get(0).getPort();
    var model = new ServedModel("http://%s:%d".formatted(address, port), "");

    var asked = model.ask("{\"prompt\": \"rain falls on a street\"}").path("id").asText();
    var clip = node.folder().resolve("rain.mp4");
    model.download(model.finished(asked).path("id").asText(), clip);
    try (var reader = VideoReader.open(clip)) {
      assertThat(reader.traits().width()).isEqualTo(64);
    }

    node.kubectl("-n", STUDIO, "delete", "pod", "-l", "atelier.dev/serving=films", "--force");
    story.untilCondition(KIND, "films", "Serving", "False");
    story.untilCondition(KIND, "films", "Serving", "True");
    assertThat(model.video(asked).path("status").asText()).isEqualTo("completed");

    node.kubectl("-n", STUDIO, "scale", "videogenerator", "films", "--replicas=0");
    story.until(
        "no pod", KIND, "films", found -> found.at("/status/serving/replicas").asInt() == 0);
    story.delete(KIND, "films");
    story.untilGone(KIND, "films");
    assertThat(node.kubectl("-n", STUDIO, "get", "pods,services,networkpolicies", "-o", "name"))
        .doesNotContain("films");
  }
}
