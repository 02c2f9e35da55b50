package dev.atelier.e2e;

import static dev.atelier.e2e.RealNode.STUDIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.atelier.runtime.video.VideoReader;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A served video model in real pods, asked where its Service sends requests to. */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.node", matches = "true")
@Execution(ExecutionMode.SAME_THREAD)
final class ServingOnARealNodeTest {

  private static final String KIND = "VideoGenerator";

  private final RealNode node = RealNode.start();
  private final Story story = new Story(node.admin, STUDIO);

  @BeforeAll
  void furnish() {
    node.furnishAndInstall();
  }

  @AfterAll
  void close() {
    node.close();
  }

  @Test
  void aServedModelAnswersAtItsServiceThroughTheLossOfItsPod() throws Exception {
    Footage.model(node.claim(STUDIO, "wan"));
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
    var model = served();

    var asked = model.ask("{\"prompt\": \"rain falls on a street\"}").path("id").asText();
    var clip = node.folder().resolve("rain.mp4");
    model.download(model.finished(asked).path("id").asText(), clip);
    try (var reader = VideoReader.open(clip)) {
      assertThat(reader.traits().width()).isEqualTo(64);
    }

    node.kubectl("-n", STUDIO, "delete", "pod", "-l", "atelier.dev/serving=films", "--force");
    story.untilCondition(KIND, "films", "Serving", "False");
    story.untilCondition(KIND, "films", "Serving", "True");
    assertThat(served().video(asked).path("status").asText()).isEqualTo("completed");

    node.kubectl("-n", STUDIO, "scale", "videogenerator", "films", "--replicas=0");
    story.until(
        "no pod", KIND, "films", found -> found.at("/status/serving/replicas").asInt() == 0);
    story.delete(KIND, "films");
    story.untilGone(KIND, "films");
    assertThat(node.kubectl("-n", STUDIO, "get", "pods,services,networkpolicies", "-o", "name"))
        .doesNotContain("films");
  }

  /** At the one address that the Service sends requests to. */
  private ServedModel served() {
    var addresses = await("one endpoint").until(this::endpoints, found -> found.size() == 1);
    return new ServedModel("http://%s:8000".formatted(addresses.get(0)), "");
  }

  private List<String> endpoints() {
    return node
        .admin
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(STUDIO)
        .withLabel("kubernetes.io/service-name", "films-serve")
        .list()
        .getItems()
        .stream()
        .flatMap(slice -> slice.getEndpoints().stream())
        .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .toList();
  }
}
