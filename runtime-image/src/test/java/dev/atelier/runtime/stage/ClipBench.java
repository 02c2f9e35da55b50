package dev.atelier.runtime.stage;

import dev.atelier.runtime.Fixtures;
import dev.atelier.runtime.image.PngFile;
import dev.atelier.runtime.image.RgbImage;
import dev.atelier.stage.ClipInput;
import dev.atelier.stage.EvaluateVideoInput;
import dev.atelier.stage.GateInput;
import dev.atelier.stage.ModelInput;
import dev.atelier.stage.PromptInput;
import dev.atelier.stage.PromptInput.Prompt;
import dev.atelier.stage.SampleInput;
import dev.atelier.stage.SampleVideoInput;
import dev.atelier.stage.SamplerInput;
import dev.atelier.stage.StoreLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pod with a tiny Wan model in it, which takes first frames, and stages that draw with it. */
final class ClipBench {

  static final List<Prompt> PROMPTS =
      List.of(
          new Prompt("cat", "a photo of a red cat, 8k", ""),
          new Prompt("rain", "rain falls on a street", "blurry"));
  static final ModelInput MODEL =
      new ModelInput("Wan", StoreLocation.directory("/models/wan"), null, "Apache-2.0", "tiny-wan");

  /** 64 x 48 is asked for; the model makes multiples of 32. */
  static final SamplerInput SAMPLER =
      new SamplerInput(
          "DPMSolverMultistep",
          2,
          7.5,
          0,
          0,
          64,
          48,
          7,
          List.of("scheduler", "guidanceScale"),
          null);

  static final ClipInput CLIP = ClipInput.plain(5, 24);

  final Bench bench;

  ClipBench(Path root) {
    this(root, "pipelines/wan22_ti2v_tiny");
  }

  /** A pod that has a model already. */
  ClipBench(Bench bench) {
    this.bench = bench;
  }

  ClipBench(Path root, String model) {
    this.bench = new Bench(root);
    try {
      bench.copy(Fixtures.folder(model), "models/wan");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SampleVideoInput sample(int shards) {
    return sample(PROMPTS, SAMPLER, CLIP, shards);
  }

  SampleVideoInput sample(List<Prompt> prompts, SamplerInput sampler, ClipInput clip, int shards) {
    return sample(null, prompts, sampler, clip, shards, List.of());
  }

  SampleVideoInput sample(
      SampleInput.@Nullable TunedModel tuned,
      List<Prompt> prompts,
      SamplerInput sampler,
      ClipInput clip,
      int shards,
      List<GateInput> gate) {
    return new SampleVideoInput(
        MODEL,
        tuned,
        new PromptInput(null, prompts, null),
        2,
        sampler,
        clip,
        shards,
        List.of("Flicker", "TemporalConsistency"),
        gate,
        Bench.DRAWINGS);
  }

  EvaluateVideoInput evaluate(List<Prompt> prompts, List<GateInput> gate) {
    return new EvaluateVideoInput(
        MODEL,
        null,
        new PromptInput(null, prompts, null),
        SAMPLER,
        CLIP,
        List.of(),
        gate,
        Bench.DRAWINGS);
  }

  /** An orange picture as a PNG file. */
  static byte[] orange(int width, int height) {
    var values = new float[width * height * 3];
    for (int i = 0; i < values.length; i += 3) {
      values[i] = 230;
      values[i + 1] = 120;
      values[i + 2] = 20;
    }
    return PngFile.of(new RgbImage(width, height, values));
  }
}
