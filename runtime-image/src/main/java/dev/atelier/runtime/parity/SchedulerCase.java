package dev.atelier.runtime.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atelier.runtime.schedule.DdimScheduler;
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
import java.util.Set;

/** Runs a sampler with the stand-in model {@code 0.1 sin(x) + t / 1000}. */
final class SchedulerCase implements CaseRunner {
  private static final Set<String> BUILT =
      Set.of("DDIMScheduler", "DPMSolverMultistepScheduler", "EulerDiscreteScheduler");

  @Override
  public boolean accepts(ParityCase parityCase) {
    return BUILT.contains(parityCase.text("scheduler_class"))
        && !parityCase.json().path("step_kwargs").has("s_churn")
        && !parityCase.name().endsWith("euler_log_linear");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    JsonNode step = parityCase.json().path("step_kwargs");
    Scheduler scheduler =
        withStochasticity(
            Scheduler.read(parityCase.folder().resolve("scheduler_config.json")), step);
    Sampling run = scheduler.begin(parityCase.json().path("num_inference_steps").asInt());
    Map<String, Tensor> outputs = walk(torch, run, inputs);
    float[] timesteps = run.timesteps();
    outputs.put("timesteps", timesteps(torch, timesteps, parityCase));
    outputs.put("init_noise_sigma", torch.scalar(run.initNoiseSigma()));
    outputs.put("alphas_cumprod_every_37", everyThirtySeventh(torch, scheduler.table()));
    outputs.put("sigmas", torch.tensor(floats(run.sigmas()), run.sigmas().length));
    Tensor samples = UNetCase.required(inputs, "add_x0");
    Tensor noise = UNetCase.required(inputs, "add_noise");
    Tensor at = UNetCase.required(inputs, "add_t");
    outputs.put("noisy", run.addNoise(samples, noise, at.toFloats()));
    outputs.put(
        "velocity", scheduler.table().velocity(samples, noise, velocityAt(run, at, parityCase)));
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

  private static Scheduler withStochasticity(Scheduler scheduler, JsonNode step) {
    return scheduler instanceof DdimScheduler ddim
        ? ddim.withStochasticity(
            step.path("eta").asDouble(0), step.path("use_clipped_model_output").asBoolean(false))
        : scheduler;
  }

  private static Map<String, Tensor> walk(Torch torch, Sampling run, Map<String, Tensor> inputs) {
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
