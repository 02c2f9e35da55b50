package dev.atelier.local.cli.estimate;

import dev.atelier.api.EvaluationSpec;
import dev.atelier.api.GenerationJobSpec;
import dev.atelier.api.HeadshotSpec;
import dev.atelier.api.PriorPreservation;
import dev.atelier.api.SamplerSpec;
import dev.atelier.api.TrainingMethod;
import dev.atelier.api.TrainingSpec;
import dev.atelier.operator.job.RuntimeInputs;
import dev.atelier.runtime.prompt.PromptPack;
import dev.atelier.runtime.prompt.Prompts;
import dev.atelier.stage.SamplerInput;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what the denoiser does in the stages of a run; everything else (text encoder, autoencoder,
 * face networks, files) is small beside it.
 */
public final class Workload {

  private static final double PIXELS_OF_A_PASS = 512.0 * 512.0;

  /** As the train stage draws pictures of the class. */
  private static final int PRIOR_STEPS = 20;

  /** As the evaluate stage draws with the base model, for comparison. */
  private static final int BASELINE_PER_PROMPT = 2;

  /** As the train stage judges a checkpoint. */
  private static final int PICTURES_OF_A_ROUND = 12;

  private static final int MOST_STEPS_OF_A_ROUND = 20;

  /** Guidance asks the denoiser twice: with the prompt and without. */
  private static final int GUIDED = 2;

  private Workload() {}

  /** The work of a HeadshotModel. */
  public static List<Work> of(HeadshotSpec spec) {
    var all = new ArrayList<Work>();
    var training = spec.training();
    if (withPrior(training)) {
      all.add(prior(training.priorPreservation(), training.resolution()));
    }
    all.add(training(training));
    if (training.autoStop().enabled()) {
      all.add(rounds(spec));
    }
    all.addAll(evaluation(spec.evaluation()));
    return List.copyOf(all);
  }

  /** The work of a GenerationJob; its prompts are counted, not read, where a ConfigMap has them. */
  public static List<Work> of(GenerationJobSpec spec) {
    var from = spec.promptsFrom();
    int prompts = from == null ? prompts(spec.promptPack(), spec.prompts().size()) : 1;
    var sampler = sampler(spec.promptPack(), spec.sampler());
    return List.of(
        pictures(
            "Sample",
            from == null ? counted(prompts) : "each prompt of ConfigMap " + from.configMap().name(),
            prompts,
            spec.samplesPerPrompt(),
            sampler.with(sampler.scheduler(), steps(spec, sampler), sampler.guidanceScale())));
  }

  /** A picture that begins with another one takes a share of the steps. */
  private static int steps(GenerationJobSpec spec, SamplerInput sampler) {
    var begun = spec.imageToImage();
    return begun == null
        ? sampler.steps()
        : (int) (sampler.steps() * Double.parseDouble(begun.strength()));
  }

  /** A run that stops by itself has fewer rounds than this. */
  private static Work rounds(HeadshotSpec spec) {
    var sampler = sampler(spec.evaluation().promptPack(), spec.evaluation().sampler());
    int steps = Math.min(MOST_STEPS_OF_A_ROUND, sampler.steps());
    int every = spec.training().autoStop().everySteps();
    int rounds = (spec.training().maxSteps() + every - 1) / every;
    return new Work(
        "Train",
        "%d checkpoints judged by %d pictures, %d steps%s"
            .formatted(rounds, PICTURES_OF_A_ROUND, steps, guided(sampler) ? " with guidance" : ""),
        (double) rounds
            * PICTURES_OF_A_ROUND
            * steps
            * (guided(sampler) ? GUIDED : 1)
            * area(sampler.width(), sampler.height()));
  }

  private static boolean guided(SamplerInput sampler) {
    return sampler.guidanceScale() > 1;
  }

  private static boolean withPrior(TrainingSpec training) {
    return training.priorPreservation().enabled()
        && training.method() != TrainingMethod.TextualInversion;
  }

  private static Work prior(PriorPreservation prior, int resolution) {
    return new Work(
        "Train",
        "%d pictures of the class, %d steps with guidance".formatted(prior.images(), PRIOR_STEPS),
        (double) prior.images() * PRIOR_STEPS * GUIDED * area(resolution, resolution));
  }

  /**
   * Back costs twice what forth costs (Kaplan et al. 2020, section 2.1), half of it for the
   * gradients of weights, which a frozen denoiser does without; checkpointing goes forth once more.
   */
  private static Work training(TrainingSpec training) {
    boolean whole = training.method() == TrainingMethod.DreamBooth;
    int perPicture = (whole ? 3 : 2) + (training.gradientCheckpointing() ? 1 : 0);
    int batch =
        training.batchSize() * training.gradientAccumulation() * (withPrior(training) ? 2 : 1);
    return new Work(
        "Train",
        "%d steps of %d pictures, %s, %d passes each"
            .formatted(training.maxSteps(), batch, training.method(), perPicture),
        (double) training.maxSteps()
            * batch
            * perPicture
            * area(training.resolution(), training.resolution()));
  }

  private static List<Work> evaluation(EvaluationSpec spec) {
    int prompts = prompts(spec.promptPack(), spec.prompts().size());
    var words = counted(prompts);
    var sampler = sampler(spec.promptPack(), spec.sampler());
    return List.of(
        pictures("Evaluate", words, prompts, spec.imagesPerPrompt(), sampler),
        pictures(
            "Evaluate",
            words + " to the base model",
            prompts,
            Math.min(BASELINE_PER_PROMPT, spec.imagesPerPrompt()),
            sampler));
  }

  private static Work pictures(
      String stage, String prompts, int count, int each, SamplerInput sampler) {
    int asked = guided(sampler) ? GUIDED : 1;
    return new Work(
        stage,
        "%s, %d pictures each, %d steps%s"
            .formatted(prompts, each, sampler.steps(), asked == 1 ? "" : " with guidance"),
        (double) count * each * sampler.steps() * asked * area(sampler.width(), sampler.height()));
  }

  /** What the resource leaves out is as the prompt pack has it. */
  private static SamplerInput sampler(String pack, SamplerSpec own) {
    return Prompts.sampler(RuntimeInputs.prompts(pack, List.of()), RuntimeInputs.sampler(own));
  }

  private static int prompts(String pack, int own) {
    return pack.isEmpty() ? own : PromptPack.named(pack).prompts().size();
  }

  private static String counted(int prompts) {
    return prompts == 1 ? "1 prompt" : prompts + " prompts";
  }

  private static double area(int width, int height) {
    return (double) width * height / PIXELS_OF_A_PASS;
  }
}
