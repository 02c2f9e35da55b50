package dev.atelier.runtime.stage;

import dev.atelier.stage.TrainingInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knobs for tests. */
final class Trainings {

  private final String method;
  private final int steps;
  private String text = "Full";
  private String schedule = "Cosine";
  private double rate = 1e-3;
  private int warmup;
  private int batch = 2;
  private int rank = 2;
  private int checkpointEvery = 100;
  private boolean flip = true;
  private boolean buckets;
  private boolean preserves = true;
  private String prior = "a photo of a person";
  private List<String> formats = List.of("Diffusers");
  private double noiseOffset;
  private @Nullable Double emaDecay;
  private boolean gradientCheckpointing;
  private TrainingInput.AutoStop autoStop = new TrainingInput.AutoStop(false, 100, 3);

  private Trainings(String method, int steps) {
    this.method = method;
    this.steps = steps;
  }

  static TrainingInput lora(int steps, int checkpointEvery) {
    return loraOf(steps).checkpoints(checkpointEvery).input();
  }

  static TrainingInput dreamBooth(int steps) {
    return new Trainings("DreamBooth", steps).input();
  }

  static TrainingInput inversion(int steps) {
    return new Trainings("TextualInversion", steps).text("Frozen").rate(1e-2).input();
  }

  /** A rate that is zero in the first step and then breaks every weight. */
  static TrainingInput exploding() {
    var training = loraOf(10).text("Frozen").rate(1e38).checkpoints(1);
    training.warmup = 1;
    return training.input();
  }

  /** Judges checkpoints; the learning rate does not depend on the number of steps. */
  static Trainings judged(int steps, int every, int patience) {
    var training = loraOf(steps);
    training.schedule = "Constant";
    training.autoStop = new TrainingInput.AutoStop(true, every, patience);
    return training;
  }

  static Trainings loraOf(int steps) {
    return new Trainings("LoRA", steps);
  }

  static Trainings dreamBoothOf(int steps) {
    return new Trainings("DreamBooth", steps);
  }

  Trainings text(String training) {
    text = training;
    return this;
  }

  Trainings rate(double learningRate) {
    rate = learningRate;
    return this;
  }

  Trainings checkpoints(int every) {
    checkpointEvery = every;
    return this;
  }

  Trainings batch(int size) {
    batch = size;
    return this;
  }

  Trainings rank(int of) {
    rank = of;
    return this;
  }

  Trainings withoutFlip() {
    flip = false;
    return this;
  }

  /** Without pictures of the class. */
  Trainings withoutPrior() {
    preserves = false;
    return this;
  }

  Trainings prior(String prompt) {
    prior = prompt;
    return this;
  }

  Trainings buckets() {
    buckets = true;
    return this;
  }

  Trainings exported(String... as) {
    formats = List.of(as);
    return this;
  }

  Trainings noiseOffset(double strength) {
    noiseOffset = strength;
    return this;
  }

  Trainings emaDecay(double decay) {
    emaDecay = decay;
    return this;
  }

  Trainings gradientCheckpointing() {
    gradientCheckpointing = true;
    return this;
  }

  TrainingInput input() {
    return new TrainingInput(
        method,
        steps,
        rate,
        rate,
        schedule,
        warmup,
        batch,
        2,
        TrainBench.RESOLUTION,
        buckets,
        42,
        5.0,
        0.2,
        flip,
        noiseOffset,
        emaDecay,
        gradientCheckpointing,
        new TrainingInput.PriorPreservation(preserves, 0.6, 3, prior),
        text,
        shape(),
        vectors(method),
        new TrainingInput.Checkpoint(checkpointEvery, 2),
        autoStop);
  }

  private TrainingInput.@Nullable Lora shape() {
    return method.equals("LoRA")
        ? new TrainingInput.Lora(rank, 4, List.of("Attention", "Convolution"), formats)
        : null;
  }

  private static TrainingInput.@Nullable TextualInversion vectors(String method) {
    return method.equals("TextualInversion")
        ? new TrainingInput.TextualInversion(2, "person")
        : null;
  }
}
