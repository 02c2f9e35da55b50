package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.schedule.DdimScheduler;
import dev.atelier.runtime.schedule.DiffusionScheduler;
import dev.atelier.runtime.schedule.EulerDiscreteScheduler;
import dev.atelier.runtime.schedule.FlowMatchEulerScheduler;
import dev.atelier.runtime.schedule.NoiseTable;
import dev.atelier.runtime.schedule.Sampling;
import dev.atelier.runtime.schedule.Scheduler;
import dev.atelier.runtime.tensor.DType;
import dev.atelier.runtime.tensor.Ops;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a sampler with the stand-in model {@code 0.1 sin(x) + t / 1000}. */
final class SchedulerCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return !parityCase.text("scheduler_class").isEmpty();
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    Scheduler scheduler =
        asCalled(
            Scheduler.read(parityCase.folder().resolve("scheduler_config.json")),
            parityCase.json());
    Sampling run = scheduler.begin(parityCase.json().path("num_inference_steps").asInt());
    Map<String, Tensor> outputs = walk(run, inputs);
    float[] timesteps = run.timesteps();
    outputs.put("timesteps", timesteps(torch, timesteps, parityCase));
    outputs.put("init_noise_sigma", torch.scalar(run.initNoiseSigma()));
    outputs.put("sigmas", torch.tensor(floats(run.sigmas()), run.sigmas().length));
    Tensor samples = UNetCase.required(inputs, "add_x0");
    Tensor noise = UNetCase.required(inputs, "add_noise");
    Tensor at = UNetCase.required(inputs, "add_t");
    outputs.put("noisy", run.addNoise(samples, noise, at.toFloats()));
    if (scheduler instanceof DiffusionScheduler diffusion) {
      NoiseTable table = diffusion.table();
      outputs.put("alphas_cumprod_every_37", everyThirtySeventh(torch, table));
      outputs.put("velocity", table.velocity(samples, noise, velocityAt(run, at, parityCase)));
    }
    return outputs;
  }

  /** The reference's Euler looks abar up by the index of the step instead of by the timestep. */
  private static long[] velocityAt(Sampling run, Tensor at, ParityCase parityCase) {
    long[] timesteps = at.toLongs();
    if (parityCase.text("scheduler_class").startsWith("Euler")) {
      float[] all = run.timesteps();
      for (int i = 0; i < timesteps.length; i++) {
        int index = 0;
        while (Math.abs(all[index] - at.toFloats()[i]) > 1e-3) {
          index++;
        }
        timesteps[i] = index;
      }
    }
    return timesteps;
  }

  /** The sampler with what the case passes to its calls rather than writes into its file. */
  private static Scheduler asCalled(Scheduler scheduler, JsonNode json) {
    JsonNode step = json.path("step_kwargs");
    JsonNode mu = json.path("set_timesteps_kwargs").path("mu");
    if (scheduler instanceof DdimScheduler ddim) {
      return ddim.withStochasticity(
          step.path("eta").asDouble(0), step.path("use_clipped_model_output").asBoolean(false));
    }
    if (scheduler instanceof EulerDiscreteScheduler euler) {
      return euler.withChurn(
          new EulerDiscreteScheduler.Churn(
              step.path("s_churn").asDouble(0), step.path("s_noise").asDouble(1)));
    }
    return scheduler instanceof FlowMatchEulerScheduler flow && mu.isNumber()
        ? flow.withShift(mu.asDouble())
        : scheduler;
  }

  private static Map<String, Tensor> walk(Sampling run, Map<String, Tensor> inputs) {
    var samples = new ArrayList<Tensor>();
    var scaled = new ArrayList<Tensor>();
    var predictions = new ArrayList<Tensor>();
    var originals = new ArrayList<Tensor>();
    var noises = new ArrayList<Tensor>();
    float[] timesteps = run.timesteps();
    Tensor x = UNetCase.required(inputs, "noise_x").mul(run.initNoiseSigma());
    for (int i = 0; i < timesteps.length; i++) {
      scaled.add(run.scaleModelInput(x, i));
      predictions.add(scaled.get(i).sin().mul(0.1).add(timesteps[i] / 1000.0));
      Sampling.Step step =
          run.step(
              predictions.get(i),
              i,
              x,
              () -> {
                Tensor all = UNetCase.required(inputs, "step_noise");
                noises.add(all.narrow(0, noises.size(), 1).reshape(samples0(all)));
                return noises.get(noises.size() - 1);
              });
      x = step.sample();
      samples.add(x);
      originals.add(step.original());
    }
    var outputs = new LinkedHashMap<String, Tensor>();
    outputs.put("samples", Ops.stack(0, samples));
    outputs.put("scaled_inputs", Ops.stack(0, scaled));
    outputs.put("model_outputs", Ops.stack(0, predictions));
    outputs.put("pred_original_sample", Ops.stack(0, originals));
    return outputs;
  }

  private static long[] samples0(Tensor all) {
    long[] shape = all.shape();
    return java.util.Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static Tensor timesteps(Torch torch, float[] timesteps, ParityCase parityCase) {
    Tensor floats = torch.tensor(timesteps, timesteps.length);
    String type = parityCase.json().at("/outputs/timesteps/dtype").asText();
    return type.equals("int64") ? floats.to(DType.INT64) : floats;
  }

  private static Tensor everyThirtySeventh(Torch torch, NoiseTable table) {
    List<Float> values = new ArrayList<>();
    for (int i = 0; i < table.steps(); i += 37) {
      values.add(table.alphaCumprod(i));
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return torch.tensor(array, array.length);
  }

  private static float[] floats(double[] doubles) {
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }
}
