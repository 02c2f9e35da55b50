package dev.atelier.local.cli.estimate;

import dev.atelier.api.RuntimeSpec;
import dev.atelier.local.cli.view.Durations;
import dev.atelier.local.cli.view.Terminal;
import dev.atelier.local.cli.view.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a resource will take.
 *
 * @param title of the resource
 * @param runtime that it runs on
 * @param speed of a pass there
 * @param budget {@code spec.limits.maxGpuSeconds}; 0 for none
 */
public record Estimate(
    String title,
    String runtimeName,
    RuntimeSpec runtime,
    List<Work> work,
    Speed speed,
    long budget) {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

  /** GPU seconds in all. */
  public long gpuSeconds() {
    return seconds(work.stream().mapToDouble(Work::passes).sum()) * runtime.gpu().count();
  }

  /** The text: the work, its sum, what was assumed, what stands in the way. */
  public List<String> lines(Terminal terminal) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s on DiffusionRuntime/%s (%s, %d GPU%s of a pod)"
            .formatted(
                title,
                runtimeName,
                runtime.model().family(),
                runtime.gpu().count(),
                runtime.gpu().count() == 1 ? "" : "s"));
    lines.add("");
    lines.addAll(table().lines(terminal));
    lines.add("");
    lines.add("Assumed:");
    assumptions().forEach(one -> lines.add("- " + one));
    warnings().forEach(one -> lines.add("! " + one));
    return lines;
  }

  private TextTable table() {
    var table = new TextTable().row("STAGE", "WORK", "PASSES", "GPU TIME");
    for (var one : work) {
      table.row(one.stage(), one.what(), count(one.passes()), time(one.passes()));
    }
    double all = work.stream().mapToDouble(Work::passes).sum();
    return table.row("in all", price(), count(all), time(all));
  }

  private String price() {
    var cost = runtime.cost();
    if (cost == null || runtime.gpu().count() == 0) {
      return "";
    }
    var amount =
        new BigDecimal(cost.perGpuHour())
            .multiply(BigDecimal.valueOf(gpuSeconds()))
            .divide(SECONDS_PER_HOUR, 2, RoundingMode.HALF_UP);
    return "%s %s".formatted(amount.toPlainString(), cost.currency());
  }

  private List<String> assumptions() {
    var all = new ArrayList<String>();
    all.add("a pass: the denoiser once over one picture of 512x512; other sizes by their area");
    all.add(
        "a training step: forth once, back twice, or once where the denoiser's own weights stay as they are");
    if (runtime.gpu().count() > 0) {
      all.add(speed.why());
      var cost = runtime.cost();
      all.add(
          cost == null
              ? "no price: the runtime has no spec.cost"
              : "%s %s for an hour of a GPU, by the runtime"
                  .formatted(cost.perGpuHour(), cost.currency()));
    }
    all.add("not counted: waiting in queues, loading of models, stages without a GPU, retries");
    return all;
  }

  private List<String> warnings() {
    var all = new ArrayList<String>();
    if (runtime.gpu().count() == 0) {
      all.add("the runtime has no GPU: this costs processor time, which is not estimated");
    }
    if (budget > 0 && gpuSeconds() > budget) {
      all.add(
          "spec.limits.maxGpuSeconds of %d will end the run before it is done".formatted(budget));
    }
    return all;
  }

  private String time(double passes) {
    return runtime.gpu().count() == 0
        ? "-"
        : Durations.words(Duration.ofSeconds(seconds(passes) * runtime.gpu().count()));
  }

  private long seconds(double passes) {
    return Math.round(Math.ceil(passes * speed.secondsPerPass()));
  }

  private static String count(double passes) {
    return String.format(Locale.ROOT, "%,d", Math.round(passes));
  }
}
