package dev.atelier.local.cli.estimate;

import dev.atelier.api.RuntimeSpec.BaseModel.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How long a pass takes.
 *
 * @param secondsPerPass of one GPU
 * @param why we believe so
 */
public record Speed(double secondsPerPass, String why) {

  /**
   * Operations of a pass in units of 10^12, two for each multiplication with addition: 339 G
   * multiplications in Stable Diffusion's U-Net (Kim et al. 2023, arXiv 2305.15798, table 1); about
   * 2.98 T in that of XL at 1024x1024, a quarter of it at 512x512.
   */
  private static final Map<Family, Double> TERAFLOP =
      Map.of(Family.StableDiffusion, 0.68, Family.StableDiffusionXL, 1.5);

  /** What finished runs on the same runtime took. */
  public record Finished(String name, double passes, long gpuSeconds) {}

  /** From runs that have been; empty where none counted GPU seconds. */
  public static Optional<Speed> measured(List<Finished> runs) {
    var counted = runs.stream().filter(run -> run.gpuSeconds() > 0 && run.passes() > 0).toList();
    if (counted.isEmpty()) {
      return Optional.empty();
    }
    double passes = counted.stream().mapToDouble(Finished::passes).sum();
    long seconds = counted.stream().mapToLong(Finished::gpuSeconds).sum();
    var names = String.join(", ", counted.stream().map(Finished::name).limit(5).toList());
    return Optional.of(
        new Speed(
            seconds / passes,
            "%.3f s a pass: what %d finished run%s on this runtime took (%s), start and all"
                .formatted(
                    seconds / passes, counted.size(), counted.size() == 1 ? "" : "s", names)));
  }

  /** From what a GPU does; empty for families that are not counted in pictures. */
  public static Optional<Speed> assumed(Family family, double teraflops) {
    return Optional.ofNullable(TERAFLOP.get(family))
        .map(
            work ->
                new Speed(
                    work / teraflops,
                    "%.3f s a pass: %s TFLOP for %s at its published size, on a GPU that reaches %s TFLOP/s (--teraflops; a third of the published dense peak in BFloat16 is 40 for an L4, 100 for an A100, 330 for an H100)"
                        .formatted(work / teraflops, number(work), family, number(teraflops))));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
