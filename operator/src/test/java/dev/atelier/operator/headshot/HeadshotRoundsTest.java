package dev.atelier.operator.headshot;

import static dev.atelier.operator.testing.Judged.at;
import static dev.atelier.operator.testing.Judged.portrait;
import static dev.atelier.operator.testing.Judged.rising;
import static dev.atelier.operator.testing.Judged.trained;
import static dev.atelier.operator.testing.Words.evaluated;
import static dev.atelier.operator.testing.Words.photos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.EvaluationStatus;
import dev.atelier.api.MetricValue;
import dev.atelier.api.RoundStatus;
import dev.atelier.operator.KubernetesClients;
import dev.atelier.stage.JudgedRounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The curve of a training in the status: while it runs, after it, and until the next run. */
class HeadshotRoundsTest {

  private static final String FOLDER = "studio/HeadshotModel/ana-1b2c3d4e/r1";
  private static final JudgedRounds ONE = rising(portrait(100, "0.3"));
  private static final JudgedRounds TWO = rising(portrait(100, "0.3"), portrait(200, "0.4"));

  private final HeadshotWorld world = new HeadshotWorld();

  @BeforeEach
  void aTrainingRuns() {
    world.settle();
    world.stage(0, photos());
    world.jobs.start(world.currentJob(), world.now);
    world.settle();
  }

  @Test
  void everyRoundIsThereWithItsScoresAndWhichIsTheBestSoFar() {
    say(210, TWO);

    assertThat(rounds())
        .containsExactly(
            new RoundStatus(100, scores("0.3"), false, false),
            new RoundStatus(200, scores("0.4"), true, true));
    assertThat(evaluation().selectedStep()).as("nothing is published yet").isNull();
    assertThat(evaluation().gate()).isNull();
  }

  @Test
  void toldAgainNothingIsWritten() {
    say(210, TWO);
    var written = asStored();

    world.pass(Duration.ofMinutes(1));
    tell(210, TWO);

    assertThat(world.status()).isEqualTo(written);
  }

  @Test
  void aRoundAloneIsNoReasonToWrite() {
    say(100, null);
    var before = world.status();

    world.pass(Duration.ofMinutes(1));
    tell(100, ONE);
    assertThat(world.status()).as("a minute later, at the same percent").isEqualTo(before);
    world.pass(Duration.ofSeconds(1));
    tell(104, ONE);
    assertThat(steps()).as("with the next percent").containsExactly(100);
    tell(208, TWO);
    assertThat(steps()).as("less than ten seconds later").containsExactly(100);
  }

  @Test
  void lastWordsBringTheRoundsThatNobodyAskedFor() {
    world.jobs.end(world.currentJob(), 0, trained(TWO), world.now);
    world.settle();

    assertThat(steps()).containsExactly(100, 200);
    assertThat(evaluation().selectedStep()).isEqualTo(200);
  }

  @Test
  void lastWordsThatAreTooShortForAllRoundsTakeNoneAway() {
    say(210, TWO);
    var words =
        JudgedRounds.of(
            List.of(portrait(100, "0.3"), portrait(300, "0.2")), List.of(100, 200), 200);

    world.jobs.end(world.currentJob(), 0, trained(words), world.now);
    world.settle();

    assertThat(steps()).containsExactly(100, 200, 300);
    assertThat(rounds()).extracting(RoundStatus::front).containsExactly(true, true, false);
    assertThat(rounds()).extracting(RoundStatus::selected).containsExactly(false, true, false);
  }

  @Test
  void theCurveStaysWhenTheModelIsJudgedWhateverTheGateSays() {
    say(210, TWO);
    world.jobs.end(world.currentJob(), 0, trained(TWO), world.now);
    world.settle();
    world.stage(0, evaluated(FOLDER, "Failed"));

    assertThat(evaluation().gate()).isEqualTo(EvaluationStatus.Gate.Failed);
    assertThat(evaluation().metrics()).extracting(MetricValue::name).hasSize(1);
    assertThat(steps()).containsExactly(100, 200);
  }

  @Test
  void aPodThatGoesOnTellsOfTheRoundsBeforeIt() {
    say(110, ONE);
    world.suspend(true);
    world.settle();
    assertThat(steps()).as("while it is suspended").containsExactly(100);
    world.suspend(false);
    world.settle();
    world.jobs.start(world.currentJob(), world.now);
    world.progress = Map.of();
    world.settle();
    assertThat(steps()).as("before the new pod said anything").containsExactly(100);

    say(210, TWO);

    assertThat(steps()).containsExactly(100, 200);
  }

  @Test
  void aNewRunBeginsWithoutThem() {
    say(210, TWO);
    world.raiseNonce();
    world.settle();

    assertThat(world.status().run().id()).startsWith("r2-");
    assertThat(world.status().evaluation()).isNull();
  }

  @Test
  void moreRoundsThanTheDefinitionAllowsAreThinned() {
    var many = IntStream.rangeClosed(1, 300).mapToObj(i -> portrait(2 * i, "0.3")).toList();

    say(620, JudgedRounds.of(many, List.of(200), 200));

    assertThat(steps()).hasSize(64).startsWith(2).contains(200).endsWith(600);
  }

  @Test
  void aTrainingThatJudgesNothingHasNoCurve() {
    say(210, null);

    assertThat(world.status().evaluation()).isNull();
  }

  @Test
  void whatANewerReleaseAddedToARoundIsReadOver() {
    say(210, TWO);
    var yaml = KubernetesClients.serialization().asYaml(world.model);

    var read =
        KubernetesClients.serialization()
            .unmarshal(
                yaml.replace("selected: true", "selected: true\n      verdict: splendid"),
                world.model.getClass());

    assertThat(yaml).contains("      selected: true");
    assertThat(read.getStatus()).isEqualTo(world.status());
  }

  /** The pod is asked after a minute and reports, and the resource is looked at. */
  private void say(int step, @Nullable JudgedRounds rounds) {
    world.pass(Duration.ofMinutes(1));
    tell(step, rounds);
    world.settle();
  }

  private void tell(int step, @Nullable JudgedRounds rounds) {
    var job = world.jobs.find(world.currentJob()).orElseThrow();
    var pod =
        world.jobs.pods().stream()
            .filter(one -> one.getMetadata().getName().startsWith(job.getMetadata().getName()))
            .filter(one -> "Running".equals(one.getStatus().getPhase()))
            .findFirst()
            .orElseThrow();
    world.progress = Map.of(pod.getMetadata().getUid(), at(step, rounds, world.now));
    world.reconcile();
  }

  /** The status as it comes back from the API server, which the next reconciliation starts from. */
  private Object asStored() {
    var serialization = KubernetesClients.serialization();
    world.model =
        serialization.unmarshal(serialization.asYaml(world.model), world.model.getClass());
    return world.status();
  }

  private EvaluationStatus evaluation() {
    return Objects.requireNonNull(world.status().evaluation());
  }

  private List<RoundStatus> rounds() {
    return evaluation().rounds();
  }

  private List<Integer> steps() {
    return rounds().stream().map(RoundStatus::step).toList();
  }

  private static List<MetricValue> scores(String identity) {
    return List.of(
        new MetricValue("identity", identity),
        new MetricValue("promptAlignment", "0.8"),
        new MetricValue("memorisation", "0.6"));
  }
}
