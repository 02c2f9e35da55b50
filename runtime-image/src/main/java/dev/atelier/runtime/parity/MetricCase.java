package dev.atelier.runtime.parity;

import dev.atelier.runtime.evaluate.ClipDiscrepancy;
import dev.atelier.runtime.evaluate.CosineSimilarity;
import dev.atelier.runtime.evaluate.Features;
import dev.atelier.runtime.evaluate.FrechetDistance;
import dev.atelier.runtime.evaluate.InceptionScore;
import dev.atelier.runtime.evaluate.KernelDistance;
import dev.atelier.runtime.evaluate.MeanAndDeviation;
import dev.atelier.runtime.evaluate.PrecisionRecall;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;

/** Formulas of the evaluation on given features and logits. */
final class MetricCase implements CaseRunner {
  private static final String FEATURES_OF_THE_CASE = "given features";

  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.kind().equals("metrics") && !parityCase.name().endsWith("psnr_ssim");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    var outputs = new LinkedHashMap<String, Tensor>();
    switch (parityCase.name()) {
      case "metrics/fid" -> frechet(torch, inputs, outputs);
      case "metrics/kid" -> kernel(torch, inputs, outputs);
      case "metrics/cmmd" -> discrepancy(torch, inputs, outputs);
      case "metrics/inception_score" ->
          put(torch, outputs, InceptionScore.of(features(inputs, "logits"), InceptionScore.SPLITS));
      case "metrics/precision_recall" -> precisionRecall(torch, inputs, outputs);
      case "metrics/clip_similarity" -> clip(torch, inputs, outputs);
      default -> throw new IllegalArgumentException("no formula for " + parityCase.name());
    }
    return outputs;
  }

  private static void frechet(
      Torch torch, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    for (String name : new String[] {"normal", "few", "fvd"}) {
      double distance =
          FrechetDistance.of(torch, features(inputs, name + ".a"), features(inputs, name + ".b"));
      outputs.put(name, torch.scalar(distance));
    }
    Features same = features(inputs, "same.a");
    outputs.put("same", torch.scalar(FrechetDistance.of(torch, same, same)));
  }

  private static void kernel(Torch torch, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Features a = features(inputs, "a");
    Features b = features(inputs, "b");
    Tensor placesA = UNetCase.required(inputs, "subset_idx_a");
    Tensor placesB = UNetCase.required(inputs, "subset_idx_b");
    var subsets = new double[(int) placesA.size(0)];
    for (int i = 0; i < subsets.length; i++) {
      subsets[i] = KernelDistance.of(a.rows(places(placesA, i)), b.rows(places(placesB, i)));
    }
    outputs.put("full", torch.scalar(KernelDistance.of(a, b)));
    outputs.put("subsets", tensor(torch, subsets));
    put(torch, outputs, MeanAndDeviation.of(subsets));
  }

  private static void discrepancy(
      Torch torch, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    double unit = ClipDiscrepancy.of(features(inputs, "a"), features(inputs, "b"));
    double raw = ClipDiscrepancy.of(features(inputs, "raw_a"), features(inputs, "raw_b"));
    outputs.put("cmmd", torch.scalar(unit));
    outputs.put("raw", torch.scalar(raw));
  }

  private static void precisionRecall(
      Torch torch, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Features real = features(inputs, "real");
    var measured = PrecisionRecall.of(real, features(inputs, "fake"));
    outputs.put("precision", torch.scalar(measured.precision()));
    outputs.put("recall", torch.scalar(measured.recall()));
    outputs.put("density", torch.scalar(measured.density()));
    outputs.put("coverage", torch.scalar(measured.coverage()));
    double[] radii = PrecisionRecall.radii(real, PrecisionRecall.NEIGHBOURS);
    outputs.put("radius_real_k3", tensor(torch, radii));
  }

  private static void clip(Torch torch, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
    Features images = features(inputs, "image");
    Features references = features(inputs, "reference");
    double[] pairs = CosineSimilarity.perPair(images, features(inputs, "text"));
    double[] matrix = CosineSimilarity.matrix(images, references);
    outputs.put("per_pair", tensor(torch, pairs).mul(100));
    outputs.put("clip_score", torch.scalar(CosineSimilarity.clipScore(pairs)));
    outputs.put("clip_score_hessel", torch.scalar(CosineSimilarity.hesselScore(pairs)));
    outputs.put(
        "image_image_matrix", tensor(torch, matrix).reshape(images.count(), references.count()));
    double[] means = CosineSimilarity.toAll(images, references);
    outputs.put("image_image_mean", tensor(torch, means).mean());
  }

  private static void put(Torch torch, Map<String, Tensor> outputs, MeanAndDeviation measured) {
    outputs.put("mean", torch.scalar(measured.mean()));
    outputs.put("std", torch.scalar(measured.deviation()));
  }

  private static Features features(Map<String, Tensor> inputs, String name) {
    Tensor values = UNetCase.required(inputs, name);
    return Features.of(FEATURES_OF_THE_CASE, values.toFloats(), (int) values.size(1));
  }

  private static int[] places(Tensor table, int row) {
    long[] places = table.narrow(0, row, 1).toLongs();
    var narrow = new int[places.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (int) places[i];
    }
    return narrow;
  }

  private static Tensor tensor(Torch torch, double... values) {
    var floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return torch.tensor(floats, floats.length);
  }
}
