package dev.atelier.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.runtime.model.config.UnsupportedConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerTest {
  @TempDir private Path folder;

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "PNDMScheduler|'skip_prk_steps': true|scheduler PNDMScheduler is not supported (DDIMScheduler, DDPMScheduler",
        "DDPMScheduler|'variance_type': 'learned_range'|(only [fixed_small, fixed_small_log, fixed_large])",
        "DDIMScheduler|'prediction_type': 'flow_prediction'|(only epsilon, v_prediction, sample)",
        "EulerAncestralDiscreteScheduler|'prediction_type': 'sample'|(only epsilon, v_prediction)",
        "EulerDiscreteScheduler|'use_beta_sigmas': true|use_beta_sigmas = true is not supported",
        "UniPCMultistepScheduler|'solver_order': 4|solver_order = 4 is not supported (only [1, 2, 3])",
        "DPMSolverMultistepScheduler|'algorithm_type': 'dpmsolver'|must be sigma_min",
        "DPMSolverMultistepScheduler|'timestep_spacing': 'random'|timestep_spacing random",
        "DPMSolverMultistepScheduler|'use_karras_sigmas': true, 'use_flow_sigmas': true|only one can be followed",
      })
  void whatIsNotBuiltIsRefusedByNameWithWhatIs(String scheduler, String field, String message)
      throws IOException {
    Path file = config(scheduler, field);

    assertThatThrownBy(() -> Scheduler.read(file))
        .isInstanceOf(UnsupportedConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  /** The expected ones are what diffusers 0.35.2 gives. */
  @ParameterizedTest(name = "{0} {1}, step {3} of {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "UniPCMultistepScheduler|'timestep_spacing': 'linspace'|30|15|499",
        "DPMSolverMultistepScheduler|'timestep_spacing': 'linspace'|30|15|499",
        "DDIMScheduler|'timestep_spacing': 'linspace'|31|15|499",
        "DDIMScheduler|'timestep_spacing': 'trailing'|48|3|936",
        "UniPCMultistepScheduler|'use_flow_sigmas': true, 'prediction_type': 'flow_prediction', 'flow_shift': 1.0|9|5|443",
      })
  void aStepExactlyBetweenTwoTimestepsFallsWhereNumpysLastBitPutsIt(
      String scheduler, String field, int steps, int step, float timestep) throws IOException {
    var run = Scheduler.read(config(scheduler, field)).begin(steps);

    assertThat(run.timesteps()[step]).isEqualTo(timestep);
  }

  @Test
  void aShiftThatDependsOnTheSizeNeedsTheSize() throws IOException {
    var scheduler =
        (FlowMatchEulerScheduler)
            Scheduler.read(
                config("FlowMatchEulerDiscreteScheduler", "'use_dynamic_shifting': true"));

    assertThatThrownBy(() -> scheduler.begin(4))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("say which");
    assertThat(scheduler.forTokens(4096).begin(4).timesteps()).hasSize(4).startsWith(1000);
    assertThat(scheduler.forTokens(4096).begin(4).timesteps()[1])
        .as("a larger picture stays longer at high noise")
        .isGreaterThan(scheduler.forTokens(256).begin(4).timesteps()[1]);
  }

  @Test
  void aContinuousModelIsToldAQuarterOfTheLogarithmOfSigma() throws IOException {
    var run =
        Scheduler.read(
                config(
                    "EulerDiscreteScheduler",
                    "'timestep_type': 'continuous', 'prediction_type': 'v_prediction',"
                        + " 'use_karras_sigmas': true, 'sigma_max': 700.0, 'sigma_min': 0.002"))
            .begin(5);

    assertThat(run.sigmas()[0]).isEqualTo(700, org.assertj.core.data.Offset.offset(1e-3));
    assertThat(run.timesteps()[0]).isEqualTo((float) (0.25 * Math.log(run.sigmas()[0])));
  }

  private Path config(String scheduler, String fields) throws IOException {
    return Files.writeString(
        folder.resolve("scheduler_config.json"),
        "{\"_class_name\": \"%s\", %s}".formatted(scheduler, fields.replace('\'', '"')));
  }
}
