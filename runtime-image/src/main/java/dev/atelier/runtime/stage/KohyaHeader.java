package dev.atelier.runtime.stage;

import dev.atelier.runtime.pipeline.ModelFiles;
import dev.atelier.runtime.train.LoraForm;
import dev.atelier.stage.TrainInput;
import dev.atelier.stage.TrainingInput;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What programs that read kohya's files show of an adapter: the pairs of sd-scripts' {@code
 * train_network.py} and of Stability AI's ModelSpec, as far as they are true here. Dates are left
 * out, so that the same training gives the same file.
 *
 * @param name of the resource
 * @param photos that were learned from
 * @param classPictures that were learned beside them
 * @param step whose weights are published
 */
record KohyaHeader(
    String name, TrainInput input, ModelFiles files, int photos, int classPictures, int step) {

  private static final int WIDTH_OF_VERSION_TWO = 1024;
  private static final String STABILITY_AI = "https://github.com/Stability-AI/generative-models";

  /** Whether a file of that form is among what is exported. */
  static boolean isWanted(TrainingInput training) {
    var lora = training.lora();
    return lora != null && LoraForm.of(lora.exportFormats()).contains(LoraForm.Kohya);
  }

  Map<String, String> entries() {
    var entries = new TreeMap<>(modelSpec());
    var training = input.training();
    var prior = training.priorPreservation();
    entries.put("ss_output_name", name);
    entries.put("ss_base_model_version", files.isXl() ? "sdxl_base_v1-0" : version());
    entries.put("ss_v2", python(isVersionTwo()));
    entries.put("ss_learning_rate", number(training.learningRate()));
    entries.put("ss_unet_lr", number(training.learningRate()));
    if (training.textEncoder().equals("Adapter")) {
      entries.put("ss_text_encoder_lr", number(training.textEncoderLearningRate()));
    }
    entries.put("ss_lr_scheduler", schedule(training));
    entries.put("ss_lr_warmup_steps", number(training.warmupSteps()));
    entries.put("ss_num_train_images", number(photos));
    entries.put("ss_num_reg_images", number(classPictures));
    entries.put("ss_prior_loss_weight", number(prior.enabled() ? prior.weight() : 0.0));
    entries.put("ss_batch_size_per_device", number(training.batchSize()));
    entries.put("ss_gradient_accumulation_steps", number(training.gradientAccumulation()));
    entries.put("ss_gradient_checkpointing", python(training.gradientCheckpointing()));
    entries.put(
        "ss_resolution", "(%d, %d)".formatted(training.resolution(), training.resolution()));
    entries.put("ss_enable_bucket", python(training.aspectBuckets()));
    entries.put("ss_seed", number(training.seed()));
    entries.put("ss_steps", number(step));
    entries.put("ss_max_train_steps", number(training.maxSteps()));
    entries.put("ss_noise_offset", number(training.noiseOffset()));
    entries.put("ss_caption_dropout_rate", number(training.captionDropout()));
    entries.put("ss_min_snr_gamma", Objects.toString(training.minSnrGamma(), "None"));
    return entries;
  }

  private Map<String, String> modelSpec() {
    var entries = new TreeMap<String, String>();
    int edge = input.training().resolution();
    entries.put("modelspec.architecture", architecture() + "/lora");
    entries.put("modelspec.implementation", files.isXl() ? STABILITY_AI : "diffusers");
    entries.put("modelspec.title", name);
    entries.put("modelspec.resolution", edge + "x" + edge);
    entries.put("modelspec.prediction_type", predictsVelocity() ? "v" : "epsilon");
    entries.put(
        "modelspec.trigger_phrase", input.subject().token() + " " + input.subject().className());
    var license = input.model().license();
    if (license != null) {
      entries.put("modelspec.license", license);
    }
    return entries;
  }

  private String architecture() {
    if (files.isXl()) {
      return "stable-diffusion-xl-v1-base";
    }
    if (!isVersionTwo()) {
      return "stable-diffusion-v1";
    }
    return predictsVelocity() ? "stable-diffusion-v2-768-v" : "stable-diffusion-v2-512";
  }

  private String version() {
    return (isVersionTwo() ? "sd_v2" : "sd_v1") + (predictsVelocity() ? "_v" : "");
  }

  private boolean isVersionTwo() {
    return !files.isXl() && files.unetConfig().crossAttentionWidth() == WIDTH_OF_VERSION_TWO;
  }

  private boolean predictsVelocity() {
    return files.schedulerConfig().text("prediction_type", "epsilon").equals("v_prediction");
  }

  private static String schedule(TrainingInput training) {
    var name = training.learningRateSchedule().toLowerCase(Locale.ROOT);
    return name.equals("constant") && training.warmupSteps() > 0 ? "constant_with_warmup" : name;
  }

  private static String number(Number value) {
    return value.toString();
  }

  /** As Python writes it, whose programs read it. */
  private static String python(boolean value) {
    return value ? "True" : "False";
  }
}
