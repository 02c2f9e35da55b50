package dev.atelier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a real kubelet says when something is wrong, and what a node takes with it. Run by {@code
 * e2e-tests/on-a-real-node}, as root.
 */
@OnKubernetes
@EnabledIfSystemProperty(named = "atelier.node", matches = "true")
@Execution(ExecutionMode.SAME_THREAD)
final class TroubleOnARealNodeTest {

  private static final String MODEL = "HeadshotModel";

  /** Nobody listens there. */
  private static final String NOWHERE = "127.0.0.1:9/nobody/nothing:1";

  private final RealNode node = RealNode.start();
  private final Story story = new Story(node.admin, RealNode.STUDIO);

  @BeforeAll
  void furnish() {
    node.furnishAndInstall();
  }

  @AfterAll
  void close() {
    node.close();
  }

  @Test
  void anImageThatCannotBePulledIsSaidInTheKubeletsWords() {
    story.apply(
        Portraits.runtime(
            "without-image",
            yaml -> yaml.replace("spec:\n", "spec:\n  image: %s\n".formatted(NOWHERE))));
    story.apply(RealNode.inStudio(Portraits.model("ida", 5), "without-image"));

    var waiting = story.untilNotReady(MODEL, "ida", "ImagePullFailed");

    assertThat(Story.condition(waiting, "Ready", "message"))
        .contains("pod ida-intake-", NOWHERE)
        .containsAnyOf("ErrImagePull", "ImagePullBackOff");
    assertThat(Story.condition(waiting, "Failed", "status")).isNotEqualTo("True");
    story.annotate(MODEL, "ida", "atelier.dev/force-delete", "true");
    story.delete(MODEL, "ida");
    story.untilGone(MODEL, "ida");
  }

  @Test
  void aNodeThatIsLostTakesItsPodsAndTheSameJobGoesOnElsewhere() {
    story.apply(RealNode.inStudio(Portraits.model("una", 30), "on-claims"));
    var pod = story.runningPod("una", "train");
    var train = story.jobs("una", "train").get(0).getMetadata().getUid();

    // What the node controller does with a node that it does not hear of any more.
    node.kubectl("taint", "node", "node-0", "atelier.dev/lost=true:NoExecute");
    assertThat(ended(pod).getStatus().getConditions())
        .filteredOn(one -> one.getType().equals("DisruptionTarget"))
        .extracting(PodCondition::getReason)
        .containsExactly("DeletionByTaintManager");
    node.kubectl("taint", "node", "node-0", "atelier.dev/lost-");
    var una = story.untilCondition(MODEL, "una", "Ready", "True");

    assertThat(story.jobs("una", "train"))
        .extracting(job -> job.getMetadata().getUid())
        .containsExactly(train);
    assertThat(una.at("/status/run/attempt").asInt()).isEqualTo(1);
    assertThat(una.at("/status/run/adjustments").isMissingNode()).isTrue();
    story.delete(MODEL, "una");
    story.untilGone(MODEL, "una");
  }

  /** The pod as it was seen last before it was gone. */
  private Pod ended(Pod pod) {
    var last = new AtomicReference<>(pod);
    await("the end of " + pod.getMetadata().getName())
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              var found = node.admin.pods().resource(pod).get();
              if (found == null
                  || !found.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
                return true;
              }
              last.set(found);
              return "Failed".equals(found.getStatus().getPhase());
            });
    return last.get();
  }
}
