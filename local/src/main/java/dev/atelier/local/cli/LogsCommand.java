package dev.atelier.local.cli;

import dev.atelier.local.workstation.UserError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier logs}. */
@Command(
    name = "logs",
    header = "Print what the pods of a resource say.",
    description = {
      "",
      "Of the running pods, or of the last ones if none runs. Works during a run and after it."
    },
    footer = {
      "",
      "Examples:",
      "  ./atelier logs ana -f                follow, until nothing runs any more",
      "  ./atelier logs gen/ana-portraits     one resource of several with the same name",
      "  ./atelier logs ana --stage train     the last attempt of one stage",
      "  ./atelier logs ana --all --tail 20   the ends of everything that ever ran for it"
    })
final class LogsCommand implements Callable<Integer> {

  private final Services services;

  @Mixin private PlaceOption where = new PlaceOption();

  @Parameters(
      arity = "1..2",
      paramLabel = "[KIND] NAME",
      description = "hsm ana, hsm/ana, ana, or the name of a pod.")
  private List<String> words = List.of();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until nothing runs any more; further pods are shown as they start.")
  private boolean follow;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      defaultValue = "",
      description = "Only intake, train, evaluate, sample or erase.")
  private String stage = "";

  @Option(names = "--all", description = "Every pod there was, not just the last ones.")
  private boolean all;

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      defaultValue = "-1",
      description = "Only so many last lines of each (default: all).")
  private int tail = -1;

  LogsCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() {
    var place = where.in(services.settings());
    var kinds = services.kinds();
    try (var source = place.source();
        var files = place.logs(follow)) {
      var pods = new PodLogs(files, kinds, source, stage);
      var shown = all ? pods.every(words) : pods.newest(words);
      if (shown.isEmpty() && !follow) {
        throw new UserError(
            "nothing ran for %s yet%s"
                .formatted(String.join(" ", words), stage.isEmpty() ? "" : " in stage " + stage),
            "./atelier describe %s says what it waits for.".formatted(String.join(" ", words)));
      }
      var print = new LogPrinter(services.console(), tail);
      shown.forEach(print::show);
      if (follow) {
        new LogFollower(
                () -> pods.newest(words),
                () -> !source.active() || pods.settled(words),
                print,
                Interrupts.none())
            .follow();
      }
    }
    return ExitStatus.DONE;
  }
}
