package dev.atelier.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code estimate}: the numbers can be checked by hand. */
class EstimateCommandTest {

  private static final String RUNTIME =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: DiffusionRuntime
      metadata: {name: sd15}
      spec:
        model: {family: StableDiffusion, source: {pvc: {claimName: models}}}
        storage: {pvc: {claimName: artifacts}}
        gpu: {count: 1}
        cost: {perGpuHour: "0.70", currency: USD}
      """;

  private static final String BOB =
      """
      apiVersion: atelier.dev/v1alpha1
      kind: HeadshotModel
      metadata: {name: bob, namespace: default, uid: u-2, generation: 1}
      spec:
        runtimeRef: {name: sd15}
        subject: {className: man, consent: {id: C-1, grantedAt: "2026-01-01T00:00:00Z"}}
        photos: {source: {pvc: {claimName: photos}}}
        training: {method: DreamBooth, maxSteps: 1000, batchSize: 1, resolution: 512, priorPreservation: {enabled: true, images: 100}}
        evaluation: {prompts: [{name: suit, text: "a {subject}"}], imagesPerPrompt: 4, sampler: {steps: 50, guidanceScale: "7.5", width: 512, height: 512}}
        limits: {maxGpuSeconds: 100}
      """;

  @TempDir Path here;
  private CommandLineHarness line;

  @BeforeEach
  void filesOfATeam() throws IOException {
    line = new CommandLineHarness(here);
    Files.writeString(here.resolve("runtime.yaml"), RUNTIME);
    Files.writeString(here.resolve("bob.yaml"), BOB);
  }

  /**
   * 100 x 20 x 2 + 1000 x 2 x 3 + 10 x 12 x 20 x 2 + 4 x 50 x 2 + 2 x 50 x 2 = 15,400 passes of
   * 0.68 TFLOP.
   */
  @Test
  void workAndSpeedMakeTimeAndCost() {
    assertThat(line.run("estimate", "-f", "runtime.yaml", "-f", "bob.yaml", "--teraflops", "68"))
        .isZero();
    assertThat(line.out())
        .startsWith(
            """
            HeadshotModel/bob on DiffusionRuntime/sd15 (StableDiffusion, 1 GPU of a pod)

            STAGE      WORK                                                                  PASSES   GPU TIME
            Train      100 pictures of the class, 20 steps with guidance                     4,000    40 s
            Train      1000 steps of 2 pictures, DreamBooth, 3 passes each                   6,000    1 min
            Train      10 checkpoints judged by 12 pictures, 20 steps with guidance          4,800    48 s
            Evaluate   1 prompt, 4 pictures each, 50 steps with guidance                     400      4 s
            Evaluate   1 prompt to the base model, 2 pictures each, 50 steps with guidance   200      2 s
            in all     0.03 USD                                                              15,400   2 min 34 s

            Assumed:
            """)
        .contains("0.010 s a pass: 0.68 TFLOP for StableDiffusion")
        .contains("0.70 USD for an hour of a GPU")
        .contains("! spec.limits.maxGpuSeconds of 100 will end the run before it is done");
  }

  @Test
  void runsThatHaveBeenAreBelievedMoreThanAnAssumption() throws IOException {
    line.saved("atelier.dev", "diffusionruntimes", "sd15", RUNTIME);
    line.saved(
        "atelier.dev",
        "headshotmodels",
        "eve",
        BOB.replace("name: bob", "name: eve")
            + """
            status:
              observedGeneration: 1
              conditions: [{type: Ready, status: "True", reason: Published}]
              usage: {gpuSeconds: 2120}
            """);

    assertThat(line.run("estimate", "-f", "bob.yaml")).isZero();
    assertThat(line.out())
        .contains("0.138 s a pass: what 1 finished run on this runtime took (eve)")
        .contains("35 min 20 s")
        .contains("0.41 USD");
  }

  @Test
  void aMissingRuntimeIsSaid() {
    assertThat(line.run("estimate", "-f", "bob.yaml")).isEqualTo(1);
    assertThat(line.err()).contains("there is no DiffusionRuntime 'sd15'");
  }

  @Test
  void withoutAGpuThereIsNoGpuTime() {
    assertThat(
            line.run("estimate", "-f", Path.of("../samples/headshot").toAbsolutePath().toString()))
        .isZero();
    assertThat(line.out())
        .contains("HeadshotModel/ana", "GenerationJob/ana-portraits")
        .contains("! the runtime has no GPU");
  }
}
