package dev.atelier.local.cli;

import dev.atelier.runtime.caption.ClipCaptions;
import dev.atelier.runtime.caption.FileNameCaptions;
import dev.atelier.runtime.caption.SidecarCaptions;
import dev.atelier.runtime.clip.ClipSettings;
import dev.atelier.runtime.stage.VideosCommand.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier videos}. */
@Command(
    name = "videos",
    header = "Judge the videos of a folder as the preparation would.",
    description = {
      "",
      "Cuts every video into scenes and scenes into clips, and gives each clip one verdict and",
      "one piece of advice. Nothing is written but a report that you ask for, and nothing leaves",
      "this machine.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  ./atelier videos ~/clips",
      "  ./atelier videos ~/clips --seconds 2 --width 640 --height 352 --report clips.html",
      "  ./atelier videos ~/clips --captions FileName --output json",
      "",
      "Exit code: 0 if the folder could be read, whatever the verdicts, 2 if not."
    })
final class VideosCommand implements Callable<Integer> {

  private final Services services;

  @Parameters(paramLabel = "DIR", description = "The folder with the videos.")
  private Path folder = Path.of(".");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Length of a clip. Default: ${DEFAULT-VALUE}.")
  private int seconds = 5;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      defaultValue = "1280",
      description = "Width of a clip. Default: ${DEFAULT-VALUE}.")
  private int width = 1280;

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      defaultValue = "720",
      description = "Height of a clip. Default: ${DEFAULT-VALUE}.")
  private int height = 720;

  @Option(
      names = "--captions",
      paramLabel = "FROM",
      defaultValue = "Sidecar",
      description = "Sidecar (NAME.txt beside NAME.mp4) or FileName. Default: ${DEFAULT-VALUE}.")
  private Captions captions = Captions.Sidecar;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write a page with pictures of the clips.")
  private @Nullable Path report;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  private RunOutput output = RunOutput.text;

  VideosCommand(Services services) {
    this.services = services;
  }

  /** Captions that need no server. */
  enum Captions {
    Sidecar,
    FileName;

    ClipCaptions source() {
      return this == Sidecar ? new SidecarCaptions() : new FileNameCaptions();
    }
  }

  @Override
  public Integer call() throws IOException {
    var defaults = ClipSettings.defaults();
    int frames = ClipSettings.frames(Math.max(1, seconds), defaults.framesPerSecond());
    return dev.atelier.runtime.stage.VideosCommand.run(
        here(folder),
        defaults.sized(frames, width, height),
        captions.source(),
        output == RunOutput.json ? Output.JSON : Output.TEXT,
        Optional.ofNullable(report).map(this::here),
        System.out,
        System.err);
  }

  private Path here(Path path) {
    return services.settings().here().resolve(path);
  }
}
