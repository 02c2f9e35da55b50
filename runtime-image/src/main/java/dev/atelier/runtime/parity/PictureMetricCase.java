package dev.atelier.runtime.parity;

import dev.atelier.runtime.evaluate.PeakSignalToNoise;
import dev.atelier.runtime.evaluate.Plane;
import dev.atelier.runtime.evaluate.Ssim;
import dev.atelier.runtime.tensor.Tensor;
import dev.atelier.runtime.tensor.Torch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/** PSNR and both kinds of SSIM of two batches of pictures. */
final class PictureMetricCase implements CaseRunner {
  @Override
  public boolean accepts(ParityCase parityCase) {
    return parityCase.name().equals("metrics/psnr_ssim");
  }

  @Override
  public Map<String, Tensor> run(Torch torch, ParityCase parityCase) {
    Map<String, Tensor> inputs = parityCase.inputs(torch);
    Tensor a = UNetCase.required(inputs, "a");
    Tensor b = UNetCase.required(inputs, "b");
    var outputs = new LinkedHashMap<String, Tensor>();
    outputs.put("psnr", torch.scalar(PeakSignalToNoise.of(a.toFloats(), b.toFloats())));
    outputs.put("psnr_each", each(torch, a, b, PictureMetricCase::signalToNoise));
    outputs.put("ssim_each", each(torch, a, b, (x, y) -> channels(x, y, Ssim::mirrored)));
    outputs.put("ssim", each(torch, a, b, (x, y) -> channels(x, y, Ssim::mirrored)).mean());
    outputs.put("ssim_valid_each", each(torch, a, b, (x, y) -> channels(x, y, Ssim::of)));
    return outputs;
  }

  private static Tensor each(
      Torch torch, Tensor a, Tensor b, ToDoubleBiFunction<Tensor, Tensor> metric) {
    var values = new float[(int) a.size(0)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) metric.applyAsDouble(a.narrow(0, i, 1), b.narrow(0, i, 1));
    }
    return torch.tensor(values, values.length);
  }

  private static double signalToNoise(Tensor a, Tensor b) {
    return PeakSignalToNoise.of(a.toFloats(), b.toFloats());
  }

  private static double channels(Tensor a, Tensor b, ToDoubleBiFunction<Plane, Plane> metric) {
    double sum = 0;
    for (int channel = 0; channel < a.size(1); channel++) {
      sum += metric.applyAsDouble(plane(a, channel), plane(b, channel));
    }
    return sum / a.size(1);
  }

  private static Plane plane(Tensor pictures, int channel) {
    int height = (int) pictures.size(2);
    int width = (int) pictures.size(3);
    float[] all = pictures.toFloats();
    var values = new double[width * height];
    Arrays.setAll(values, i -> all[channel * values.length + i]);
    return new Plane(width, height, values);
  }
}
